"""Every mail as a mail program shows it: read on a narrow screen, with large letters, by anyone."""

from typing import get_args

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request

from surveyapp.mail.kinds import Kind
from surveyapp.mail.rendering import render
from tests.surveyapp.mail.posting import CONTEXTS

pytestmark = [pytest.mark.a11y, pytest.mark.mail]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
LONG = "https://early-help-review.tarn-and-wenlow-councils.example/link/" + "AbCd0123_-" * 4
TYPED = f"We spoke on Monday.\n\nSee {LONG} – it matters.\nשלום 👪"


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("kind", get_args(Kind))
def test_a_mail_can_be_read(kind: Kind, width: int, browser: Browser) -> None:
    told = {
        name: LONG if name == "link" else TYPED if name in ("note", "reason") else value
        for name, value in CONTEXTS[kind].items()
    }
    page = browser.new_page(viewport={"width": width, "height": 640})
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.set_content(render(kind, "Cy Birch", told).html)

    assert asked == []
    _check(page)
    page.close()


def _check(page: Page) -> None:
    found = Axe().run(page, options=WCAG)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    for button in page.locator("a.button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 24  # large enough for a finger
