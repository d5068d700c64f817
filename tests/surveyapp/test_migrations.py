"""The migrations make the tables that the models describe, from empty, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp import migrating
from surveyapp.extensions import db, prepare
from surveyapp.models import Base
from tests.surveyapp.building import load_tiny

BEFORE_INTERVIEWS = "0008"
# The columns of a call and its notes that were there before 0009, and are as they were.
NOTES = "SELECT id, interview_id, prompt_code, verbatim, text, original_text, version FROM note"
CALLS = "SELECT id, submission_id, interviewee, held_on, consent_notes, use_level FROM interview"


def test_the_migrations_and_the_models_agree(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        migrating.check(connection)
        tables = set(sa.inspect(connection).get_table_names())

    assert tables == {*Base.metadata.tables, "alembic_version"}


@pytest.fixture
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """An empty database of each kind, for one test that changes its tables."""
    is_file = request.param == "sqlite"
    made = None if is_file else request.getfixturevalue("new_postgres_database")()
    engine = prepare(sa.create_engine(made or f"sqlite:///{tmp_path / 'survey.db'}"))
    yield engine
    engine.dispose()


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"], indirect=True)
def test_interviews_survive_being_arranged_up_and_down(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        migrating.upgrade(connection)
        with Session(connection) as session:
            load_tiny(session)
            session.commit()
        before = kept(connection)
        seconds = column(connection, "second")

        migrating.to(connection, BEFORE_INTERVIEWS)
        below = kept(connection), column(connection, "minute")
        migrating.upgrade(connection)

        assert seconds == [120, 480]
        assert below == (before, [2, 8])
        assert (kept(connection), column(connection, "second")) == (before, seconds)
        migrating.check(connection)


def kept(connection: sa.Connection) -> list[set[sa.Row[tuple[object, ...]]]]:
    return [set(connection.execute(sa.text(words))) for words in (NOTES, CALLS)]


def column(connection: sa.Connection, name: str) -> list[int]:
    note = sa.table("note", sa.column(name, sa.Integer()))
    return sorted(connection.scalars(sa.select(note.c[name])))
