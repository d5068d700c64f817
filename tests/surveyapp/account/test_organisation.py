"""Staff sign in with their organisation, against a real OpenID Connect service on this machine."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.account.routes import organisation
from surveyapp.account.routes.elsewhere import ARRIVED, ARRIVED_SECONDS
from surveyapp.config import Settings
from surveyapp.models import AuditEvent, Person
from tests.surveyapp.account import provider as providers
from tests.surveyapp.account.provider import Provider
from tests.surveyapp.browsing import CheckingClient

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
GO, BACK = "/account/organisation", "/account/organisation/back"
NOBODY_LISTENS = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with providers.running() as running:
        yield running


@pytest.fixture
def use(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """A function that sets the application up with an organisation."""

    def act(issuer: str) -> None:
        changed = Settings(
            instance=Path(settings.instance),
            oidc_issuer=issuer,
            oidc_client_id="survey",
            oidc_client_secret="secret",
            oidc_name="Tarn Council",
        )
        monkeypatch.setitem(app.config, "SETTINGS", changed)
        organisation.init_app(app, changed)

    yield act
    organisation.init_app(app, settings)


@pytest.fixture
def browser(
    use: object, provider: Provider, client: CheckingClient, staff: Person
) -> CheckingClient:
    """The browser of somebody whose organisation is set up; Ada has an account there."""
    assert callable(use)
    use(provider.issuer)
    provider.has("ada", email="Ada@Tarn.example", email_verified=True)
    return client


def set_out(browser: CheckingClient) -> str:
    answer = browser.get(GO)
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def arrive(browser: CheckingClient, provider: Provider, subject: str = "ada") -> str:
    back = provider.let_in(set_out(browser), subject)
    assert back.startswith(f"http://127.0.0.1:8000{BACK}?")
    return path(back)


def people(session: Session) -> int:
    return session.scalars(select(func.count(Person.id))).one()


def test_staff_are_recognised_and_strongly_in(
    browser: CheckingClient, provider: Provider, session: Session, staff: Person
) -> None:
    assert "Sign in with Tarn Council" in browser.get("/account/sign-in").text

    page = browser.get(arrive(browser, provider))

    assert "Continue as Ada Tarn" in page.text
    assert browser.get("/account/").status_code == 401, "Coming back does not let in by itself."
    assert staff.oidc_subject is None
    assert browser.post(BACK).location == "/account/"
    assert browser.get("/staff/").status_code == 200
    assert staff.oidc_subject == f"{provider.issuer} ada"
    assert session.scalars(select(AuditEvent.action)).all().count("person.signed_in") == 1


def test_what_is_asked_for_is_bound_to_this_journey(browser: CheckingClient) -> None:
    asked = parse_qs(urlsplit(set_out(browser)).query)

    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"http://127.0.0.1:8000{BACK}"]
    assert len(asked["state"][0]) > 20
    assert len(asked["nonce"][0]) >= 20
    assert len(asked["code_challenge"][0]) == 43


def test_once_linked_the_subject_counts_and_not_the_address(
    browser: CheckingClient, provider: Provider, staff: Person
) -> None:
    browser.get(arrive(browser, provider))
    browser.post(BACK)
    browser.sign_out()
    provider.has("ada", email="ada.married@tarn.example", email_verified=True)

    assert "Continue as Ada Tarn" in browser.get(arrive(browser, provider)).text
    assert browser.post(BACK).location == "/account/"


def test_an_address_given_to_somebody_new_is_not_the_old_ones_account(
    browser: CheckingClient, provider: Provider, staff: Person
) -> None:
    browser.get(arrive(browser, provider))
    browser.post(BACK)
    browser.sign_out()
    provider.has("new", email="ada@tarn.example", email_verified=True)

    page = browser.get(arrive(browser, provider, "new"))

    assert page.status_code == 400
    assert "There is no staff account for you" in page.text
    assert browser.post(BACK).status_code == 400
    assert browser.get("/account/").status_code == 401


STRANGERS = {
    "unknown": ({"email": "eve@tarn.example", "email_verified": True}, "eve@tarn.example"),
    "a contributor": ({"email": "cy@birch.example", "email_verified": True}, "cy@birch.example"),
    "an address nobody checked": ({"email": "ada@tarn.example"}, "has checked"),
    "an address that is not theirs": (
        {"email": "ada@tarn.example", "email_verified": False},
        "has checked",
    ),
    "checked, it says in words": (
        {"email": "ada@tarn.example", "email_verified": "true"},
        "has checked",
    ),
    "no address": ({}, "has checked"),
}


@pytest.mark.parametrize("who", STRANGERS)
def test_anyone_else_is_told_and_nothing_is_created(
    who: str, browser: CheckingClient, provider: Provider, session: Session, staff: Person
) -> None:
    claims, words = STRANGERS[who]
    before = people(session)
    provider.has("stranger", **claims)

    page = browser.get(arrive(browser, provider, "stranger"))

    assert page.status_code == 400
    assert words in page.text
    assert browser.post(BACK).status_code == 400
    assert browser.get("/account/").status_code == 401
    assert people(session) == before
    assert staff.oidc_subject is None


def test_staff_no_more_are_told(
    browser: CheckingClient, provider: Provider, session: Session, staff: Person
) -> None:
    browser.get(arrive(browser, provider))
    browser.post(BACK)
    staff.staff_role = None
    session.commit()
    browser.sign_out()

    assert "There is no staff account for you" in browser.get(arrive(browser, provider)).text


def test_whoever_stops_there_is_told(browser: CheckingClient, provider: Provider) -> None:
    page = browser.get(path(provider.refuse(set_out(browser))))

    assert page.status_code == 400
    assert "Tarn Council did not let you in" in page.text
    assert "Get a link by email" in page.text


@pytest.mark.parametrize(
    "changes",
    [{"state": "guessed"}, {"state": ""}, {"code": "guessed"}, {"error": "server_error"}],
)
def test_what_was_not_begun_here_is_refused(
    changes: dict[str, str], browser: CheckingClient, provider: Provider
) -> None:
    query = parse_qs(urlsplit(arrive(browser, provider)).query)
    changed = {name: values[0] for name, values in query.items()} | changes

    page = browser.get(f"{BACK}?{urlencode(changed)}")

    assert page.status_code == 400
    assert "Start again" in page.text
    assert "Get a link by email" in page.text
    assert browser.post(BACK).status_code == 400


def test_another_browser_cannot_come_back_for_this_one(
    browser: CheckingClient, provider: Provider
) -> None:
    back = arrive(browser, provider)
    browser.sign_out()

    assert "This sign-in was not begun here" in browser.get(back).text


def test_an_answer_works_once(browser: CheckingClient, provider: Provider) -> None:
    back = arrive(browser, provider)

    assert browser.get(back).status_code == 200
    assert browser.get(back).status_code == 400


def test_the_button_works_once_and_not_for_long(
    browser: CheckingClient, provider: Provider
) -> None:
    browser.get(arrive(browser, provider))
    with browser.session_transaction() as kept:
        kept[ARRIVED] = [*kept[ARRIVED][:2], kept[ARRIVED][2] - ARRIVED_SECONDS - 1]

    assert "You waited too long" in browser.post(BACK).text


def test_nonce_of_another_journey_is_refused(browser: CheckingClient, provider: Provider) -> None:
    back = arrive(browser, provider)
    with browser.session_transaction() as kept:
        (name,) = [one for one in kept if one.startswith("_state_")]
        kept[name] = {**kept[name], "data": {**kept[name]["data"], "nonce": "another"}}

    page = browser.get(back)

    assert page.status_code == 400
    assert "You could not sign in with Tarn Council" in page.text
    assert browser.post(BACK).status_code == 400


def test_the_code_is_for_whoever_asked(browser: CheckingClient) -> None:
    asked = parse_qs(urlsplit(set_out(browser)).query)
    with browser.session_transaction() as kept:
        (name,) = [one for one in kept if one.startswith("_state_")]
        verifier = kept[name]["data"]["code_verifier"]

    digest = hashlib.sha256(verifier.encode()).digest()
    assert asked["code_challenge"] == [base64.urlsafe_b64encode(digest).decode().rstrip("=")]


def test_a_service_that_is_down_is_told(use: object, client: CheckingClient, staff: Person) -> None:
    assert callable(use)
    use(NOBODY_LISTENS)

    for address in (GO, f"{BACK}?code=a&state=b"):
        page = client.get(address)
        assert page.status_code in {400, 502}
        assert "Get a link by email" in page.text
    assert "We cannot reach Tarn Council at the moment" in client.get(GO).text


def test_a_service_that_says_it_is_another_is_not_believed(
    use: object, provider: Provider, client: CheckingClient, staff: Person
) -> None:
    assert callable(use)
    use(provider.issuer + "/")
    assert client.get(GO).status_code == 302, "A slash at the end is no difference."

    use(provider.issuer.replace("127.0.0.1", "127.0.0.1:1@127.0.0.1"))
    assert client.get(GO).status_code == 502


def test_too_many_tries_are_told(browser: CheckingClient) -> None:
    tried = [browser.get(f"{BACK}?state=guessed") for _ in range(61)]

    assert {one.status_code for one in tried[:60]} == {400}
    assert tried[-1].status_code == 429
    assert "Wait 15 minutes" in tried[-1].text


def test_without_an_organisation_there_is_no_such_door(client: CheckingClient) -> None:
    assert client.get(GO).status_code == 404
    assert client.get(BACK).status_code == 404
    assert client.post(BACK).status_code == 404
    assert "Sign in with" not in client.get("/account/sign-in").text
