"""The audit trail takes what happened, and refuses words."""

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import audit
from surveyapp.audit import WordsInTheTrailError
from surveyapp.models import AuditEvent, Person, SectionState, Submission
from tests.surveyapp.building import NOON, somebody


def test_an_event_says_who_did_what_to_which_row(session: Session, birch: Submission) -> None:
    cy = somebody(session)

    audit.record(session, "answer.saved", birch, cy, version=2, question="S01.2", at=NOON)

    kept = session.scalars(select(AuditEvent)).one()
    assert (kept.person, kept.submission, kept.action) == (cy, birch, "answer.saved")
    assert (kept.subject_type, kept.subject_id) == ("submission", str(birch.id))
    assert kept.detail == {"version": 2, "question": "S01.2", "at": str(NOON)}


def test_a_row_known_by_two_columns_is_named_by_both(session: Session, birch: Submission) -> None:
    section = session.get(SectionState, (birch.id, "S01"))
    assert section is not None

    event = audit.record(session, "section.opened", section, None)

    assert event.subject_id == f"{birch.id}/S01"
    assert event.submission_id == birch.id


@pytest.mark.parametrize(
    "plain", ["not started", "S01.2", "application/pdf", 3, True, None, uuid.UUID(int=1), ["a", 2]]
)
def test_ids_counts_and_states_are_taken(plain: object, session: Session, survey: object) -> None:
    audit.record(session, "file.kept", somebody(session), None, what=plain)


@pytest.mark.parametrize(
    "words",
    [
        "x" * 65,
        "We asked 15 parents at three coffee mornings.",
        "Cy Birch",
        "cy@birch.example",
        "they said it was not good enough",
        ["S01", "Hannah’s words"],
        {"text": "short"},
        "two\nlines",
    ],
)
def test_words_are_refused(words: object, session: Session, survey: object) -> None:
    with pytest.raises(WordsInTheTrailError, match="what is none of them"):
        audit.record(session, "answer.saved", somebody(session), None, what=words)


def test_an_event_never_changes(session: Session, survey: object) -> None:
    person = session.scalars(select(Person)).first()
    assert person is not None
    event = audit.record(session, "person.signed_in", person, person)
    event.action = "person.signed_out"

    with pytest.raises(ValueError, match="never changes"):
        session.flush()
