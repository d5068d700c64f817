"""Files given with an answer, in a real browser: chosen, kept, refused, handed over, taken out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect

from surveyapp.extensions import begin_writing, db
from surveyapp.models import Answer, Submission, Upload
from tests.e2e.conftest import application, check_accessible, let_in, serve
from tests.surveyapp.building import load_tiny, somebody, submission_of
from tests.surveyapp.files.making import PDF, word
from tests.surveyapp.respond.filling import AGREED, signed_in

pytestmark = [pytest.mark.a11y, pytest.mark.allow_hosts(["127.0.0.1"])]
NAME = "a_very_long_name_without_any_space_to_break_at_strategy_2015_final.pdf"


@dataclass(frozen=True)
class Site:
    """The service running, and the return that Cy Birch completes."""

    app: Flask
    address: str
    birch: str

    def open(self, page: Page) -> None:
        """Sign Cy Birch in and open the section, with no document in it."""
        with self.app.app_context():
            begin_writing(db.session)
            for row in db.session.query(Answer).filter(Answer.question_code == "S01.5"):
                row.value = {}
            db.session.commit()
            cookie = signed_in(self.app, somebody(db.session))
        let_in(page, self.app, self.address, cookie)
        page.goto(f"{self.address}/r/{self.birch}/sections/S01")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service with the tiny region."""
    app = application(tmp_path_factory.mktemp("attachments"))
    with app.app_context():
        load_tiny(db.session)
        birch: Submission = submission_of(db.session, "Birch")
        for contributor in birch.contributors:
            contributor.agreed_at = AGREED
        number = str(birch.id)
        db.session.commit()
    for address in serve(app):
        yield Site(app, address, number)


def field(page: Page) -> Locator:
    return page.locator("input[type=file]").first


def press(page: Page) -> None:
    page.get_by_role("button", name="Save and continue").last.click()


def test_a_file_outlives_an_error_and_is_handed_over_and_taken_out(page: Page, site: Site) -> None:
    site.open(page)
    give(page)
    hand_over(page, site)
    take_out(page, site)


def give(page: Page) -> None:
    """Give a file without the title that must go with it, and then the title."""
    field(page).set_input_files({"name": NAME, "mimeType": "", "buffer": PDF})
    press(page)

    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("Enter the title of the document.")
    check_accessible(page)
    expect(page.get_by_role("link", name=NAME)).to_be_visible()
    page.get_by_label("Title of the document").fill("Strategy")
    press(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Have you finished this section?")


def hand_over(page: Page, site: Site) -> None:
    """Find the file where the answer is, and save it."""
    page.goto(f"{site.address}/r/{site.birch}/sections/S01")
    check_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name=NAME).click()
    assert download.value.suggested_filename == NAME
    assert Path(download.value.path()).read_bytes() == PDF
    page.goto(f"{site.address}/r/{site.birch}/check")
    expect(page.get_by_role("link", name=f"Download {NAME}")).to_be_visible()
    check_accessible(page)


def take_out(page: Page, site: Site) -> None:
    """Take the file out again, and find its copy with the history."""
    page.goto(f"{site.address}/r/{site.birch}/sections/S01")
    page.get_by_role("button", name="Remove this file").click()
    told = page.locator(".govuk-inset-text", has_text="is removed from the return")
    expect(told).to_contain_text(NAME)
    check_accessible(page)
    page.goto(f"{site.address}/r/{site.birch}/questions/S01.5")
    expect(page.get_by_role("link", name=f"Download {NAME}").first).to_be_visible()
    check_accessible(page)


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("plan.pdf", b"%PDF-1.7\n" + bytes(10_000_000), "must be 10 MB or smaller"),
        ("plan.pdf", word(), "something else inside"),
        ("plan.docm", word(), "has macros in it"),
    ],
    ids=["oversized", "mislabelled", "macros"],
)
def test_a_file_that_is_not_taken_is_said_at_its_field(
    name: str, content: bytes, advice: str, page: Page, site: Site
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    site.open(page)
    page.get_by_label("Title of the document").fill("Strategy")
    field(page).set_input_files({"name": name, "mimeType": "", "buffer": content})
    press(page)

    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text(advice)
    check_accessible(page)
    expect(page.get_by_label("Title of the document")).to_have_value("Strategy")
    link = summary.get_by_role("link", name="S01.5")
    wanted = page.locator("input[type=file]").first.get_attribute("id")
    expect(link).to_have_attribute("href", f"#{wanted}")
    link.click()
    assert page.evaluate("document.location.hash") in ("", f"#{wanted}")


def test_typing_is_saved_by_itself_and_a_file_waits_for_the_button(
    browser: Browser, site: Site
) -> None:
    page = browser.new_context().new_page()
    site.open(page)
    saving = page.locator("#saving")
    field(page).set_input_files({"name": "plan.pdf", "mimeType": "", "buffer": PDF})
    expect(saving).to_have_text(
        "The file you chose is not sent yet. Press “Save and continue” to send it."
    )

    page.get_by_label("Title of the document").fill("Strategy")
    expect(saving).to_contain_text("What you typed is saved. The file you chose is not sent yet.")
    press(page)
    page.wait_for_url(re.compile("/finish$"))
    with site.app.app_context():
        birch = submission_of(db.session, "Birch")
        rows = db.session.query(Answer).filter(Answer.submission_id == birch.id)
        values = [row.value for row in rows if row.question_code == "S01.5" and row.value]
        names = {str(one.id): one.file_name for one in db.session.query(Upload)}
    assert [(one["title"], names[one["file"]]) for one in values] == [("Strategy", "plan.pdf")]
    page.context.close()


def test_what_is_far_too_big_is_answered_with_a_page(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    page = browser.new_context().new_page()
    site.open(page)
    big = tmp_path / "all.pdf"
    with big.open("wb") as file:
        file.truncate(site.app.config["MAX_CONTENT_LENGTH"] + 1)
    field(page).set_input_files(big)
    press(page)

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "That is too big to send", timeout=30_000
    )
    check_accessible(page)
    page.context.close()
