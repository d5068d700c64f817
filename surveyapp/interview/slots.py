"""Times that interviewers offer: free, booked by whoever is first, or withdrawn."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session, joinedload

from surveyapp.errors import SlotTakenError
from surveyapp.interview import diary
from surveyapp.interview.times import Span
from surveyapp.models import Interview, InterviewSlot, Person, Submission, Survey


@dataclass(frozen=True, slots=True)
class Offered:
    """How many times were offered, and how many were left out: they are there, or overlap."""

    added: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One time that was offered, and whether an interview agreed elsewhere is in its way."""

    slot: InterviewSlot
    clashes: bool

    @property
    def is_free(self) -> bool:
        """Say whether somebody may still choose it."""
        return self.slot.interview_id is None and not self.clashes


def offer(session: Session, survey: Survey, interviewer: Person, spans: Iterable[Span]) -> Offered:
    """Offer times, but for those that overlap others of the same interviewer."""
    known = {one.starts_at: one for one in _of(session, interviewer)}
    standing = [_span(one) for one in known.values() if one.withdrawn_at is None]
    added = left_out = 0
    for span in spans:
        if any(span.overlaps(other) for other in standing):
            left_out += 1
            continue
        _write(session, survey, interviewer, span, known.get(span.starts_at))
        standing.append(span)
        added += 1
    session.flush()
    return Offered(added, left_out)


def withdraw(session: Session, slot: InterviewSlot, at: dt.datetime) -> bool:
    """Take a free time back, and say whether it was: somebody may have booked it meanwhile."""
    gone = session.execute(
        update(InterviewSlot)
        .where(
            InterviewSlot.id == slot.id,
            InterviewSlot.interview_id.is_(None),
            InterviewSlot.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=at)
        .execution_options(synchronize_session=False)
        .returning(InterviewSlot.id)
    ).one_or_none()
    session.refresh(slot)
    return gone is not None


def find(session: Session, slot_id: uuid.UUID) -> InterviewSlot:
    """Return one time that was offered."""
    return session.scalars(select(InterviewSlot).where(InterviewSlot.id == slot_id)).one()


def shown(
    session: Session, survey: Survey, interviewer: Person, since: dt.datetime
) -> Sequence[Shown]:
    """Return the times that an interviewer offers in a survey from now on, the next one first."""
    slots = session.scalars(
        _standing(survey, since)
        .where(InterviewSlot.interviewer_id == interviewer.id)
        .options(
            joinedload(InterviewSlot.interview)
            .joinedload(Interview.submission)
            .joinedload(Submission.authority)
        )
    ).all()
    return _beside(session, slots, since)


def free(session: Session, interview: Interview, since: dt.datetime) -> Sequence[InterviewSlot]:
    """Return the times from which the person interviewed may choose, the next one first."""
    slots = session.scalars(
        _standing(interview.submission.survey, since).where(
            InterviewSlot.interviewer_id == interview.interviewer_id,
            InterviewSlot.interview_id.is_(None),
        )
    ).all()
    return [one.slot for one in _beside(session, slots, since, interview) if one.is_free]


def has_free(session: Session, survey: Survey, interviewer: Person, since: dt.datetime) -> bool:
    """Say whether there is a time of this interviewer's that somebody can choose."""
    return any(one.is_free for one in shown(session, survey, interviewer, since))


def take(
    session: Session, interview: Interview, slot_id: uuid.UUID, since: dt.datetime
) -> InterviewSlot:
    """Let an interview have a time, and give back the one it had; of two at once one has it.

    Raises SlotTakenError where it is not free any more. Then the interview keeps what it had.
    """
    with session.begin_nested():
        release(session, interview)
        taken = session.execute(
            update(InterviewSlot)
            .where(
                InterviewSlot.id == slot_id,
                InterviewSlot.survey_id == interview.submission.survey_id,
                InterviewSlot.interviewer_id == interview.interviewer_id,
                InterviewSlot.interview_id.is_(None),
                InterviewSlot.withdrawn_at.is_(None),
                InterviewSlot.starts_at > since,
            )
            .values(interview_id=interview.id)
            .execution_options(synchronize_session=False)
            .returning(InterviewSlot.id)
        ).one_or_none()
        if taken is None:
            raise SlotTakenError("That time is not free any more.")
    slot = find(session, slot_id)
    session.refresh(slot)
    return slot


def release(session: Session, interview: Interview) -> None:
    """Give back the time that an interview has of those offered, if it has one of them."""
    session.execute(
        update(InterviewSlot)
        .where(InterviewSlot.interview_id == interview.id)
        .values(interview_id=None)
        .execution_options(synchronize_session=False)
    )


def _standing(survey: Survey, since: dt.datetime) -> Select[InterviewSlot]:
    return (
        select(InterviewSlot)
        .where(
            InterviewSlot.survey_id == survey.id,
            InterviewSlot.withdrawn_at.is_(None),
            InterviewSlot.starts_at > since,
        )
        .order_by(InterviewSlot.starts_at, InterviewSlot.id)
        # Others book and withdraw meanwhile, past what this session remembers.
        .execution_options(populate_existing=True)
    )


def _beside(
    session: Session,
    slots: Sequence[InterviewSlot],
    since: dt.datetime,
    besides: Interview | None = None,
) -> list[Shown]:
    """Say of each time whether its interviewer is in an interview then that is not booked on it."""
    people = {one.interviewer_id for one in slots}
    if besides is not None and besides.note_taker_id is not None:
        people.add(besides.note_taker_id)
    held = diary.held(session, people, since)
    own = besides.id if besides else None
    return [
        Shown(
            one,
            any(
                span.overlaps(_span(one))
                for interview_id, span in held
                if interview_id not in (one.interview_id, own)
            ),
        )
        for one in slots
    ]


def _of(session: Session, interviewer: Person) -> Sequence[InterviewSlot]:
    return session.scalars(
        select(InterviewSlot).where(InterviewSlot.interviewer_id == interviewer.id)
    ).all()


def _span(slot: InterviewSlot) -> Span:
    return Span(slot.starts_at, slot.lasts_minutes)


def _write(
    session: Session,
    survey: Survey,
    interviewer: Person,
    span: Span,
    withdrawn: InterviewSlot | None,
) -> None:
    """Offer a time; one that was withdrawn is offered again."""
    slot = withdrawn or InterviewSlot(interviewer=interviewer, starts_at=span.starts_at)
    slot.survey, slot.lasts_minutes, slot.withdrawn_at = survey, span.minutes, None
    session.add(slot)
