"""Interviews in the order of what is next, and what happened in one of them."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from surveyapp.models import (
    AuditEvent,
    Authority,
    Contributor,
    FollowUp,
    Interview,
    Person,
    Submission,
    Survey,
)
from surveyapp.standing import HAPPENED, State, label, now_in, state

LATEST: Final = 40
# What cannot wait comes first.
ORDER: Final[tuple[State, ...]] = (
    "under way",
    "due",
    "held",
    "to be arranged",
    "booked",
    "offered",
    "confirmed",
    "cancelled",
)


class Step(NamedTuple):
    """What can be done next: the page that does it, and its words."""

    page: str
    words: str


class Event(NamedTuple):
    """One thing that somebody did about an interview."""

    at: dt.datetime
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Line:
    """One interview in the list: where it stands, what is next, and what is left to do."""

    interview: Interview
    state: State
    steps: tuple[Step, ...]
    open_tasks: int

    @property
    def label(self) -> str:
        """Say where it stands, in words."""
        return label(self.state)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which interviews are wanted: of a survey, of an interviewer, or only one's own."""

    survey: Survey | None = None
    interviewer_id: uuid.UUID | None = None
    own: Person | None = None


def lines(session: Session, wanted: Wanted, at: dt.datetime) -> list[Line]:
    """Return the interviews that are wanted, what cannot wait first."""
    found = session.scalars(_wanted(wanted)).all()
    tasks = _open_tasks(session, found)
    shown = [line(one, tasks.get(one.id, 0), at) for one in found]
    latest = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(
        shown,
        key=lambda one: (ORDER.index(one.state), one.interview.starts_at or latest),
    )


def line(interview: Interview, open_tasks: int, at: dt.datetime) -> Line:
    """Return what is next for one interview."""
    now = now_in(interview.submission.survey, at)
    stands = state(interview, now)
    return Line(interview, stands, _steps(interview, stands, now), open_tasks)


def surveys(session: Session) -> Sequence[Survey]:
    """Return every survey, the latest first."""
    return session.scalars(select(Survey).order_by(Survey.opens_on.desc(), Survey.code)).all()


def find_survey(session: Session, code: str) -> Survey:
    """Return the survey with this code."""
    return session.scalars(select(Survey).where(Survey.code == code)).one()


def find_return(session: Session, survey: Survey, authority_code: str) -> Submission:
    """Return what an authority returns to a survey."""
    wanted = (Submission.survey_id == survey.id, Submission.authority_code == authority_code)
    return session.scalars(select(Submission).where(*wanted)).one()


def contributors(session: Session, submission: Submission) -> Sequence[Contributor]:
    """Return who completes a return, its coordinator first."""
    return session.scalars(
        select(Contributor)
        .join(Contributor.person)
        .where(Contributor.submission_id == submission.id, Contributor.left_at.is_(None))
        .options(contains_eager(Contributor.person))
        .order_by(Contributor.coordinator.desc(), Person.name, Contributor.id)
    ).all()


def not_arranged(session: Session, survey: Survey | None) -> Sequence[Submission]:
    """Return the submitted returns about which no interview is arranged, by authority."""
    arranged = select(Interview.submission_id).where(Interview.cancelled_at.is_(None))
    found = (
        select(Submission)
        .join(Submission.authority)
        .join(Submission.survey)
        .where(Submission.submitted_at.is_not(None), Submission.id.not_in(arranged))
        .options(contains_eager(Submission.authority), contains_eager(Submission.survey))
        .order_by(Survey.opens_on.desc(), Authority.name)
    )
    if survey is not None:
        found = found.where(Submission.survey_id == survey.id)
    return session.scalars(found).all()


def asked(session: Session, survey: Survey) -> Sequence[Submission]:
    """Return every return of a survey, by authority."""
    return session.scalars(
        select(Submission)
        .join(Submission.authority)
        .where(Submission.survey_id == survey.id)
        .options(contains_eager(Submission.authority))
        .order_by(Authority.name)
    ).all()


def history(session: Session, interview: Interview) -> Iterator[Event]:
    """Yield what happened to an interview, the latest first, as the audit trail has it."""
    found = select(AuditEvent).where(
        AuditEvent.subject_type == Interview.__tablename__,
        AuditEvent.subject_id == str(interview.id),
    )
    found = found.options(joinedload(AuditEvent.person))
    for one in session.scalars(found.order_by(AuditEvent.at.desc(), AuditEvent.id).limit(LATEST)):
        who = one.person.name if one.person else "The service"
        yield Event(one.at, who, _said(one.action))


def _said(action: str) -> str:
    """Say what was done; what is not known here is read from its key."""
    what = action.partition(".")[2].replace("_", " ").capitalize()
    return HAPPENED.get(action, what)


def _steps(interview: Interview, stands: State, now: dt.datetime) -> tuple[Step, ...]:
    if stands == "offered":
        return (_answer(interview, now),)
    return STEPS[stands]


def _answer(interview: Interview, now: dt.datetime) -> Step:
    if interview.unanswered_at is not None:
        return Step("record", "Read the record that nobody answered")
    late = interview.answer_by is not None and interview.answer_by < now.date()
    return Step("record", "Chase the record" if late else "See how the record fares")


def _wanted(wanted: Wanted) -> Select[Interview]:
    found = (
        select(Interview)
        .join(Interview.submission)
        .join(Submission.authority)
        .join(Submission.survey)
        .options(
            contains_eager(Interview.submission).contains_eager(Submission.authority),
            contains_eager(Interview.submission).contains_eager(Submission.survey),
            joinedload(Interview.interviewer),
            joinedload(Interview.note_taker),
        )
        .order_by(Authority.name, Interview.id)
    )
    if wanted.survey is not None:
        found = found.where(Submission.survey_id == wanted.survey.id)
    if wanted.interviewer_id is not None:
        found = found.where(_in_it(wanted.interviewer_id))
    return found if wanted.own is None else found.where(_in_it(wanted.own.id))


def _in_it(person_id: uuid.UUID) -> ColumnElement[bool]:
    return or_(Interview.interviewer_id == person_id, Interview.note_taker_id == person_id)


def _open_tasks(session: Session, found: Sequence[Interview]) -> dict[uuid.UUID, int]:
    counted = (
        select(FollowUp.interview_id, func.count())
        .where(FollowUp.done_at.is_(None), FollowUp.interview_id.in_([one.id for one in found]))
        .group_by(FollowUp.interview_id)
    )
    return {row[0]: row[1] for row in session.execute(counted)}


STEPS: Final[Mapping[State, tuple[Step, ...]]] = {
    "under way": (Step("live", "Take notes"),),
    "due": (Step("live", "Take notes"), Step("reschedule", "Choose another time")),
    "held": (Step("tidy", "Tidy the notes"), Step("record", "Offer the record")),
    "to be arranged": (Step("reschedule", "Choose a time"),),
    "booked": (Step("brief", "Read the brief"),),
    "confirmed": (Step("record", "Read the record"),),
    "cancelled": (Step("show", "See why"),),
}
