"""Getting in, in a real browser: everyone can, with or without scripts, and nothing is lost."""

import datetime as dt
from collections.abc import Iterator

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from surveyapp import links
from surveyapp.extensions import db
from surveyapp.models import Contributor, Person, Survey
from tests.e2e.conftest import application, check_accessible, serve
from tests.surveyapp.building import load_tiny, somebody, submission_of

pytestmark = [pytest.mark.a11y, pytest.mark.allow_hosts(["127.0.0.1"])]


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The service with the tiny region, whose contributors have agreed to nothing yet."""
    app = application(tmp_path_factory.mktemp("account"))
    with app.app_context():
        load_tiny(db.session)
        db.session.commit()
    return app


@pytest.fixture(scope="module")
def site(own_app: Flask) -> Iterator[str]:
    yield from serve(own_app)


@pytest.fixture
def link(own_app: Flask, site: str) -> str:
    """A new link of Cy Birch, who has not agreed to who sees what."""
    with own_app.app_context():
        cy = somebody(db.session)
        for part in db.session.scalars(select(Contributor).where(Contributor.person == cy)):
            part.agreed_at = None
        now = dt.datetime.now(dt.UTC)
        token = links.invite(db.session, cy, submission_of(db.session, "Birch"), now)
        db.session.commit()
    return f"{site}/link/{token}"


@pytest.fixture
def staff_link(own_app: Flask, site: str) -> str:
    """A new link of a consultant who has not set up a second step."""
    now = dt.datetime.now(dt.UTC)
    with own_app.app_context():
        email = f"ada{now.timestamp()}@tarn.example"
        ada = Person(email=email, name="Ada Tarn", staff_role="consultant")
        db.session.add(ada)
        token = links.sign_in(db.session, ada, now)
        db.session.commit()
    return f"{site}/link/{token}"


def see(page: Page, heading: str) -> None:
    """Wait for a page, and check it."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    check_accessible(page)


def test_a_contributor_comes_in_and_goes_out(page: Page, link: str) -> None:
    page.goto(link)
    check_accessible(page)
    page.get_by_role("button", name="Continue").click()

    see(page, "Who sees what")
    page.get_by_role("button", name="I agree").click()

    page.get_by_role("link", name="Your surveys").click()
    see(page, "Your surveys")
    page.get_by_role("button", name="Sign out").click()
    see(page, "You have signed out")


def test_a_link_that_is_no_longer_good_is_accessible(page: Page, site: str) -> None:
    page.goto(f"{site}/link/guessed")
    check_accessible(page)
    page.get_by_label("Email address").fill("cy@birch.example")
    page.get_by_role("button", name="Send me a link").click()

    see(page, "Check your email")


def test_an_address_that_is_none_is_pointed_at(page: Page, site: str) -> None:
    page.goto(f"{site}/account/sign-in")
    check_accessible(page)
    page.get_by_label("Email address").fill("cy")
    page.get_by_role("button", name="Send me a link").click()

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Email address")).to_have_value("cy")
    check_accessible(page)
    page.get_by_role("link", name="Enter an email address in the correct format").click()
    expect(page.get_by_label("Email address")).to_be_focused()


def test_staff_take_their_second_step(page: Page, staff_link: str) -> None:
    page.goto(staff_link)
    app = _begin(page)
    page.get_by_label("Code").fill("12345")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("That code is not right")
    check_accessible(page)
    page.get_by_label("Code").fill(app.now())
    page.get_by_role("button", name="Continue").click()

    see(page, "Keep these 10 codes")
    kept = page.locator("code").first.inner_text()
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("Signed in as Ada Tarn, consultant")).to_be_visible()
    _use(page, staff_link, kept)


def _begin(page: Page) -> pyotp.TOTP:
    page.get_by_role("button", name="Continue").click()
    see(page, "Set up your second step")
    page.get_by_role("button", name="Set it up").click()
    see(page, "Add this service to your app")
    return pyotp.TOTP(page.locator("strong.survey-code").inner_text().replace(" ", ""))


def _use(page: Page, link: str, kept: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Continue").click()
    see(page, "Enter the code from your app")
    page.get_by_label("Code").fill(kept)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your surveys")


def test_a_page_for_somebody_asks_who_is_there(page: Page, site: str) -> None:
    page.goto(f"{site}/account/")

    see(page, "Sign in to see this page")


def test_what_was_typed_stays_on_the_page_when_a_session_is_over(
    page: Page, staff_link: str
) -> None:
    page.goto(staff_link)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Set it up").click()
    page.wait_for_load_state("networkidle")  # a picture still coming would bring the cookie back
    page.get_by_label("Code").fill("13579")
    page.context.clear_cookies()
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Select the button once more")
    page.get_by_text("See what will be sent").click()
    expect(page.get_by_text("13579")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Send it now").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to save what you typed")
    expect(page.locator("input[name=code]")).to_have_value("13579")
    check_accessible(page)


def test_the_end_of_a_session_is_announced(page: Page, link: str) -> None:
    page.clock.install()
    page.goto(link)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_load_state("networkidle")  # the watch begins once its script has come
    if page.locator("body.js-enabled").count() == 0:
        expect(page.get_by_text("If you do nothing for 120 minutes")).to_be_visible()
        return

    page.clock.fast_forward("01:55:01")
    note = page.get_by_role("alert")
    expect(note).to_contain_text("You will be signed out in 5 minutes")
    check_accessible(page)
    note.get_by_role("button", name="Stay signed in").click()
    expect(note).to_have_count(0)

    page.clock.fast_forward("02:00:01")
    expect(note).to_contain_text("You have been signed out")
    check_accessible(page)


def test_strangers_to_a_real_survey_are_shown_the_way_in(
    page: Page, own_app: Flask, site: str
) -> None:
    with own_app.app_context():
        db.session.execute(update(Survey).values(is_example=False))
        db.session.commit()
    try:
        page.goto(site)
        see(page, "Early help review")
        page.get_by_role("link", name="ask for a new one").click()
        see(page, "Sign in")
    finally:
        with own_app.app_context():
            db.session.execute(update(Survey).values(is_example=True))
            db.session.commit()
