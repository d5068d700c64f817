"""The home page in a real browser: everyone can read it, on any screen, with or without scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import check_accessible

pytestmark = [pytest.mark.a11y, pytest.mark.allow_hosts(["127.0.0.1"])]
SCREENS = [(1280, 900), (768, 1024), (320, 640)]


@pytest.mark.parametrize(("width", "height"), SCREENS)
@pytest.mark.parametrize("address", ["/", "/surveys/tiny-survey-2015"])
def test_the_home_page_is_accessible(
    address: str, width: int, height: int, page: Page, tiny_site: str
) -> None:
    page.set_viewport_size({"width": width, "height": height})

    page.goto(tiny_site + address)

    expect(page.get_by_role("heading", level=1)).to_have_text("Tiny survey 2015")
    check_accessible(page)


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_an_empty_house_is_accessible(width: int, height: int, page: Page, empty_site: str) -> None:
    page.set_viewport_size({"width": width, "height": height})

    page.goto(empty_site)

    expect(page.get_by_role("heading", level=1)).to_have_text("No surveys yet")
    check_accessible(page)


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_the_table_keeps_its_meaning(width: int, height: int, page: Page, tiny_site: str) -> None:
    page.set_viewport_size({"width": width, "height": height})

    page.goto(tiny_site)

    table = page.get_by_role("table", name="How far each authority is")
    expect(table.get_by_role("row")).to_have_count(4)
    expect(table.get_by_role("columnheader")).to_have_count(5)
    expect(table.get_by_role("rowheader")).to_have_text(["Alder", "Birch", "Cedar"])


def test_the_keyboard_alone_reaches_the_review(page: Page, tiny_site: str) -> None:
    page.goto(tiny_site)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
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
    styles = page.request.get(f"{tiny_site}/static/govuk/govuk-frontend.min.css").text()
    font = page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")

    assert response is not None
    for theirs in ("crown", "logotype", "GOV.UK"):
        assert theirs not in response.text()
    for theirs in ("GDS Transport", "@font-face", "url("):
        assert theirs not in styles
    assert font.startswith("system-ui")
