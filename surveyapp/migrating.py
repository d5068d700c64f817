"""The database brought to the version that the models expect."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from surveyapp.config import ROOT


def upgrade(connection: sa.Connection) -> None:
    """Bring an empty or older database up to date."""
    command.upgrade(_config(connection), "head")


def to(connection: sa.Connection, revision: str) -> None:
    """Take a database back to an older version; what that cannot hold is lost."""
    command.downgrade(_config(connection), revision)


def check(connection: sa.Connection) -> None:
    """Fail where the models and the migrations tell different stories."""
    command.check(_config(connection))


def _config(connection: sa.Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config
