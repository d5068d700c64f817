"""Whoever types is told at once, and without scripts on the page that follows."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from surveyapp.extensions import db
from tests.e2e.conftest import application, check_accessible, serve
from tests.e2e.test_respond import Site, agree
from tests.surveyapp.building import load_tiny, submission_of

pytestmark = [pytest.mark.privacy, pytest.mark.allow_hosts(["127.0.0.1"])]
STORY = "Ask about Zephyrine, 9, at Quillmoor Primary."
SAID = "This may identify a child:"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service with the tiny region, and Birch's coordinator."""
    app = application(tmp_path_factory.mktemp("noticing"))
    with app.app_context():
        load_tiny(db.session)
        birch = agree(submission_of(db.session, "Birch"))
        db.session.commit()
    for address in serve(app):
        yield Site(app, address, birch, "")


@pytest.fixture
def scripted(browser: Browser) -> Iterator[Page]:
    """A page with scripts."""
    page = browser.new_page()
    yield page
    page.close()


def write(page: Page, site: Site) -> None:
    site.enter(page)
    page.goto(f"{site.address}/r/{site.birch}/colleagues/invite")
    page.get_by_label("Note for them (optional)").fill(STORY)


def test_a_box_says_it_while_somebody_types_and_stops_when_it_is_gone(
    scripted: Page, site: Site
) -> None:
    page = scripted
    write(page, site)
    told = page.locator("[data-warned]").filter(has_text=SAID)
    expect(told).to_have_count(1)
    expect(told.locator("mark").first).to_have_text("Zephyrine")
    expect(told).to_have_attribute("role", "status")
    check_accessible(page)

    page.get_by_label("Note for them (optional)").fill("Ask about the front door.")

    expect(told).to_have_count(0)


def test_a_colleagues_own_boxes_say_nothing(scripted: Page, site: Site) -> None:
    page = scripted
    site.enter(page)
    page.goto(f"{site.address}/r/{site.birch}/colleagues/invite")
    with page.expect_response("**/noticing/") as heard:
        page.get_by_label("Name").fill("Zephyrine, 9, her daughter")
    assert heard.value.json() == {"identifying": []}
    expect(page.get_by_text(SAID)).to_have_count(0)


def test_without_scripts_the_page_that_follows_says_it_once(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    write(page, site)
    page.get_by_label("Name").fill("Eve Birch")
    page.get_by_label("Work email address").fill("eve.noticing@birch.example")
    page.get_by_label("Job title").fill("Head of early help")
    page.get_by_role("button").filter(has_text="Invite").click()
    told = page.get_by_role("region", name="Important")
    expect(told).to_contain_text("What you just saved may identify a child: Zephyrine (name)")
    page.reload()
    expect(told).to_have_count(0)
    context.close()
