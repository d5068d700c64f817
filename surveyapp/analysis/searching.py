"""Passages that a query finds, a page at a time, and how many there are by authority."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.analysis import meaning, query
from surveyapp.analysis.meaning import Known
from surveyapp.analysis.query import Node
from surveyapp.models import Passage, Response, Survey, Tag

AT_ONCE: Final = 25
COUNTS: Final = sa.and_(Passage.use_level != "withheld", Passage.held.is_(False))
"""What is held back, or not for publication, is shown to the consultant and counted nowhere."""
IN_ORDER: Final = (Passage.place, Passage.key)
"""The order in which passages are read."""


class Piece(NamedTuple):
    """Some words of a passage, and whether they are what was searched for."""

    words: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found."""

    passage: Passage
    authority: str
    question: str
    pieces: tuple[Piece, ...]
    tags: tuple[Tag, ...]
    is_unsubmitted: bool


class Count(NamedTuple):
    """How many passages of one authority were found that may be used, and how many others."""

    code: str
    authority: str
    passages: int
    others: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what was found, and how much there is of it; `after` begins the next page."""

    hits: tuple[Hit, ...]
    counts: tuple[Count, ...]
    after: str

    @property
    def passages(self) -> int:
        """Count the passages that may be used."""
        return sum(one.passages for one in self.counts)

    @property
    def others(self) -> int:
        """Count those that are held back or not for publication."""
        return sum(one.others for one in self.counts)

    @property
    def authorities(self) -> int:
        """Count the authorities with passages that may be used."""
        return sum(one.passages > 0 for one in self.counts)


def search(session: Session, known: Known, text: str, after: str = "") -> Page:
    """Return what a query finds, from behind the passage with the key `after`."""
    node = query.parse(text)
    asked = meaning.condition(node, known)
    names = {one.code: one.name for one in known.authorities}
    unsubmitted = {one.code for one in known.authorities if one.is_unsubmitted}
    keys, counts = _found(session, asked, _place(session, known.survey, after))
    shown = session.execute(_read(keys)).all()[:AT_ONCE]
    tags = tags_of(session, [passage.key for passage, _ in shown])
    pattern = _pattern(node)
    hits = (
        Hit(
            one,
            names.get(one.authority_code, one.authority_code),
            question,
            tuple(_pieces(one.words, pattern)),
            tuple(tags[one.key]),
            one.authority_code in unsubmitted,
        )
        for one, question in shown
    )
    return Page(
        hits=tuple(hits),
        counts=_counts(counts, names),
        after=shown[-1][0].key if len(keys) > AT_ONCE else "",
    )


def example(session: Session, known: Known) -> str:
    """Return a search that finds something here: a word, and the theme it was said under.

    Only a word in small letters is taken from what was said: it names nobody.
    """
    asked = (
        select(Passage.words, Tag.theme)
        .join(Tag, Tag.passage_key == Passage.key)
        .where(
            Passage.survey_id == known.survey.id,
            COUNTS,
            Tag.verdict != "reject",
            Tag.theme.in_([theme.code for theme in known.book.of_kind("strand")]),
        )
        .limit(1)
    )
    found = session.execute(asked).first()
    if found is None:
        return f"school OR theme:{next(iter(known.book)).code}"
    words = [word for word in re.findall(r"\w+", found.words) if word.isalpha() and word.islower()]
    longest = max(words, key=len, default="")
    return " AND ".join(filter(None, (longest, f"theme:{found.theme}")))


def tags_of(session: Session, keys: Sequence[str]) -> Mapping[str, Sequence[Tag]]:
    """Return the tags on passages that nobody rejected, by the passage's key."""
    found: dict[str, list[Tag]] = defaultdict(list)
    asked = select(Tag).where(Tag.passage_key.in_(keys), Tag.verdict != "reject")
    for tag in session.scalars(asked.order_by(Tag.theme)):
        found[tag.passage_key].append(tag)
    return found


def standing_tags(*where: meaning.Condition) -> sa.Select[str, str]:
    """Ask for the themes that nobody rejected on passages, each with the passage's response."""
    return (
        select(Passage.response, Tag.theme)
        .join(Tag, Tag.passage_key == Passage.key)
        .where(*where, Tag.verdict != "reject")
        .distinct()
    )


class _Sum(NamedTuple):
    """How many passages of one authority were found, and how many of them may be used."""

    code: str
    found: int
    used: int


def _found(
    session: Session, asked: meaning.Condition, behind: tuple[int, str] | None
) -> tuple[Sequence[str], Sequence[_Sum]]:
    """Return the keys of a page of what a query finds, one more than it shows, and the counts.

    Both are taken from what is found by going through the passages once.
    """
    used = sa.case((COUNTS, 1), else_=0).label("used")
    found = select(Passage.authority_code, Passage.key, Passage.place, used).where(asked)
    there = found.cte("there")
    place = sa.tuple_(there.c.place, there.c.key)
    page = select(there.c.key).order_by(there.c.place, there.c.key).limit(AT_ONCE + 1)
    page = page if behind is None else page.where(place > sa.tuple_(*behind))
    one = page.subquery("page")
    none = sa.literal("")
    code = there.c.authority_code
    sums = select(none, code, func.count(), func.sum(there.c.used)).group_by(code)
    keys = select(one.c.key, none, sa.literal(0), sa.literal(0))
    rows = session.execute(sa.union_all(sums, keys)).all()
    return [row[0] for row in rows if row[0]], [_Sum(*row[1:]) for row in rows if not row[0]]


def _read(keys: Sequence[str]) -> sa.Select[Passage, str]:
    """Ask for passages in their order, each with its question."""
    return (
        select(Passage, Response.question)
        .join(
            Response,
            (Response.survey_id == Passage.survey_id) & (Response.id == Passage.response),
        )
        .where(Passage.key.in_(keys))
        .order_by(*IN_ORDER)
    )


def is_behind(place: int, key: str) -> meaning.Condition:
    """Return what is true of passages that come after one, in the order they are read."""
    return sa.or_(Passage.place > place, sa.and_(Passage.place == place, Passage.key > key))


def _place(session: Session, survey: Survey, key: str) -> tuple[int, str] | None:
    """Return where a passage of the survey stands; nothing where there is none with this key."""
    one = session.get(Passage, key) if key else None
    return (one.place, one.key) if one is not None and one.survey_id == survey.id else None


def _counts(sums: Sequence[_Sum], names: Mapping[str, str]) -> tuple[Count, ...]:
    found = [Count(code, names.get(code, code), used, all_ - used) for code, all_, used in sums]
    return tuple(sorted(found, key=lambda one: (-one.passages, one.authority)))


def _pattern(node: Node) -> re.Pattern[str] | None:
    words = sorted({re.escape(one.text) for one in query.terms(node)}, key=len, reverse=True)
    return re.compile("|".join(words), re.IGNORECASE) if words else None


def _pieces(words: str, pattern: re.Pattern[str] | None) -> Iterator[Piece]:
    at = 0
    for hit in pattern.finditer(words) if pattern else ():
        yield from (Piece(words[at : hit.start()], is_hit=False),) if hit.start() > at else ()
        yield Piece(hit.group(), is_hit=True)
        at = hit.end()
    if at < len(words):
        yield Piece(words[at:], is_hit=False)
