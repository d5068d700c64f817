"""The codebook to be read: its themes with what is said under them, and how each came about."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, load_only

from surveyapp.coding.codebook import binding
from surveyapp.material import codebooks, course, decided
from surveyapp.models import Cell, CodebookChange, Memo, Passage, Person, Snapshot, Survey, Tag
from synthesis.codebook import KINDS, Codebook, Kind, Theme

NAMES: Final[Mapping[Kind, str]] = {
    "strand": "Strands",
    "outcome": "Adverse outcomes",
    "evidence": "Kinds of evidence",
    "stance": "Stances",
    "emergent": "Emergent themes",
}
PER_PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class Count:
    """The passages that have a theme, and how many authorities they come from."""

    decided: int = 0
    suggested: int = 0
    authorities: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """The themes of one kind, each with its count."""

    name: str
    themes: tuple[tuple[Theme, Count], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One theme: what is said under it, what became of it and what holds it in the codebook."""

    theme: Theme
    count: Count
    history: tuple[CodebookChange, ...]
    memos: int
    to_look_at: int
    turned_down: int
    stays: str


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the codebook, and the changes that led to it; none where it was published."""

    id: uuid.UUID
    book: Codebook
    changes: tuple[CodebookChange, ...]
    at: dt.datetime


NONE: Final = Count()


def groups(session: Session, survey: Survey) -> tuple[Group, ...]:
    """Return all themes by kind, with what is said under each, in one query."""
    book = codebooks.current(survey)
    counts = _counts(session, survey)
    return tuple(
        Group(NAMES[kind], tuple((one, counts.get(one.code, NONE)) for one in book.of_kind(kind)))
        for kind in KINDS
        if book.of_kind(kind)
    )


def standing(session: Session, survey: Survey, code: str) -> Standing:
    """Return what there is to know of one theme; KeyError where the codebook has none of it."""
    theme = codebooks.current(survey)[code]
    memos = session.scalar(
        select(func.count()).where(
            Memo.survey_id == survey.id,
            Memo.about == "theme",
            Memo.subject == code,
            Memo.removed_at.is_(None),
        )
    )
    return Standing(
        theme=theme,
        count=_counts(session, survey, code).get(code, NONE),
        history=tuple(one for one in reversed(changes(session, survey)) if _is_of(one, code)),
        memos=memos or 0,
        to_look_at=_to_look_at(session, survey, code, turned_down=False),
        turned_down=_to_look_at(session, survey, code, turned_down=True),
        stays=binding.reasons(session, survey).get(code, ""),
    )


def changes(session: Session, survey: Survey) -> Sequence[CodebookChange]:
    """Return every change of a survey's codebook, the first first."""
    asked = (
        select(CodebookChange)
        .where(CodebookChange.survey_id == survey.id)
        .options(joinedload(CodebookChange.by).options(load_only(Person.name)))
        .order_by(CodebookChange.at, CodebookChange.id)
    )
    return session.scalars(asked).all()


def since(session: Session, survey: Survey, seen: uuid.UUID) -> list[CodebookChange]:
    """Return the changes made after a version was seen."""
    made = [one for one in changes(session, survey) if one.before_id != one.after_id]
    place = next((at for at, one in enumerate(made) if one.before_id == seen), len(made))
    return made[place:]


def versions(session: Session, survey: Survey, page: int) -> tuple[list[Version], bool]:
    """Return a page of versions, the latest first, and whether there are more."""
    line = _line(session, survey)
    line.reverse()
    shown = line[(page - 1) * PER_PAGE : page * PER_PAGE]
    ids = {one for one, _ in shown}
    books = codebooks.versions(session, ids)
    rows = session.execute(select(Snapshot.id, Snapshot.published_at).where(Snapshot.id.in_(ids)))
    published = dict(rows.all())
    found = [
        Version(one, books[one], made, made[0].at if made else published[one])
        for one, made in shown
    ]
    return found, len(line) > page * PER_PAGE


def version_ids(session: Session, survey: Survey) -> set[uuid.UUID]:
    """Return the versions that a survey has gone by."""
    return {one for one, _ in _line(session, survey)}


def _line(session: Session, survey: Survey) -> list[tuple[uuid.UUID, tuple[CodebookChange, ...]]]:
    """Return the versions in order; one that no change led to was published from a folder."""
    made = [one for one in changes(session, survey) if one.before_id != one.after_id]
    line: list[tuple[uuid.UUID, tuple[CodebookChange, ...]]] = []
    for (before, after), some in groupby(made, lambda one: (one.before_id, one.after_id)):
        if not line or line[-1][0] != before:
            line.append((before, ()))
        line.append((after, tuple(some)))
    if not line or line[-1][0] != survey.codebook_id:
        line.append((survey.codebook_id, ()))
    return line


def _is_of(change: CodebookChange, code: str) -> bool:
    return change.theme == code or code in change.into


def _to_look_at(session: Session, survey: Survey, code: str, *, turned_down: bool) -> int:
    """Count the decisions on what is this theme now that need a second look."""
    wanted = decided.Wanted(turned_down=turned_down, at_most=0)
    gone = course.read(session, survey)
    found = decided.look_again(session, survey, wanted).by_theme
    return sum(count for theme, count in found.items() if code in gone.ends(theme))


def _counts(session: Session, survey: Survey, code: str = "") -> Mapping[str, Count]:
    """Count passages by theme, as the matrix does: what is held or withheld counts nowhere.

    What the matrix has is counted in its cells; the other themes are counted here.
    """
    wanted = [one for one in codebooks.current(survey) if code in ("", one.code)]
    charted = [one.code for one in wanted if one.kind in ("strand", "outcome")]
    others = [one.code for one in wanted if one.code not in charted]
    cells = (
        select(
            Cell.theme,
            func.sum(Cell.confirmed),
            func.sum(Cell.found - Cell.confirmed),
            func.count(sa.case((Cell.found > 0, 1))),
        )
        .where(Cell.survey_id == survey.id, Cell.theme.in_(charted))
        .group_by(Cell.theme)
    )
    is_given = Tag.verdict.in_(("accept", "add"))
    tags = (
        select(
            Tag.theme,
            func.count(sa.case((is_given, 1))),
            func.count(sa.case((Tag.verdict == "", 1))),
            func.count(sa.distinct(Passage.authority_code)),
        )
        .join(Passage, Passage.key == Tag.passage_key)
        .where(
            Tag.survey_id == survey.id,
            Tag.theme.in_(others),
            sa.or_(is_given, sa.and_(Tag.verdict == "", Passage.coded.is_(False))),
            Passage.use_level != "withheld",
            Passage.held.is_(False),
        )
        .group_by(Tag.theme)
    )
    rows = (*session.execute(cells), *session.execute(tags))
    return {theme: Count(*numbers) for theme, *numbers in rows}
