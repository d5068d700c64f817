"""The way through the passages: in which order, which of them, and which comes next.

Every step is a query by place (a keyset), so that the thousandth page costs what the first does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from heapq import merge
from itertools import islice
from typing import Any, Final, Literal

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from surveyapp.models import Passage, Survey, Tag

Order = Literal["doubt", "authority", "strand", "question", "source"]
ORDERS: Final[dict[Order, str]] = {
    "doubt": "Least certain first",
    "authority": "By authority",
    "strand": "By strand",
    "question": "By question",
    "source": "By source",
}
IN_DOUBT: Final = (
    "Answers whose suggestions are most likely to be wrong, or that have none, come first. Doubt "
    "runs from 0 (sure) to 1 (cannot tell)."
)
PAGE: Final = 50
SOURCES: Final = ("questionnaire", "interview", "document")
# What comes first in the orders that go group by group.
_GROUPS: Final[dict[str, InstrumentedAttribute[str]]] = {
    "strand": Passage.asked,
    "question": Passage.question_code,
    "source": Passage.source,
}


@dataclass(frozen=True, slots=True)
class Way:
    """An order, and which passages: all these must hold, and what is empty holds always."""

    order: Order = "doubt"
    authority: str = ""
    theme: str = ""
    asked: str = ""
    question: str = ""
    source: str = ""
    everything: bool = False

    def said(self) -> dict[str, Any]:
        """Return the way as an address says it, without what goes without saying."""
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        told["order"] = "" if self.order == "doubt" else self.order
        told["everything"] = "1" if self.everything else ""
        return {name: value for name, value in told.items() if value}

    @property
    def is_narrowed(self) -> bool:
        """Say whether some passages are left out."""
        return any((self.authority, self.theme, self.asked, self.question, self.source))


def after(session: Session, survey: Survey, way: Way, passage: Passage | None) -> Passage | None:
    """Return the passage that comes next, or the first; None where nothing else is left.

    After the last one come those that were passed over.
    """
    walk = _Walk(session, survey, way, most=1)
    found = next(walk.from_one(passage), None)
    if found is None and passage is not None:
        found = next(walk.from_one(None), None)
    return None if found is passage else found


def before(session: Session, survey: Survey, way: Way, passage: Passage) -> Passage | None:
    """Return the passage that came before, whether it is finished or not."""
    walk = _Walk(session, survey, replace(way, everything=True), most=1, is_back=True)
    return next(walk.from_one(passage), None)


def page(
    session: Session, survey: Survey, way: Way, passage: Passage | None
) -> tuple[Sequence[Passage], bool]:
    """Return a page of passages after this one, or the first, and whether there are more."""
    walk = _Walk(session, survey, way, most=PAGE + 1, is_list=True)
    rows = list(islice(walk.from_one(passage), PAGE + 1))
    return rows[:PAGE], len(rows) > PAGE


def how_far(session: Session, survey: Survey, way: Way) -> tuple[int, int]:
    """Return how many passages on a way are finished, and how many there are."""
    if not way.is_narrowed:
        return _how_far_in_all(session, survey)
    done = func.coalesce(func.sum(sa.case((Passage.coded.is_(True), 1), else_=0)), 0)
    row = session.execute(_on_way(select(done, func.count()), survey, way)).one()
    return int(row[0]), int(row[1])


def _how_far_in_all(session: Session, survey: Survey) -> tuple[int, int]:
    """Return how many passages are finished and how many there are, counting finished ones alone.

    A coder waits for this after every passage, and counting all of them takes the longer the more
    there are. Sentences stand at the places 0, 1, 2 and so on; what was drawn has the place of
    the sentence that it begins in, which is finished with it.
    """
    coded = (Passage.survey_id == survey.id, Passage.coded.is_(True))
    places = select(Passage.place).where(*coded).distinct().subquery()
    last = (
        select(func.max(Passage.place))
        .where(Passage.survey_id == survey.id, Passage.coded.is_(state))
        .scalar_subquery()
        for state in (False, True)
    )
    done, at, *ends = session.execute(
        select(
            select(func.count()).where(*coded).scalar_subquery(),
            select(func.count()).select_from(places).scalar_subquery(),
            *last,
        )
    ).one()
    sentences = max((one + 1 for one in ends if one is not None), default=0)
    return done, sentences + done - at


def find(session: Session, survey: Survey, key: str) -> Passage | None:
    """Return a passage of a survey."""
    found = session.get(Passage, key) if key else None
    return found if found is not None and found.survey_id == survey.id else None


def without_theme(way: Way) -> Way:
    """Return a way for a query that looks for the theme by itself."""
    return replace(way, theme="")


def narrowed(survey: Survey, way: Way) -> list[sa.ColumnElement[bool]]:
    """Return what must hold of the passages on a way, finished or not."""
    found = _plainly(survey, way)
    if way.theme:
        tagged = select(Tag.passage_key).where(Tag.passage_key == Passage.key, *_tagged(way))
        found.append(tagged.exists())
    return found


def _on_way(asked: sa.Select[Any], survey: Survey, way: Way) -> sa.Select[Any]:
    """Ask of all passages on a way; those of a theme are found from their tags, which are fewer."""
    asked = asked.where(*_plainly(survey, way))
    if not way.theme:
        return asked
    tags = asked.select_from(Tag).join(Passage, Passage.key == Tag.passage_key)
    return tags.where(Tag.survey_id == survey.id, *_tagged(way))


def _plainly(survey: Survey, way: Way) -> list[sa.ColumnElement[bool]]:
    equal = {
        Passage.authority_code: way.authority,
        Passage.asked: way.asked,
        Passage.question_code: way.question,
        Passage.source: way.source,
    }
    return [
        Passage.survey_id == survey.id,
        *(column == value for column, value in equal.items() if value),
    ]


def _tagged(way: Way) -> tuple[sa.ColumnElement[bool], ...]:
    return Tag.theme == way.theme, Tag.verdict != "reject"


@dataclass(frozen=True, slots=True)
class _Walk:
    """Going through passages in order, or back; `most` are wanted.

    A list asks for all at once. Who wants but the next one looks within a group first: that needs
    no sorting, and so takes no longer among many.
    """

    session: Session
    survey: Survey
    way: Way
    most: int
    is_back: bool = False
    is_list: bool = False

    def from_one(self, passage: Passage | None) -> Iterator[Passage]:
        """Yield the passages after one, or all, a group at a time where the order has groups."""
        group = _GROUPS.get(self.way.order)
        if group is None or self.is_list:
            yield from self._stretch([], passage)
            return
        here = self._group(group, None) if passage is None else str(getattr(passage, group.key))
        while here is not None:
            yield from self._stretch([group == here], passage)
            passage, here = None, self._group(group, here)

    def _group(self, group: InstrumentedAttribute[str], here: str | None) -> str | None:
        """Return the group after one, or the first."""
        edge = func.max(group) if self.is_back else func.min(group)
        asked = select(edge).where(*narrowed(self.survey, self.way))
        if not self.way.everything:
            asked = asked.where(Passage.coded.is_(False))
        if here is not None:
            asked = asked.where(group < here if self.is_back else group > here)
        return self.session.scalar(asked)

    def _stretch(
        self, within: list[sa.ColumnElement[bool]], passage: Passage | None
    ) -> Iterator[Passage]:
        """Yield passages in order; open and finished ones are asked for apart, as indexes go."""
        states = (False, True) if self.way.everything else (False,)
        rows = (
            self.session.scalars(
                select(Passage)
                .where(
                    *narrowed(self.survey, self.way),
                    Passage.coded.is_(is_coded),
                    *within,
                    *self._beyond(passage),
                )
                .order_by(*self._order())
                .limit(self.most)
            ).all()
            for is_coded in states
        )
        return merge(*rows, key=self._rank, reverse=self.is_back)

    def _columns(self) -> list[InstrumentedAttribute[Any]]:
        """Return what passages of the same doubt are ordered by."""
        group = _GROUPS.get(self.way.order) if self.is_list else None
        place = (Passage.place, Passage.start, Passage.end, Passage.key)
        return list(place) if group is None else [group, *place]

    def _order(self) -> list[sa.UnaryExpression[Any]]:
        columns = self._columns()
        if self.is_back:
            return [*self._doubt(Passage.doubt.asc()), *(one.desc() for one in columns)]
        return [*self._doubt(Passage.doubt.desc()), *(one.asc() for one in columns)]

    def _doubt(self, order: sa.UnaryExpression[Any]) -> list[sa.UnaryExpression[Any]]:
        return [order] if self.way.order == "doubt" else []

    def _rank(self, passage: Passage) -> tuple[Any, ...]:
        doubt = -passage.doubt if self.way.order == "doubt" else 0.0
        return doubt, *(getattr(passage, one.key) for one in self._columns())

    def _beyond(self, passage: Passage | None) -> list[sa.ColumnElement[bool]]:
        """Return what holds of everything after a passage; the first part is for the index."""
        if passage is None:
            return []
        columns = self._columns()
        here, there = sa.tuple_(*columns), sa.tuple_(*self._rank(passage)[1:])
        tail = here < there if self.is_back else here > there
        column, value = columns[0], getattr(passage, columns[0].key)
        if self.way.order != "doubt":
            return [column <= value if self.is_back else column >= value, tail]
        if self.is_back:
            return [Passage.doubt >= passage.doubt, sa.or_(Passage.doubt > passage.doubt, tail)]
        return [Passage.doubt <= passage.doubt, sa.or_(Passage.doubt < passage.doubt, tail)]
