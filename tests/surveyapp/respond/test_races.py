"""Two people at once, on separate connections: nobody's acknowledged words are lost."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from surveyapp import migrating
from surveyapp.errors import AnswerConflictError
from surveyapp.extensions import begin_writing, prepare
from surveyapp.models import Answer, AnswerRevision, SectionState
from tests.surveyapp.building import load_tiny, save, submission_of

Value = dict[str, object]
PATIENCE = 10


@pytest.fixture(params=["sqlite", "postgresql"])
def sessions(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sessionmaker[Session]]:
    """Sessions, each with a connection of its own, on a database with the tiny region."""
    url = f"sqlite:///{tmp_path / 'race.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("new_postgres_database")()
    engine = prepare(sa.create_engine(url))
    with engine.connect() as connection:
        migrating.upgrade(connection)
    made = sessionmaker(engine)
    with made() as session:
        load_tiny(session)
        session.commit()
    yield made
    engine.dispose()


def saved(
    sessions: sessionmaker[Session],
    code: str,
    value: Value,
    seen: int,
    before_commit: Callable[[], object] = lambda: None,
) -> int:
    """Save an answer of Birch's as a request would, and return its version."""
    with sessions() as session:
        begin_writing(session)
        answer = save(session, submission_of(session, "Birch"), code, value, seen=seen)
        before_commit()
        session.commit()
        return answer.version


def overlapping(
    sessions: sessionmaker[Session], first: tuple[str, Value, int], second: tuple[str, Value, int]
) -> tuple[Future[int], Future[int]]:
    """Let the second save begin while the first has written and not yet committed."""
    has_written, may_commit = threading.Event(), threading.Event()

    def hold() -> None:
        has_written.set()
        assert may_commit.wait(PATIENCE)

    with ThreadPoolExecutor(2) as people:
        one = people.submit(saved, sessions, *first, hold)
        assert has_written.wait(PATIENCE)
        two = people.submit(saved, sessions, *second)
        with pytest.raises(TimeoutError):
            two.result(timeout=0.3)  # it waits its turn: it neither fails nor overtakes
        may_commit.set()
    return one, two


@pytest.mark.parametrize(("code", "seen"), [("S01.4", 0), ("S01.3", 1)])
def test_of_two_changes_to_one_answer_the_second_hears_of_the_first(
    code: str, seen: int, sessions: sessionmaker[Session]
) -> None:
    values: tuple[Value, Value] = ({"number": 1}, {"number": 2})
    if code == "S01.3":
        values = ({"options": ["school"]}, {"options": ["school", "health"]})

    one, two = overlapping(sessions, (code, values[0], seen), (code, values[1], seen))

    assert one.result() == seen + 1
    conflict = two.exception()
    assert isinstance(conflict, AnswerConflictError)
    assert (conflict.mine, conflict.theirs.value) == (values[1], values[0])
    with sessions() as session:
        birch = submission_of(session, "Birch")
        answer = session.scalars(
            sa.select(Answer).where(Answer.submission_id == birch.id, Answer.question_code == code)
        ).one()
        kept = sa.select(AnswerRevision.version).where(AnswerRevision.answer_id == answer.id)
        assert (answer.value, answer.version) == (values[0], seen + 1)
        assert sorted(session.scalars(kept)) == list(range(1, seen + 2))


def test_two_answers_in_one_section_are_both_counted(sessions: sessionmaker[Session]) -> None:
    audit: Value = {"title": "Audit"}

    one, two = overlapping(sessions, ("S01.4", {"number": 1}, 0), ("S01.5", audit, 0))

    assert (one.result(), two.result()) == (1, 1)
    with sessions() as session:
        birch = submission_of(session, "Birch")
        state = session.get_one(SectionState, (birch.id, "S01"))
        assert (state.answered, state.asked) == (4, 4)


def test_many_people_lose_nothing(sessions: sessionmaker[Session]) -> None:
    """Four people write ten values each into one answer, trying again when they hear of another."""

    def write(person: int) -> list[str]:
        acknowledged = []
        seen = 0
        for number in range(10):
            words = f"{person}-{number}"
            while True:
                try:
                    saved(sessions, "Z1.1.a", {"text": words}, seen)
                except AnswerConflictError as conflict:
                    seen = conflict.theirs.version
                else:
                    acknowledged.append(words)
                    break
        return acknowledged

    with ThreadPoolExecutor(4) as people:
        acknowledged = [words for done in people.map(write, range(4)) for words in done]

    with sessions() as session:
        kept = [
            row["text"] for row in session.scalars(sa.select(AnswerRevision.value)) if "text" in row
        ]
    assert len(acknowledged) == 40
    assert set(acknowledged) <= set(kept)
