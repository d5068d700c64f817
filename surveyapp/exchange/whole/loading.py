"""A whole survey loaded from its file: all of it, or nothing."""

import base64
import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any, Final

import sqlalchemy as sa
from sqlalchemy import Table, insert, select, update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from surveyapp import files
from surveyapp.errors import SurveyError
from surveyapp.exchange.whole import carried
from surveyapp.exchange.whole.writing import FORMAT, version
from surveyapp.models import Survey

Row = dict[str, Any]
Keys = dict[str, dict[object, object]]
"""For shared tables: which row of this system stands for one of the file's."""
# What tells that a shared row is here already.
KNOWN_BY: Final = {
    "authority": "code",
    "person": "email",
    "snapshot": "content_hash",
}
AT_ONCE: Final = 500


class UnfitError(SurveyError):
    """A file that cannot be loaded here; nothing of it has been."""


def load(session: Session, file: IO[bytes], kept: Path) -> Survey:
    """Load a survey that `write` wrote, and return it; `kept` is where given files go.

    People who are known here by their address stay as they are, and nobody becomes staff: whoever
    runs this system gives rights. The caller commits. Raises UnfitError, before or after some rows
    are written; the caller then rolls back.
    """
    given = _read(file)
    if given.get("format") != FORMAT:
        raise UnfitError("This is no file of a whole survey. Choose the one made under Exchange.")
    if given["version"] != version(session):
        raise UnfitError(
            f"The file was made by version {given['version']} of the tables, and this system has "
            f"{version(session)}. Bring the older of the two up to date, and make the file again."
        )
    try:
        return _load(session, given, kept)
    except (IntegrityError, StatementError, KeyError, TypeError, ValueError) as error:
        raise UnfitError("The file is damaged: its parts do not fit together.") from error


def _read(file: IO[bytes]) -> dict[str, Any]:
    try:
        found = json.load(file)
    except ValueError as error:
        raise UnfitError("The file is damaged: it is no JSON. Make it again.") from error
    if not isinstance(found, dict):
        raise UnfitError("This is no file of a whole survey. Choose the one made under Exchange.")
    return found


def _load(session: Session, given: Mapping[str, Any], kept: Path) -> Survey:
    tables: Mapping[str, list[Row]] = given["tables"]
    (one,) = tables["survey"]
    code = str(one["code"])
    if session.scalars(select(Survey.id).where(Survey.code == code)).first() is not None:
        raise UnfitError(f"There is a survey with the code {code} here already.")
    stored = {
        key: files.put(kept, base64.b64decode(packed, validate=True))
        for key, packed in given["files"].items()
    }
    try:
        _fill(session, tables, stored)
    except Exception:
        for key in stored.values():
            files.delete(kept, key)
        raise
    return session.scalars(select(Survey).where(Survey.code == code)).one()


def _fill(session: Session, tables: Mapping[str, list[Row]], stored: Mapping[str, str]) -> None:
    keys: Keys = {}
    for table in carried.tables():
        rows = [_typed(table, row) for row in tables[table.name]]
        if table.name == "upload":
            for row in rows:
                row["file_key"] = stored.get(row["file_key"], row["file_key"])
        _point(table, rows, keys)
        if table.name in carried.SHARED:
            rows = _unknown(session, table, rows, keys)
        _insert(session, table, rows)


def _typed(table: Table, row: Row) -> Row:
    """Return a row as the database takes it; a column that is not there is a KeyError."""
    return {column.name: _value(column, row[column.name]) for column in table.columns}


def _value(column: sa.Column[Any], value: object) -> object:
    if value is None or not isinstance(value, str):
        return value
    stored = column.type
    kind = (stored.impl_instance if isinstance(stored, sa.TypeDecorator) else stored).python_type
    if kind is uuid.UUID:
        return uuid.UUID(value)
    if kind in (dt.datetime, dt.date):
        return kind.fromisoformat(value)
    return value


def _point(table: Table, rows: Iterable[Row], keys: Keys) -> None:
    """Let rows refer to those of this system that stand for the file's."""
    for column in table.columns:
        for key in column.foreign_keys:
            stands = keys.get(key.column.table.name, {})
            for row in rows:
                row[column.name] = stands.get(row[column.name], row[column.name])


def _unknown(session: Session, table: Table, rows: list[Row], keys: Keys) -> list[Row]:
    """Return the shared rows that are not here yet, and note which rows stand for the others."""
    known_by = KNOWN_BY[table.name]
    (primary,) = table.primary_key.columns
    known = {row[0]: row[1] for row in session.execute(select(table.c[known_by], primary))}
    keys[table.name] = {
        row[primary.name]: known[row[known_by]] for row in rows if row[known_by] in known
    }
    return [row for row in rows if row[known_by] not in known]


def _insert(session: Session, table: Table, rows: list[Row]) -> None:
    """Insert rows; what refers to its own table is pointed there once all of them are there."""
    own = [
        column.name
        for column in table.columns
        if any(key.column.table is table for key in column.foreign_keys)
    ]
    (primary, *_) = table.primary_key.columns
    later = [(row[primary.name], {name: row[name] for name in own}) for row in rows if own]
    for row in rows:
        row |= dict.fromkeys(own)
    for start in range(0, len(rows), AT_ONCE):
        session.execute(insert(table), rows[start : start + AT_ONCE])
    for key, values in later:
        if any(values.values()):
            session.execute(update(table).where(primary == key).values(values))
