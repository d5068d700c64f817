"""The end of a return and what comes after, in a real browser: every page and error state."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from surveyapp.extensions import begin_writing, db
from surveyapp.models import Answer, Submission
from surveyapp.respond import kept
from surveyapp.respond import services as respond
from surveyapp.respond.services import Draft
from tests.e2e.conftest import application, check_accessible, let_in, serve
from tests.surveyapp import rounds
from tests.surveyapp.building import NOON, load_tiny, somebody, submission_of
from tests.surveyapp.respond.filling import AGREED, signed_in

pytestmark = [pytest.mark.a11y, pytest.mark.allow_hosts(["127.0.0.1"])]
NARROW = {"width": 320, "height": 640}
Change = Callable[[Submission], object]


@dataclass(frozen=True)
class Site:
    """The service running, and Birch's returns of two rounds."""

    app: Flask
    address: str
    birch: uuid.UUID
    later: uuid.UUID

    def enter(self, page: Page, name: str = "Cy Birch") -> None:
        """Sign a person in on a telephone; staff with both steps."""
        page.set_viewport_size(NARROW)
        with self.app.app_context():
            person = somebody(db.session, name)
            cookie = signed_in(self.app, person, strongly=bool(person.staff_role))
        let_in(page, self.app, self.address, cookie)

    def page_of(self, rest: str) -> str:
        """Return the address of a page of Birch's return."""
        return f"{self.address}/r/{self.birch}/{rest}"

    @property
    def reopen(self) -> str:
        """Return where the consultant opens it again."""
        return f"{self.address}/staff/tiny-survey-2015/returns/{self.birch}/reopen"

    def put(self, *changes: Change) -> None:
        """Make Birch's return an open one, and change it."""
        with self.app.app_context():
            begin_writing(db.session)
            birch = db.session.get_one(Submission, self.birch)
            birch.submitted_at = birch.submitted_by = birch.survey.closed_at = None
            for change in changes:
                change(birch)
            db.session.commit()


def submitted(birch: Submission) -> None:
    rounds.submit(db.session, birch)


def opened_again(birch: Submission) -> None:
    """Let it be handed in, opened again and changed."""
    say(birch, "S01.1", {"rating": 3})
    submitted(birch)
    at = dt.datetime.now(dt.UTC)
    rounds.reopen(db.session, birch, at)
    say(birch, "S01.2", {"text": f"We count every call, as of {at}."})
    say(birch, "A1.1", {"option": "yes" if at.microsecond % 2 else "no"})


def closed(birch: Submission) -> None:
    birch.survey.closed_at = NOON


def gave_way(birch: Submission) -> None:
    draft = Draft("S01.2", {"text": "Words that gave way"}, 1)
    kept.give_way(db.session, birch, [draft], somebody(db.session), NOON)


def use_level(birch: Submission, code: str) -> None:
    respond.set_use_level(db.session, birch, "S01", code)


def say(birch: Submission, code: str, value: dict[str, object]) -> None:
    """Change an answer, whatever it said."""
    rows = db.session.scalars(select(Answer).where(Answer.submission_id == birch.id))
    now = {one.question_code: one.version for one in rows}
    draft = Draft(code, value, seen=now.get(code, 0))
    respond.save_answer(db.session, birch, draft, somebody(db.session), NOON)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service with the tiny region, a second round of it, and a consultant."""
    app = application(tmp_path_factory.mktemp("submitting"))
    with app.app_context():
        load_tiny(db.session)
        rounds.consultant(db.session)
        birch = submission_of(db.session, "Birch")
        for part in birch.contributors:
            part.agreed_at = AGREED
        later = rounds.next_round(db.session, submission_of(db.session, "Alder").authority)
        ids = birch.id, later.id
        db.session.commit()
    for address in serve(app):
        yield Site(app, address, *ids)


def test_submitting_and_its_receipt_are_accessible(page: Page, site: Site) -> None:
    site.put(lambda birch: say(birch, "S01.1", {"rating": 3}))
    site.enter(page)
    page.goto(site.page_of("submit"))
    page.get_by_role("button", name="Submit the return").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Confirm the declaration.")
    check_accessible(page)

    page.get_by_label("I confirm that this return is complete").check()
    page.get_by_role("button", name="Submit the return").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Return submitted")
    check_accessible(page)
    with page.expect_download() as begun:
        page.get_by_role("link", name="Download a copy of your answers in Word").click()
    assert begun.value.suggested_filename.startswith("Birch EH-")


def test_a_return_that_waits_says_so_accessibly(page: Page, site: Site) -> None:
    site.put(lambda birch: say(birch, "S01.1", {}))
    site.enter(page)
    page.goto(site.page_of("submit"))
    page.get_by_label("I confirm that this return is complete").check()
    page.get_by_role("button", name="Submit the return").click()

    expect(page.locator(".govuk-error-summary")).to_contain_text("S01.1 has not been answered.")
    check_accessible(page)


@pytest.mark.parametrize("rest", ["", "sections/S01", "sections/A1", "check", "submit"])
def test_a_return_opened_again_is_accessible(rest: str, page: Page, site: Site) -> None:
    site.put(opened_again)
    site.enter(page)
    page.goto(site.page_of(rest))

    expect(page.get_by_role("region", name="Opened again")).to_contain_text(rounds.REASON)
    for one in page.locator("details").all():
        one.locator("summary").click()
    check_accessible(page)


@pytest.mark.parametrize("state", [submitted, closed])
def test_a_section_to_be_read_is_accessible(state: Change, page: Page, site: Site) -> None:
    site.put(opened_again, state)
    site.enter(page)
    page.goto(site.page_of("sections/S01"))

    expect(page.locator(".govuk-inset-text")).to_contain_text("so its answers stand")
    expect(page.get_by_text("Changed since it was submitted")).to_have_count(1)
    check_accessible(page)


def test_words_that_come_too_late_are_found_again(page: Page, site: Site) -> None:
    site.put(lambda birch: say(birch, "S01.1", {"rating": 3}))
    site.enter(page)
    page.goto(site.page_of("sections/S01"))
    site.put(submitted)
    page.get_by_label("How do you know that it works?").fill("One more thing")
    page.get_by_role("button", name="Save and continue").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Your words came too late, and are kept"
    )
    check_accessible(page)
    page.get_by_role("link", name="read and copy your kept words").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your kept words")
    expect(page.get_by_text("One more thing").first).to_be_visible()
    check_accessible(page)
    page.goto(site.page_of(""))
    expect(page.get_by_role("link", name="Read and copy your kept words")).to_be_visible()
    check_accessible(page)


def test_everybodys_kept_words_are_accessible(page: Page, site: Site) -> None:
    site.put(gave_way)
    site.enter(page, "Kay Runs")
    page.goto(site.page_of("kept"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Words kept apart")
    expect(page.get_by_text("Words that gave way")).to_be_visible()
    check_accessible(page)


def test_finishing_a_section_and_its_errors_are_accessible(page: Page, site: Site) -> None:
    site.put(lambda birch: use_level(birch, "named"))
    site.enter(page)
    page.goto(site.page_of("sections/S01/finish"))
    site.put(lambda birch: use_level(birch, "withheld"))
    page.get_by_label("Without our name").check()
    page.get_by_label("No, we will come back to it").check()
    page.get_by_role("button", name="Save and continue").click()

    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("has chosen “Not for publication” since you opened this page")
    expect(page.get_by_label("Without our name")).to_be_checked()
    check_accessible(page)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tiny survey 2015: your return")


def test_a_return_is_opened_again_accessibly(page: Page, site: Site) -> None:
    site.put(submitted)
    site.enter(page, "Kay Runs")
    page.goto(site.reopen)
    check_accessible(page)
    page.get_by_role("button", name="Open the return again").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter why the return is opened")
    check_accessible(page)

    page.get_by_label("Why is the return opened again?").fill("The figures cannot be right.")
    page.get_by_role("button", name="Open the return again").click()

    expect(page.get_by_role("alert")).to_contain_text("The return of Birch is open again.")
    check_accessible(page)
    page.goto(site.reopen)
    expect(page.get_by_text("This return is open")).to_be_visible()
    check_accessible(page)


def test_a_closed_survey_is_said_accessibly(page: Page, site: Site) -> None:
    site.put(submitted, closed)
    site.enter(page, "Kay Runs")
    page.goto(site.reopen)

    expect(page.get_by_role("link", name="Give everybody more time")).to_be_visible()
    check_accessible(page)


def test_side_by_side_with_changes_is_accessible(page: Page, site: Site) -> None:
    site.put(opened_again)
    site.enter(page, "Kay Runs")
    page.goto(f"{site.address}/staff/tiny-survey-2015/answers/S01.2")

    page.get_by_text("What it said then").click()
    check_accessible(page)


def test_last_times_answers_are_accessible(page: Page, site: Site) -> None:
    site.enter(page)
    page.goto(f"{site.address}/r/{site.later}/sections/S01")
    before = page.locator("details", has_text="What Alder said in Tiny survey 2015")

    expect(before.first).not_to_have_attribute("open", "")
    for one in before.all():
        one.locator("summary").click()
    expect(page.get_by_text("Levels of need")).to_be_visible()
    check_accessible(page)
