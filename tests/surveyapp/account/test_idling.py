"""A page left open does not keep anybody signed in; somebody who types does."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.guards import ASKED_BY_THE_PAGE
from surveyapp.models import Person, Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import somebody


@pytest.fixture
def cy(session: Session, birch: Submission) -> Person:
    """One of those who complete Birch's return, who has agreed to who sees what."""
    return somebody(session)


def test_what_a_page_asks_for_by_itself_is_there(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} >= ASKED_BY_THE_PAGE


@pytest.mark.parametrize("what", ["here", "typing"])
def test_only_somebody_who_does_something_lengthens_a_session(
    what: str, client: CheckingClient, cy: Person, birch: Submission
) -> None:
    client.sign_in(cy)

    answer = client.post(f"/r/{birch.id}/sections/S01/{what}", data={"S01.4:seen": "0"})

    assert answer.status_code == 200, answer.text
    assert ("Set-Cookie" in answer.headers) is (what == "typing")


def test_words_looked_through_while_a_form_is_sent_leave_its_cookie_alone(
    client: CheckingClient, cy: Person
) -> None:
    """Else an answer that is late would take away what the form was answered with."""
    client.sign_in(cy)

    answer = client.post("/noticing/", data={"form": "/account/", "box": "name", "text": "Zoe, 9"})

    assert answer.status_code == 200, answer.text
    assert "Set-Cookie" not in answer.headers


def test_a_page_left_open_is_signed_out_in_the_end(
    client: CheckingClient, cy: Person, birch: Submission, app: Flask
) -> None:
    """The cookie itself says when it was written; that it is not written again is what ends it."""
    client.sign_in(cy)
    shown = {"X-CSRFToken": client.token()}
    client.forges = True  # getting a token anew would write the cookie anew
    before = client.get_cookie("session")
    for _ in range(3):
        client.post(f"/r/{birch.id}/sections/S01/here", headers=shown)

    after = client.get_cookie("session")

    assert before is not None
    assert after is not None
    assert after.value == before.value


def test_reading_lengthens_a_session(client: CheckingClient, cy: Person, birch: Submission) -> None:
    client.sign_in(cy)

    assert "Set-Cookie" in client.get("/account/").headers
