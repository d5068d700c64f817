"""The example comes in through the front door, says how it goes, and can be taken out again."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp import example, standing
from surveyapp.definitions.faults import DefinitionError
from surveyapp.errors import AlreadyThereError, NotAnExampleError
from surveyapp.interview import notes
from surveyapp.models import (
    Answer,
    AnswerRevision,
    Authority,
    Base,
    Correction,
    FollowUp,
    Interview,
    InterviewSlot,
    KeyContact,
    Note,
    Person,
    PromptState,
    SentenceVerdict,
    SharedDocument,
    Snapshot,
    Survey,
)
from tests.surveyapp.building import TINY, load_tiny, somebody, submission_of
from tests.surveyapp.deriving import derive
from tests.surveyapp.owning import Owner
from tests.surveyapp.workbench_of_others import ANOTHERS

EARLY_HELP = Path(__file__).parents[3] / "questionnaires" / "early_help"
KEPT = {Authority.__table__, Person.__table__, Snapshot.__table__}


def ids(session: Session) -> set[object]:
    """Return the ids that decisions on words may refer to."""
    return {*session.scalars(sa.select(Note.id)), *session.scalars(sa.select(Answer.entry_id))}


def work_on(app: Flask, session: Session, survey: Survey) -> None:
    """Keep in the workbench one of everything that hangs on a survey."""
    derive(session, survey)
    owner = Owner(session, app, submission_of(session, "Alder"), somebody(session))
    for keep in ANOTHERS.values():
        keep(owner)


def test_every_authority_is_told_of(session: Session) -> None:
    said: list[str] = []

    example.load(session, example.read(TINY), said.append)

    assert said == [
        "Alder: submitted, 10 answers, 2 notes",
        "Birch: in progress, 2 answers, 0 notes",
        "Cedar: not started, 0 answers, 0 notes",
    ]


def test_answers_are_saved_by_whoever_gave_them(session: Session, survey: Survey) -> None:
    alder = submission_of(session, "Alder")
    rows = session.scalars(sa.select(Answer).where(Answer.submission_id == alder.id)).all()

    found = {row.question_code: (row.author.name, row.value) for row in rows}
    assert found["S01.2"] == ("Bob Alder", {"text": "We count every call to the front door."})
    assert found["S01.3"][1] == {
        "options": ["school", "other"],
        "other": "Neighbours and faith groups",
    }
    assert found["A1.2"][1] == {"date": "2015-03-01"}
    assert session.scalar(sa.select(sa.func.count(AnswerRevision.id))) == len(rows) + 2


def test_sections_are_finished_as_their_authors_would(session: Session, survey: Survey) -> None:
    finished = {
        name: [
            one.section_code
            for one in submission_of(session, name).sections
            if one.status == "finished"
        ]
        for name in ("Alder", "Birch", "Cedar")
    }

    assert finished == {"Alder": ["S01", "A1", "Z1"], "Birch": [], "Cedar": []}


def test_loading_again_is_refused(session: Session, survey: Survey) -> None:
    with pytest.raises(AlreadyThereError, match="has been loaded already"):
        load_tiny(session)


def test_an_example_can_be_replaced_and_keeps_its_ids(
    app: Flask, session: Session, survey: Survey
) -> None:
    before = ids(session)
    work_on(app, session, survey)

    example.remove(session, survey)
    left = {
        table.name: session.scalar(sa.select(sa.func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
        if table not in KEPT
    }
    load_tiny(session)

    assert set(left.values()) == {0}, left
    assert ids(session) == before


def test_a_real_survey_is_never_removed(session: Session, survey: Survey) -> None:
    survey.is_example = False

    with pytest.raises(NotAnExampleError):
        example.remove(session, survey)


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("alder.toml", 'state = "submitted"', "alder.toml, authority"),
        ("alder.toml", "authority = ", "alder.toml"),
        ("region.toml", 'name = "x"\nking = true', "region.toml"),
    ],
)
def test_a_fault_names_its_file(file: str, text: str, fault: str, tmp_path: Path) -> None:
    for source in TINY.rglob("*.*"):
        target = tmp_path / source.relative_to(TINY)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(source.read_bytes())
    (tmp_path / "example" / file).write_text(text)

    with pytest.raises(DefinitionError, match=fault):
        example.read(tmp_path)


def test_the_example_region_has_interviews_in_every_state(session: Session) -> None:
    survey = example.load(session, example.read(EARLY_HELP), lambda _: None)
    at = standing.now_in(survey, dt.datetime.now(dt.UTC))
    calls = session.scalars(sa.select(Interview)).all()

    assert {standing.state(one, at) for one in calls} == {*standing.LABELS}
    assert all(one.person for one in calls)
    for model in (Correction, FollowUp, InterviewSlot, KeyContact, PromptState, SharedDocument):
        assert session.scalars(sa.select(model)).first() is not None, model
    assert {one.done_at is None for one in session.scalars(sa.select(FollowUp))} == {True, False}

    example.remove(session, survey)

    assert session.scalars(sa.select(Interview)).all() == []


def test_of_a_sentence_taken_back_an_example_keeps_nothing(session: Session) -> None:
    example.load(session, example.read(EARLY_HELP), lambda _: None)
    taken = session.scalars(
        sa.select(SentenceVerdict).where(SentenceVerdict.verdict == "withdrawn")
    ).one()
    changed = session.scalars(
        sa.select(SentenceVerdict).where(SentenceVerdict.verdict == "corrected")
    ).all()

    assert taken.start > len(taken.note.text)
    assert taken.note.is_confirmed
    for one in changed:
        before = [kept.text for kept in notes.history(session, one.note)]
        assert before[0][one.start : one.end] not in one.note.text
        assert one.instead == ""


@pytest.mark.parametrize(
    ("words", "instead", "fault"),
    [
        ('interviewer = "Iris Notes"', 'interviewer = "Nobody"', "Nobody is not among the staff"),
        ("on = 2015-07-22\n", "", "has no day has no notes"),
        ("consent_quotes = false", "confirmed = 2015-07-30", "only once it was offered"),
        ("consent_quotes = false", "slot = true", "given in `starts`"),
        ("verbatim = true", 'reworded = [{ was = "a", now = "Zz" }]', "does not hold"),
        ("consent_quotes = false", 'follow_ups = [{ text = "x", note = 3 }]', "counts the notes"),
    ],
)
def test_an_interview_that_cannot_be_is_refused(
    words: str, instead: str, fault: str, tmp_path: Path
) -> None:
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "example" / "alder.toml"
    file.write_text(file.read_text().replace(words, instead))

    with pytest.raises(DefinitionError, match=fault):
        example.read(tmp_path)
