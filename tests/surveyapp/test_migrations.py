"""The migrations make the tables that the models describe, from empty, on both databases."""

import sqlalchemy as sa
from flask import Flask

from surveyapp import migrating
from surveyapp.extensions import db
from surveyapp.models import Base


def test_the_migrations_and_the_models_agree(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        migrating.check(connection)
        tables = set(sa.inspect(connection).get_table_names())

    assert tables == {*Base.metadata.tables, "alembic_version"}
