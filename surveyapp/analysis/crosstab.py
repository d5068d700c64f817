"""Cross-tabulations: themes by what authorities are, by where it was said, or by other themes.

Passages are counted by the database, grouped by theme and whatever the columns need; a table has
as many queries for 152 authorities as for three. What is held back, not for publication or
rejected is counted nowhere, nor is what came to be suggested for a finished passage later. Where
columns are of authorities and the matrix has the rows, its cells are counted already.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from surveyapp.analysis import grid, ratings, themes
from surveyapp.analysis.searching import COUNTS
from surveyapp.models import Cell, Passage, Submission, Survey, Tag
from synthesis.codebook import Theme

FEWEST: Final = 20
"""Authorities: with a smaller base no percentage is shown."""
CONFIRMED: Final = ("accept", "add")
STANDING: Final = ("", *CONFIRMED)
BY_RATING: Final = "rating-"
BY_THEMES: Final = "themes-"
OF_STRANDS: Final = ("stance", "evidence")
"""The kinds of theme that say how a strand is spoken of, and on what grounds."""
SOURCES: Final[Mapping[str, str]] = {
    "questionnaire": "Questionnaire",
    "interview": "Interview",
    "document": "Document",
}


Under = sa.ColumnElement[Any] | InstrumentedAttribute[str]
"""What passages are sorted into columns by."""


class Option(NamedTuple):
    """Something to choose: how an address names it, and what it is called."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a table is to show: rows, columns, what it counts, and of which tags."""

    rows: str
    columns: str
    counts: str = "authorities"
    confirmed: bool = False

    @property
    def on(self) -> str:
        """Return the strand that rows are counted on: the rated one, for what is said of strands.

        A rating of one strand says nothing of strengths and gaps on another.
        """
        is_on_one = self.columns.startswith(BY_RATING) and self.rows in OF_STRANDS
        return self.columns.removeprefix(BY_RATING) if is_on_one else ""


class Entry(NamedTuple):
    """One number of a table, and its share of the base where that is large enough."""

    number: int
    share: int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called, and how many authorities gave words that belong in it."""

    code: str
    words: str
    base: int


@dataclass(frozen=True, slots=True)
class Table:
    """A cross-tabulation."""

    asked: Asked
    columns: tuple[Column, ...]
    lines: tuple[tuple[Theme, tuple[Entry, ...]], ...]


class _Sum(NamedTuple):
    """How many passages there are under a theme in a column, or of how many authorities."""

    theme: str
    column: str
    number: int


class _Found(NamedTuple):
    """How many passages an authority has under a theme."""

    theme: str
    authority: str
    passages: int


@dataclass(frozen=True, slots=True)
class _Given:
    """What columns there are, what is counted in them, and whose words belong in each."""

    columns: Sequence[Option]
    sums: Iterable[_Sum]
    bases: Mapping[str, int]


def choices(session: Session, survey: Survey) -> tuple[Option, ...]:
    """Return what columns a table of this survey may have."""
    book = themes.of(survey)
    rated = dict.fromkeys(one.theme for one in ratings.bars(survey, ()))
    return (
        Option("type", "Type of authority"),
        Option("source", "Where it was said"),
        *((Option("round", "Round of the survey"),) if len(_rounds(session, survey)) > 1 else ()),
        *(Option(f"{BY_THEMES}{kind}", words) for kind, words in themes.kinds_of(book).items()),
        *(
            Option(f"{BY_RATING}{code}", f"Rating: {code} {book[code].name}")
            for code in rated
            if code in book
        ),
    )


def make(session: Session, survey: Survey, asked: Asked) -> Table:
    """Return the table that was asked for."""
    book = themes.of(survey)
    given = _given(session, survey, asked)(asked)
    found: dict[tuple[str, str], int] = defaultdict(int)
    for one in given.sums:
        found[one.theme, one.column] += one.number
    columns = tuple(
        Column(one.value, one.words, given.bases.get(one.value, 0)) for one in given.columns
    )
    return Table(
        asked,
        columns,
        tuple(
            (theme, tuple(_entry(found[theme.code, one.code], one, asked) for one in columns))
            for theme in themes.of_kinds(book, (asked.rows,))
        ),
    )


def _entry(count: int, column: Column, asked: Asked) -> Entry:
    """Pair a count with its share: passages are no share of authorities."""
    is_shared = asked.counts == "authorities" and column.base >= FEWEST
    return Entry(count, round(100 * count / column.base) if is_shared else None)


def _given(session: Session, survey: Survey, asked: Asked) -> Callable[[Asked], _Given]:
    """Return what fills a table with these columns."""
    if asked.columns.startswith(BY_THEMES):
        return partial(_by_themes, session, survey)
    if asked.columns == "source":
        return partial(_by_source, session, survey)
    if asked.columns == "round":
        return partial(_by_round, session, survey)
    return partial(_by_authority, session, survey)


def _by_authority(session: Session, survey: Survey, asked: Asked) -> _Given:
    """Sort authorities into columns by their type, or by how they rated themselves."""
    columns, column_of = (
        _types(session, survey)
        if asked.columns == "type"
        else _points(session, survey, asked.columns.removeprefix(BY_RATING))
    )
    found = _charted if asked.rows in themes.CHARTED else _by_code
    sums = (
        _Sum(theme, column_of.get(code, ""), _one(asked, passages))
        for theme, code, passages in found(session, survey, asked)
    )
    bases: dict[str, int] = defaultdict(int)
    for code in _speaking(session, survey, asked):
        bases[column_of.get(code, "")] += 1
    return _Given(columns, sums, bases)


def _charted(session: Session, survey: Survey, asked: Asked) -> Iterable[_Found]:
    """Return how many passages each authority has under each theme of the matrix."""
    number = Cell.confirmed if asked.confirmed else Cell.found
    here = (Cell.survey_id == survey.id, Cell.theme.in_(_codes(survey, asked)), number > 0)
    rows = session.execute(select(Cell.theme, Cell.authority_code, number).where(*here))
    return map(_Found._make, rows)


def _by_code(session: Session, survey: Survey, asked: Asked) -> Iterable[_Found]:
    """Return the same of themes that the matrix does not have."""
    code = Passage.authority_code
    wanted = _counted(asked, Tag.theme, code, func.count()).where(_rows(survey, asked))
    if asked.on:
        beside = aliased(Tag)
        wanted = wanted.join(beside, beside.passage_key == Tag.passage_key)
        wanted = wanted.where(beside.theme == asked.on, _stands(asked, beside))
    return map(_Found._make, session.execute(wanted.group_by(Tag.theme, code)))


def _speaking(session: Session, survey: Survey, asked: Asked) -> Iterable[str]:
    """Return the authorities with words that may be used: one passage of each is looked for.

    Where rows are counted on a strand, those with words on that strand.
    """
    if asked.on:
        number = Cell.confirmed if asked.confirmed else Cell.found
        here = (Cell.survey_id == survey.id, Cell.theme == asked.on, number > 0)
        return session.scalars(select(Cell.authority_code).where(*here))
    theirs = sa.exists().where(
        Passage.survey_id == survey.id,
        Passage.authority_code == Submission.authority_code,
        COUNTS,
    )
    return session.scalars(
        select(Submission.authority_code).where(Submission.survey_id == survey.id, theirs)
    )


def _types(session: Session, survey: Survey) -> tuple[Sequence[Option], Mapping[str, str]]:
    listed = grid.roster(session, survey)
    return (
        [Option(one, one) for one in grid.types_of(listed)],
        {one.code: one.type for one in listed},
    )


def _points(
    session: Session, survey: Survey, theme: str
) -> tuple[Sequence[Option], Mapping[str, str]]:
    """Sort authorities by the rating they gave on a theme, or by why there is none."""
    words = ratings.scale(survey)
    column_of: dict[str, str] = {}
    for one in ratings.read(session, survey, theme=theme):
        column_of.setdefault(one.authority, str(one.value) if one.is_usable else one.standing)
    there = set(column_of.values())
    points = [Option(str(value), f"{value} {label}") for value, label in words.items()]
    others = [Option(name, name.capitalize()) for name in ratings.UNRATED if name in there]
    return [*points, *others], column_of


def _by_source(session: Session, survey: Survey, asked: Asked) -> _Given:
    of_survey = Passage.survey_id == survey.id
    bases = _bases(session, Passage.source, of_survey)
    columns = [Option(code, words) for code, words in SOURCES.items() if code in bases]
    return _Given(columns, _sums(session, asked, Passage.source, _rows(survey, asked)), bases)


def _by_round(session: Session, survey: Survey, asked: Asked) -> _Given:
    """Count in every survey that asked any of the same authorities."""
    rounds = _rounds(session, survey)
    # An id is not read back from an expression alike everywhere: its survey's code is.
    code = sa.case(
        *((Passage.survey_id == one.id, sa.literal(one.code)) for one in rounds), else_=""
    )
    here = Passage.survey_id.in_([one.id for one in rounds])
    columns = [Option(one.code, one.title) for one in rounds]
    shown = sa.and_(here, Tag.theme.in_(_codes(survey, asked)))
    return _Given(columns, _sums(session, asked, code, shown), _bases(session, code, here))


def _rounds(session: Session, survey: Survey) -> Sequence[Survey]:
    mine = select(Submission.authority_code).where(Submission.survey_id == survey.id)
    others = select(Submission.survey_id).where(Submission.authority_code.in_(mine))
    asked = select(Survey).where(sa.or_(Survey.id == survey.id, Survey.id.in_(others)))
    return session.scalars(asked.order_by(Survey.opens_on, Survey.code)).all()


def _by_themes(session: Session, survey: Survey, asked: Asked) -> _Given:
    """Count the passages that carry both a row's theme and a column's."""
    kind = asked.columns.removeprefix(BY_THEMES)
    shown = themes.of_kinds(themes.of(survey), (kind,))
    columns = [Option(one.code, f"{one.code} {one.name}") for one in shown]
    found = _charted if kind in themes.CHARTED else _by_code
    alone = list(found(session, survey, replace(asked, rows=kind)))
    sums = [
        # Where rows and columns are of one kind, a theme also meets itself.
        *(_Sum(theme, theme, _one(asked, passages)) for theme, _, passages in alone),
        *(
            _Sum(*themes_met, number)
            for one, other, number in _pairs(session, survey, asked, kind)
            for themes_met in ((one, other), (other, one))
        ),
    ]
    return _Given(columns, sums, Counter(theme for theme, _, _ in alone))


def _pairs(
    session: Session, survey: Survey, asked: Asked, kind: str
) -> Iterable[tuple[str, str, int]]:
    """Count the passages that carry two themes, each pair once, from whichever kind has fewer.

    The other theme is asked for by its passage alone: by name, each would be looked for. Passages
    come last, as an outer join, so that none is looked up where no two themes meet.
    """
    one, other = aliased(Tag), aliased(Tag)
    fewer = min((_codes(survey, asked), _codes(survey, replace(asked, rows=kind))), key=len)
    is_met = other.theme > one.theme if kind == asked.rows else other.theme != one.theme
    here = sa.and_(Passage.key == one.passage_key, COUNTS, _is_open(one), _is_open(other))
    rows = session.execute(
        select(one.theme, other.theme, _number(asked))
        .join(other, sa.and_(other.passage_key == one.passage_key, is_met))
        .outerjoin(Passage, here)
        .where(
            one.survey_id == survey.id,
            one.theme.in_(fewer),
            *(tag.verdict.in_(_verdicts(asked)) for tag in (one, other)),
        )
        .group_by(one.theme, other.theme)
    )
    return rows.all()


def _codes(survey: Survey, asked: Asked) -> list[str]:
    return [one.code for one in themes.of_kinds(themes.of(survey), (asked.rows,))]


def _rows(survey: Survey, asked: Asked) -> sa.ColumnElement[bool]:
    """Return what is true of tags that belong in a row of a table."""
    return sa.and_(
        Passage.survey_id == survey.id,
        Tag.survey_id == survey.id,
        Tag.theme.in_(_codes(survey, asked)),
    )


def _sums(
    session: Session, asked: Asked, column: Under, where: sa.ColumnElement[bool]
) -> Iterable[_Sum]:
    # By its name: a value in it that is a parameter would else be another one where it is grouped.
    named = column.label("under")
    counted = _counted(asked, Tag.theme, named, _number(asked)).where(where)
    return map(_Sum._make, session.execute(counted.group_by(Tag.theme, named)))


def _number(asked: Asked) -> sa.ColumnElement[int]:
    """Return what is counted of passages that are joined; of one that is not there, nothing."""
    is_of_passages = asked.counts == "passages"
    return func.count(Passage.key if is_of_passages else Passage.authority_code.distinct())


def _one(asked: Asked, passages: int) -> int:
    """Return what one authority's passages count for."""
    return passages if asked.counts == "passages" else 1


def _counted(
    asked: Asked, *columns: sa.ColumnElement[Any] | InstrumentedAttribute[Any]
) -> sa.Select[*tuple[Any, ...]]:
    """Ask for something of the tags that count, with their passages."""
    joined = select(*columns).join(Passage, Passage.key == Tag.passage_key)
    return joined.where(COUNTS, _stands(asked, Tag))


def _stands(asked: Asked, tag: type[Tag]) -> sa.ColumnElement[bool]:
    """Return what is true of tags that count on their passage."""
    return sa.and_(tag.verdict.in_(_verdicts(asked)), _is_open(tag))


def _verdicts(asked: Asked) -> Sequence[str]:
    return CONFIRMED if asked.confirmed else STANDING


def _is_open(tag: type[Tag]) -> sa.ColumnElement[bool]:
    """Say whether a tag is decided; or only suggested, on a passage that nobody has finished."""
    return sa.or_(tag.verdict != "", Passage.coded.is_(False))


def _bases(session: Session, column: Under, where: sa.ColumnElement[bool]) -> dict[str, int]:
    named = column.label("under")
    rows = session.execute(
        select(named, func.count(Passage.authority_code.distinct()))
        .where(where, COUNTS)
        .group_by(named)
    )
    return {row[0]: row[1] for row in rows}
