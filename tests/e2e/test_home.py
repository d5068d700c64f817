"""The home page in a real browser: everyone can read it, on any screen, with or without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from surveyapp.extensions import db
from tests.e2e.conftest import application, check_accessible, place_review, serve
from tests.surveyapp.building import load_tiny

pytestmark = [pytest.mark.a11y, pytest.mark.allow_hosts(["127.0.0.1"])]
SCREENS = [(1280, 900), (320, 640)]


@pytest.fixture(scope="module")
def tiny_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo with the tiny region and a review in it."""
    app = application(tmp_path_factory.mktemp("tiny demo"))
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update={"demo": True})
    place_review(app.config["SETTINGS"].review_file)
    with app.app_context():
        load_tiny(db.session)
        db.session.commit()
    yield from serve(app)


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_the_home_page_of_no_demo_is_accessible_and_names_nobody(
    width: int, height: int, page: Page, tiny_site: str
) -> None:
    page.set_viewport_size({"width": width, "height": height})

    page.goto(tiny_site)

    expect(page.get_by_role("heading", level=1)).to_have_text("Tiny survey 2015")
    expect(page.get_by_role("link", name="ask for a new one")).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(0)
    expect(page.get_by_text("Alder")).to_have_count(0)
    check_accessible(page)


@pytest.mark.parametrize(("width", "height"), SCREENS)
@pytest.mark.parametrize("address", ["/", "/surveys/tiny-survey-2015"])
def test_the_home_page_is_accessible(
    address: str, width: int, height: int, page: Page, tiny_demo: str
) -> None:
    page.set_viewport_size({"width": width, "height": height})

    page.goto(tiny_demo + address)

    expect(page.get_by_role("heading", level=1)).to_have_text("Tiny survey 2015")
    check_accessible(page)


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_an_empty_house_is_accessible(width: int, height: int, page: Page, empty_site: str) -> None:
    page.set_viewport_size({"width": width, "height": height})

    page.goto(empty_site)

    expect(page.get_by_role("heading", level=1)).to_have_text("No surveys yet")
    check_accessible(page)


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_the_table_keeps_its_meaning(width: int, height: int, page: Page, tiny_demo: str) -> None:
    page.set_viewport_size({"width": width, "height": height})

    page.goto(tiny_demo)

    table = page.get_by_role("table", name="How far each authority is")
    expect(table.get_by_role("row")).to_have_count(4)
    expect(table.get_by_role("columnheader")).to_have_count(5)
    expect(table.get_by_role("rowheader")).to_have_text(["Alder", "Birch", "Cedar"])


def test_the_keyboard_alone_reaches_the_review(page: Page, tiny_demo: str) -> None:
    page.goto(tiny_demo)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="ask for a new one")).to_be_focused()
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Download the review")
    expect(link).to_be_focused()

    with page.expect_download() as handed_over:
        page.keyboard.press("Enter")
    assert handed_over.value.suggested_filename == "review.docx"


@pytest.mark.parametrize("address", ["/nowhere", "/surveys/nowhere"])
def test_a_page_that_is_not_there_is_accessible(address: str, page: Page, tiny_site: str) -> None:
    response = page.goto(tiny_site + address)

    assert response is not None
    assert response.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    check_accessible(page)


def test_nothing_is_shown_that_belongs_to_gov_uk(page: Page, tiny_site: str) -> None:
    response = page.goto(tiny_site)
    sheet = page.locator("link[rel=stylesheet]").first.get_attribute("href")
    styles = page.request.get(f"{tiny_site}{sheet}").text()
    font = page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")

    assert response is not None
    for theirs in ("crown", "logotype", "GOV.UK"):
        assert theirs not in response.text()
    for theirs in ("GDS Transport", "@font-face", "url("):
        assert theirs not in styles
    assert font.startswith("system-ui")
