"""A return in a real browser, with and without scripts."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from surveyapp.extensions import begin_writing, db
from surveyapp.models import Contributor, Submission
from surveyapp.respond import services as respond
from surveyapp.respond import standing
from tests.e2e.conftest import application, check_accessible, let_in, serve
from tests.surveyapp.building import NOON, load_tiny, somebody, submission_of
from tests.surveyapp.respond.every_type import load_every_type
from tests.surveyapp.respond.filling import AGREED, join, signed_in

pytestmark = [pytest.mark.a11y, pytest.mark.allow_hosts(["127.0.0.1"])]


@dataclass(frozen=True)
class Site:
    """The service running, and a return of each survey that Cy Birch completes."""

    app: Flask
    address: str
    birch: str
    every: str

    def enter(self, page: Page, name: str = "Cy Birch") -> None:
        """Sign a person in."""
        with self.app.app_context():
            cookie = signed_in(self.app, somebody(db.session, name))
        let_in(page, self.app, self.address, cookie)

    def answer(self, code: str, value: dict[str, object]) -> None:
        """Let Dee Birch answer a question meanwhile."""
        with self.app.app_context():
            begin_writing(db.session)
            birch = submission_of(db.session, "Birch")
            seen = standing.read(db.session, birch).version(code)
            draft = respond.Draft(code, value, seen=seen)
            respond.save_answer(db.session, birch, draft, somebody(db.session, "Dee Birch"), NOON)
            db.session.commit()


def agree(submission: Submission) -> str:
    """Let everybody who completes a return have agreed to who sees what."""
    for contributor in submission.contributors:
        contributor.agreed_at = AGREED
    return str(submission.id)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service with the tiny region, and with a return that asks a question of every type."""
    app = application(tmp_path_factory.mktemp("respond"))
    with app.app_context():
        load_tiny(db.session)
        birch, every = submission_of(db.session, "Birch"), load_every_type(db.session)
        join(db.session, birch, "Dee Birch")
        db.session.add(Contributor(submission=every, person=somebody(db.session)))
        db.session.flush()
        ids = agree(birch), agree(every)
        db.session.commit()
    for address in serve(app):
        yield Site(app, address, *ids)


def test_every_type_and_its_error_is_accessible(page: Page, site: Site) -> None:
    site.enter(page)
    page.goto(f"{site.address}/r/{site.every}/sections/S01")
    check_accessible(page)

    page.get_by_label("What share of families had a reply in time?").fill("lots")
    page.get_by_label("Day").last.fill("31")
    page.get_by_label("Month").last.fill("2")
    page.get_by_label("Full name").fill("")
    page.get_by_label("Work email address").fill("at home")
    page.get_by_role("button", name="Save and continue").click()

    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("S01.4: Enter a number")
    check_accessible(page)
    expect(page.get_by_label("What share of families had a reply in time?")).to_have_value("lots")
    link = summary.get_by_role("link", name="S01.4")
    expect(link).to_have_attribute("href", "#S01-4-number")


def test_an_error_summary_takes_focus(browser: Browser, site: Site) -> None:
    page = browser.new_context().new_page()
    site.enter(page)
    page.goto(f"{site.address}/r/{site.every}/sections/S01")
    page.locator("#S01-5-date-day").fill("31")
    page.get_by_role("button", name="Save and continue").click()

    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.locator(".govuk-error-summary").get_by_role("link", name="S01.5").click()
    expect(page.locator("#S01-5-date-day")).to_be_focused()
    page.context.close()


def test_a_conflict_is_accessible_and_loses_nothing(
    page: Page, site: Site, request: pytest.FixtureRequest
) -> None:
    site.enter(page)
    theirs, mine = f"Dee, {request.node.name}", f"Cy, {request.node.name}"
    site.answer("S01.1", {"rating": 3})
    page.goto(f"{site.address}/r/{site.birch}/sections/S01")
    site.answer("S01.2", {"text": theirs})
    page.get_by_label("How do you know that it works?").fill(mine)
    page.get_by_role("button", name="Save and continue").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Somebody else changed this too")
    check_accessible(page)
    merged = page.get_by_label("Both texts, to merge")
    expect(merged).to_have_value(f"{theirs}\n\n{mine}")
    page.get_by_label("Merge both, as I write below").check()
    merged.fill("One answer of both")
    page.get_by_role("button", name="Save and continue").click()

    page.goto(f"{site.address}/r/{site.birch}/sections/S01")
    expect(page.get_by_label("How do you know that it works?")).to_have_value("One answer of both")


def test_what_is_typed_is_saved_by_itself(browser: Browser, site: Site) -> None:
    page = browser.new_context().new_page()
    site.enter(page)
    page.goto(f"{site.address}/r/{site.birch}/sections/S01")
    box = page.get_by_label("How many families asked for help?")

    box.fill("17")
    expect(page.locator("#saving")).to_have_text("What you typed is saved.")

    page.reload()
    expect(box).to_have_value("17")
    page.context.close()


def test_what_is_typed_outlives_a_lost_connection(browser: Browser, site: Site) -> None:
    page = browser.new_context().new_page()
    site.enter(page)
    site.answer("S01.1", {"rating": 4})
    address = f"{site.address}/r/{site.birch}/sections/S01"
    page.goto(address)
    saving = page.locator("#saving")

    page.context.set_offline(True)
    words = page.get_by_label("How do you know that it works?")
    words.fill("Written on a train")
    expect(saving).to_contain_text("kept in this browser")
    # The page sends its words as it is left; whether those come first or the ones that the next
    # page finds in the browser, they must be in the return.
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(address)
    page.wait_for_timeout(6_000)
    page.goto(address)
    expect(words).to_have_value("Written on a train")
    expect(saving).to_be_hidden()
    page.context.close()


def test_who_else_is_here_is_told_without_loading_the_page_again(
    browser: Browser, site: Site
) -> None:
    first, second = (browser.new_context().new_page() for _ in range(2))
    site.enter(first)
    site.enter(second, "Dee Birch")
    address = f"{site.address}/r/{site.birch}/sections/A1"
    first.goto(address)
    expect(first.locator("#here")).to_have_text("Nobody else is in this section now.")

    second.goto(address)

    expect(second.locator("#here")).to_have_text("Also in this section now: Cy Birch.")
    first.context.close()
    second.context.close()
