"""A changed folder published into a survey: what is safe, what stays, what is refused."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import published
from surveyapp.coordinate import exports, folders, publishing
from surveyapp.coordinate.publishing import Draft, RefusedError
from surveyapp.coordinate.routes import administration
from surveyapp.models import Answer, AuditEvent, SectionState, Submission, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, TINY, grow, queries, submission_of
from tests.surveyapp.coordinate.test_pages import press, words

PAGE = "/staff/tiny-survey-2015/publish"
Edit = Callable[[str, str], None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tiny region's folder that tests may change."""
    copy = tmp_path / "tiny_region"
    shutil.copytree(TINY, copy)
    monkeypatch.setattr(administration, "FOLDERS", tmp_path)
    return copy


@pytest.fixture
def edit(folder: Path) -> Edit:
    def change(old: str, new: str, name: str = "questionnaire.toml") -> None:
        file = folder / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    return change


def drawn(session: Session, survey: Survey, folder: Path) -> Draft:
    looked = folders.look(folder.parent, folder.name)
    assert looked is not None
    assert looked.folder is not None, looked.errors
    return publishing.draft(session, survey, looked.folder)


def publish(session: Session, survey: Survey, folder: Path, *parts: str) -> Draft:
    looked = folders.look(folder.parent, folder.name)
    assert looked is not None
    assert looked.folder is not None
    kinds = [kind for kind in ("questionnaire", "interview guide") if kind in parts]
    return publishing.publish(session, survey, looked.folder, kinds, NOON)


def names(submissions: tuple[Submission, ...]) -> list[str]:
    return [one.authority.name for one in submissions]


def test_nothing_differs_from_what_was_published(
    session: Session, survey: Survey, folder: Path
) -> None:
    found = drawn(session, survey, folder)

    assert (found.differing, found.judged, found.going) == ((), (), ())


def test_new_words_are_asked_of_those_who_have_not_answered(
    session: Session, survey: Survey, folder: Path, edit: Edit
) -> None:
    edit('text = "How do you know that it works?"', 'text = "How do you know it works?"')

    found = publish(session, survey, folder, "questionnaire")

    assert [(one.change.kind, one.verdict) for one in found.judged] == [("wording", "stays")]
    assert names(found.going) == ["Birch", "Cedar"]
    assert names(found.signed) == ["Alder"]
    birch, alder = submission_of(session, "Birch"), submission_of(session, "Alder")
    assert birch.questionnaire is survey.questionnaire
    assert alder.questionnaire is not survey.questionnaire
    asked = published.asked(birch)
    assert asked.question("S01.2").text == "How do you know it works?"


NEW = """
[[sections.questions]]
code = "S01.9"
type = "short"
words = 20
text = "What else?"

[[sections]]
code = "A1"
"""


def test_a_new_question_is_asked_at_once_and_reopens_a_finished_section(
    session: Session, survey: Survey, folder: Path, edit: Edit
) -> None:
    birch = submission_of(session, "Birch")
    state = birch.sections[0]
    state.status, before = "finished", state.asked
    session.commit()
    edit('[[sections]]\ncode = "A1"\n', NEW)

    publish(session, survey, folder, "questionnaire")

    session.refresh(state)
    assert (state.status, state.asked) == ("in progress", before + 1)


def test_sections_are_added_and_change_places(
    session: Session, survey: Survey, folder: Path, edit: Edit
) -> None:
    more = '[[sections]]\ncode = "S00"\ntitle = "First"\n\n[[sections.questions]]\n'
    more += 'code = "S00.1"\ntype = "short"\nwords = 20\ntext = "Who are you?"\n\n'
    more += '[[sections]]\ncode = "S01"'
    edit('[[sections]]\ncode = "S01"', more)

    publish(session, survey, folder, "questionnaire")

    states = session.scalars(
        select(SectionState)
        .where(SectionState.submission_id == submission_of(session, "Birch").id)
        .order_by(SectionState.position)
    ).all()
    assert [one.section_code for one in states] == ["S00", "S01", "A1", "Z1"]
    assert [one.position for one in states] == [0, 1, 2, 3]
    assert (states[0].asked, states[1].answered) == (1, 2)


def test_an_option_that_was_chosen_keeps_its_returns(
    session: Session, survey: Survey, folder: Path, edit: Edit
) -> None:
    edit("Health visitors", "Visitors")

    found = publish(session, survey, folder, "questionnaire")

    assert {one.verdict for one in found.judged} == {"stays"}
    assert names(found.touched) == ["Birch"]
    assert submission_of(session, "Birch").questionnaire is not survey.questionnaire
    assert submission_of(session, "Cedar").questionnaire is survey.questionnaire


def test_another_meaning_under_answers_is_refused(
    session: Session, survey: Survey, folder: Path, edit: Edit, staff: CheckingClient
) -> None:
    text = (folder / "questionnaire.toml").read_text("utf-8")
    question = re.search(r'code = "S01.4"\n(?:.+\n)+', text)
    assert question
    edit(question[0], 'code = "S01.4"\ntype = "short"\nwords = 20\ntext = "How many?"\n\n')
    found = drawn(session, survey, folder)
    refused = [one for one in found.judged if one.verdict == "refused"]
    assert found.is_refused == bool(refused)
    assert [one.change.code for one in refused] == ["S01.4"]

    page = staff.get(PAGE)

    assert "cannot be published while these answers are there" in words(page.text)
    assert "Publish this version" not in page.text
    with pytest.raises(RefusedError):
        publish(session, survey, folder, "questionnaire")


def test_the_guide_goes_with_the_questionnaire_it_was_checked_with(
    session: Session, survey: Survey, folder: Path, edit: Edit
) -> None:
    edit('text = "How do you know that it works?"', 'text = "How do you know it works?"')
    guide = folder / "interview.toml"
    guide.write_text(re.sub(r'title = ".*"', 'title = "New"', guide.read_text("utf-8"), count=1))

    with pytest.raises(RefusedError):
        publish(session, survey, folder, "interview guide")
    publish(session, survey, folder, "questionnaire", "interview guide")

    assert published.guide(survey.guide).title == "New"


def seen(html: str) -> dict[str, str]:
    return {
        name: re.findall(rf'name="{name}" value="([^"]+)"', html)[0] for name in ("folder", "seen")
    }


def test_a_consultant_reads_and_publishes(
    staff: CheckingClient, survey: Survey, session: Session, edit: Edit
) -> None:
    edit('text = "How do you know that it works?"', 'text = "How do you know it works?"')
    html = staff.get(PAGE).text
    page = words(html)
    for said in (
        "Wording: 1 change",
        "S01.2",
        "1 answer stands under the old wording",
        "2 returns go over",
    ):
        assert said in page
    preview = words(staff.get("/staff/new/tiny_region/preview").text)
    assert "How do you know it works?" in preview

    assert staff.post(PAGE, data=seen(html)).status_code == 422
    stale = staff.post(PAGE, data={**seen(html), "seen": "x", "part": "questionnaire"})
    assert "Something has changed since you looked" in words(stale.text)
    done = press(staff, PAGE, **seen(html), part="questionnaire")

    assert "This version is published." in done
    assert "There is nothing to publish" in done
    session.refresh(survey)
    assert (
        published.questionnaire(survey.questionnaire).question("S01.2").text.endswith("it works?")
    )
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "survey.published")).one()
    assert (event.detail["went_over"], event.detail["stayed"]) == (2, 1)


def test_an_answer_keeps_the_words_that_it_was_asked(
    staff: CheckingClient, survey: Survey, session: Session, folder: Path, edit: Edit
) -> None:
    old, new = "How do you know that it works?", "How do you know it works?"
    edit(f'text = "{old}"', f'text = "{new}"')
    publish(session, survey, folder, "questionnaire")
    session.commit()

    page = words(staff.get("/staff/tiny-survey-2015/answers/S01.2").text)
    assert f"Asked in other words: “{old}”" in page
    assert "Alder answered these words." in page
    tables = {}
    for table in exports.everything(session, survey):
        columns = list(table.columns)
        tables[table.name] = [dict(zip(columns, row, strict=True)) for row in table.rows]
    asked = {
        row["questionnaire"]: row["question"]
        for row in tables["Questions"]
        if row["question_code"] == "S01.2"
    }
    assert sorted(asked.values()) == sorted([old, new])
    (answer,) = (row for row in tables["Answers"] if row["question_code"] == "S01.2")
    assert asked[answer["questionnaire"]] == old


def test_a_return_that_answered_a_reworded_question_stays(
    session: Session, survey: Survey, folder: Path, edit: Edit
) -> None:
    birch = submission_of(session, "Birch")
    answered = session.scalars(
        select(Answer.question_code).where(Answer.submission_id == birch.id)
    ).all()
    asked = published.questionnaire(survey.questionnaire)
    text = next(asked.question(code).text for code in sorted(answered))
    edit(f'text = "{text}"', 'text = "In other words?"')

    found = publish(session, survey, folder, "questionnaire")

    assert names(found.touched) == ["Birch"]
    assert submission_of(session, "Birch").questionnaire is not survey.questionnaire


def test_the_survey_opens_on_its_own_folder(
    staff: CheckingClient, survey: Survey, folder: Path, edit: Edit
) -> None:
    copy = folder.with_name("a_copy")
    shutil.copytree(folder, copy)
    file = copy / "questionnaire.toml"
    file.write_text(file.read_text("utf-8").replace("How do you know that", "How can you know"))

    page = staff.get(PAGE).text
    assert "The folder tiny_region" in words(page)
    assert "There is nothing to publish" in words(page)

    edit("How do you know that", "How could you know")
    unknown = staff.get(PAGE).text
    assert "Which folder do you want to publish from?" in words(unknown)
    assert "Publish this version" not in unknown
    html = staff.get(f"{PAGE}?folder=tiny_region").text
    done = press(staff, PAGE, **seen(html), part="questionnaire")
    assert "The folder tiny_region" in done
    assert "There is nothing to publish" in done
    edit("How could you know", "How would you know")
    assert "The folder tiny_region" in words(staff.get(PAGE).text)


def test_differences_say_what_differs(staff: CheckingClient, survey: Survey, edit: Edit) -> None:
    edit("Health visitors", "Visitors")
    edit("How do you know that it works?", "How do you know it works?")

    html = staff.get(PAGE).text

    assert "Option reworded: Health visitors → Visitors" in words(html)
    assert "<del><span" in html
    assert "Wording Before: How do you know taken out: that, end. it works?" in words(html)


def test_faults_are_shown_with_their_place(
    staff: CheckingClient, survey: Survey, edit: Edit
) -> None:
    edit('code = "S01.2"', 'code = "S01.2"\nmistake = 1')

    page = words(staff.get(PAGE).text)

    assert "1 fault stops this from being published" in page
    assert "questionnaire.toml, question S01.2, line 30: `mistake` does not belong here." in page


def test_a_survey_whose_folder_is_gone_says_so(
    staff: CheckingClient, survey: Survey, folder: Path
) -> None:
    shutil.rmtree(folder)

    assert "No folder in questionnaires" in words(staff.get(PAGE).text)


@pytest.mark.queries
def test_it_asks_as_often_for_more(
    staff: CheckingClient, survey: Survey, session: Session, edit: Edit
) -> None:
    def count() -> int:
        session.expunge_all()
        with queries(session) as sent:
            assert staff.get(PAGE).status_code == 200
        return len(sent)

    edit('text = "How do you know that it works?"', 'text = "How do you know it works?"')
    survey_id, few = survey.id, count()
    grow(session, session.get_one(Survey, survey_id), 16)
    session.commit()

    assert count() == few
