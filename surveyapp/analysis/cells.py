"""One cell of the matrix: its passages in their context, why it may be empty, what is beside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from surveyapp.analysis import citing, grid, ratings, searching, summaries, themes
from surveyapp.analysis.grid import Listed
from surveyapp.analysis.ratings import Rated
from surveyapp.analysis.summaries import Change, Spot
from surveyapp.models import Cell, Passage, Response, Submission, Summary, Survey, Tag
from synthesis.codebook import Theme

AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage under the theme, with its number among those on the page."""

    number: int
    passage: Passage
    tag: Tag

    @property
    def token(self) -> str:
        """Return what refers to it in a summary, as it is written on the page."""
        return f"[{self.number}]"

    @property
    def unusable(self) -> str:
        """Say why it counts nowhere; empty where it does."""
        return citing.unusable(self.passage)

    @property
    def verdict(self) -> str:
        """Return what was decided, in a word."""
        return summaries.VERDICTS[self.tag.verdict]

    @property
    def is_suggested(self) -> bool:
        """Say whether nobody has confirmed it."""
        return not self.tag.verdict


class Stretch(NamedTuple):
    """Some words of an answer, and the numbers of the passages that begin there.

    `is_marked` says whether they are words of a passage.
    """

    words: str
    is_marked: bool
    begins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer or note, whole, with its passages under the theme in their order."""

    response: Response
    passages: tuple[Shown, ...]

    @property
    def stretches(self) -> Iterator[Stretch]:
        """Yield the answer in stretches, cut where a passage begins or ends."""
        text, spans = self.response.text, [one.passage for one in self.passages]
        cuts = sorted({0, len(text), *(at for one in spans for at in (one.start, one.end))})
        for start, end in pairwise(cuts):
            begins = tuple(one.number for one in self.passages if one.passage.start == start)
            is_marked = any(one.start <= start and end <= one.end for one in spans)
            yield Stretch(text[start:end], is_marked, begins)


class Neighbours(NamedTuple):
    """The cells beside a cell: along its row, and down its column."""

    before: Theme | None
    after: Theme | None
    above: Listed | None
    below: Listed | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that a cell's page shows; `more` begins the next page of passages.

    Of its passages, `rejected` were turned down, and `unnamed` may be used without the name only.
    """

    spot: Spot
    cell: Cell | None
    answers: tuple[Answered, ...]
    more: str
    rejected: int
    unnamed: int
    ratings: tuple[Rated, ...]
    summary: Summary | None
    pieces: Sequence[citing.Piece]
    changes: tuple[Change, ...] | None
    beside: Neighbours

    @property
    def state(self) -> str:
        """Return what the cell is, in the words of the matrix."""
        if self.cell is None:
            return "not read"
        return "found" if self.cell.found else self.cell.empty

    @property
    def passages(self) -> tuple[Shown, ...]:
        """Return the passages on the page."""
        return tuple(shown for one in self.answers for shown in one.passages)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of the passages on the page, in the order of their numbers."""
        return tuple(one.passage.key for one in self.passages)

    @property
    def is_unsubmitted(self) -> bool:
        """Say whether something came from the authority, and its return is not submitted."""
        return self.spot.submission.submitted_at is None and self.state not in grid.NOT_THERE

    @property
    def rests_on(self) -> str:
        """Return what a summary written now rests on."""
        return summaries.rests_on(self.cell)

    @property
    def is_stale(self) -> bool:
        """Say whether there is a summary of other passages than these."""
        written = self.summary is not None and bool(self.summary.text)
        return written and self.summary is not None and self.summary.rests_on != self.rests_on


def find(session: Session, survey: Survey, authority: str, theme: str) -> Spot | None:
    """Return the cell of an authority that was asked and a theme that has cells, if it is one."""
    submission = session.scalars(
        select(Submission)
        .where(Submission.survey_id == survey.id, Submission.authority_code == authority)
        .options(joinedload(Submission.authority))
    ).one_or_none()
    charted = {one.code: one for one in themes.of_kinds(themes.of(survey), themes.CHARTED)}
    if submission is None or theme not in charted:
        return None
    return Spot(survey, submission, charted[theme])


def read(session: Session, spot: Spot, after: str = "") -> Sheet:
    """Return what a cell's page shows, in a fixed number of queries."""
    cell = session.get(Cell, (spot.survey.id, spot.authority, spot.theme.code))
    rows = session.execute(_passages(session, spot, after)).all()
    summary = summaries.of(session, spot)
    text = summary.text if summary is not None else ""
    is_stale = bool(text) and summary is not None and summary.rests_on != summaries.rests_on(cell)
    rated = ratings.read(session, spot.survey, spot.authority, spot.theme.code)
    rejected, unnamed = _counts(session, spot)
    found = citing.passages(session, spot.survey, spot.authority, text)
    return Sheet(
        spot=spot,
        cell=cell,
        answers=tuple(_answers(rows[:AT_ONCE])),
        more=rows[AT_ONCE - 1][0].key if len(rows) > AT_ONCE else "",
        rejected=rejected,
        unnamed=unnamed,
        ratings=rated,
        summary=summary,
        pieces=citing.pieces(text, found, citing.suggested(session, spot.theme.code, found)),
        changes=summaries.changes(session, spot) if is_stale else (),
        beside=_beside(session, spot),
    )


def _passages(session: Session, spot: Spot, after: str) -> sa.Select[Passage, Tag, Response]:
    asked = (
        select(Passage, Tag, Response)
        .join(Tag, Tag.passage_key == Passage.key)
        .join(
            Response,
            (Response.survey_id == Passage.survey_id) & (Response.id == Passage.response),
        )
        .where(*_under(spot), Tag.verdict != "reject")
        .order_by(Passage.place, Passage.key)
        .limit(AT_ONCE + 1)
    )
    last = session.get(Passage, after) if after else None
    if last is None or last.survey_id != spot.survey.id:
        return asked
    return asked.where(searching.is_behind(last.place, last.key))


def _under(spot: Spot) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Passage.survey_id == spot.survey.id,
        Passage.authority_code == spot.authority,
        Tag.theme == spot.theme.code,
    )


def _counts(session: Session, spot: Spot) -> tuple[int, int]:
    """Return how many passages were rejected, and how many that count are not to be named."""
    is_rejected = Tag.verdict == "reject"
    is_unnamed = sa.and_(~is_rejected, Passage.use_level == "unnamed", Passage.held.is_(False))
    first, second = (func.sum(sa.case((one, 1), else_=0)) for one in (is_rejected, is_unnamed))
    asked = (
        select(first, second)
        .select_from(Passage)
        .join(Tag, Tag.passage_key == Passage.key)
        .where(*_under(spot))
    )
    rejected, unnamed = session.execute(asked).one()
    return rejected or 0, unnamed or 0


def _answers(rows: Iterable[sa.Row[Passage, Tag, Response]]) -> Iterator[Answered]:
    """Yield each answer once, with its passages numbered as they are read."""
    found: dict[str, list[Shown]] = {}
    responses: dict[str, Response] = {}
    for number, (passage, tag, response) in enumerate(rows, start=1):
        responses[response.id] = response
        found.setdefault(response.id, []).append(Shown(number, passage, tag))
    for id, some in found.items():
        yield Answered(responses[id], tuple(some))


def _beside(session: Session, spot: Spot) -> Neighbours:
    charted = themes.of_kinds(themes.of(spot.survey), themes.CHARTED)
    column = grid.roster(session, spot.survey)
    at = [one.code for one in charted].index(spot.theme.code)
    line = [one.code for one in column].index(spot.authority)
    return Neighbours(
        charted[at - 1] if at else None,
        charted[at + 1] if at + 1 < len(charted) else None,
        column[line - 1] if line else None,
        column[line + 1] if line + 1 < len(column) else None,
    )
