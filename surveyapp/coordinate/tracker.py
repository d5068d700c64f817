"""The tracker: every authority by every section, and what to do next, in a fixed number of queries.

Everything is read from columns that were written with the answers; nothing is worked out from them.
"""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.coordinate.nextsteps import ENGLAND, URGENCY, Facts, Idle, Step, idle_before, steps
from surveyapp.models import (
    Authority,
    Contributor,
    Interview,
    Mail,
    Person,
    SectionState,
    Submission,
    Survey,
)

SUBMITTED, IN_PROGRESS, NOT_STARTED, PARTIAL = "Submitted", "In progress", "Not started", "Partial"
SYMBOLS: Final = {
    "not started": "not-started",
    "in progress": "in-progress",
    "finished": "finished",
}
STATES: Final = (SUBMITTED, PARTIAL, IN_PROGRESS, NOT_STARTED)


class Square(NamedTuple):
    """How far one authority is with one section."""

    code: str
    status: str
    answered: int
    asked: int

    @property
    def symbol(self) -> str:
        """Return the name of its picture."""
        return SYMBOLS[self.status]

    @property
    def words(self) -> str:
        """Return what the picture shows, in words."""
        if self.status != "in progress":
            return self.status
        return f"in progress, {self.answered} of {self.asked} answered"


@dataclass(frozen=True, slots=True)
class Line:
    """One authority in the tracker."""

    authority_code: str
    authority: str
    submission_id: uuid.UUID
    state: str
    squares: Sequence[Square]
    steps: tuple[Step, ...]
    last_activity: dt.datetime | None
    interviewed_on: dt.date | None

    @property
    def finished(self) -> int:
        """Count the sections that are finished."""
        return [square.status for square in self.squares].count("finished")

    @property
    def urgency(self) -> tuple[int, str]:
        """Return what puts the most pressing first, and those with nothing to do last."""
        order = URGENCY.index(self.steps[0].kind) if self.steps else len(URGENCY)
        return order, self.authority


@dataclass(frozen=True, slots=True)
class Tracker:
    """A survey's authorities, by name, on one day."""

    lines: tuple[Line, ...]
    sections: tuple[str, ...]

    @property
    def states(self) -> tuple[tuple[str, int], ...]:
        """Return how many returns are in each state, furthest first."""
        found = Counter(line.state for line in self.lines)
        return tuple((state, found[state]) for state in STATES)

    @property
    def by_urgency(self) -> tuple[Line, ...]:
        """Return the authorities with the most pressing first."""
        return tuple(sorted(self.lines, key=lambda line: line.urgency))

    @property
    def waiting(self) -> int:
        """Count the authorities that need something done."""
        return sum(bool(line.steps) for line in self.lines)


class _People(NamedTuple):
    number: int
    invited_at: dt.datetime | None
    opened_at: dt.datetime | None


class _Return(NamedTuple):
    code: str
    name: str
    id: uuid.UUID
    submitted_at: dt.datetime | None
    last_activity_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class _Found:
    """What the queries brought back, by submission; squares by authority."""

    squares: Mapping[str, Sequence[Square]]
    idle: Mapping[uuid.UUID, tuple[Idle, ...]]
    people: Mapping[uuid.UUID, _People]
    bounced: Mapping[uuid.UUID, tuple[str, ...]]
    interviews: Mapping[uuid.UUID, dt.date]


def track(session: Session, survey: Survey, today: dt.date) -> Tracker:
    """Return how far every authority of a survey is, and what to do about each."""
    found = _Found(
        _squares(session, survey),
        _idle(session, survey, today),
        _people(session, survey),
        _bounced(session, survey),
        _interviews(session, survey),
    )
    returns = [_Return(*row) for row in session.execute(_returns(survey))]
    lines = tuple(_line(one, found, survey, today) for one in returns)
    longest = max(found.squares.values(), key=len, default=())
    return Tracker(lines, tuple(square.code for square in longest))


def state(survey: Survey, submitted_at: dt.datetime | None, last: dt.datetime | None) -> str:
    """Return the state of a return; one begun and not submitted by the close is partial."""
    if submitted_at is not None:
        return SUBMITTED
    if last is None:
        return NOT_STARTED
    return PARTIAL if survey.closed_at is not None else IN_PROGRESS


def on_day(moment: dt.datetime | None) -> dt.date | None:
    """Return the day it was in England at a moment."""
    return moment.astimezone(ENGLAND).date() if moment else None


def _returns(
    survey: Survey,
) -> sa.Select[str, str, uuid.UUID, dt.datetime | None, dt.datetime | None]:
    return (
        select(
            Authority.code,
            Authority.name,
            Submission.id,
            Submission.submitted_at,
            Submission.last_activity_at,
        )
        .join(Submission.authority)
        .where(Submission.survey_id == survey.id)
        .order_by(Authority.name)
    )


def _squares(session: Session, survey: Survey) -> Mapping[str, Sequence[Square]]:
    # Thousands of rows: plain columns on the session's own connection, past its bookkeeping, and
    # one square for all sections that look alike.
    rows = session.connection().execute(
        select(
            Submission.authority_code,
            SectionState.section_code,
            SectionState.status,
            SectionState.answered,
            SectionState.asked,
        )
        .join_from(SectionState, Submission)
        .where(Submission.survey_id == survey.id)
        .order_by(SectionState.position)
    )
    found: dict[str, list[Square]] = defaultdict(list)
    alike: dict[tuple[str, str, int, int], Square] = {}
    for authority, code, status, answered, asked in rows:
        seen = (code, status, answered, asked)
        found[authority].append(alike.get(seen) or alike.setdefault(seen, Square(*seen)))
    return found


def _idle(session: Session, survey: Survey, today: dt.date) -> Mapping[uuid.UUID, tuple[Idle, ...]]:
    """Return the sections that were begun and have not moved for longer than our patience."""
    rows = session.execute(
        select(SectionState.submission_id, SectionState.section_code, SectionState.last_activity_at)
        .join(SectionState.submission)
        .where(
            Submission.survey_id == survey.id,
            Submission.submitted_at.is_(None),
            SectionState.status == "in progress",
            SectionState.last_activity_at < idle_before(today),
        )
        .order_by(SectionState.position)
    )
    found: dict[uuid.UUID, tuple[Idle, ...]] = defaultdict(tuple)
    for submission, code, since in rows:
        if since is not None:
            found[submission] += (Idle(code, since),)
    return found


def _people(session: Session, survey: Survey) -> Mapping[uuid.UUID, _People]:
    rows = session.execute(
        select(
            Contributor.submission_id,
            sa.func.count(),
            sa.func.min(Contributor.invited_at),
            sa.func.min(Contributor.opened_at),
        )
        .join(Contributor.submission)
        .where(Submission.survey_id == survey.id)
        .group_by(Contributor.submission_id)
    )
    return {row[0]: _People(*row[1:]) for row in rows}


def _bounced(session: Session, survey: Survey) -> Mapping[uuid.UUID, tuple[str, ...]]:
    """Return the addresses that mail comes back from and that somebody here still has."""
    rows = session.execute(
        select(Contributor.submission_id, Person.email)
        .join(Contributor.person)
        .join(Contributor.submission)
        .join(Mail, sa.and_(Mail.to_address == Person.email, Mail.bounced_at.is_not(None)))
        .where(Submission.survey_id == survey.id)
        .distinct()
        .order_by(Person.email)
    )
    found: dict[uuid.UUID, tuple[str, ...]] = defaultdict(tuple)
    for submission, address in rows:
        found[submission] += (address,)
    return found


def _interviews(session: Session, survey: Survey) -> Mapping[uuid.UUID, dt.date]:
    rows = session.execute(
        select(Interview.submission_id, sa.func.min(Interview.held_on).label("held_on"))
        .join(Interview.submission)
        .where(Submission.survey_id == survey.id)
        .group_by(Interview.submission_id)
    )
    return {row.submission_id: row.held_on for row in rows}


def _line(one: _Return, found: _Found, survey: Survey, today: dt.date) -> Line:
    squares = found.squares.get(one.code, ())
    return Line(
        authority_code=one.code,
        authority=one.name,
        submission_id=one.id,
        state=state(survey, one.submitted_at, one.last_activity_at),
        squares=squares,
        steps=steps(_facts(one, found, survey), today),
        last_activity=one.last_activity_at,
        interviewed_on=found.interviews.get(one.id),
    )


def _facts(one: _Return, found: _Found, survey: Survey) -> Facts:
    squares = found.squares.get(one.code, ())
    people = found.people.get(one.id, _People(0, None, None))
    return Facts(
        people=people.number,
        sections=len(squares),
        finished=[square.status for square in squares].count("finished"),
        closes_on=survey.closes_on,
        is_open=survey.is_open,
        bounced=found.bounced.get(one.id, ()),
        invited_on=on_day(people.invited_at),
        is_opened=people.opened_at is not None,
        last_activity=on_day(one.last_activity_at),
        begun=found.idle.get(one.id, ()),
        submitted_on=on_day(one.submitted_at),
        is_interviewed=one.id in found.interviews,
    )
