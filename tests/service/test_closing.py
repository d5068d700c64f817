"""A save, a submission and a close that meet: the words are kept either way, and people are told.

One of the two is held open in a transaction of its own while the other comes in as a request.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp.coordinate import services as coordinate
from surveyapp.extensions import begin_writing
from surveyapp.models import Answer, Unsaved
from surveyapp.respond import handing_in
from tests.service.conftest import birch_of
from tests.service.hands import keys_of
from tests.service.serving import Service
from tests.surveyapp.building import NOON, save, somebody

pytestmark = pytest.mark.races
PATIENCE = 10
FIGURE = {"S01.4:seen": "0", "S01.4:number": "4711"}
Act = Callable[[Session], object]


def submit(session: Session) -> None:
    handing_in.hand_in(session, birch_of(session), somebody(session), NOON)


def close(session: Session) -> None:
    coordinate.close_survey(session, birch_of(session).survey, NOON)


def write(session: Session) -> None:
    save(session, birch_of(session), "S01.4", {"number": 4711})


def post(served: Service, path: str, form: Mapping[str, str]) -> TestResponse:
    """Send a form as Birch's coordinator."""
    with served.sessions()() as session:
        cookie, token = keys_of(served.app, somebody(session))
        address = f"/r/{birch_of(session).id}/{path}"
    browser = served.app.test_client()
    browser.set_cookie("session", cookie)
    return browser.post(address, data={**form, "csrf_token": token})


@contextmanager
def meeting(
    served: Service, first: Act, path: str, form: Mapping[str, str]
) -> Iterator[Future[TestResponse]]:
    """Let a request come in while the first has written and not yet committed."""
    with served.sessions()() as session, ThreadPoolExecutor(1) as other:
        begin_writing(session)
        first(session)
        coming = other.submit(post, served, path, form)
        threading.Event().wait(0.3)
        yield coming
        session.commit()
        coming.result(PATIENCE)


def figures(served: Service) -> tuple[list[object], list[object]]:
    """Return what the return says under the figure, and what is kept beside it."""
    with served.sessions()() as session:
        birch = birch_of(session)
        found = [
            session.scalars(
                select(table.value).where(
                    table.submission_id == birch.id, table.question_code == "S01.4"
                )
            )
            for table in (Answer, Unsaved)
        ]
        stored, kept = ([row["number"] for row in rows] for rows in found)
        return stored, kept


@pytest.mark.parametrize("path", ["sections/S01", "sections/S01/typing"])
def test_words_that_meet_a_submission_are_kept_beside_it(served: Service, path: str) -> None:
    with meeting(served, submit, path, FIGURE) as coming:
        assert not coming.done(), "It must wait for what the submission says."

    answer = coming.result()
    assert answer.status_code == 409
    assert "submitted already" in answer.text
    assert figures(served) == ([], ["4711"])


def test_a_submission_that_meets_words_takes_them_along(served: Service) -> None:
    with meeting(served, write, "submit", {"declared": "yes"}) as coming:
        assert not coming.done(), "It must wait for the words."

    assert coming.result().status_code == 303
    assert figures(served) == ([4711], [])
    with served.sessions()() as session:
        assert birch_of(session).submitted_at is not None


def test_of_two_submissions_the_second_is_told_of_the_first(served: Service) -> None:
    with meeting(served, submit, "submit", {"declared": "yes"}) as coming:
        assert not coming.done()
        with served.sessions()() as session:
            assert birch_of(session).reference is None

    assert coming.result().status_code == 409
    assert "submitted already" in coming.result().text
    with served.sessions()() as session:
        birch = birch_of(session)
        assert birch.submitted_at == NOON
        assert birch.reference is not None


@pytest.mark.parametrize("path", ["sections/S01", "sections/S01/typing"])
def test_words_that_meet_the_close_are_where_their_writer_is_told(
    served: Service, path: str
) -> None:
    with meeting(served, close, path, FIGURE) as coming:
        pass

    answer = coming.result()
    if answer.status_code == 409:
        assert "This survey is not open" in answer.text
        assert figures(served) == ([], ["4711"])
    else:
        assert answer.status_code == (200 if path.endswith("typing") else 303)
        assert figures(served) == ([4711], [])
