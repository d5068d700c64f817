"""The database is durable, keeps its references, and knows beforehand who is going to write."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from surveyapp import create_app
from surveyapp.config import Settings
from surveyapp.extensions import WRITING, db


def test_what_sqlite_acknowledges_is_on_the_disk(tmp_path: Path) -> None:
    app = create_app(Settings(instance=tmp_path))
    with app.app_context(), db.engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "busy_timeout": 10000,
    }


@pytest.mark.parametrize(("method", "writes"), [("GET", False), ("HEAD", False), ("POST", True)])
def test_a_request_that_may_write_says_so_first(method: str, *, writes: bool, app: Flask) -> None:
    with app.test_request_context(method=method):
        app.preprocess_request()

        assert db.session.in_transaction() is writes
        options = db.session.connection().get_execution_options()
        assert options.get(WRITING, False) is writes


def test_a_savepoint_that_is_undone_leaves_nothing(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        connection.execute(sa.text("CREATE TABLE trial (n INTEGER)"))
        savepoint = connection.begin_nested()
        connection.execute(sa.text("INSERT INTO trial VALUES (1)"))
        savepoint.rollback()
        left = connection.execute(sa.text("SELECT count(*) FROM trial")).scalar()
        connection.rollback()

    assert left == 0
