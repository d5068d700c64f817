"""The door to the database, on SQLite and PostgreSQL alike, and what keeps strangers' forms out."""

import sqlite3
from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import TypeVar

import sqlalchemy as sa
from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import event
from sqlalchemy.orm import Session

db = SQLAlchemy()
csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address)

PRAGMAS = (
    "PRAGMA journal_mode = WAL",  # a reader never waits for a writer
    "PRAGMA synchronous = FULL",  # what was acknowledged is on the disk
    "PRAGMA secure_delete = ON",  # what was taken back is overwritten, not only let go
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 10000",
)
WRITING = "survey_writing"
READING_FIRST = "survey_reading_first"
View = TypeVar("View", bound=Callable[..., object])
_READS_FIRST: set[Callable[..., object]] = set()


def init_app(app: Flask) -> None:
    """Connect the application to its database, and check where forms come from, and how often."""
    db.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)
    # None of our sessions is asynchronous, and looking for some to close would start an event loop
    # at the end of every request.
    closing = app.teardown_appcontext_funcs
    app.teardown_appcontext_funcs = [one for one in closing if not iscoroutinefunction(one)]
    with app.app_context():
        prepare(db.engine)


def prepare(engine: sa.Engine) -> sa.Engine:
    """Give a SQLite engine our pragmas and honest transactions; leave any other as it is."""
    if engine.dialect.name == "sqlite" and not event.contains(engine, "connect", _on_connect):
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    return engine


def reads_first(view: View) -> View:
    """Mark a view that reads and reckons before it writes, and begins to write by itself.

    SQLite takes one writer at a time, so a view that many people ask for at once must not hold the
    others up while it looks who is there.
    """
    _READS_FIRST.add(view)
    return view


def begin(session: Session, view: Callable[..., object] | None) -> None:
    """Open the transaction of a request that may change something."""
    if view in _READS_FIRST:
        session.info[READING_FIRST] = True
    else:
        begin_writing(session)


def begin_writing(session: Session) -> None:
    """Open a transaction that will write.

    SQLite must know it beforehand: of two that start by reading and go on to write, one would fail
    at once instead of waiting for its turn. So a view that reads first ends its reading here; what
    it has read it still has, and must read again under the lock where it may have changed.
    """
    if session.info.pop(READING_FIRST, False) and session.get_bind().dialect.name == "sqlite":
        _end_reading(session)
    if not session.in_transaction():
        session.connection(execution_options={WRITING: True})


def _end_reading(session: Session) -> None:
    expires = session.expire_on_commit
    session.expire_on_commit = False
    session.commit()
    session.expire_on_commit = expires


def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
    # The driver would begin late, by itself, and savepoints would leak; we begin ourselves.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _on_begin(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
