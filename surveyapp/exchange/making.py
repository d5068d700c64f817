"""The kinds of file that the workbench hands over, each written behind the pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy.orm import Session

from surveyapp import workbook
from surveyapp.exchange import coding, grid, tabled, whole
from surveyapp.exchange.whole import carried
from surveyapp.exporting import Maker, Tell
from surveyapp.models import Survey
from surveyapp.models.exporting import ExportKind
from surveyapp.tables import Table
from synthesis import exchange


class Coding:
    """Texts, codebook, decisions, suggestions and memos as a REFI-QDA project."""

    steps = 2

    def write(self, session: Session, survey: Survey, file: IO[bytes], tell: Tell) -> None:
        """Write the project."""
        drawn = coding.project(session, survey)
        tell(1)
        file.write(exchange.write_project(drawn))


class Matrix:
    """The framework matrix as a workbook."""

    steps = 2

    def write(self, session: Session, survey: Survey, file: IO[bytes], tell: Tell) -> None:
        """Write a sheet of counts, one of summaries and one with a row a cell."""
        found = grid.read(session, survey)
        tell(1)
        workbook.write_xlsx(found.tables(), file)


class Tables:
    """Everything that the workbench holds, as CSV files."""

    steps = len(tabled.KINDS) + 1

    def write(self, session: Session, survey: Survey, file: IO[bytes], tell: Tell) -> None:
        """Write an archive with a file a table, and the data dictionary."""
        workbook.write_csv(_watched(tabled.everything(session, survey), tell), file)


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything that the survey rests on, to be loaded into another system."""

    kept: Path

    @property
    def steps(self) -> int:
        """Return how many tables there are."""
        return len(carried.tables())

    def write(self, session: Session, survey: Survey, file: IO[bytes], tell: Tell) -> None:
        """Write the rows and the files that were given."""
        whole.write(session, survey, self.kept, file, tell)


def makers(uploads: Path) -> Mapping[ExportKind, Maker]:
    """Return what makes each kind of file; `uploads` is where files given with answers are."""
    return {
        "coding": Coding(),
        "matrix": Matrix(),
        "tables": Tables(),
        "survey": Whole(uploads),
    }


def _watched(tables: Iterator[Table], tell: Tell) -> Iterator[Table]:
    for done, table in enumerate(tables):
        tell(done)
        yield table
