"""Lists of passages to choose from, a page at a time."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.findings.drafting import Draft
from surveyapp.findings.surrounding import Around, around, unsubmitted
from surveyapp.material import codebooks
from surveyapp.models import Authority, Passage, Survey, Tag
from synthesis.material import Cited

PER_PAGE: Final = 20
GIVEN: Final = ("accept", "add")
MOST_WORDS: Final = 8
GONE: Final = "The words of this passage have changed, or its answer is not there any more."


@dataclass(frozen=True, slots=True)
class Row:
    """A passage on a list; `stances` say how it speaks of its theme, `note` what is wrong.

    `around` is None where the passage is gone. A written answer may be of a return that was not
    submitted yet: it may still change.
    """

    key: str
    authority: str
    words: str
    source: str = ""
    use_level: str = ""
    verbatim: bool = True
    stances: tuple[str, ...] = ()
    note: str = ""
    around: Around | None = None
    is_submitted: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list of passages."""

    rows: tuple[Row, ...]
    total: int
    number: int

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return pages_of(self.total)

    @property
    def by_authority(self) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        """Return the passages of the page under their authorities."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.authority, []).append(row)
        return tuple((name, tuple(rows)) for name, rows in found.items())


def confirmed(session: Session, survey: Survey, theme: str, words: str, number: int) -> Page:
    """Return a page of the passages on which a coder confirmed a theme."""
    asked = (
        usable(survey)
        .join(Tag, Tag.passage_key == Passage.key)
        .where(Tag.survey_id == survey.id, Tag.theme == theme, Tag.verdict.in_(GIVEN))
        .where(*holding(words))
    )
    return turn(session, survey, asked, number)


def picked(session: Session, survey: Survey, draft: Draft, number: int) -> Page:
    """Return a page of the passages that were chosen, those whose words have changed among them."""
    keys = sorted(draft.chosen, key=lambda key: (draft.chosen[key][0].response, key))
    number = _within(number, len(keys))
    here = keys[(number - 1) * PER_PAGE : number * PER_PAGE]
    asked = select(Passage).where(Passage.survey_id == survey.id, Passage.key.in_(here))
    found = {row.key: row for row in rows_of(session, survey, session.scalars(asked).all())}
    gone = {key: _gone(key, draft.chosen[key][0]) for key in here if key not in found}
    return Page(tuple((found | gone)[key] for key in here), len(keys), number)


def usable(survey: Survey) -> sa.Select[Passage]:
    """Return the query for passages that may be used: not withheld, and not held back."""
    return select(Passage).where(
        Passage.survey_id == survey.id,
        Passage.use_level != "withheld",
        Passage.held.is_(False),
    )


def holding(words: str) -> list[sa.ColumnElement[bool]]:
    """Return the conditions that a passage holds all of these words."""
    return [
        func.lower(Passage.words).contains(word, autoescape=True)
        for word in words.lower().split()[:MOST_WORDS]
    ]


def count(session: Session, asked: sa.Select[Passage]) -> int:
    """Return how many passages a query finds."""
    keys = asked.with_only_columns(Passage.key).subquery()
    return session.scalar(select(func.count()).select_from(keys)) or 0


def turn(session: Session, survey: Survey, asked: sa.Select[Passage], number: int) -> Page:
    """Return one page of a list of passages, in the order of the responses."""
    total = count(session, asked)
    number = _within(number, total)
    order = (Passage.place, Passage.start, Passage.key)
    # Only keys are put in order: there may be many, and their words are wanted of a page alone.
    keys = asked.with_only_columns(Passage.key).order_by(*order)
    here = session.scalars(keys.offset((number - 1) * PER_PAGE).limit(PER_PAGE)).all()
    there = session.scalars(select(Passage).where(Passage.key.in_(here)).order_by(*order)).all()
    return Page(rows_of(session, survey, there), total, number)


def rows_of(session: Session, survey: Survey, passages: Sequence[Passage]) -> tuple[Row, ...]:
    """Return passages as rows, with their authorities, their stances and what is around them."""
    codes = {one.authority_code for one in passages}
    names, partial = named(session, codes), unsubmitted(session, survey, codes)
    beside = around(session, survey, passages)
    stances = _stances(session, survey, [one.key for one in passages])
    return tuple(
        Row(
            key=one.key,
            authority=names.get(one.authority_code, one.authority_code),
            words=one.words,
            source=one.source,
            use_level=one.use_level,
            verbatim=one.verbatim,
            stances=tuple(stances[one.key]),
            around=beside.get(one.key),
            is_submitted=one.source != "questionnaire" or one.authority_code not in partial,
        )
        for one in passages
    )


def named(session: Session, codes: Collection[str]) -> Mapping[str, str]:
    """Return the names of authorities by their codes."""
    asked = select(Authority.code, Authority.name).where(Authority.code.in_(codes))
    return dict(session.execute(asked).all())


def _stances(session: Session, survey: Survey, keys: Sequence[str]) -> Mapping[str, list[str]]:
    """Return the stances of passages that nobody rejected, in words."""
    stances = {theme.code: theme.name for theme in codebooks.current(survey).of_kind("stance")}
    found: dict[str, list[str]] = defaultdict(list)
    asked = select(Tag.passage_key, Tag.theme).where(
        Tag.passage_key.in_(keys), Tag.theme.in_(stances), Tag.verdict != "reject"
    )
    for key, theme in session.execute(asked.order_by(Tag.theme)):
        found[key].append(stances[theme])
    return found


def _gone(key: str, words: Cited) -> Row:
    return Row(key=key, authority="Passages that are gone", words=words.words, note=GONE)


def _within(number: int, total: int) -> int:
    return min(max(number, 1), pages_of(total))


def pages_of(total: int) -> int:
    """Return how many pages so many passages fill."""
    return max(1, -(-total // PER_PAGE))
