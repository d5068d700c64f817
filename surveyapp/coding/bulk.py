"""Many suggestions decided at once: those of one theme that were looked at and are ticked."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.coding import queue
from surveyapp.coding.queue import Way
from surveyapp.derived import acts
from surveyapp.derived.acts import Change, Hand, On, Place
from surveyapp.errors import SurveyError
from surveyapp.models import CodingAct, Passage, Survey, Tag

PAGE: Final = 50
Many = Literal["accept", "reject"]
_PLACE: Final = (Passage.place, Passage.start, Passage.key)


class OthersThanShownError(SurveyError):
    """Something that the page showed is not open any more; nothing was decided."""


class NoneTickedError(SurveyError):
    """No suggestion was ticked; nothing was decided."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Which page of a list: the one after a passage, or the one before; else the first."""

    passage: Passage | None = None
    is_back: bool = False


FIRST: Final = Turn()


@dataclass(frozen=True, slots=True)
class Found:
    """Open suggestions of one theme: how many, of how many authorities, and one page of them.

    `past` are on the pages before this one.
    """

    count: int
    authorities: int
    rows: Sequence[sa.Row[Passage, Tag]]
    past: int

    @property
    def has_more(self) -> bool:
        """Say whether more come after this page."""
        return self.past + len(self.rows) < self.count

    @property
    def elsewhere(self) -> int:
        """Return how many are on other pages."""
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be decided: the suggestions of the way's theme on these passages, and how.

    With `finishes` those are finished that have no other open suggestion.
    """

    way: Way
    at_least: float
    verdict: Many
    keys: Collection[str]
    finishes: bool = False


def look(session: Session, survey: Survey, way: Way, at_least: float, turn: Turn = FIRST) -> Found:
    """Return the open suggestions of the way's theme whose score is high enough."""
    open_ones = _open(survey, way, at_least)
    count, authorities = session.execute(
        select(func.count(), func.count(sa.distinct(Passage.authority_code)))
        .select_from(Passage)
        .join(Tag, Tag.passage_key == Passage.key)
        .where(*open_ones)
    ).one()
    rows = _page(session, open_ones, turn)
    if len(rows) < (PAGE if turn.is_back else 1):
        # What stood there has been decided meanwhile; some before a page are no page of their own.
        rows = _page(session, open_ones, FIRST)
    return Found(count, authorities, rows, _past(session, open_ones, rows))


def _page(
    session: Session, open_ones: Sequence[sa.ColumnElement[bool]], turn: Turn
) -> Sequence[sa.Row[Passage, Tag]]:
    asked = select(Passage, Tag).join(Tag, Tag.passage_key == Passage.key).where(*open_ones)
    if turn.passage is not None:
        here, there = sa.tuple_(*_PLACE), sa.tuple_(*_place(turn.passage))
        asked = asked.where(here < there if turn.is_back else here > there)
    order = [one.desc() if turn.is_back else one.asc() for one in _PLACE]
    rows = session.execute(asked.order_by(*order).limit(PAGE)).all()
    return rows[::-1] if turn.is_back else rows


def _past(
    session: Session,
    open_ones: Sequence[sa.ColumnElement[bool]],
    rows: Sequence[sa.Row[Passage, Tag]],
) -> int:
    """Count what stands before a page."""
    if not rows:
        return 0
    there = sa.tuple_(*_place(rows[0][0]))
    return session.execute(
        select(func.count())
        .select_from(Passage)
        .join(Tag, Tag.passage_key == Passage.key)
        .where(*open_ones, sa.tuple_(*_PLACE) < there)
    ).scalar_one()


def _place(passage: Passage) -> tuple[int, int, str]:
    return passage.place, passage.start, passage.key


def decide(session: Session, survey: Survey, hand: Hand, wanted: Wanted) -> CodingAct | None:
    """Accept or turn down the suggestions that were ticked, and no others, as one act.

    Raises NoneTickedError where there are none, and OthersThanShownError where one of them is not
    open any more.
    """
    keys = set(wanted.keys)
    if not keys:
        raise NoneTickedError("Tick at least one passage.")
    rows = session.execute(
        select(Passage.key, Passage.response, Passage.start, Passage.end)
        .join(Tag, Tag.passage_key == Passage.key)
        .where(*_open(survey, wanted.way, wanted.at_least), Passage.key.in_(keys))
    ).all()
    if len(rows) != len(keys):
        raise OthersThanShownError(
            "Some of these have been decided since this page was shown. Look at them again."
        )
    places = {row.key: Place(row.response, row.start, row.end) for row in rows}
    verdicts = {On(place, wanted.way.theme): wanted.verdict for place in places.values()}
    change = Change(verdicts, _finished(session, wanted, places))
    return acts.perform(session, survey, hand, "many", change)


def _finished(
    session: Session, wanted: Wanted, places: Mapping[str, Place]
) -> Mapping[Place, Mapping[str, float]]:
    """Return the passages that are finished with this act, with what was suggested there."""
    if not wanted.finishes:
        return {}
    tags = session.execute(
        select(Tag.passage_key, Tag.theme, Tag.score, Tag.verdict).where(
            Tag.passage_key.in_(places)
        )
    )
    scored: dict[str, dict[str, float]] = defaultdict(dict)
    still_open: set[str] = set()
    for key, theme, score, verdict in tags:
        if score is not None:
            scored[key][theme] = score
        if not verdict and theme != wanted.way.theme:
            still_open.add(key)
    return {place: scored[key] for key, place in places.items() if key not in still_open}


def _open(survey: Survey, way: Way, at_least: float) -> list[sa.ColumnElement[Any]]:
    """Return what holds of open suggestions; those on finished passages were turned down."""
    return [
        *queue.narrowed(survey, queue.without_theme(way)),
        Passage.coded.is_(False),
        Tag.theme == way.theme,
        Tag.verdict == "",
        Tag.score >= at_least,
    ]
