"""The framework matrix as tables: what is counted in every cell, and what was written in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.material import codebooks
from surveyapp.models import Authority, Cell, Submission, Summary, Survey
from surveyapp.tables import Row, Table, with_dictionary
from synthesis.codebook import Theme

CELLS: Final = {
    "authority_code": "The authority's ONS code.",
    "authority": "The authority's name.",
    "theme_code": "The theme's code.",
    "theme": "The theme's name.",
    "state": "Found, or why there is nothing: not asked, not answered, no response, nothing found, "
    "or not for publication.",
    "passages": "How many passages have the theme, decided or suggested.",
    "confirmed": "How many of them a coder decided.",
    "summary": "What the consultant wrote.",
    "summary_by": "Who wrote it.",
    "summary_at": "When it was written.",
    "is_stale": "Whether what it rests on has changed since.",
}
AUTHORITY: Final = {
    "authority_code": "The authority's ONS code.",
    "authority": "The authority's name.",
}
Place = tuple[str, str]
"""An authority's code and a theme's."""
Tell = Callable[[Place], int | str]


@dataclass(frozen=True, slots=True)
class Grid:
    """A survey's matrix: who, under which themes, and what stands in each cell."""

    authorities: Sequence[Authority]
    themes: Sequence[Theme]
    cells: Mapping[Place, Cell]
    summaries: Mapping[Place, Summary]

    def tables(self) -> tuple[Table, ...]:
        """Return a table of counts, one of summaries, and one with a row a cell."""
        columns = AUTHORITY | {theme.code: theme.name for theme in self.themes}
        counts = tuple(self._row(one, self._count) for one in self.authorities)
        written = tuple(self._row(one, self._written) for one in self.authorities)
        cells = tuple(self._cell(who, what) for who in self.authorities for what in self.themes)
        return with_dictionary(
            (
                Table("Passages", "An authority.", columns, counts),
                Table("Summaries", "An authority.", columns, written),
                Table("Cells", "An authority under a theme.", CELLS, cells),
            )
        )

    def _row(self, authority: Authority, tell: Tell) -> Row:
        places = ((authority.code, theme.code) for theme in self.themes)
        return (authority.code, authority.name, *map(tell, places))

    def _count(self, place: Place) -> int | str:
        cell = self.cells.get(place)
        return "" if cell is None else cell.found or _state(cell)

    def _written(self, place: Place) -> str:
        return self.summaries[place].text if place in self.summaries else ""

    def _cell(self, authority: Authority, theme: Theme) -> Row:
        place = (authority.code, theme.code)
        cell, summary = self.cells.get(place), self.summaries.get(place)
        counted = (_state(cell), cell.found, cell.confirmed) if cell else ("", 0, 0)
        told = (
            (summary.text, summary.author.name, summary.updated_at, _is_stale(summary, cell))
            if summary
            else ("", "", None, None)
        )
        return (authority.code, authority.name, theme.code, theme.name, *counted, *told)


def read(session: Session, survey: Survey) -> Grid:
    """Return a survey's matrix, in three queries."""
    of_survey = Summary.survey_id == survey.id
    asked = select(Summary).where(of_survey).options(joinedload(Summary.author))
    cells = session.scalars(select(Cell).where(Cell.survey_id == survey.id))
    return Grid(
        authorities=session.scalars(
            select(Authority)
            .join(Submission, Submission.authority_code == Authority.code)
            .where(Submission.survey_id == survey.id)
            .order_by(Authority.name, Authority.code)
        ).all(),
        themes=[
            theme for theme in codebooks.current(survey) if theme.kind in ("strand", "outcome")
        ],
        cells={(one.authority_code, one.theme): one for one in cells},
        summaries={(one.authority_code, one.theme): one for one in session.scalars(asked)},
    )


def _state(cell: Cell) -> str:
    return "found" if cell.found else cell.empty


def _is_stale(summary: Summary, cell: Cell | None) -> bool:
    return cell is None or summary.rests_on != cell.rests_on
