"""The application on both databases, a session undone after each test, and a client that checks."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp import create_app, migrating
from surveyapp.config import Settings
from surveyapp.extensions import db, limiter
from surveyapp.models import Submission, Survey
from tests.surveyapp import building
from tests.surveyapp.browsing import CheckingClient


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database: the default kind, and PostgreSQL."""
    if request.param == "sqlite":
        return ""
    url: str = request.getfixturevalue("new_postgres_database")()
    return url


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings that keep everything in a folder of the test run."""
    folder = tmp_path_factory.mktemp("instance")
    return Settings(database_url=database_url, instance=folder, review_file=folder / "review.docx")


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    """The application, its database brought up to date by the migrations."""
    app = create_app(settings)
    app.test_client_class = CheckingClient
    app.testing = True
    with app.app_context(), db.engine.connect() as connection:
        migrating.upgrade(connection)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session in which every commit is a savepoint, undone after the test."""
    with app.app_context():
        connection = db.engine.connect()
        transaction = connection.begin()
        before = db.sessionmaker.kw.copy()
        db.sessionmaker.configure(bind=connection, join_transaction_mode="create_savepoint")
        try:
            yield db.session
        finally:
            db.session.close()
            db.sessionmaker.configure(**before)
            transaction.rollback()
            connection.close()


@pytest.fixture
def client(app: Flask, session: Session) -> CheckingClient:
    """A browser without scripts that checks every page it is given."""
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    client.session = session
    limiter.reset()
    return client


@pytest.fixture
def survey(session: Session) -> Survey:
    """The tiny region's survey."""
    return building.load_tiny(session)


@pytest.fixture
def birch(session: Session, survey: Survey) -> Submission:
    """A return in progress: one rating not known, one choice."""
    return building.submission_of(session, "Birch")
