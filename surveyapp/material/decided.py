"""What coders decided for the review, carried over to the codebook and the words of now."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, joinedload, load_only

from surveyapp.material import codebooks, course
from surveyapp.material.course import Course
from surveyapp.models import Authority, Decision, Passage, Person, Response, Snapshot, Survey
from surveyapp.models.decision import Verdict
from synthesis import material
from synthesis.codebook import Theme

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Carried:
    """A decision, with the theme and the verdict that it comes to in the codebook of now."""

    row: Decision
    theme: str
    verdict: Verdict

    @property
    def response(self) -> str:
        """Return the id of the response that it is about."""
        return self.row.response

    @property
    def start(self) -> int:
        """Return where its words begin."""
        return self.row.start

    @property
    def end(self) -> int:
        """Return where its words end."""
        return self.row.end

    @property
    def words(self) -> str:
        """Return the words that the coder saw."""
        return self.row.words

    @property
    def coder(self) -> Person:
        """Return who decided."""
        return self.row.coder

    @property
    def codebook(self) -> Snapshot:
        """Return the version of the codebook that it was decided by."""
        return self.row.codebook

    @property
    def made_at(self) -> dt.datetime:
        """Return when it was decided."""
        return self.row.made_at


def decisions(
    session: Session, survey: Survey, responses: Collection[str] | None = None
) -> Sequence[Carried]:
    """Return what coders decided, in order; on these responses, or on all.

    A theme that was merged is the one it was merged into; one that was split or retired is none.
    Of several decisions on the same words and theme only the one that holds is there. A blind
    coder's verdicts only measure agreement, and are not among them.
    """
    asked = (
        select(Decision)
        .where(Decision.survey_id == survey.id, Decision.sample_id.is_(None))
        .options(
            joinedload(Decision.coder),
            # The codebook itself is large, and only its name is wanted.
            joinedload(Decision.codebook).options(load_only(Snapshot.content_hash)),
        )
        .order_by(Decision.made_at, Decision.id)
    )
    if responses is not None:
        asked = asked.where(Decision.response.in_(responses))
    made = session.scalars(asked).all()
    return carry(made, course.read(session, survey)) if made else ()


def carry(made: Sequence[Decision], gone: Course) -> Sequence[Carried]:
    """Carry decisions over to the themes of now, the one that holds for each words and theme."""
    carried = [one for row in made for one in _carried(row, gone)]
    carried.sort(key=lambda one: not _gives_way(one, gone))
    holding = {
        (one.response, one.start, one.end, one.words, one.theme): place
        for place, one in enumerate(carried)
    }
    return [carried[place] for place in sorted(holding.values())]


def standing(made: Sequence[Carried], texts: Mapping[str, str]) -> Iterator[material.Decision]:
    """Yield the decisions whose words are still where the coder saw them.

    `texts` leads from a response's id to its words.
    """
    for one in made:
        if texts.get(one.response, "")[one.start : one.end] == one.words:
            yield material.Decision(
                response=one.response,
                start=one.start,
                end=one.end,
                words=one.words,
                theme=one.theme,
                verdict=one.verdict,
                coder=one.coder.name,
                codebook=one.codebook.content_hash,
            )


def _carried(row: Decision, gone: Course) -> Iterator[Carried]:
    """Yield what a decision comes to now; what is not the whole is none of its parts either."""
    verdict = cast(Verdict, row.verdict)
    if gone.is_split(row.theme) and verdict != "reject":
        return
    for theme in gone.ends(row.theme):
        yield Carried(row, theme, _verdict(row, theme, gone))


def _verdict(row: Decision, theme: str, gone: Course) -> Verdict:
    """Return a verdict as it holds now.

    A coder accepted what was suggested by words that may suggest it no longer; the theme stays.
    """
    if row.verdict == "accept":
        reworded = gone.reworded_at(theme)
        if row.theme != theme or (reworded is not None and row.made_at < reworded):
            return "add"
    return cast(Verdict, row.verdict)


def _gives_way(one: Carried, gone: Course) -> bool:
    """Say whether a theme was turned down when it was narrower than it is since a merger."""
    joined = gone.joined_at(one.theme) if one.verdict == "reject" else None
    return joined is not None and one.made_at < joined


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
