"""A call that has been arranged with Birch, for tests of what happens on it."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy.orm import Session

from surveyapp.interview import services
from surveyapp.interview.services import Consent
from surveyapp.models import Interview, Person, Submission
from tests.surveyapp.building import NOON, somebody


def arranged(session: Session, submission: Submission, **told: Any) -> Interview:
    """Arrange a call with Cy Birch, to be held by Iris Notes."""
    interview = Interview(
        submission=submission,
        guide=submission.survey.guide,
        interviewer=somebody(session, "Iris Notes"),
        interviewee="Cy Birch",
        interviewee_role="Service manager",
        starts_at=NOON,
        **told,
    )
    session.add(interview)
    session.commit()
    return interview


def agreed(session: Session, interview: Interview, *, notes: bool = True) -> Interview:
    """Record what Cy agreed to."""
    consent = Consent(notes=notes, quotes=True, use_level="named")
    services.record_consent(session, interview, consent, interview.interviewer, NOON)
    session.commit()
    return interview


def begun(session: Session, interview: Interview, ago: int = 0) -> Interview:
    """Let the call have begun some seconds ago."""
    now = dt.datetime.now(dt.UTC)
    interview.started_at = now - dt.timedelta(seconds=ago)
    interview.held_on = NOON.date()
    session.commit()
    return interview


def staff(session: Session, name: str, role: str = "interviewer") -> Person:
    """Take on a member of staff."""
    email = f"{name.split()[0].lower()}@region.example"
    person = Person(name=name, email=email, staff_role=role)
    session.add(person)
    session.commit()
    return person


def typed(by: Person, text: str, **told: Any) -> dict[str, Any]:
    """Return a note as the live screen sends it."""
    return {
        "by": str(by.id),
        "id": str(uuid.uuid4()),
        "text": text,
        "seen": 0,
        "write": str(uuid.uuid4()),
        "unanswered": [],
        "prompt_code": "I01",
        "second": 12,
        "theme": "",
        "verbatim": False,
        "follow_up": False,
        "mark": "",
        **told,
    }
