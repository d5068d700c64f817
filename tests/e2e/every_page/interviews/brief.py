"""The states of the interviewer's brief."""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.interview import services as interviews
from surveyapp.interview.services import Call
from surveyapp.models import Interview, Submission
from tests.e2e.every_page.states import State
from tests.surveyapp.building import NOON, somebody, submission_of
from tests.surveyapp.rounds import next_round

WIDE: Final = "A very long name of a job, such as nobody has, " * 4


def furnish_brief(session: Session) -> Mapping[str, str]:
    """Arrange calls with a return that is being written, one not begun and one a year later."""
    birch = submission_of(session, "Birch")
    cedar = next(one for one in _returns(session, birch) if one.authority.name == "Cedar")
    later = next_round(session, submission_of(session, "Alder").authority)
    calls = {
        "call for a brief": _call(session, birch),
        "call about nothing": _call(session, cedar),
        "call a year later": _call(session, later),
    }
    return {name: str(one.id) for name, one in calls.items()}


def _returns(session: Session, birch: Submission) -> Iterable[Submission]:
    """Return every return of a survey: other surveys ask the same authorities."""
    return session.scalars(select(Submission).where(Submission.survey == birch.survey))


def _call(session: Session, submission: Submission) -> Interview:
    call = Call(somebody(session, "Iris Notes"), "Cy Birch", WIDE, NOON.date())
    return interviews.record_interview(session, submission, call)


def _page(name: str, call: str, who: str = "consultant") -> State:
    return State(name, who, "interview.brief", {"interview_id": call})


STATES: tuple[State, ...] = (
    _page("brief", "call for a brief"),
    _page("brief, nothing written", "call about nothing"),
    _page("brief, with a last round", "call a year later"),
)
