"""Many suggestions decided at once: all of one theme that are likely enough, looked at first."""

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

MOST: Final = 2000
SAMPLE: Final = 50
Many = Literal["accept", "reject"]


class OthersThanShownError(SurveyError):
    """There are more or fewer suggestions now than the page showed; nothing was decided."""


class TooManyError(SurveyError):
    """More suggestions than are decided at once."""


class AllLeftOutError(SurveyError):
    """Every suggestion was left out; nothing was decided."""


@dataclass(frozen=True, slots=True)
class Found:
    """Open suggestions of one theme: how many, of how many authorities, and one page of them."""

    count: int
    authorities: int
    rows: Sequence[sa.Row[Passage, Tag]]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be decided: which suggestions, how many the coder saw, and the verdict.

    The passages in `left_out` stay as they are. With `finishes` those are finished that have no
    other open suggestion.
    """

    way: Way
    at_least: float
    count: int
    verdict: Many
    left_out: Collection[str] = ()
    finishes: bool = False


def look(
    session: Session, survey: Survey, way: Way, at_least: float, last: Passage | None
) -> Found:
    """Return the open suggestions of the way's theme whose score is high enough."""
    open_ones = _open(survey, way, at_least)
    count, authorities = session.execute(
        select(func.count(), func.count(sa.distinct(Passage.authority_code)))
        .select_from(Passage)
        .join(Tag, Tag.passage_key == Passage.key)
        .where(*open_ones)
    ).one()
    asked = select(Passage, Tag).join(Tag, Tag.passage_key == Passage.key).where(*open_ones)
    here = (Passage.place, Passage.start, Passage.key)
    if last is not None:
        asked = asked.where(sa.tuple_(*here) > sa.tuple_(last.place, last.start, last.key))
    rows = session.execute(asked.order_by(*here).limit(SAMPLE + 1)).all()
    return Found(count, authorities, rows[:SAMPLE], len(rows) > SAMPLE)


def decide(session: Session, survey: Survey, hand: Hand, wanted: Wanted) -> CodingAct | None:
    """Accept or turn down every open suggestion that was looked at, as one act.

    Raises OthersThanShownError where they are others than the page counted, and AllLeftOutError
    where none is left.
    """
    rows = session.execute(
        select(Passage.key, Passage.response, Passage.start, Passage.end)
        .join(Tag, Tag.passage_key == Passage.key)
        .where(*_open(survey, wanted.way, wanted.at_least))
        .limit(MOST + 1)
    ).all()
    if len(rows) != wanted.count:
        raise OthersThanShownError(
            "The suggestions have changed since this page was shown. Look at them again."
        )
    if len(rows) > MOST:
        raise TooManyError(
            f"You can decide on up to {MOST:,} suggestions at once. Narrow the list first."
        )
    left_out = set(wanted.left_out)
    places = {
        row.key: Place(row.response, row.start, row.end) for row in rows if row.key not in left_out
    }
    if not places:
        raise AllLeftOutError("Tick at least one passage. You have left all of them out.")
    verdicts = {On(place, wanted.way.theme): wanted.verdict for place in places.values()}
    change = Change(verdicts, _finished(session, survey, wanted, places))
    return acts.perform(session, survey, hand, "many", change)


def _finished(
    session: Session, survey: Survey, wanted: Wanted, places: Mapping[str, Place]
) -> Mapping[Place, Mapping[str, float]]:
    """Return the passages that are finished with this act, with what was suggested there."""
    if not wanted.finishes:
        return {}
    way, at_least = wanted.way, wanted.at_least
    listed = select(Passage.key).join(Tag, Tag.passage_key == Passage.key)
    tags = session.execute(
        select(Tag.passage_key, Tag.theme, Tag.score, Tag.verdict).where(
            Tag.passage_key.in_(listed.where(*_open(survey, way, at_least)))
        )
    )
    scored: dict[str, dict[str, float]] = defaultdict(dict)
    still_open: set[str] = set()
    for key, theme, score, verdict in tags:
        if score is not None:
            scored[key][theme] = score
        if not verdict and theme != way.theme:
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
