"""Two people at once at the end of a return: one of them succeeds, and the other hears of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from surveyapp import migrating
from surveyapp.errors import NotSubmittedError, UseLevelConflictError
from surveyapp.extensions import prepare
from surveyapp.models import Reopening, SectionState
from surveyapp.respond import services as respond
from tests.surveyapp.building import load_tiny, submission_of
from tests.surveyapp.racing import Act, acted, overlapping
from tests.surveyapp.rounds import consultant, reopen, submit

pytestmark = pytest.mark.races


@pytest.fixture(params=["sqlite", "postgresql"])
def sessions(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sessionmaker[Session]]:
    """Sessions, each with a connection of its own; Birch's return has been handed in."""
    url = f"sqlite:///{tmp_path / 'race.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("new_postgres_database")()
    engine = prepare(sa.create_engine(url))
    with engine.connect() as connection:
        migrating.upgrade(connection)
    made = sessionmaker(engine)
    with made() as session:
        load_tiny(session)
        consultant(session)
        session.commit()
    yield made
    engine.dispose()


def test_of_two_who_open_a_return_again_one_does(sessions: sessionmaker[Session]) -> None:
    acted(sessions, lambda session: submit(session, submission_of(session, "Birch")))

    def press(session: Session) -> None:
        reopen(session, submission_of(session, "Birch"))

    second = overlapping(sessions, press, press)

    assert isinstance(second.exception(), NotSubmittedError)
    with sessions() as session:
        assert len(session.scalars(sa.select(Reopening)).all()) == 1


def test_of_two_who_say_how_words_may_be_used_the_second_hears_of_the_first(
    sessions: sessionmaker[Session],
) -> None:
    def choose(use_level: str) -> Act:
        return lambda session: respond.set_use_level(
            session, submission_of(session, "Birch"), "S01", use_level, seen=""
        )

    second = overlapping(sessions, choose("withheld"), choose("named"))

    refused = second.exception()
    assert isinstance(refused, UseLevelConflictError)
    assert refused.stands == "withheld"
    with sessions() as session:
        birch = submission_of(session, "Birch")
        assert session.get_one(SectionState, (birch.id, "S01")).use_level == "withheld"
