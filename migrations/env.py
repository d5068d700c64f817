"""Runs the migrations against the database that the settings, or the caller, name."""

import sqlalchemy as sa
from alembic import context

from surveyapp.config import Settings
from surveyapp.extensions import prepare
from surveyapp.models import Base
from surveyapp.models.base import UtcDateTime


def plain_type(_kind: str, item: object, _context: object) -> str | bool:
    """Write our own column types as SQLAlchemy's, so that a migration outlives our code."""
    return "sa.DateTime(timezone=True)" if isinstance(item, UtcDateTime) else False


def run(connection: sa.Connection) -> None:
    """Bring one database to the version asked for."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_server_default=True,
        render_item=plain_type,
        # SQLite changes a column by copying the table.
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_by_settings() -> None:
    """Connect to the database of the settings, as the `alembic` command does."""
    settings = Settings()
    settings.instance.mkdir(parents=True, exist_ok=True)
    engine = prepare(sa.create_engine(settings.engine_url))
    with engine.connect() as connection:
        run(connection)
    engine.dispose()


given: sa.Connection | None = context.config.attributes.get("connection")
if given is None:
    run_by_settings()
else:
    run(given)
