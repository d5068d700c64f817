"""Which tables a survey's file carries, whose rows of them, and why others stay behind."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Table, select

from surveyapp.models import Base

Rows = sa.Select[Any]

# What others refer to: of these only the rows that a survey needs.
SHARED: Final = ("authority", "person", "snapshot")
# What would open a door, or is made again.
LEFT: Final[Mapping[str, str]] = {
    "audit_event": "the trail of what was done in this system",
    "build": "built again",
    "cell": "derived again",
    "derivation": "derived again",
    "emerging": "derived again",
    "export": "made again",
    "inspected": "looked through again",
    "learning": "measured again",
    "link": "opens a door here",
    "link_check": "asked again",
    "mail": "sent from here",
    "mark": "found again",
    "passage": "derived again",
    "passkey": "opens a door here",
    "presence": "tells who is here now",
    "recovery_code": "opens a door here",
    "response": "derived again",
    "staff_key": "opens a door here",
    "tag": "derived again",
}
# What is left out of a row: rights are given by whoever runs the other system.
BLANK: Final = {("person", "staff_role"), ("person", "signed_out_at"), ("member_check", "build_id")}
# How a row belongs to a survey: by the first of these that it refers to.
OWNERS: Final = ("submission", "interview", "answer", "note", "finding", "member_check", "survey")


def tables() -> list[Table]:
    """Return the tables that are carried, what is referred to before what refers to it."""
    return [table for table in Base.metadata.sorted_tables if table.name not in LEFT]


def rows(table: Table, survey_id: uuid.UUID) -> Rows:
    """Return the rows of a table that a survey's file carries, in a lasting order."""
    found = select(table).order_by(*table.primary_key.columns)
    if table.name in SHARED:
        return found.where(_key(table).in_(_referred(table, survey_id)))
    return found.where(_owned(table, survey_id))


def _key(table: Table) -> sa.Column[Any]:
    (column,) = table.primary_key.columns
    return column


def _owned(table: Table, survey_id: uuid.UUID) -> sa.ColumnElement[bool]:
    """Return which rows of a table are a survey's."""
    if table.name == "survey":
        return table.c.id == survey_id
    for owner in ("survey", *OWNERS):
        for column in table.columns:
            for key in column.foreign_keys:
                if key.column.table.name == owner:
                    whole = key.column.table
                    return column.in_(select(_key(whole)).where(_owned(whole, survey_id)))
    raise ValueError(f"Nobody has said how {table.name} belongs to a survey.")


def _referred(table: Table, survey_id: uuid.UUID) -> sa.CompoundSelect[Any]:
    """Return the keys of shared rows that carried rows refer to."""
    return sa.union(*(_asked(column, survey_id) for column in _referring(table)))


def _asked(column: sa.Column[Any], survey_id: uuid.UUID) -> sa.Select[Any]:
    return select(column).where(_owned(column.table, survey_id), column.is_not(None))


def _referring(table: Table) -> Iterator[sa.Column[Any]]:
    for other in tables():
        if other.name not in SHARED:
            for column in other.columns:
                if any(key.column.table is table for key in column.foreign_keys):
                    yield column
