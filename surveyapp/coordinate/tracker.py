"""The tracker: every authority by every section, and what to do next, in a fixed number of queries.

Everything is read from columns that were written with the answers; nothing is worked out from them.
"""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.coordinate import calls
from surveyapp.coordinate.calls import Calls
from surveyapp.coordinate.nextsteps import (
    ENGLAND,
    URGENCY,
    Call,
    Facts,
    Idle,
    Step,
    idle_before,
    steps,
)
from surveyapp.mail import claims
from surveyapp.models import (
    Authority,
    Contributor,
    Mail,
    Person,
    Reopening,
    SectionState,
    Submission,
    Survey,
)
from surveyapp.models.base import UtcDateTime

SUBMITTED, IN_PROGRESS, NOT_STARTED, PARTIAL = "Submitted", "In progress", "Not started", "Partial"
SYMBOLS: Final = {
    "not started": "not-started",
    "in progress": "in-progress",
    "finished": "finished",
}
THIS: Final = sa.bindparam("survey", type_=sa.Uuid())
LIMIT: Final = sa.bindparam("limit", type_=UtcDateTime())
BETWEEN: Final = "\n"
"""What stands between authorities' codes: no code has it."""
CAME_BACK, LOST = "came back", "may be lost"
OfReturn = TypeVar("OfReturn", Contributor, Reopening)
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


class Line(NamedTuple):
    """One authority in the tracker."""

    authority_code: str
    authority: str
    submission_id: uuid.UUID
    state: str
    squares: Sequence[Square]
    steps: tuple[Step, ...]
    last_activity: dt.datetime | None
    calls: tuple[Call, ...]

    @property
    def interviewed_on(self) -> dt.date | None:
        """Return the day of the first interview that took place."""
        return calls.held_on(self.calls)

    @property
    def arranged(self) -> tuple[Call, ...]:
        """Return the interviews that were not cancelled."""
        return tuple(one for one in self.calls if one.state != "cancelled")

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


class _Return(NamedTuple):
    code: str
    name: str
    id: uuid.UUID
    submitted_at: dt.datetime | None
    last_activity_at: dt.datetime | None
    people: int
    coordinators: int
    invited_at: dt.datetime | None
    opened_at: dt.datetime | None
    reopened_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class _Found:
    """What the queries brought back, by the authority's code."""

    squares: Mapping[str, Sequence[Square]]
    idle: Mapping[str, Idle]
    mail: Mapping[str, Mapping[str, Sequence[str]]]
    calls: Calls


def track(session: Session, survey: Survey, today: dt.date, at: dt.datetime) -> Tracker:
    """Return how far every authority of a survey is, and what to do about each.

    `at` is the moment of the look: mail that is being handed over now is not called lost.
    """
    # Thousands of rows: plain columns on the session's own connection, past its bookkeeping.
    connection = session.connection()
    found = _Found(
        _squares(connection, survey),
        _idle(connection, survey, today),
        _mail(connection, survey, at),
        calls.of_survey(session, survey, at),
    )
    returns = [_Return(*row) for row in connection.execute(_returns(), {"survey": survey.id}).all()]
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


# Statements are put together once: building one takes as long as running it.
@cache
def _returns() -> sa.Select[*tuple[Any, ...]]:
    people = _by_return(
        Contributor,
        # Those who left are not asked any more.
        people=sa.func.count().filter(Contributor.left_at.is_(None)),
        coordinators=sa.func.count().filter(
            Contributor.left_at.is_(None), Contributor.coordinator.is_(True)
        ),
        invited_at=sa.func.min(Contributor.invited_at),
        opened_at=sa.func.min(Contributor.opened_at),
    )
    reopened = _by_return(Reopening, at=sa.func.max(Reopening.at))
    return (
        select(
            Authority.code,
            Authority.name,
            Submission.id,
            Submission.submitted_at,
            Submission.last_activity_at,
            sa.func.coalesce(people.c.people, 0),
            sa.func.coalesce(people.c.coordinators, 0),
            people.c.invited_at,
            people.c.opened_at,
            reopened.c.at,
        )
        .join(Submission.authority)
        .outerjoin(people, people.c.submission_id == Submission.id)
        .outerjoin(reopened, reopened.c.submission_id == Submission.id)
        .where(Submission.survey_id == THIS)
        .order_by(Authority.name)
    )


def _by_return(model: type[OfReturn], **sums: sa.ColumnElement[Any]) -> sa.Subquery:
    """Return what the rows of each return come to."""
    columns = [one.label(name) for name, one in sums.items()]
    return (
        select(model.submission_id, *columns)
        .join(model.submission)
        .where(Submission.survey_id == THIS)
        .group_by(model.submission_id)
        .subquery()
    )


@cache
def _looks() -> sa.Select[*tuple[Any, ...]]:
    look = (
        SectionState.section_code,
        SectionState.status,
        SectionState.answered,
        SectionState.asked,
    )
    return (
        select(*look, sa.func.aggregate_strings(Submission.authority_code, BETWEEN))
        .join_from(Submission, SectionState, SectionState.submission_id == Submission.id)
        .where(Submission.survey_id == THIS)
        .group_by(SectionState.position, *look)
        .order_by(SectionState.position)
    )


def _squares(connection: sa.Connection, survey: Survey) -> Mapping[str, Sequence[Square]]:
    """Return the squares of each authority: one square for all sections that look alike.

    Thousands of sections are a few dozen squares, so the database names each with its authorities.
    """
    rows = connection.execute(_looks(), {"survey": survey.id}).all()
    found: dict[str, list[Square]] = defaultdict(list)
    for code, status, answered, asked, authorities in rows:
        square = Square(code, status, answered, asked)
        for authority in authorities.split(BETWEEN):
            found[authority].append(square)
    return found


@cache
def _longest() -> sa.Select[*tuple[Any, ...]]:
    is_idle = sa.and_(SectionState.status == "in progress", SectionState.last_activity_at < LIMIT)
    waiting = (
        select(
            Submission.id,
            Submission.authority_code,
            sa.func.min(SectionState.last_activity_at).label("since"),
            (sa.func.count() - 1).label("more"),
        )
        .join_from(Submission, SectionState, SectionState.submission_id == Submission.id)
        .where(Submission.survey_id == THIS, Submission.submitted_at.is_(None), is_idle)
        .group_by(Submission.id, Submission.authority_code)
        .subquery()
    )
    return (
        select(
            waiting.c.authority_code,
            sa.func.min(SectionState.section_code),
            waiting.c.since,
            waiting.c.more,
        )
        .join_from(waiting, SectionState, SectionState.submission_id == waiting.c.id)
        .where(is_idle, SectionState.last_activity_at == waiting.c.since)
        .group_by(waiting.c.authority_code, waiting.c.since, waiting.c.more)
    )


def _idle(connection: sa.Connection, survey: Survey, today: dt.date) -> Mapping[str, Idle]:
    """Return, by authority, the section that waits longest beyond our patience."""
    given = {"survey": survey.id, "limit": idle_before(today)}
    rows = connection.execute(_longest(), given).all()
    return {row[0]: Idle(*row[1:]) for row in rows}


def _mail(
    connection: sa.Connection, survey: Survey, at: dt.datetime
) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return, by authority, the addresses here whose mail came back or may be lost.

    Whoever has opened a link since does get our mail.
    """
    what = sa.case((Mail.bounced_at.is_not(None), CAME_BACK), else_=LOST)
    is_amiss = sa.or_(
        Mail.bounced_at.is_not(None), Mail.failed_at.is_not(None), claims.uncertain(at)
    )
    is_unopened = sa.or_(Contributor.opened_at.is_(None), Contributor.opened_at < Mail.created_at)
    rows = connection.execute(
        select(Submission.authority_code, Person.email, what)
        .join_from(Contributor, Person, Contributor.person_id == Person.id)
        .join(Submission, Contributor.submission_id == Submission.id)
        .join(Mail, Mail.to_address == Person.email)
        .where(
            Submission.survey_id == survey.id,
            Contributor.left_at.is_(None),
            is_amiss,
            is_unopened,
            Mail.opened_at.is_(None),
        )
        .distinct()
        .order_by(Person.email)
    ).all()
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for authority, address, kind in rows:
        found[authority][kind].append(address)
    return found


def _line(one: _Return, found: _Found, survey: Survey, today: dt.date) -> Line:
    squares = found.squares.get(one.code, ())
    return Line(
        authority_code=one.code,
        authority=one.name,
        submission_id=one.id,
        state=state(survey, one.submitted_at, one.last_activity_at),
        squares=squares,
        steps=steps(_facts(one, squares, found, survey), today),
        last_activity=one.last_activity_at,
        calls=tuple(found.calls.get(one.code, ())),
    )


def _facts(one: _Return, squares: Sequence[Square], found: _Found, survey: Survey) -> Facts:
    mail = found.mail.get(one.code, {})
    return Facts(
        people=one.people,
        sections=len(squares),
        finished=[square.status for square in squares].count("finished"),
        closes_on=survey.closes_on,
        is_open=survey.is_open,
        is_closed=survey.closed_at is not None,
        coordinators=one.coordinators,
        answered=sum(square.answered for square in squares),
        asked=sum(square.asked for square in squares),
        bounced=tuple(mail.get(CAME_BACK, ())),
        lost=tuple(mail.get(LOST, ())),
        invited_on=on_day(one.invited_at),
        is_opened=one.opened_at is not None,
        last_activity=on_day(one.last_activity_at),
        idle=found.idle.get(one.code),
        submitted_on=on_day(one.submitted_at),
        reopened_on=on_day(one.reopened_at),
        is_interviewed=calls.held_on(found.calls.get(one.code, ())) is not None,
        calls=tuple(found.calls.get(one.code, ())),
    )
