"""An interview arranged: with whom, who asks, when; moved, given to another, called off."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import audit
from surveyapp.errors import ArrangedMeanwhileError, NotArrangeableError, NoTimesError
from surveyapp.interview import diary, slots, telling
from surveyapp.interview.telling import Act, Told
from surveyapp.interview.times import Span
from surveyapp.models import Interview, Person, Submission
from surveyapp.people import know
from surveyapp.standing import BEFORE, now_in, state


@dataclass(frozen=True, slots=True)
class Interviewee:
    """Who is to be interviewed."""

    name: str
    role: str
    email: str


@dataclass(frozen=True, slots=True)
class Team:
    """Who asks, and who takes notes meanwhile if anybody does."""

    interviewer: Person
    note_taker: Person | None = None

    @property
    def people(self) -> tuple[Person, ...]:
        """Return those who must be free at the time."""
        return tuple(one for one in (self.interviewer, self.note_taker) if one is not None)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is arranged: without a time, the person interviewed chooses one of those offered."""

    interviewee: Interviewee
    team: Team
    place: str = ""
    starts_at: dt.datetime | None = None
    minutes: int = 45


@dataclass(frozen=True, slots=True)
class Time:
    """When and where; `seen` is the arrangement that was on the page, so that none is lost."""

    starts_at: dt.datetime
    minutes: int
    place: str
    seen: int | None = field(default=None, compare=False)


def arrange(session: Session, submission: Submission, plan: Plan, act: Act) -> Interview:
    """Arrange an interview and tell everybody: of its time, or that they may choose one.

    Raises BusyError, or NoTimesError where there is no time to choose.
    """
    since = now_in(submission.survey, act.at)
    if plan.starts_at is None and not slots.has_free(
        session, submission.survey, plan.team.interviewer, since
    ):
        raise NoTimesError(f"{plan.team.interviewer.name} offers no time that is free.")
    with session.begin_nested():
        if plan.starts_at is not None:
            diary.refuse_if_busy(session, plan.team.people, Span(plan.starts_at, plan.minutes))
        interview = _write(session, submission, plan)
        is_booked = plan.starts_at is not None
        audit.record(session, "interview.arranged", interview, act.by, booked=is_booked)
        if is_booked:
            _book(session, interview, act, None)
        else:
            offer_times(session, interview, act)
    return interview


def offer_times(session: Session, interview: Interview, act: Act) -> int:
    """Write to the person to be interviewed that they may choose a time; NoTimesError if none."""
    _refuse_unless_arrangeable(interview, act)
    since = now_in(interview.submission.survey, act.at)
    if not slots.free(session, interview, since):
        raise NoTimesError(f"{interview.interviewer.name} offers no time that is free.")
    audit.record(session, "interview.times_offered", interview, act.by)
    if interview.person is None:
        return 0
    told = Told("interview_times", {}, method=None)
    return telling.tell_these(session, interview, act, told, (interview.person,))


def set_time(session: Session, interview: Interview, time: Time, act: Act) -> int:
    """Agree a time with everybody, or move the one there was; return how many are told.

    Raises NotArrangeableError, BusyError, or ArrangedMeanwhileError.
    """
    _begin(session, interview, act, time.seen)
    team = Team(interview.interviewer, interview.note_taker)
    diary.refuse_if_busy(session, team.people, Span(time.starts_at, time.minutes), interview)
    was = interview.starts_at
    slots.release(session, interview)
    interview.starts_at, interview.lasts_minutes = time.starts_at, time.minutes
    interview.place = time.place
    return _book(session, interview, act, was)


def book(session: Session, interview: Interview, slot_id: uuid.UUID, place: str, act: Act) -> int:
    """Let the person interviewed have one of the times offered, in the place of any before.

    Raises NotArrangeableError, SlotTakenError or BusyError; then they keep the time they had.
    """
    _begin(session, interview, act)
    with session.begin_nested():
        slot = slots.take(session, interview, slot_id, now_in(interview.submission.survey, act.at))
        team = Team(interview.interviewer, interview.note_taker)
        wanted = Span(slot.starts_at, slot.lasts_minutes)
        diary.refuse_if_busy(session, team.people, wanted, interview)
    was = interview.starts_at
    interview.starts_at, interview.lasts_minutes = slot.starts_at, slot.lasts_minutes
    interview.place = place
    return _book(session, interview, act, was)


def give_back(session: Session, interview: Interview, act: Act) -> int:
    """Let the person interviewed give their time back, so that another can be found."""
    _begin(session, interview, act)
    was = interview.starts_at
    if was is None:
        return 0
    slots.release(session, interview)
    interview.starts_at = None
    interview.calendar_sequence += 1
    audit.record(session, "interview.given_back", interview, act.by)
    words = {"reason": "", "cancelled_by": act.by.name, "is_off": False}
    told = Told("interview_cancelled", words, "CANCEL", was)
    return telling.tell(session, interview, act, told)


def give_to(
    session: Session, interview: Interview, team: Team, act: Act, seen: int | None = None
) -> int:
    """Let others ask and take notes; those who no longer do are told as well.

    Raises NotArrangeableError, BusyError, or ArrangedMeanwhileError.
    """
    _begin(session, interview, act, seen)
    before = Team(interview.interviewer, interview.note_taker)
    if before == team:
        return 0
    at = diary.span(interview)
    if at is not None:
        diary.refuse_if_busy(session, team.people, at, interview)
    if team.interviewer.id != before.interviewer.id:
        # The time was one that the other had offered.
        slots.release(session, interview)
    interview.interviewer, interview.note_taker = team.interviewer, team.note_taker
    interview.calendar_sequence += 1
    audit.record(session, "interview.reassigned", interview, act.by)
    return _tell_of_team(session, interview, act, before)


def cancel(session: Session, interview: Interview, reason: str, act: Act) -> int:
    """Call an interview off, and tell everybody why; NotArrangeableError where it has begun."""
    _begin(session, interview, act)
    was = interview.starts_at
    slots.release(session, interview)
    interview.cancelled_at, interview.cancelled_why = act.at, reason.strip()
    interview.calendar_sequence += 1
    audit.record(session, "interview.cancelled", interview, act.by)
    words = {"reason": interview.cancelled_why, "cancelled_by": act.by.name, "is_off": True}
    told = Told("interview_cancelled", words, "CANCEL", was)
    return telling.tell(session, interview, act, told)


def is_arrangeable(interview: Interview, at: dt.datetime) -> bool:
    """Say whether nobody has spoken yet, so that time and people may be changed."""
    return state(interview, at) in BEFORE


def staff(session: Session) -> Sequence[Person]:
    """Return everybody who may hold an interview, by name."""
    wanted = select(Person).where(Person.staff_role.is_not(None))
    return session.scalars(wanted.order_by(Person.name, Person.id)).all()


def _write(session: Session, submission: Submission, plan: Plan) -> Interview:
    person = know(session, plan.interviewee.email, plan.interviewee.name)
    interview = Interview(
        submission=submission,
        guide=submission.survey.guide,
        interviewer=plan.team.interviewer,
        note_taker=plan.team.note_taker,
        interviewee=plan.interviewee.name,
        interviewee_role=plan.interviewee.role,
        person=person,
        starts_at=plan.starts_at,
        lasts_minutes=plan.minutes,
        place=plan.place,
        calendar_sequence=0,
    )
    session.add(interview)
    session.flush()
    return interview


def _begin(session: Session, interview: Interview, act: Act, seen: int | None = None) -> None:
    """Refuse, under a lock, what may not be changed any more, or is not as the page showed it."""
    session.flush()
    this = select(Interview.id).where(Interview.id == interview.id)
    session.execute(this.with_for_update(key_share=True)).one()
    session.refresh(interview)
    _refuse_unless_arrangeable(interview, act)
    if seen is not None and seen != interview.calendar_sequence:
        raise ArrangedMeanwhileError("Somebody else has changed this interview meanwhile.")


def _refuse_unless_arrangeable(interview: Interview, act: Act) -> None:
    if not is_arrangeable(interview, act.at):
        raise NotArrangeableError("This interview has begun or has been cancelled.")


def _book(session: Session, interview: Interview, act: Act, was: dt.datetime | None) -> int:
    """Note the time that an interview now has, and tell everybody."""
    interview.calendar_sequence += 1
    if was is None:
        audit.record(session, "interview.booked", interview, act.by)
        return telling.tell(session, interview, act, Told("interview_booked", {}))
    audit.record(session, "interview.moved", interview, act.by)
    words = {"was": was, "moved_by": act.by.name}
    return telling.tell(session, interview, act, Told("interview_moved", words))


def _tell_of_team(session: Session, interview: Interview, act: Act, before: Team) -> int:
    """Tell those who are in the interview now, and take it out of the calendars of the others."""
    words = {"was_interviewer": before.interviewer.name}
    now = tuple(telling.concerned(interview))
    gone = tuple(one for one in before.people if one.id not in {person.id for person in now})
    stay = Told("interview_reassigned", {**words, "is_leaving": False}, "REQUEST")
    leave = Told("interview_reassigned", {**words, "is_leaving": True}, "CANCEL")
    return sum(
        telling.tell_these(session, interview, act, told, people)
        for told, people in ((stay, now), (leave, gone))
    )
