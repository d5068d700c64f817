"""What coders decided for the review, carried over to the codebook and the words of now."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from sys import intern
from typing import Final, Generic, NamedTuple, Protocol, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, joinedload

from surveyapp.material import codebooks, course
from surveyapp.material.course import Course
from surveyapp.models import Authority, Decision, Passage, Person, Response, Snapshot, Survey
from surveyapp.models.decision import Verdict
from synthesis import material
from synthesis.codebook import Theme

PER_PAGE = 25
# So many decisions are read at a time.
IN_MEMORY: Final = 1_000
_BESIDE: Final = (Person.name, Person.email, Snapshot.content_hash)


class Ruled(Protocol):
    """What carrying a decision over needs to know of it."""

    @property
    def response(self) -> str:
        """Return the id of the response that it is about."""

    @property
    def start(self) -> int:
        """Return where its words begin."""

    @property
    def end(self) -> int:
        """Return where its words end."""

    @property
    def words(self) -> str:
        """Return the words that the coder saw."""

    @property
    def theme(self) -> str:
        """Return the theme that it was made on."""

    @property
    def verdict(self) -> str:
        """Return accept, reject or add."""

    @property
    def made_at(self) -> dt.datetime:
        """Return when it was decided."""


R = TypeVar("R", bound=Ruled)


class Made(NamedTuple):
    """A decision for the review, who made it, and by which version of the codebook."""

    response: str
    start: int
    end: int
    words: str
    theme: str
    verdict: str
    made_at: dt.datetime
    coder_id: uuid.UUID
    coder: str
    email: str
    codebook: str


@dataclass(frozen=True, slots=True)
class Carried(Generic[R]):
    """A decision, with the theme and the verdict that it comes to in the codebook of now."""

    row: R
    theme: str
    verdict: Verdict

    def stands(self, texts: Mapping[str, str]) -> bool:
        """Say whether its words are still where the coder saw them.

        `texts` leads from a response's id to its words.
        """
        row = self.row
        return texts.get(row.response, "")[row.start : row.end] == row.words


def decisions(
    session: Session, survey: Survey, responses: Collection[str] | None = None
) -> Iterator[Carried[Made]]:
    """Yield what coders decided, response by response, in order; on these responses, or on all.

    A theme that was merged is the one it was merged into; one that was split or retired is none.
    Of several decisions on the same words and theme only the one that holds is there. A blind
    coder's verdicts only measure agreement, and are not among them.
    """
    columns = (getattr(Decision, name) for name in Made._fields[: -len(_BESIDE)])
    asked = (
        select(*columns, *_BESIDE)
        .join(Person, Person.id == Decision.coder_id)
        .join(Snapshot, Snapshot.id == Decision.codebook_id)
        .where(Decision.survey_id == survey.id, Decision.sample_id.is_(None))
        .order_by(Decision.response, Decision.made_at, Decision.id)
        .execution_options(yield_per=IN_MEMORY)
    )
    if responses is not None:
        asked = asked.where(Decision.response.in_(responses))
    gone = course.read(session, survey)
    made = map(Made._make, session.execute(asked))
    for _, of_one in groupby(made, key=attrgetter("response")):
        yield from carry(tuple(of_one), gone)


def carry(made: Sequence[R], gone: Course) -> Sequence[Carried[R]]:
    """Carry decisions over to the themes of now, the one that holds for each words and theme."""
    carried = [one for row in made for one in _carried(row, gone)]
    carried.sort(key=lambda one: not _gives_way(one, gone))
    holding = {
        (one.row.response, one.row.start, one.row.end, one.row.words, one.theme): place
        for place, one in enumerate(carried)
    }
    return [carried[place] for place in sorted(holding.values())]


def standing(
    made: Iterable[Carried[Made]], texts: Mapping[str, str]
) -> Iterator[material.Decision]:
    """Yield the decisions whose words are still where the coder saw them.

    `texts` leads from a response's id to its words.
    """
    return (told(one) for one in made if one.stands(texts))


def told(one: Carried[Made]) -> material.Decision:
    """Return a decision as synthesis reads it; what many have in common is kept once."""
    return material.Decision(
        response=one.row.response,
        start=one.row.start,
        end=one.row.end,
        words=one.row.words,
        theme=intern(one.theme),
        verdict=one.verdict,
        coder=intern(one.row.coder),
        codebook=intern(one.row.codebook),
    )


def _carried(row: R, gone: Course) -> Iterator[Carried[R]]:
    """Yield what a decision comes to now; what is not the whole is none of its parts either."""
    verdict = cast(Verdict, row.verdict)
    if gone.is_split(row.theme) and verdict != "reject":
        return
    for theme in gone.ends(row.theme):
        yield Carried(row, theme, _verdict(row, theme, gone))


def _verdict(row: Ruled, theme: str, gone: Course) -> Verdict:
    """Return a verdict as it holds now.

    A coder accepted what was suggested by words that may suggest it no longer; the theme stays.
    """
    if row.verdict == "accept":
        reworded = gone.reworded_at(theme)
        if row.theme != theme or (reworded is not None and row.made_at < reworded):
            return "add"
    return cast(Verdict, row.verdict)


def _gives_way(one: Carried[R], gone: Course) -> bool:
    """Say whether a theme was turned down when it was narrower than it is since a merger."""
    joined = gone.joined_at(one.theme) if one.verdict == "reject" else None
    return joined is not None and one.row.made_at < joined


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which decisions are looked at again: of one theme, or all; those that turned it down, or not.

    `at_most` are listed, beginning with the page of this number.
    """

    theme: str = ""
    turned_down: bool = False
    page: int = 1
    at_most: int = PER_PAGE


@dataclass(frozen=True, slots=True)
class SecondLook:
    """A decision on a theme that has come to mean something else since.

    `now` are the themes that stand for it: one, or the parts of one that was split. `passage_key`
    is empty where no passage is derived at its place.
    """

    row: Decision
    passage_key: str
    authority: str
    question: str
    was: Theme | None
    now: tuple[Theme, ...]

    @property
    def is_split(self) -> bool:
        """Say whether somebody must choose which parts of a theme are meant."""
        return self.row.theme not in {one.code for one in self.now} and len(self.now) > 1


@dataclass(frozen=True, slots=True)
class LookAgain:
    """A page of decisions that need a second look, and how many there are in all, by theme."""

    listed: tuple[SecondLook, ...]
    total: int
    by_theme: Mapping[str, int]


EVERYTHING = Wanted()


def look_again(session: Session, survey: Survey, wanted: Wanted = EVERYTHING) -> LookAgain:
    """Return the decisions made before what they are about came to mean something else.

    They are those that hold for their words and theme, theme by theme and in the order in which
    they were made; in a fixed number of queries.
    """
    gone = course.read(session, survey)
    moved = _moved(gone, turned_down=wanted.turned_down)
    if not moved:
        return LookAgain((), 0, {})
    needed = _needed(survey, moved, gone, turned_down=wanted.turned_down)
    counts = session.execute(
        select(Decision.theme, func.count())
        .join(Response, _said())
        .where(needed)
        .group_by(Decision.theme)
    )
    by_theme = dict(counts.all())
    rows = session.execute(_listed(needed, wanted)).all()
    old = codebooks.versions(session, {row.Decision.codebook_id for row in rows})
    now = {theme.code: theme for theme in codebooks.current(survey)}
    return LookAgain(
        tuple(
            SecondLook(
                row=row.Decision,
                passage_key=row.key or "",
                authority=row.name,
                question=row.question,
                was=next((one for one in old[row.Decision.codebook_id] if one.code == theme), None),
                now=tuple(now[code] for code in gone.ends(theme)),
            )
            for row in rows
            for theme in [row.Decision.theme]
        ),
        by_theme.get(wanted.theme, 0) if wanted.theme else sum(by_theme.values()),
        by_theme,
    )


def _moved(gone: Course, *, turned_down: bool) -> Mapping[str, dt.datetime]:
    """Return the themes that came to mean something else and still stand for some, and when."""
    moved = {
        theme: gone.changed_at(theme)
        for theme in gone.themes
        if gone.ends(theme) and not (turned_down and gone.is_split(theme))
    }
    return {theme: at for theme, at in moved.items() if at is not None}


def _said() -> sa.ColumnElement[bool]:
    """Join the response whose words are still where the coder saw them."""
    words = func.substr(Response.text, Decision.start + 1, Decision.end - Decision.start)
    return sa.and_(
        Response.survey_id == Decision.survey_id,
        Response.id == Decision.response,
        words == Decision.words,
    )


def _needed(
    survey: Survey, moved: Mapping[str, dt.datetime], gone: Course, *, turned_down: bool
) -> sa.ColumnElement[bool]:
    later = aliased(Decision)
    holds_later = sa.and_(
        later.survey_id == Decision.survey_id,
        later.sample_id.is_(None),
        later.response == Decision.response,
        later.start == Decision.start,
        later.end == Decision.end,
        sa.tuple_(later.made_at, later.id) > sa.tuple_(Decision.made_at, Decision.id),
    )
    alike = {
        theme: {one for one in gone.themes if set(gone.ends(one)) & set(gone.ends(theme))}
        for theme in moved
    }
    verdict = Decision.verdict == "reject" if turned_down else Decision.verdict != "reject"
    return sa.and_(
        Decision.survey_id == survey.id,
        Decision.sample_id.is_(None),
        verdict,
        sa.or_(
            *(
                sa.and_(
                    Decision.theme == theme,
                    Decision.made_at < at,
                    ~sa.exists().where(holds_later, later.theme.in_(alike[theme] | {theme})),
                )
                for theme, at in moved.items()
            )
        ),
    )


def _listed(needed: sa.ColumnElement[bool], wanted: Wanted) -> sa.Select[Decision, str, str, str]:
    here = sa.and_(
        Passage.survey_id == Decision.survey_id,
        Passage.response == Decision.response,
        Passage.start == Decision.start,
        Passage.end == Decision.end,
        Passage.words == Decision.words,
    )
    asked = (
        select(Decision, Passage.key, Authority.name, Response.question)
        .join(Response, _said())
        .join(Authority, Authority.code == Response.authority_code)
        .outerjoin(Passage, here)
        .options(joinedload(Decision.coder))
        .where(needed)
        .order_by(Decision.theme, Decision.codebook_id, Decision.made_at, Decision.id)
        .limit(wanted.at_most)
        .offset((wanted.page - 1) * wanted.at_most)
    )
    return asked.where(Decision.theme == wanted.theme) if wanted.theme else asked
