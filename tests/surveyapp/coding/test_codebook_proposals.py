"""What words no theme explains is proposed, and taken up or set aside for good."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.coding.codebook import planning
from surveyapp.findings.drafting import themes
from surveyapp.material import codebooks, decided
from surveyapp.models import Passage, Survey, Tag
from synthesis.codebook import Theme
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.coding.keeping_codebook import (
    CALLS,
    make,
    propose,
    theme,
    typed,
)

ROOT = "/coding/tiny-survey-2015"


def test_a_proposal_becomes_a_theme_that_its_passages_have(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    row = propose(session, survey)
    page = desk.get(f"{ROOT}/emerging/staff/").text
    assert 'value="X1"' in page
    assert "front door\nevery call</textarea>" in page
    new = Theme("X1", "emergent", "First contact", "How it begins.", cues=("front door",))
    form = typed(new, survey, "", what="promote", reason="It keeps coming up.")
    first, second = row.passages
    assert f'value="{first}" form="promote"' in page

    desk.post(f"{ROOT}/emerging/staff/", data={**form, "gives": [first, "of-another-survey"]})

    assert theme(survey, "X1") == new
    assert [one.row.response for one in decided.decisions(session, survey)] == list(
        session.scalars(select(Passage.response).where(Passage.key == first))
    )
    given = session.scalars(select(Tag.passage_key).where(Tag.theme == "X1", Tag.verdict == "add"))
    assert list(given) == [first]
    assert second not in given
    assert "Nothing is proposed" in desk.get(f"{ROOT}/emerging/").text
    assert desk.get(f"{ROOT}/emerging/staff/").status_code == 404
    assert "Promoted from a proposal" in desk.get(f"{ROOT}/versions/").text
    assert "A proposal: Promoted into X1" in desk.get(f"{ROOT}/codebook/X1/").text


def test_a_proposal_says_why_it_is_made_and_marks_its_words(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    row = propose(session, survey)
    said = session.scalars(select(Passage.words).where(Passage.key == row.passages[0])).one()
    row.terms = ["front door", said.split()[0]]
    session.commit()
    why = "In 2 passages of 2 authorities that no theme explains; about 4 times as often as in"

    listed, alone = (desk.get(f"{ROOT}/emerging/{path}").text for path in ("", "staff/"))

    assert f"where 3 passages have it. Said with it: {said.split()[0]}." in listed
    mark = f'<mark class="codebook-mark">{said.split()[0]}</mark>'
    assert all(why in page and mark in page for page in (listed, alone))
    assert 'value="Front door"' in alone  # the theme is called by it, unless somebody knows better


def test_a_theme_takes_a_proposal_in(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    propose(session, survey)
    form = typed(CALLS, survey, "", what="merge", into="S02", reason="The same.")

    assert desk.post(f"{ROOT}/emerging/staff/", data={**form, "into": ""}).status_code == 422
    desk.post(f"{ROOT}/emerging/staff/", data=form)

    assert theme(survey, "S02").cues == ("call", "telephone", "front door", "every call")
    assert "Nothing is proposed" in desk.get(f"{ROOT}/emerging/").text


def test_what_is_set_aside_stays_away_until_it_is_brought_back(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    row = propose(session, survey)
    assert desk.post(f"{ROOT}/emerging/staff/", data=typed(CALLS, survey, "")).status_code == 400
    no_reason = typed(CALLS, survey, "", what="aside")
    assert "Enter why" in desk.post(f"{ROOT}/emerging/staff/", data=no_reason).text
    before = survey.codebook_id

    desk.post(f"{ROOT}/emerging/staff/", data={**no_reason, "reason": "Mere phrase."})
    session.delete(row)
    session.commit()
    propose(session, survey)  # as a rebuild does

    page = desk.get(f"{ROOT}/emerging/").text
    assert "Nothing is proposed" in page
    assert "Mere phrase." in page
    assert desk.get(f"{ROOT}/emerging/staff/").status_code == 404
    assert desk.post(f"{ROOT}/emerging/other/back").status_code == 404
    desk.post(f"{ROOT}/emerging/staff/back")
    assert desk.get(f"{ROOT}/emerging/staff/").status_code == 200
    assert survey.codebook_id == before


def test_a_proposal_is_refused_where_the_codebook_changed_meanwhile(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    propose(session, survey)
    new = Theme("X1", "emergent", "What I typed", "How it begins.")
    form = typed(new, survey, "", what="promote", reason="R.")
    make(session, survey, planning.to_retire("S03"))

    page = desk.post(f"{ROOT}/emerging/staff/", data=form)

    assert (page.status_code, "What I typed" in page.text) == (409, True)
    assert "X1" not in codebooks.current(survey)


def test_nothing_typed_is_lost_when_a_proposal_goes_while_it_is_read(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    row = propose(session, survey)
    new = Theme("X1", "emergent", "What I typed", "How it begins.", cues=("front door",))
    form = typed(new, survey, "", what="promote", gives=row.passages[0], term="front door")
    session.delete(row)
    session.commit()

    page = desk.post(f"{ROOT}/emerging/staff/", data=form)
    assert page.status_code == 422
    assert all(words in page.text for words in ("What I typed", "not proposed any more"))
    assert f'name="gives" value="{row.passages[0]}"' in page.text
    desk.post(f"{ROOT}/emerging/staff/", data={**form, "reason": "It keeps coming up."})

    assert theme(survey, "X1") == new
    again = desk.post(f"{ROOT}/emerging/staff/", data=form)
    assert (again.status_code, "See what is proposed now" in again.text) == (404, True)


def test_where_a_theme_that_was_proposed_shows_is_as_it_is_said(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    row = propose(session, survey)
    new = Theme("X1", "emergent", "First contact", "How it begins.", cues=("front door",))
    form = typed(new, survey, "", what="promote", reason="It keeps coming up.")
    desk.post(f"{ROOT}/emerging/staff/", data={**form, "gives": row.passages})
    said = desk.get(f"{ROOT}/emerging/").text
    assert "X1 is in the codebook, and 2 passages have it." in said
    assert "in searches and in cross-tabs, but not in the matrix." in said
    room = "/analysis/tiny-survey-2015"

    assert "First contact" in desk.get(f"{ROOT}/suggestions/").text
    found = desk.get(f"{room}/search/?q=theme:X1").text
    assert found.count("X1 First contact (confirmed)") == 2
    crossed = desk.get(f"{room}/crosstab/?rows=emergent&columns=type").text
    assert "First contact" in crossed
    assert "First contact" not in desk.get(f"{room}/?kind=all").text
    assert "X1" not in {one.code for one in themes(codebooks.current(survey))}
