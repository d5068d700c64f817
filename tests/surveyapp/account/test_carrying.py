"""Nothing typed is lost when a session is over: it stays on a page, ready to be sent again."""

import html
import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.guards import LONGEST_SECONDS, SINCE
from surveyapp.models import Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import somebody

WORDS = 'We <b>asked</b> 15 parents.\r\n\r\nThey said: "no" & left.'


@pytest.fixture
def address(birch: Submission) -> str:
    return f"/r/{birch.id}/sections/S01?page=2"


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page, re.DOTALL)
    return {html.unescape(name): html.unescape(value) for name, value in found}


@pytest.mark.parametrize("age", ["fresh", "old"])
def test_signed_out_a_form_is_kept_on_the_page(
    age: str, client: CheckingClient, address: str
) -> None:
    client.forges = age == "old"

    page = client.post(address, data={"S01.2:text": WORDS, "csrf_token": "old"})

    assert page.status_code == 401
    assert f'action="{address}"' in page.text
    assert hidden(page.text)["S01.2:text"] == WORDS
    assert "Sign in to save what you typed" in page.text


def test_a_form_with_an_old_token_is_kept_on_the_page(
    client: CheckingClient, session: Session, address: str
) -> None:
    client.sign_in(somebody(session))
    client.forges = True

    page = client.post(address, data={"S01.2:text": WORDS, "csrf_token": "old"})

    assert page.status_code == 400
    assert hidden(page.text)["S01.2:text"] == WORDS
    assert "Select the button once more" in page.text


def test_the_page_that_kept_it_can_send_it(
    client: CheckingClient, session: Session, birch: Submission
) -> None:
    client.sign_in(somebody(session))
    client.forges = True
    page = client.post("/account/sign-out", data={"a": "b"}).text

    answer = client.post("/account/sign-out", data=hidden(page))

    assert answer.location == "/account/signed-out"


def test_a_form_of_another_site_is_not_helped_along(
    client: CheckingClient, session: Session, address: str
) -> None:
    client.sign_in(somebody(session))
    client.forges = True

    page = client.post(address, data={"a": WORDS}, headers={"Sec-Fetch-Site": "cross-site"})

    assert page.status_code == 400
    assert "a" not in hidden(page.text)


def test_scripts_are_told_in_data(client: CheckingClient, address: str) -> None:
    answer = client.post(address, data={"a": "b"}, headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json) == (401, {"error": "sign in"})


def test_a_session_ends_however_busy(
    client: CheckingClient, session: Session, birch: Submission
) -> None:
    client.sign_in(somebody(session))
    with client.session_transaction() as kept:
        kept[SINCE] -= LONGEST_SECONDS + 1

    assert client.get("/account/").status_code == 401


def test_a_session_ends_by_itself(
    client: CheckingClient, session: Session, birch: Submission, app: Flask
) -> None:
    client.sign_in(somebody(session))
    lasting = app.permanent_session_lifetime
    app.permanent_session_lifetime = lasting * 0 - lasting
    try:
        assert client.get("/account/").status_code == 401
    finally:
        app.permanent_session_lifetime = lasting
