"""Who is in which interview when: nobody is in two at once."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from surveyapp.errors import BusyError
from surveyapp.interview.times import Span
from surveyapp.models import Interview, Person

# No interview is longer than that, so none that begins earlier reaches a time.
A_DAY: Final = dt.timedelta(days=1)


def span(interview: Interview) -> Span | None:
    """Return the time that an interview takes, where one is agreed."""
    if interview.starts_at is None:
        return None
    return Span(interview.starts_at, interview.lasts_minutes)


def refuse_if_busy(
    session: Session, people: Iterable[Person], wanted: Span, besides: Interview | None = None
) -> None:
    """Raise BusyError where one of these people is in another interview at that time.

    Two who arrange interviews of the same person at once are let in one after the other, so the
    second sees what the first arranged.
    """
    named = {one.id: one.name for one in people}
    _one_after_another(session, named)
    for other in _near(session, named, wanted, besides):
        taken = span(other)
        if taken is not None and taken.overlaps(wanted):
            who = other.interviewer_id if other.interviewer_id in named else other.note_taker_id
            raise BusyError(named[who] if who else "", taken.starts_at)


def held(
    session: Session, person_ids: Iterable[uuid.UUID], since: dt.datetime
) -> Sequence[tuple[uuid.UUID, Span]]:
    """Return the interviews that any of these people is in from a moment on, and when."""
    found = session.scalars(_of(set(person_ids)).where(Interview.starts_at > since - A_DAY))
    return [(one.id, known) for one in found if (known := span(one)) is not None]


def _one_after_another(session: Session, people: Iterable[uuid.UUID]) -> None:
    # In one order, so that nobody waits for somebody who waits for them.
    rows = select(Person.id).where(Person.id.in_(list(people))).order_by(Person.id)
    session.execute(rows.with_for_update(key_share=True)).all()


def _near(
    session: Session, people: Iterable[uuid.UUID], wanted: Span, besides: Interview | None
) -> Sequence[Interview]:
    near = _of(set(people)).where(
        Interview.starts_at > wanted.starts_at - A_DAY, Interview.starts_at < wanted.ends_at
    )
    if besides is not None:
        near = near.where(Interview.id != besides.id)
    fresh = near.options(joinedload(Interview.interviewer)).execution_options(
        populate_existing=True
    )
    return session.scalars(fresh).all()


def _of(people: set[uuid.UUID]) -> Select[Interview]:
    return select(Interview).where(
        or_(Interview.interviewer_id.in_(people), Interview.note_taker_id.in_(people)),
        Interview.cancelled_at.is_(None),
        Interview.ended_at.is_(None),
    )
