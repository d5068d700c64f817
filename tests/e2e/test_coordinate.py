"""What the consultant does in a real browser, with or without scripts."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, session
from playwright.sync_api import Page, expect
from sqlalchemy import select

from surveyapp import create_app, guards, jobs, migrating, people
from surveyapp.config import Settings
from surveyapp.extensions import db
from surveyapp.models import Mail, Submission
from tests.e2e.conftest import check_accessible, let_in, serve
from tests.surveyapp.building import NOON, load_tiny

pytestmark = [pytest.mark.a11y, pytest.mark.allow_hosts(["127.0.0.1"])]
HOME = "/staff/tiny-survey-2015"
ROWS = """authority,name,email,job_title,coordinator,phone
Cedar,Di Cedar,di@cedar.example,Director,yes,1
Alder,Ann Ash,ann@alder.example,Director,yes,2
Nowhere,X,x,,,3
"""
Visit = Callable[[Page, str], None]


@pytest.fixture(scope="session")
def staff_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The service with the tiny region and a consultant."""
    folder = tmp_path_factory.mktemp("staff")
    app = create_app(
        Settings(instance=folder, review_file=folder / "review.docx", demo=True, mail="outbox")
    )
    with app.app_context(), db.engine.connect() as connection:
        migrating.upgrade(connection)
    with app.app_context():
        load_tiny(db.session)
        people.know(db.session, "kay@trees.example", "Kay Runs", "consultant")
        db.session.commit()
    return app


@pytest.fixture(scope="session")
def staff_site(staff_app: Flask) -> Iterator[str]:
    """Its address."""
    yield from serve(staff_app)


@pytest.fixture
def visit(staff_app: Flask, staff_site: str) -> Visit:
    """Go to a page as the consultant, who has taken both steps."""
    with staff_app.test_request_context():
        guards.sign_in(people.know(db.session, "kay@trees.example", ""), strongly=True)
        kept = dict(session)

    def go(page: Page, address: str) -> None:
        let_in(page, staff_app, staff_site, kept)
        page.goto(staff_site + address)

    return go


def send(page: Page, folder: Path, words: str) -> None:
    file = folder / "contacts.csv"
    file.write_text(words)
    page.get_by_label("Spreadsheet").set_input_files(file)
    page.get_by_role("button", name="Check the rows").click()


def test_a_spreadsheet_is_checked_before_it_is_written(
    page: Page, visit: Visit, tmp_path: Path
) -> None:
    visit(page, HOME + "/people/bring-in")

    send(page, tmp_path, ROWS)

    expect(page.get_by_role("heading", level=1)).to_have_text("Check what will be written")
    expect(page.get_by_text("“Nowhere” is not an authority in the register.")).to_be_visible()
    check_accessible(page)


def test_what_is_wrong_is_said_at_the_top_and_at_the_field(
    page: Page, visit: Visit, tmp_path: Path
) -> None:
    visit(page, HOME + "/people/bring-in")
    send(page, tmp_path, "name,email\nBo,bo@alder.example\n")

    expect(page.get_by_role("alert")).to_contain_text("Missing: authority")
    check_accessible(page)

    visit(page, HOME + "/setup")
    page.get_by_label("Day").fill("31")
    page.get_by_role("button", name="Extend the survey").click()
    expect(page.get_by_label("Day")).to_have_value("31")
    check_accessible(page)
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Day")).to_be_focused()

    visit(page, "/staff/new/early_help")
    page.get_by_label("Title").fill("Round two")
    page.get_by_role("button", name="Publish and set up the survey").click()
    expect(page.get_by_label("Title")).to_have_value("Round two")
    check_accessible(page)


REGISTER = """code,name,official_name,type,valid_from,valid_to,successor,aliases,places,brands
X06000001,Alder,Alder Council,Unitary,1998-04-01,,,,,
X06000088,Gorse,Gorse Council,Unitary,1998-04-01,,,,,
"""


def test_the_register_is_checked_before_it_is_written(
    page: Page, visit: Visit, tmp_path: Path
) -> None:
    visit(page, HOME + "/authorities/register")

    send(page, tmp_path, REGISTER)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check the register")
    expect(page.get_by_text("Gorse is added.")).to_be_visible()
    check_accessible(page)

    visit(page, HOME + "/authorities/register")
    send(page, tmp_path, REGISTER.replace("1998-04-01", "1998"))
    expect(page.get_by_text("which is not a date").first).to_be_visible()
    check_accessible(page)

    visit(page, HOME + "/authorities/register")
    page.get_by_role("button", name="Check the rows").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a spreadsheet")
    check_accessible(page)


@pytest.fixture
def sent(staff_app: Flask) -> str:
    """Mail that was sent, and mail that was not."""
    with staff_app.app_context():
        birch = db.session.scalars(
            select(Submission).where(Submission.authority.has(name="Birch"))
        ).one()
        for key in ("sent", "failed"):
            person = birch.contributors[0].person
            one = Mail(key=f"{key}:{uuid.uuid4()}", kind="comment", to_address=person.email)
            one.person, one.submission = person, birch
            one.subject = one.text = one.html = "A comment"
            one.created_at = one.due_at = NOON
            setattr(one, f"{key}_at", NOON)
            db.session.add(one)
        db.session.commit()
    return HOME + "/mail"


def test_the_mail_log_and_what_can_be_done_about_mail(page: Page, visit: Visit, sent: str) -> None:
    visit(page, sent)
    check_accessible(page)

    page.get_by_role("link", name="Record that it came back").first.click()
    check_accessible(page)
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter why the message came back")
    check_accessible(page)
    page.get_by_label("Why did it come back?").fill("No such mailbox")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("No such mailbox").first).to_be_visible()

    page.get_by_role("button", name="Send again").first.click()
    expect(page.get_by_text("is on its way again")).to_be_visible()
    check_accessible(page)


def test_an_export_is_made_while_the_page_is_watched(
    staff_app: Flask, page: Page, visit: Visit
) -> None:
    visit(page, HOME + "/exports")
    page.get_by_role("button", name="Make the file").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what kind of file")
    check_accessible(page)
    page.get_by_label("JSON").check()
    page.get_by_role("button", name="Make the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your file is being made")
    check_accessible(page)

    jobs.of(staff_app).run_once()
    # With scripts the page finds out by itself.
    if not page.evaluate("document.body.classList.contains('js-enabled')"):
        page.get_by_role("link", name="Refresh").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your file is ready")
    check_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the file").click()
    assert download.value.suggested_filename.endswith(".json")

    visit(page, HOME + "/exports")
    check_accessible(page)


def test_the_sections_can_be_scrolled_by_keyboard(page: Page, visit: Visit) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    visit(page, HOME + "/")

    region = page.get_by_role("region", name="Sections")
    region.focus()

    expect(region).to_be_focused()
    expect(region.get_by_role("columnheader", name="S01")).to_be_attached()
