"""The codebook's pages: read, changed after being shown what follows, and nothing typed is lost."""

import html
import uuid
from collections.abc import Mapping
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.coding.codebook import planning
from surveyapp.coding.routes import typed_theme
from surveyapp.material import codebooks, decided
from surveyapp.models import CodebookChange, Decision, Memo, Passage, Survey, Tag
from synthesis import codebook
from synthesis.codebook import Theme
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, grow, queries
from tests.surveyapp.coding.keeping_codebook import (
    CALLS,
    DOORS,
    decide,
    kay,
    make,
    passage,
    propose,
    theme,
    typed,
)

ROOT = "/coding/tiny-survey-2015"


def kinds(session: Session) -> list[str]:
    asked = select(CodebookChange.kind).order_by(CodebookChange.at)
    return list(session.scalars(asked))[2:]


def test_every_theme_is_listed_with_what_is_said_under_it(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    decide(session, survey, "S02", "accept")

    page = desk.get(f"{ROOT}/codebook/").text

    assert (
        page.index("Strands") < page.index("Adverse outcomes") < page.index("Emergent themes</h2>")
    )
    row = page[page.index("S02 Telephone calls") :].partition("</tr>")[0]
    assert "Families ring up." in row
    assert "Passages decided: </span>1<" in row


def test_a_theme_tells_its_history_and_its_memos(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    about = {"survey": survey, "about": "theme", "subject": "S02", "author": kay(session)}
    session.add(Memo(text="Too wide?", at=NOON, **about))
    session.commit()
    make(session, survey, planning.to_reword(replace(CALLS, name="Calls"), changes_meaning=True))

    page = desk.get(f"{ROOT}/codebook/S02/").text

    assert "1 memo is about it" in page
    assert "Reworded; the meaning changed." in page
    assert "It was asked for." in page
    assert desk.get(f"{ROOT}/codebook/Nope/").status_code == 404


def test_a_theme_is_added_after_it_was_shown(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    page = desk.get(f"{ROOT}/codebook/add/").text
    assert 'value="X1"' in page
    new = Theme("X1", "emergent", "Workforce", "Staff <b>&</b> training.", cues=("agency staff",))

    shown = desk.post(f"{ROOT}/codebook/add/", data=typed(new, survey, "look"))
    assert "Nothing has been changed yet" in shown.text
    assert "X1" not in codebooks.current(survey)

    refused = desk.post(f"{ROOT}/codebook/add/", data=typed(new, survey, "make"))
    assert (refused.status_code, "Enter why" in refused.text) == (422, True)

    done = desk.post(f"{ROOT}/codebook/add/", data=typed(new, survey, "make", reason="Often said."))
    assert done.headers["Location"].endswith("/codebook/X1/")
    assert theme(survey, "X1") == new
    assert kinds(session) == ["add"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "S02"}, "is or was another theme"),
        ({"code": "12"}, "capital letter"),
        ({"name": "telephone  CALLS"}, "has this name already"),
        ({"name": ""}, "Enter a name"),
        ({"definition": " "}, "Enter a definition"),
        ({"kind": "planet"}, "Choose what kind"),
        ({"cues": '" "'}, "neither a phrase"),
        ({"name": "x" * 121}, "120 characters or fewer"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    changes: Mapping[str, str], words: str, survey: Survey, desk: CheckingClient
) -> None:
    new = Theme("X1", "emergent", "Workforce", "Staff.", hints=("a hint that was typed",))
    form = {**typed(new, survey, "look"), **changes}

    page = desk.post(f"{ROOT}/codebook/add/", data=form)

    assert page.status_code == 422
    assert words in html.unescape(page.text)
    assert "a hint that was typed" in page.text


def test_a_code_is_never_used_again(session: Session, survey: Survey, desk: CheckingClient) -> None:
    make(session, survey, planning.to_retire("S03"))

    page = desk.post(
        f"{ROOT}/codebook/add/", data=typed(replace(DOORS, name="Gates"), survey, "look")
    )

    assert "S03 is or was another theme" in page.text
    assert 'value="S04"' in desk.get(f"{ROOT}/codebook/add/?kind=strand").text


def test_another_definition_is_taken_for_another_meaning(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    decide(session, survey, "S02", "accept")
    address = f"{ROOT}/codebook/S02/reword/"
    new = replace(CALLS, definition="Families ring or write.")

    shown = desk.post(address, data=typed(new, survey, "look")).text
    assert "1 decision gives this theme" in shown
    yes = shown[: shown.index("Yes, look at the decisions again")].rpartition("<input")[2]
    assert "checked" in yes
    only_name = desk.post(address, data=typed(replace(CALLS, name="Ring"), survey, "look")).text
    no = only_name[: only_name.index("No, they hold")].rpartition("<input")[2]
    assert "checked" in no

    desk.post(address, data=typed(new, survey, "make", reason="Letters too.", meaning="yes"))

    assert theme(survey, "S02").definition == "Families ring or write."
    assert decided.look_again(session, survey).total == 1
    assert "1 decision needs it" in desk.get(f"{ROOT}/codebook/").text


def test_nothing_different_is_no_change(survey: Survey, desk: CheckingClient) -> None:
    page = desk.post(f"{ROOT}/codebook/S02/reword/", data=typed(CALLS, survey, "look"))

    assert "Change something" in page.text


def test_two_people_who_change_at_once_both_keep_their_words(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    form = typed(replace(CALLS, definition="What I typed."), survey, "make", reason="My reason.")
    make(
        session,
        survey,
        planning.to_reword(replace(CALLS, definition="Theirs."), changes_meaning=True),
    )

    page = desk.post(f"{ROOT}/codebook/S02/reword/", data=form)

    assert page.status_code == 409
    for words in ("What I typed.", "My reason.", "Theirs.", "Reworded", "by Kay Runs"):
        assert words in page.text
    assert survey.codebook_id.hex in page.text


def test_a_theme_that_somebody_took_out_meanwhile_keeps_what_was_typed(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    form = typed(replace(CALLS, definition="What I typed."), survey, "look")
    make(session, survey, planning.to_retire("S02"))

    page = desk.post(f"{ROOT}/codebook/S02/reword/", data=form)

    assert (page.status_code, "What I typed." in page.text) == (409, True)
    assert "taken S02 out" in page.text
    assert desk.get(f"{ROOT}/codebook/S02/reword/").status_code == 404


def test_themes_are_merged_after_it_was_shown_what_moves(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    decide(session, survey, "S02", "accept")
    address = f"{ROOT}/codebook/S01/merge/"
    page = desk.get(address).text
    assert 'value="S02"' in page
    assert 'value="A1"' not in page
    into = theme(survey, "S01")

    assert "at least one theme" in desk.post(address, data=typed(into, survey, "look")).text
    shown = desk.post(address, data=typed(into, survey, "look", others=["S02", "S03"])).text
    assert "S02 Telephone calls, S03 Doors go from the codebook" in shown
    assert "They all give S01 from now on" in shown
    desk.post(
        address,
        data=typed(into, survey, "make", others=["S02", "S03"], reason="One thing.", meaning="no"),
    )

    assert kinds(session) == ["merge", "merge"]
    assert theme(survey, "S01").cues == ("front door", "call", "telephone", "door")
    assert decided.look_again(session, survey).total == 0


def test_a_theme_is_split_into_as_many_as_are_typed(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    address = f"{ROOT}/codebook/S02/split/"
    assert 'value="S05"' in desk.get(address).text
    parts = {}
    for number, code in ((1, "S04"), (2, "S05")):
        new = replace(CALLS, code=code, name=f"Part {number}")
        one = typed_theme.of(new, f"part-{number}-")
        parts |= {one.id(name): value for name, value in one.values.items()}
    form = {**parts, "parts": 2, "seen": survey.codebook_id.hex}

    more = desk.post(address, data={**form, "step": "more"}).text
    assert 'name="part-3-code"' in more
    assert 'value="S06"' in more
    alike = desk.post(address, data={**form, "part-2-code": "S04", "step": "look"})
    assert (alike.status_code, "another theme" in alike.text) == (422, True)
    desk.post(address, data={**form, "step": "make", "reason": "Two things."})

    assert kinds(session) == ["split"]
    assert [one.code for one in codebooks.current(survey).of_kind("strand")] == [
        *("S01", "S03", "S04", "S05")
    ]


def test_a_theme_that_is_asked_about_cannot_go(survey: Survey, desk: CheckingClient) -> None:
    page = desk.get(f"{ROOT}/codebook/S01/retire/").text
    assert "S01 cannot be retired" in page
    assert "section S01" in page
    assert "<textarea" not in page
    form = {"seen": survey.codebook_id.hex, "step": "make", "reason": "No."}
    assert desk.post(f"{ROOT}/codebook/S01/retire/", data=form).status_code == 422
    assert "cannot be split" in desk.get(f"{ROOT}/codebook/A1/split/").text
    assert "S01" in codebooks.current(survey)


def test_a_theme_is_retired(session: Session, survey: Survey, desk: CheckingClient) -> None:
    assert "goes from the codebook" in desk.get(f"{ROOT}/codebook/S02/retire/").text
    form = {"seen": survey.codebook_id.hex, "step": "make", "reason": "Nobody said it."}

    done = desk.post(f"{ROOT}/codebook/S02/retire/", data=form)

    assert done.headers["Location"].endswith("/codebook/")
    assert kinds(session) == ["retire"]


def test_every_version_can_be_taken_away(survey: Survey, desk: CheckingClient) -> None:
    page = desk.get(f"{ROOT}/versions/").text
    assert page.count("Download") == 3
    assert "Published from a folder" in page

    sent = desk.get(f"{ROOT}/versions/codebook.toml?version={survey.codebook_id}")

    assert codebook.parse(sent.text, "codebook.toml").version == "3"
    assert sent.headers["Content-Disposition"] == 'attachment; filename="codebook-3.toml"'
    other = f"{ROOT}/versions/codebook.toml?version={uuid.uuid4()}"
    assert desk.get(other).status_code == 404


def test_decisions_are_looked_at_again_one_by_one_or_all(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    made = decide(session, survey, "S02", "accept")
    other = session.scalars(
        select(Passage).where(Passage.key != passage(session).key).order_by(Passage.key)
    ).first()
    also = decide(session, survey, "S02", "add", on=other)
    make(
        session, survey, planning.to_reword(replace(CALLS, definition="New."), changes_meaning=True)
    )
    address = f"{ROOT}/look-again/"

    page = desk.get(address).text
    assert "Families ring up." in page
    assert "New." in page
    shown = {"shown": [made.id.hex, also.id.hex]}
    nothing = desk.post(address, data=shown)
    assert (nothing.status_code, "Choose what to do" in nothing.text) == (422, True)
    desk.post(address, data={**shown, f"choice-{made.id.hex}": "take off"})
    assert decided.look_again(session, survey).total == 1
    desk.post(address, data={"shown": [also.id.hex], "all": "keep", "sure": "yes"})

    assert decided.look_again(session, survey).total == 0
    assert "No decision needs another look" in desk.get(address).text
    verdicts = dict(
        session.execute(select(Tag.passage_key, Tag.verdict).where(Tag.theme == "S02")).all()
    )
    assert verdicts[passage(session).key] == "reject"
    assert other is not None
    assert verdicts[other.key] in ("add", "accept")


def test_taking_a_theme_off_a_page_is_asked_about_and_undone(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    made = decide(session, survey, "S02", "add")
    make(
        session, survey, planning.to_reword(replace(CALLS, definition="New."), changes_meaning=True)
    )
    address, mine = f"{ROOT}/look-again/", f"choice-{made.id.hex}"
    form = {"shown": [made.id.hex], mine: "keep", "all": "take off"}

    asked = desk.post(address, data=form)

    assert '<h1 class="govuk-heading-xl">Take S02 off 1 passage?</h1>' in asked.text
    assert "You chose something else for 1 passage" in asked.text
    assert decided.look_again(session, survey).total == 1
    back = desk.post(address, data={**form, "change": "yes"}).text
    assert "Look at decisions again</h1>" in back
    assert decided.look_again(session, survey).total == 1

    done = desk.post(address, data={**form, "sure": "yes"})
    assert "S02) is taken off 1 passage." in desk.get(done.location).text
    assert decided.look_again(session, survey).total == 0
    assert "S02) is taken off 1 passage" in desk.get(f"{ROOT}/").text
    desk.post(f"{ROOT}/undo")

    assert decided.look_again(session, survey).total == 1
    assert [one.verdict for one in session.scalars(select(Decision))] == ["add"]


def test_a_decision_of_another_survey_is_left_alone(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    made = decide(session, survey, "S02", "accept")
    another = {
        name: getattr(survey, name) for name in ("questionnaire_id", "guide_id", "outline_id")
    }
    days = {"opens_on": survey.opens_on, "closes_on": survey.closes_on}
    session.add(
        Survey(code="b", title="B", region="R", codebook_id=survey.codebook_id, **another, **days)
    )
    session.commit()

    desk.post(
        "/coding/b/look-again/", data={"shown": [made.id.hex], "all": "take off", "sure": "yes"}
    )

    assert [one.verdict for one in session.scalars(select(Decision))] == ["accept"]


@pytest.mark.queries
@pytest.mark.parametrize(
    "page", ["codebook/", "codebook/S02/", "look-again/", "versions/", "emerging/"]
)
def test_pages_ask_as_often_for_many_authorities_as_for_few(
    page: str, session: Session, survey: Survey, desk: CheckingClient
) -> None:
    decide(session, survey, "S02", "accept")
    make(session, survey, planning.to_reword(replace(CALLS, definition="X."), changes_meaning=True))
    propose(session, survey)

    def count() -> int:
        session.expire_all()
        with queries(session) as sent:
            assert desk.get(f"{ROOT}/{page}").status_code == 200
        return len(sent)

    count()
    few = count()
    grow(session, survey, 20)
    session.commit()
    for number in range(5):
        propose(session, survey, f"more-{number}")

    assert count() == few
