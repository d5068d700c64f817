"""The ground every table stands on: constraint names, ids, times in UTC, rows that never change."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapper

# JSON that PostgreSQL can search, and that SQLite keeps as text.
Json = sa.JSON().with_variant(JSONB(), "postgresql")


class UtcDateTime(sa.TypeDecorator[dt.datetime]):
    """A moment: it must say its zone going in, and comes back in UTC from every database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: dt.datetime | None, _dialect: sa.Dialect
    ) -> dt.datetime | None:
        """Turn a moment into UTC; a time without a zone is a mistake."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} does not say its time zone.")
        return value.astimezone(dt.UTC)

    def process_result_value(
        self, value: dt.datetime | None, _dialect: sa.Dialect
    ) -> dt.datetime | None:
        """Give the zone back where the database does not keep it."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Base(DeclarativeBase):
    """Every table of the survey."""

    metadata = sa.MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        dt.datetime: UtcDateTime(),
        dict[str, Any]: Json,
        list[str]: Json,
        uuid.UUID: sa.Uuid(),
    }


Row = TypeVar("Row", bound=Base)


def one_of(column: str, values: Iterable[str]) -> sa.CheckConstraint:
    """Return the constraint that a column holds one of these words."""
    words = ", ".join("'{}'".format(value.replace("'", "''")) for value in values)
    return sa.CheckConstraint(f"{column} IN ({words})", name=column)


def never_changes(model: type[Row]) -> type[Row]:
    """Make rows of this table append-only: a change is refused before it reaches the database."""

    def refuse(mapper: Mapper[Any], _connection: sa.Connection, _row: Base) -> None:
        raise ValueError(f"A row of {mapper.local_table} never changes.")

    event.listen(model, "before_update", refuse)
    return model
