"""The framework matrix: every authority by every strand or outcome, in two queries.

Everything is read from cells that were counted when somebody decided; nothing is counted here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Authority, Cell, Submission, Summary, Survey
from synthesis.codebook import Theme

Place = tuple[str, str]
"""An authority's code and a theme's."""


class State(NamedTuple):
    """Why a cell is empty: the sign that stands in it, its style, and what that means."""

    sign: str
    style: str
    words: str


EMPTY: Final[Mapping[str, State]] = {
    "nothing found": State("0", "none", "answered, and nothing found under this theme"),
    "not answered": State("?", "silent", "asked, and not answered"),
    "not asked": State("–", "unasked", "not asked"),
    "no response": State("…", "away", "no return came back"),
    "not for publication": State("×", "withheld", "answered, not for publication"),
    "not read": State("·", "unread", "not read into passages yet"),
}
NOT_THERE: Final = ("no response", "not read")
"""What cells are in of which it goes without saying that no return was submitted."""
FRESH, STALE = "written", "stale"
MARKS: Final[Mapping[str, State]] = {
    FRESH: State("S", "fresh", "a summary is written"),
    STALE: State("S!", "stale", "a summary is written, and what it rests on has changed"),
}


class Square(NamedTuple):
    """One cell as the matrix shows it; `summary` is empty, written or stale."""

    theme: str
    state: str
    found: int
    confirmed: int
    summary: str

    @property
    def sign(self) -> str:
        """Return what stands in it."""
        if self.state == "found":
            return f"{self.confirmed} of {self.found}"
        return EMPTY[self.state].sign

    @property
    def style(self) -> str:
        """Return the class of its style."""
        if self.state != "found":
            return EMPTY[self.state].style
        return "all" if self.confirmed == self.found else "some"

    @property
    def words(self) -> str:
        """Return what it holds, in words that begin with what stands in it."""
        told = self.state
        if self.state == "found":
            told = f"{self.sign} passage{'' if self.found == 1 else 's'} confirmed"
        mark = {FRESH: "; summary written", STALE: "; summary out of date"}.get(self.summary, "")
        return told + mark


class Listed(NamedTuple):
    """An authority that was asked; unsubmitted while its return has not been signed off."""

    code: str
    name: str
    type: str
    is_unsubmitted: bool = False


class Line(NamedTuple):
    """One authority with its cells, in the order of the themes."""

    code: str
    name: str
    type: str
    squares: Sequence[Square]
    is_unsubmitted: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the matrix is to be seen."""

    theme: str = ""
    type: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The part of the matrix that was asked for; `types` are all there are to choose from."""

    lines: tuple[Line, ...]
    themes: tuple[Theme, ...]
    types: tuple[str, ...]
    authorities: int

    @property
    def states(self) -> Mapping[str, State]:
        """Return the reasons for empty cells that this part needs explained."""
        there = {square.state for line in self.lines for square in line.squares}
        return {name: state for name, state in EMPTY.items() if name in there}

    @property
    def marks(self) -> Mapping[str, State]:
        """Return the marks that this part needs explained."""
        there = {square.summary for line in self.lines for square in line.squares}
        return {name: mark for name, mark in MARKS.items() if name in there}

    @property
    def unsubmitted(self) -> int:
        """Count the authorities whose return is not submitted though something came."""
        return sum(line.is_unsubmitted for line in self.lines)

    @property
    def stale(self) -> int:
        """Count the summaries that are out of date."""
        return sum(square.summary == STALE for line in self.lines for square in line.squares)


def draw(session: Session, survey: Survey, themes: Sequence[Theme], asked: Asked) -> Grid:
    """Return the matrix of a survey's authorities by these themes, or the part asked for."""
    shown = tuple(theme for theme in themes if asked.theme in ("", theme.code))
    authorities = roster(session, survey)
    squares = _squares(session, survey)
    lines = (
        _line(one, tuple(_at(squares, one.code, theme.code) for theme in shown))
        for one in authorities
        if asked.type in ("", one.type)
    )
    return Grid(
        lines=tuple(line for line in lines if _is_wanted(line, asked.only)),
        themes=shown,
        types=types_of(authorities),
        authorities=len(authorities),
    )


def roster(session: Session, survey: Survey) -> tuple[Listed, ...]:
    """Return the authorities of a survey by name."""
    rows = session.execute(
        select(Authority.code, Authority.name, Authority.type, Submission.submitted_at.is_(None))
        .join(Submission, Submission.authority_code == Authority.code)
        .where(Submission.survey_id == survey.id)
        .order_by(Authority.name)
    )
    return tuple(Listed(*row) for row in rows)


def types_of(authorities: Sequence[Listed]) -> tuple[str, ...]:
    """Return the types there are among authorities."""
    return tuple(sorted({one.type for one in authorities} - {""}))


def _squares(session: Session, survey: Survey) -> dict[Place, Square]:
    """Return every cell, with a mark where a summary is written."""
    # Thousands of rows: plain columns, past the session's bookkeeping.
    rows = session.execute(
        select(
            Cell.authority_code,
            Cell.theme,
            Cell.empty,
            Cell.found,
            Cell.confirmed,
            Summary.rests_on == Cell.rests_on,
        )
        .outerjoin(
            Summary,
            (Summary.survey_id == Cell.survey_id)
            & (Summary.authority_code == Cell.authority_code)
            & (Summary.theme == Cell.theme)
            & (Summary.text != ""),
        )
        .where(Cell.survey_id == survey.id)
    )
    marks = {None: "", True: FRESH, False: STALE}
    return {
        (code, theme): Square(theme, "found" if found else empty, found, confirmed, marks[fresh])
        for code, theme, empty, found, confirmed, fresh in rows
    }


def _line(one: Listed, squares: Sequence[Square]) -> Line:
    came = any(square.state not in NOT_THERE for square in squares)
    return Line(one.code, one.name, one.type, squares, one.is_unsubmitted and came)


def _at(squares: Mapping[Place, Square], code: str, theme: str) -> Square:
    return squares.get((code, theme)) or Square(theme, "not read", 0, 0, "")


def _is_wanted(line: Line, only: str) -> bool:
    """Say whether an authority has a cell of the kind that is looked for."""
    marks = {square.summary for square in line.squares}
    return not only or STALE in marks or (only == "summaries" and FRESH in marks)
