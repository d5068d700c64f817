"""A database with the tiny region, its mail cleared after each test, and a real mail server."""

import socket
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from sqlalchemy.orm import Session, sessionmaker

from surveyapp import migrating
from surveyapp.extensions import prepare
from surveyapp.models import Link, Mail
from tests.surveyapp.building import load_tiny
from tests.surveyapp.mail.posting import Mailbox


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sa.Engine]:
    """A database with the tiny region, whose people may be written to."""
    url = f"sqlite:///{tmp_path_factory.mktemp('mail') / 'mail.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("new_postgres_database")()
    engine = prepare(sa.create_engine(url))
    with engine.connect() as connection:
        migrating.upgrade(connection)
    with Session(engine) as session:
        load_tiny(session).is_example = False
        session.commit()
    yield engine
    engine.dispose()


@pytest.fixture
def sessions(engine: sa.Engine) -> Iterator[sessionmaker[Session]]:
    """Sessions, each with a connection of its own."""
    yield sessionmaker(engine)
    with Session(engine) as session:
        session.execute(sa.delete(Mail))
        session.execute(sa.delete(Link))
        session.commit()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real mail server on this machine, and what it was given."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    mailbox = Mailbox(port)
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield mailbox
    controller.stop()
