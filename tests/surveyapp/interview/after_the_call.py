"""What the tests of tidying build on: a call that is over, and notes of it."""

import datetime as dt
import uuid

from sqlalchemy.orm import Session

from surveyapp.interview import notes
from surveyapp.interview import services as interview
from surveyapp.interview.notes import Hand, Typed
from surveyapp.interview.services import Call, Consent
from surveyapp.models import Interview, Note, Person
from tests.surveyapp.building import NOON, somebody, submission_of

LATER = NOON + dt.timedelta(hours=1)


def held(session: Session, *, quotes: bool = True) -> Interview:
    """Return a call with Birch that is over; Iris Notes talked."""
    iris = somebody(session, "Iris Notes")
    call = Call(iris, "Cy Birch", "Service manager", NOON.date())
    made = interview.record_interview(session, submission_of(session, "Birch"), call)
    interview.record_consent(session, made, Consent(notes=True, quotes=quotes), iris, NOON)
    made.note_taker = taker(session)
    made.ended_at = NOON
    session.flush()
    return made


def taker(session: Session) -> Person:
    """Return whoever types while Iris Notes talks."""
    found = session.query(Person).filter_by(name="Ned Types").one_or_none()
    if found is None:
        found = Person(name="Ned Types", email="ned@review.example", staff_role="interviewer")
        session.add(found)
        session.flush()
    return found


def note(
    session: Session,
    call: Interview,
    text: str,
    prompt: str = "I01",
    second: int | None = 60,
    by: Person | None = None,
) -> Note:
    """Note something down."""
    hand = Hand(by or call.interviewer, NOON)
    typed = Typed(uuid.uuid4(), text, prompt_code=prompt, second=second)
    return notes.keep(session, call, typed, hand).note
