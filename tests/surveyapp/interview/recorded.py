"""A call that is over, with notes to be offered: what tests of the record build on."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.interview import services as interview
from surveyapp.interview.services import Consent, Said
from surveyapp.models import Interview, Note, Person, Submission
from tests.surveyapp.building import NOON, somebody

OFFERED = NOON + dt.timedelta(days=2)
LAST_DAY = dt.date(2015, 8, 10)
FRONT_DOOR = "We have one front door. It took two years. The police were slow to join."
QUOTED = "We would do it all again."


def held_call(session: Session, submission: Submission) -> Interview:
    """Return a call with Cy Birch that is over: a paraphrase, and a quotation."""
    iris = somebody(session, "Iris Notes")
    found = interview.Call(iris, "Cy Birch", "Service manager", NOON.date())
    call = interview.record_interview(session, submission, found)
    interview.record_consent(session, call, Consent(notes=True, quotes=True), iris, NOON)
    call.started_at, call.ended_at = NOON, NOON + dt.timedelta(minutes=44)
    interview.add_note(session, call, Said(FRONT_DOOR, "I01", 125), iris, NOON)
    interview.add_note(session, call, Said(QUOTED, "I02", 700, verbatim=True), iris, NOON)
    return call


def offered_call(session: Session, submission: Submission) -> Interview:
    """Return a call whose record is offered to Cy Birch."""
    call = held_call(session, submission)
    call.interviewee_id = somebody(session).id
    call.offered_at, call.answer_by = OFFERED, LAST_DAY
    session.flush()
    return call


def note_of(session: Session, call: Interview, text: str) -> Note:
    """Return the note that has these words in it."""
    return session.scalars(
        select(Note).where(Note.interview_id == call.id, Note.text.contains(text))
    ).one()


def staff(session: Session, role: str = "consultant", name: str = "Con Sult") -> Person:
    """Return a member of staff."""
    person = Person(name=name, email=f"{name.split()[0].lower()}@review.example", staff_role=role)
    session.add(person)
    session.flush()
    return person
