"""The team of a return in a real browser, with and without scripts."""

import re
import zlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from surveyapp.extensions import db
from tests.e2e.conftest import application, check_accessible, serve
from tests.e2e.test_respond import Site, agree
from tests.surveyapp.building import load_tiny, submission_of
from tests.surveyapp.respond.filling import join

pytestmark = [pytest.mark.a11y, pytest.mark.allow_hosts(["127.0.0.1"])]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """The service with the tiny region, and a colleague of Birch's coordinator."""
    app = application(tmp_path_factory.mktemp("team"))
    with app.app_context():
        load_tiny(db.session)
        birch = submission_of(db.session, "Birch")
        dee = join(db.session, birch, "Dee Birch")
        dee.person.email = "dee.birch.early.help@birch.example"
        ids = agree(birch), str(dee.id)
        db.session.commit()
    for address in serve(app):
        yield Site(app, address, ids[0], ""), ids[1]


def test_an_address_stays_whole_where_there_is_room(page: Page, site: tuple[Site, str]) -> None:
    place, _ = site
    page.set_viewport_size({"width": 1280, "height": 900})
    place.enter(page)

    page.goto(f"{place.address}/r/{place.birch}/colleagues")

    shown = page.get_by_text(re.compile("@birch.example"))
    assert shown.count() >= 2
    # Over two lines it would be more than one and a half times as high as its letters.
    high = "one => one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)"
    assert [one.inner_text() for one in shown.all() if one.evaluate(high) > 1.5] == []


@pytest.fixture
def eve(request: pytest.FixtureRequest) -> str:
    """A name that no other run of a test invites somebody under."""
    return f"Eve {zlib.crc32(request.node.name.encode())}"


def test_a_colleague_is_invited_and_nothing_typed_is_lost(
    page: Page, site: tuple[Site, str], eve: str
) -> None:
    place, _ = site
    place.enter(page)
    page.goto(f"{place.address}/r/{place.birch}/colleagues/invite")
    page.get_by_label("Note for them (optional)").fill("You know it best.")
    page.get_by_label("Child abuse and neglect").check()
    page.get_by_role("button", name="Invite").click()

    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("Enter the name of your colleague")
    check_accessible(page)
    expect(page.get_by_label("Note for them (optional)")).to_have_value("You know it best.")
    expect(page.get_by_label("Child abuse and neglect")).to_be_checked()
    invite(page, eve)
    check_accessible(page)


def test_a_colleague_who_has_a_section_is_taken_off(
    page: Page, site: tuple[Site, str], eve: str
) -> None:
    place, _ = site
    place.enter(page)
    page.goto(f"{place.address}/r/{place.birch}/colleagues/invite")
    page.get_by_label("Identification of needs").check()
    invite(page, eve)

    page.goto(f"{place.address}/r/{place.birch}/")
    expect(page.get_by_text(f"{eve} has this section.")).to_be_visible()
    page.goto(f"{place.address}/r/{place.birch}/colleagues")
    page.get_by_role("link", name=re.compile(f"Take off this return.*{eve}")).click()
    page.get_by_role("button", name=f"Take {eve} off this return").click()

    expect(page.get_by_text(f"{eve} is off this return.")).to_be_visible()
    check_accessible(page)


def invite(page: Page, name: str) -> None:
    page.get_by_label("Full name").fill(name)
    page.get_by_label("Work email address").fill(f"{name.replace(' ', '')}@birch.example")
    page.get_by_label("Job title").fill("Team manager")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_text(f"We are writing to {name}")).to_be_visible()


def test_the_task_list_works_by_keyboard_alone(page: Page, site: tuple[Site, str]) -> None:
    place, _ = site
    place.enter(page)
    page.goto(f"{place.address}/r/{place.birch}/")

    page.get_by_role("link", name=re.compile("Hand over.*Shared work")).focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Who completes this section?")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose who completes")
    check_accessible(page)
    page.get_by_label("Dee Birch").check()
    page.get_by_label("Note for them (optional)").fill("You know it.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Dee Birch has this section.")).to_be_visible()
    page.get_by_role("button", name=re.compile("Take it back.*Shared work")).click()
    expect(page.get_by_text("Dee Birch has this section.")).to_be_hidden()
