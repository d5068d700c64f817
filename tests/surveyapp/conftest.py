"""The application on both databases, a session undone after each test, and a client that checks."""

import shutil
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from surveyapp import create_app, migrating, people
from surveyapp.config import Settings
from surveyapp.extensions import db, limiter
from surveyapp.models import Person, Submission, Survey
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


@pytest.fixture(scope="session")
def furnished(
    settings: Settings, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A second database of the same kind, with the tiny region in it.

    Most tests begin with it, and loading it takes many times as long as they do.
    """
    folder = tmp_path_factory.mktemp("furnished")
    new = request.getfixturevalue("new_postgres_database") if settings.database_url else str
    app = create_app(Settings(database_url=new(), instance=folder))
    with app.app_context():
        with db.engine.connect() as connection:
            migrating.upgrade(connection)
        building.load_tiny(db.session)
        db.session.commit()
        engine = db.engine
    # Not within its context: to whatever runs meanwhile, that would be the application.
    yield engine
    engine.dispose()


@pytest.fixture
def session(app: Flask, request: pytest.FixtureRequest) -> Iterator[Session]:
    """A session in which every commit is a savepoint, undone after the test.

    The database is empty, unless the test asks for the survey too.
    """
    is_furnished = "survey" in request.fixturenames
    furnished: Engine | None = request.getfixturevalue("furnished") if is_furnished else None
    with app.app_context():
        connection = (furnished or db.engine).connect()
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
def survey(session: Session, settings: Settings) -> Iterator[Survey]:
    """The tiny region's survey; files that a test keeps for it are undone with the rest."""
    yield session.scalars(select(Survey)).one()
    for folder in (one for one in settings.instance.iterdir() if one.is_dir()):
        shutil.rmtree(folder)


@pytest.fixture
def birch(session: Session, survey: Survey) -> Submission:
    """A return in progress: one rating not known, one choice."""
    return building.submission_of(session, "Birch")


@pytest.fixture
def consultant(session: Session) -> Person:
    """Somebody who runs the survey."""
    person = people.know(session, "kay@trees.example", "Kay Runs", "consultant")
    session.commit()
    return person


@pytest.fixture
def staff(client: CheckingClient, consultant: Person) -> CheckingClient:
    """The consultant's browser, signed in with both steps."""
    client.sign_in(consultant)
    return client
