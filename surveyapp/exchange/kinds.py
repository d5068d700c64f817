"""Kinds of table: what a row is, what each column means, and where rows come from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.exchange.naming import Names
from surveyapp.models import Survey
from surveyapp.tables import Cell, Row, Table

IN_PARTS: Final = {"yield_per": 500}


@dataclass(frozen=True, slots=True)
class Told:
    """A column that tells what others of its table stand for, in the words of the pages."""

    say: Callable[..., Cell]
    of: tuple[str, ...]


Stored = sa.ColumnElement[Any] | sa.orm.InstrumentedAttribute[Any]
Column = tuple[str, Stored | Told]
"""What a column means, and where its cells come from."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One table: its name, what a row is, what each column means, and where rows come from.

    `beside` is read too, for columns that tell of it, and not shown.
    """

    name: str
    row: str
    columns: Mapping[str, Column]
    source: sa.FromClause | type[Any]
    of: sa.orm.InstrumentedAttribute[Any]
    order: tuple[Any, ...]
    beside: Mapping[str, Stored] = field(default_factory=dict)

    def table(self, session: Session, survey: Survey, names: Names) -> Table:
        """Return the table of a survey; its rows come as they are gone through."""
        meanings = {name: meaning for name, (meaning, _) in self.columns.items()}
        return Table(self.name, self.row, meanings, self._rows(session, survey, names))

    def _rows(self, session: Session, survey: Survey, names: Names) -> Iterator[Row]:
        columns = {name: column for name, (_, column) in self.columns.items()}
        stored = {name: one for name, one in columns.items() if not isinstance(one, Told)}
        stored |= self.beside
        asked = (
            select(*stored.values())
            .select_from(self.source)
            .where(self.of == survey.id)
            .order_by(*self.order)
            .execution_options(**IN_PARTS)
        )
        for row in session.execute(asked):
            values = dict(zip(stored, row, strict=True))
            yield tuple(
                one.say(names, *(values[of] for of in one.of))
                if isinstance(one, Told)
                else values[name]
                for name, one in columns.items()
            )
