"""The demo's outbox in a real browser: everyone can read it and follow its links."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from surveyapp import mail
from surveyapp.extensions import begin_writing, db
from tests.e2e.conftest import application, check_accessible, serve
from tests.surveyapp.building import load_tiny
from tests.surveyapp.mail.posting import NOW, write

LONG = "priya.sharmason@dunmere.example"
pytestmark = [pytest.mark.a11y, pytest.mark.allow_hosts(["127.0.0.1"])]


@pytest.fixture(scope="module")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo with one mail in its outbox."""
    app = application(tmp_path_factory.mktemp("demo"))
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update={"demo": True})
    with app.app_context():
        begin_writing(db.session)
        load_tiny(db.session)
        one = write(db.session, kind="invitation")
        one.to_address = LONG
        one.calendar = mail.calendar(mail.deadline("tiny", "Tiny survey", NOW.date()), NOW)
        db.session.commit()
    yield from serve(app)


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (320, 640)])
def test_the_outbox_is_accessible(width: int, height: int, page: Page, demo_site: str) -> None:
    page.set_viewport_size({"width": width, "height": height})

    page.goto(f"{demo_site}/outbox")
    lines = "one => one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)"
    breaks = page.get_by_text(LONG).evaluate(lines) > 1.5
    assert breaks is (width < 480), "An address breaks where it need not, or runs out."
    check_accessible(page)
    page.get_by_role("link", name="Please complete Tiny survey 2015 for Birch").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Please complete Tiny survey 2015 for Birch"
    )
    expect(page.get_by_role("link", name="https://survey.test/link/")).to_be_visible()
    check_accessible(page)
