"""Two people at once: one has the time, and the other hears of it and sees what is left."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from surveyapp import migrating
from surveyapp.config import Settings
from surveyapp.errors import BusyError, SlotTakenError
from surveyapp.extensions import prepare
from surveyapp.interview import arranging, slots
from surveyapp.models import Interview, InterviewSlot
from tests.surveyapp.building import NOON, load_tiny, somebody, submission_of
from tests.surveyapp.interview.appointed import PLACE, act, arranged, at, offered
from tests.surveyapp.racing import Act, overlapping

pytestmark = pytest.mark.races
SETTINGS = Settings()


@pytest.fixture(params=["sqlite", "postgresql"])
def sessions(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sessionmaker[Session]]:
    """Sessions, each with a connection of its own; Iris offers two times, and asks two people."""
    url = f"sqlite:///{tmp_path / 'race.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("new_postgres_database")()
    engine = prepare(sa.create_engine(url))
    with engine.connect() as connection:
        migrating.upgrade(connection)
    made = sessionmaker(engine)
    with made() as session:
        load_tiny(session)
        iris = somebody(session, "Iris Notes")
        for name in ("Birch", "Alder"):
            offered(session, submission_of(session, name), iris, 9, 11)
            arranged(session, submission_of(session, name), act(iris, SETTINGS))
        session.commit()
    yield made
    engine.dispose()


def interview_of(session: Session, authority: str) -> Interview:
    asked = sa.select(Interview).where(
        Interview.submission == submission_of(session, authority), Interview.held_on.is_(None)
    )
    return session.scalars(asked).one()


def booking(authority: str) -> Act:
    """Book the earlier of the two times for an authority."""

    def book(session: Session) -> None:
        interview = interview_of(session, authority)
        slot = session.scalars(sa.select(InterviewSlot).order_by(InterviewSlot.starts_at)).first()
        assert slot is not None
        doing = act(somebody(session, "Iris Notes"), SETTINGS)
        arranging.book(session, interview, slot.id, PLACE, doing)

    return book


def test_of_two_who_book_one_time_the_first_has_it(sessions: sessionmaker[Session]) -> None:
    second = overlapping(sessions, booking("Birch"), booking("Alder"))

    assert isinstance(second.exception(), SlotTakenError)
    with sessions() as session:
        assert interview_of(session, "Birch").starts_at == at(9)
        other = interview_of(session, "Alder")
        assert other.starts_at is None
        assert [one.starts_at for one in slots.free(session, other, NOON)] == [at(11)]


def test_of_two_who_arrange_for_one_interviewer_the_second_hears_of_the_first(
    sessions: sessionmaker[Session],
) -> None:
    def arrange(authority: str, minute: int) -> Act:
        return lambda session: arranged(
            session,
            submission_of(session, authority),
            act(somebody(session, "Iris Notes"), SETTINGS),
            at(14, minute),
        )

    second = overlapping(sessions, arrange("Birch", 0), arrange("Alder", 30))

    assert isinstance(second.exception(), BusyError)


def test_a_time_cannot_be_withdrawn_under_whoever_books_it(
    sessions: sessionmaker[Session],
) -> None:
    gone = []

    def withdraw(session: Session) -> None:
        slot = session.scalars(sa.select(InterviewSlot).order_by(InterviewSlot.starts_at)).first()
        assert slot is not None
        gone.append(slots.withdraw(session, slot, NOON))

    overlapping(sessions, booking("Birch"), withdraw).result()

    assert gone == [False]
