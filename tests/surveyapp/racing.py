"""Two people who act on one row at the same moment, each with a connection of their own."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from sqlalchemy.orm import Session, sessionmaker

from surveyapp.extensions import begin_writing

PATIENCE = 10
Act = Callable[[Session], object]


def acted(sessions: sessionmaker[Session], act: Act, before: Act = lambda _: None) -> None:
    """Act as a request would."""
    with sessions() as session:
        begin_writing(session)
        act(session)
        before(session)
        session.commit()


def overlapping(sessions: sessionmaker[Session], first: Act, second: Act) -> Future[None]:
    """Let the second begin while the first has written and not yet committed."""
    has_written, may_commit = threading.Event(), threading.Event()

    def hold(_: Session) -> None:
        has_written.set()
        assert may_commit.wait(PATIENCE)

    with ThreadPoolExecutor(2) as people:
        one = people.submit(acted, sessions, first, hold)
        assert has_written.wait(PATIENCE)
        two = people.submit(acted, sessions, second)
        with pytest.raises(TimeoutError):
            two.result(timeout=0.3)  # it waits its turn
        may_commit.set()
    one.result()
    return two
