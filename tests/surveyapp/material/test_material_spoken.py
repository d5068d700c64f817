"""Notes that are no responses, and notes that change a written answer."""

from collections.abc import Iterable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.interview import services as interview
from surveyapp.material import gathering
from surveyapp.models import (
    Correction,
    Decision,
    Interview,
    Note,
    Survey,
)
from synthesis import material
from tests.surveyapp.building import NOON, somebody, submission_of


def test_a_note_that_was_struck_or_is_empty_is_no_response(
    session: Session, survey: Survey
) -> None:
    struck, empty = session.scalars(select(Interview)).one().notes
    struck.struck_at, empty.text = NOON, " \n"
    session.flush()

    found = gathering.gather(session, survey).material.responses

    assert [one for one in found if one.source == "interview"] == []


def test_a_call_that_was_cancelled_or_is_to_come_is_no_interview(
    session: Session, survey: Survey
) -> None:
    call = session.scalars(select(Interview)).one()
    call.cancelled_at = NOON
    session.add(
        Interview(
            submission=submission_of(session, "Birch"),
            guide_id=call.guide_id,
            interviewer_id=call.interviewer_id,
            interviewee="Cy Birch",
            interviewee_role="Head",
            starts_at=NOON,
        )
    )
    session.flush()

    found = gathering.gather(session, survey).material

    assert [one for one in found.responses if one.source == "interview"] == []
    assert {one.interviews for one in found.returns} == {0}
    assert {one.interviewed_on for one in found.returns} == {None}


def test_notes_say_whether_they_are_confirmed(session: Session, survey: Survey) -> None:
    call = session.scalars(select(Interview)).one()
    call.notes[0].confirmed_version = call.notes[0].version
    call.notes[1].confirmed_version = call.notes[1].version
    call.notes[1].version += 1
    call.confirmed_at = NOON
    session.flush()

    found = gathering.gather(session, survey).material

    said = {one.question_code: one.confirmed for one in found.responses}
    assert (said["I01"], said["I02"], said["S01.2"]) == (True, False, None)
    assert [(one.interviews, one.confirmed) for one in found.returns] == [(1, 1), (0, 0), (0, 0)]


def test_a_note_under_a_strand_is_about_that_strand(session: Session, survey: Survey) -> None:
    call = session.scalars(select(Interview)).one()
    call.notes[0].theme = "A1"
    session.flush()

    found = gathering.gather(session, survey).material.responses

    assert [one.asked for one in found if one.question_code == "I01"] == ["A1"]


@pytest.fixture
def note(session: Session, survey: Survey) -> Note:
    """The note under I01, and consent to use it."""
    call = session.scalars(select(Interview)).one()
    yes = interview.Consent(notes=True, quotes=True, use_level="named")
    interview.record_consent(session, call, yes, call.interviewer, NOON)
    return next(one for one in call.notes if one.prompt_code == "I01")


def correct(session: Session, note: Note, code: str, kind: str, prevails: str) -> Correction:
    """Let a note correct or deepen an answer."""
    made = Correction(
        note=note,
        question_code=code,
        kind=kind,
        prevails=prevails,
        made_by=note.author,
        at=NOON,
    )
    session.add(made)
    session.flush()
    return made


ANSWER = "X06000001/S01.2"


def ids(pieces: Iterable[material.Overtaken]) -> set[str]:
    return {one.id for one in pieces}


@pytest.mark.parametrize(
    ("kind", "prevails", "counts"),
    [
        ("corrects", "note", {"note"}),
        ("corrects", "answer", {"answer"}),
        ("corrects", "both", {"note", "answer"}),
        ("deepens", "both", {"note", "answer"}),
        ("deepens", "note", {"note", "answer"}),
    ],
)
def test_of_an_answer_and_a_note_only_what_prevails_is_evidence(
    kind: str, prevails: str, counts: set[str], session: Session, survey: Survey, note: Note
) -> None:
    correct(session, note, "S01.2", kind, prevails)
    sides = {f"X06000001/interview/{note.id.hex[:12]}": "note", ANSWER: "answer"}

    found = gathering.gather(session, survey).material

    standing = ids(found.responses)
    assert {name for id, name in sides.items() if id in standing} == counts
    assert {sides[id] for id in ids(found.overtaken)} == set(sides.values()) - counts
    assert [(one.note, one.answer, one.kind) for one in found.corrections] == [(*sides, kind)]


def test_a_closed_answer_that_is_corrected_is_not_counted(
    session: Session, survey: Survey, note: Note
) -> None:
    correct(session, note, "S01.1", "corrects", "note")

    found = gathering.gather(session, survey).material

    assert "X06000001" not in {one.authority for one in found.ratings}
    assert ids(found.overtaken) == {"X06000001/S01.1"}


def test_an_example_is_corrected_whole(session: Session, survey: Survey, note: Note) -> None:
    (practice,) = gathering.gather(session, survey).material.practices
    made = correct(session, note, "Z1.1.c", "corrects", "note")
    made.entry_id = practice.id.rpartition("/")[2]
    session.flush()

    found = gathering.gather(session, survey).material

    assert found.practices == ()
    assert found.overtaken == (practice,)


@pytest.mark.parametrize("gone", ["undone", "struck", "emptied", "no consent", "cancelled"])
def test_with_the_note_or_the_correction_gone_the_answer_stands(
    gone: str, session: Session, survey: Survey, note: Note
) -> None:
    made = correct(session, note, "S01.2", "corrects", "note")
    call = note.interview
    if gone == "undone":
        made.undone_at = NOON
    elif gone == "struck":
        note.struck_at = NOON
    elif gone == "emptied":
        note.text = ""
    elif gone == "cancelled":
        call.cancelled_at = NOON
    else:
        no = interview.Consent(notes=False, quotes=False)
        interview.record_consent(session, call, no, call.interviewer, NOON)
    session.flush()

    found = gathering.gather(session, survey).material

    assert ANSWER in ids(found.responses)
    assert (found.overtaken, found.corrections) == ((), ())


def test_a_decision_on_words_that_are_overtaken_waits(
    session: Session, survey: Survey, note: Note
) -> None:
    correct(session, note, "S01.2", "corrects", "note")
    session.add(
        Decision(
            survey=survey,
            response=ANSWER,
            start=0,
            end=8,
            words="We count",
            theme="S01",
            verdict="accept",
            coder=somebody(session, "Iris Notes"),
            codebook=survey.codebook,
            made_at=NOON,
        )
    )
    session.flush()

    gathered = gathering.gather(session, survey)

    assert gathered.material.decisions == ()
    assert gathered.stale == 0
