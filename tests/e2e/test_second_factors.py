"""Staff and their passkeys, organisations and accounts, in a real browser with a security key."""

import datetime as dt
import re
import time
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import CDPSession, Page, expect
from webauthn.helpers import bytes_to_base64url

from surveyapp import links
from surveyapp.account.routes import organisation
from surveyapp.config import Settings
from surveyapp.extensions import db, limiter
from surveyapp.guards import SINCE, STRONGLY, WHO
from surveyapp.models import Passkey, Person
from tests.e2e.conftest import application, check_accessible, let_in, serve
from tests.surveyapp.account import provider as providers
from tests.surveyapp.account.provider import Provider
from tests.surveyapp.building import load_tiny

pytestmark = [pytest.mark.a11y, pytest.mark.allow_hosts(["127.0.0.1"])]
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
ORGANISATION = "Tarn Council"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = application(tmp_path_factory.mktemp("factors"))
    with app.app_context():
        load_tiny(db.session)
        db.session.commit()
    return app


@pytest.fixture(scope="module")
def site(app: Flask) -> Iterator[str]:
    """The service under a name: a passkey cannot belong to a number."""
    for address in serve(app):
        named = address.replace("127.0.0.1", "localhost")
        settings = app.config["SETTINGS"]
        app.config["SETTINGS"] = settings.model_copy(update={"service_url": named})
        yield named


@pytest.fixture(scope="module")
def provider(app: Flask, site: str) -> Iterator[Provider]:
    """An organisation that staff sign in with."""
    with providers.running() as running:
        before = app.config["SETTINGS"]
        after = Settings(
            instance=before.instance,
            service_url=before.service_url,
            oidc_issuer=running.issuer,
            oidc_client_id="survey",
            oidc_client_secret="secret",
            oidc_name=ORGANISATION,
        )
        app.config["SETTINGS"] = after
        organisation.init_app(app, after)
        yield running
        app.config["SETTINGS"] = before
        organisation.init_app(app, before)


@pytest.fixture
def ada(app: Flask) -> str:
    """The address of an administrator who has set up nothing."""
    limiter.reset()
    email = f"ada{time.time_ns()}@tarn.example"
    with app.app_context():
        db.session.add(Person(email=email, name="Ada Tarn", staff_role="administrator"))
        db.session.commit()
    return email


def find(email: str) -> Person:
    return db.session.query(Person).filter_by(email=email).one()


@pytest.fixture
def link(app: Flask, site: str, ada: str) -> Callable[[], str]:
    """A function that returns a new link of Ada's."""

    def make() -> str:
        with app.app_context():
            token = links.sign_in(db.session, find(ada), dt.datetime.now(dt.UTC))
            db.session.commit()
        return f"{site}/link/{token}"

    return make


@pytest.fixture
def inside(page: Page, app: Flask, site: str, ada: str) -> Page:
    """A page of Ada's, who has signed in just now."""
    with app.app_context():
        kept = {WHO: find(ada).id.hex, STRONGLY: True, SINCE: time.time(), "_permanent": True}
    let_in(page, app, site, kept)
    return page


@pytest.fixture
def key(page: Page) -> tuple[CDPSession, str]:
    """A security key in the computer that the page is on."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    added = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return devtools, added["authenticatorId"]


def see(page: Page, heading: str) -> None:
    """Wait for a page, and check it."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    check_accessible(page)


def see_error(page: Page, words: str) -> None:
    """Wait for what is wrong to be said, and check the page; with scripts it takes the focus."""
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text(words)
    if has_scripts(page):
        expect(summary).to_be_focused()
    check_accessible(page)


def has_scripts(page: Page) -> bool:
    page.wait_for_load_state()  # by then they have run
    return page.locator("body.js-enabled").count() == 1


def test_a_passkey_is_set_up_and_used(
    page: Page, link: Callable[[], str], site: str, key: tuple[CDPSession, str]
) -> None:
    page.goto(link())
    page.get_by_role("button", name="Continue").click()
    see(page, "Set up your second step")
    page.get_by_role("button", name="Set up a passkey").click()
    see(page, "Set up a passkey")
    if has_scripts(page):
        _set_up(page)
        _use(page, link(), key)
        _look_after(page, site)
    else:
        expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
        page.get_by_role("link", name="Use an authenticator app instead").click()
        see(page, "Set up your second step")


def _set_up(page: Page) -> None:
    page.get_by_role("button", name="Set up the passkey").click()
    see_error(page, "Enter a name")
    page.get_by_label("Name of this passkey").fill("Work laptop")
    page.get_by_role("button", name="Set up the passkey").click()
    see(page, "Keep these 10 codes")


def _use(page: Page, link: str, key: tuple[CDPSession, str]) -> None:
    page.goto(link)
    page.get_by_role("button", name="Continue").click()
    see(page, "Use your passkey or a code")
    _refuse(page, key)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your surveys")
    expect(page.get_by_text("Signed in as Ada Tarn, administrator")).to_be_visible()


def _refuse(page: Page, key: tuple[CDPSession, str]) -> None:
    """See what is said when the key does not know whoever holds it."""
    devtools, authenticator = key
    known = {"authenticatorId": authenticator, "isUserVerified": False}
    devtools.send("WebAuthn.setUserVerified", known)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("No passkey was used")
    check_accessible(page)
    devtools.send("WebAuthn.setUserVerified", {**known, "isUserVerified": True})


def _look_after(page: Page, site: str) -> None:
    """Rename the passkey, and see that the last one stays."""
    page.get_by_role("link", name="How you sign in").click()
    see(page, "How you sign in")
    page.get_by_role("link", name="Change the passkey Work laptop").click()
    see(page, "Change a passkey")
    page.get_by_label("Name of this passkey").fill("")
    page.get_by_role("button", name="Save the name").click()
    see_error(page, "Enter a name")
    page.get_by_label("Name of this passkey").fill("Old laptop")
    page.get_by_role("button", name="Save the name").click()
    page.get_by_role("link", name="Change the passkey Old laptop").click()
    page.get_by_role("button", name="Remove this passkey").click()
    see_error(page, "all that lets you in")
    page.goto(f"{site}/account/security/passkeys/new")
    page.get_by_label("Name of this passkey").fill("Again")
    page.get_by_role("button", name="Set up the passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("has a passkey for this service already")
    check_accessible(page)


def test_an_app_can_be_added_later(inside: Page, site: str) -> None:
    page = inside
    page.goto(f"{site}/account/security")
    see(page, "How you sign in")
    page.get_by_role("button", name="Set up an app").click()
    see(page, "Add this service to your app")
    page.get_by_label("Code").fill("123456")
    page.get_by_role("button", name="Continue").click()
    see_error(page, "That code is not right")
    page.goto(f"{site}/account/security/again")
    see(page, "Sign in again to change this")


def test_a_code_can_be_used_instead(
    page: Page, app: Flask, link: Callable[[], str], ada: str
) -> None:
    with app.app_context():
        db.session.add(_passkey(find(ada)))
        db.session.commit()
    page.goto(link())
    page.get_by_role("button", name="Continue").click()
    see(page, "Use your passkey or a code")
    expect(page.get_by_text("Use a code instead")).to_be_visible(visible=not has_scripts(page))
    page.get_by_label("Code").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    see_error(page, "That code is not right")


def test_administrators_look_after_staff(inside: Page, site: str) -> None:
    page = inside
    page.goto(f"{site}/account/staff")
    see(page, "Staff")
    page.get_by_role("button", name="Invite a member of staff").click()
    see(page, "Invite a member of staff")
    page.get_by_label("Full name").fill("Ivy New")
    page.get_by_role("button", name="Invite them").click()
    see_error(page, "Enter their email address")
    page.get_by_role("link", name="Select a role").click()
    expect(page.get_by_label("Interviewer")).to_be_focused()
    expect(page.get_by_label("Full name")).to_have_value("Ivy New")
    page.get_by_label("Work email address").fill(f"ivy{time.time_ns()}@tarn.example")
    page.get_by_label("Interviewer").check()
    page.get_by_role("button", name="Invite them").click()
    see(page, "Ivy New")
    _let_go(page)


def _let_go(page: Page) -> None:
    page.get_by_role("button", name="Reset the second step").click()
    see(page, "Ivy New")
    page.get_by_role("button", name="Remove the staff account").click()
    see(page, "Remove the staff account of Ivy New")
    page.get_by_role("button", name="Remove it").click()
    see(page, "Staff")


def test_staff_sign_in_with_their_organisation(
    page: Page, site: str, provider: Provider, ada: str
) -> None:
    _without_the_world(page)
    provider.has("ada", email=ada, email_verified=True)
    provider.has("eve", email="eve@tarn.example", email_verified=True)
    _sign_in(page, site, "eve")
    see(page, "There is no staff account for you")
    _sign_in(page, site, "ada")
    see(page, "Continue as Ada Tarn")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Signed in as Ada Tarn, administrator")).to_be_visible()
    page.goto(f"{site}/account/organisation/back?state=guessed")
    see(page, "This sign-in was not begun here")


def _without_the_world(page: Page) -> None:
    """Answer for what the organisation's own pages ask of others: here there are none."""
    elsewhere = re.compile(r"//(?!localhost[:/]|127\.0\.0\.1[:/])|/favicon\.ico")
    page.route(elsewhere, lambda route: route.fulfill(body="", content_type="text/css"))


def _sign_in(page: Page, site: str, subject: str) -> None:
    page.goto(f"{site}/account/sign-in")
    see(page, "Sign in")
    page.get_by_role("button", name=f"Sign in with {ORGANISATION}").click()
    page.locator("input[name=sub]").first.fill(subject)
    page.get_by_role("button", name="Authorize").first.click()


def test_too_many_tries_keep_what_was_typed(page: Page, site: str, ada: str) -> None:
    for _ in range(7):
        page.goto(f"{site}/account/sign-in")
        page.get_by_label("Email address").fill(ada)
        with page.expect_navigation():
            page.get_by_role("button", name="Send me a link").click()

    see(page, "Too many tries")
    expect(page.locator("input[name=email]")).to_have_value(ada)


def _passkey(person: Person) -> Passkey:
    return Passkey(
        person=person,
        credential_id=bytes_to_base64url(person.email.encode()),
        public_key=b"x",
        sign_count=0,
        name="Laptop",
        created_at=dt.datetime.now(dt.UTC),
    )
