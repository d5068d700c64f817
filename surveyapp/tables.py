"""Plain tables to hand over: each says what a row is, and each column what it means."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

Cell = str | int | float | bool | dt.date | dt.datetime | None
Row = tuple[Cell, ...]

DICTIONARY: Final[Mapping[str, str]] = {
    "table": "The table, or sheet.",
    "row": "What one row of the table is.",
    "column": "The column.",
    "meaning": "What stands in it.",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, what a row is, what each column means, and its rows.

    Rows may come out of the database as they are written down, and can then be gone through once.
    """

    name: str
    row: str
    columns: Mapping[str, str]
    rows: Iterable[Row]


def dictionary(tables: Iterable[Table]) -> Table:
    """Return the data dictionary: every column of every table and what it means."""
    rows = tuple(
        (table.name, table.row, column, meaning)
        for table in tables
        for column, meaning in table.columns.items()
    )
    return Table("Data dictionary", "A column of this export.", DICTIONARY, rows)


def with_dictionary(tables: Iterable[Table]) -> tuple[Table, ...]:
    """Return the tables with their data dictionary last."""
    given = tuple(tables)
    return (*given, dictionary(given))
