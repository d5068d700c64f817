"""What is to be read stays in view: no jump to the box takes the words of a passage off it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.extensions import db
from surveyapp.models import Passage
from tests.e2e.keys_alone import Served, serve_passages, sit_down
from tests.surveyapp.building import save, submission_of

pytestmark = [pytest.mark.a11y, pytest.mark.allow_hosts(["127.0.0.1"])]
SIZES: Final = ((1366, 680), (1920, 950))
SENTENCE = (
    "Schools ring us with figures {} times a year, but the audit is not yet there and nobody knows "
    "who is to bring it to the board before the summer."
)
ENDLESS = ", and then ".join(f"the door in street {number} was shut again" for number in range(90))
TOLD = "\n\n".join(
    " ".join(SENTENCE.format(3 * part + number) for number in range(3)) for part in range(5)
)
# The marks that are whole, or begin, in view; the box; and how far the page is wider than it.
IN_VIEW = """() => {
  const passage = document.getElementById("passage").getBoundingClientRect();
  const box = document.getElementById("command").getBoundingClientRect();
  const fits = passage.height <= innerHeight;
  const first = document.getElementById("passage").getClientRects()[0];
  return {
    words: fits ? passage.top >= 0 && passage.bottom <= innerHeight
      : first.top >= 0 && first.bottom <= innerHeight,
    begins: first.top >= 0 && first.bottom <= innerHeight,
    box: box.top >= 0 && box.bottom <= innerHeight,
    finish: document.querySelector("[name=then]").getBoundingClientRect().bottom <= innerHeight,
  };
}"""


@pytest.fixture
def coding(tmp_path: Path) -> Iterator[Served]:
    """The service running, with long answers."""
    yield from serve_passages(tmp_path, tell)


def tell(session: Session) -> None:
    """Have Birch say much, and a sentence longer than a screen."""
    birch = submission_of(session, "Birch")
    save(session, birch, "S01.1", {"rating": 4}, seen=1)
    answer = save(session, birch, "S01.2", {"text": "Much."})
    # Longer than this questionnaire lets anybody write; others have no limit.
    answer.value = {"text": f"{TOLD}\n\nWe know that {ENDLESS}."}
    session.flush()


def type_line(page: Page, line: str) -> None:
    """Type into the box, which has focus, and press Enter."""
    expect(page.locator("#command")).to_be_focused()
    page.keyboard.type(line)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def check(page: Page, *, has_scripts: bool) -> None:
    """Fail where the words or the box are out of view; without scripts the words begin in it."""
    page.wait_for_load_state()
    seen = page.evaluate(IN_VIEW)
    assert seen["box"], (page.url, seen)
    assert seen["finish"], (page.url, seen)
    assert seen["words" if has_scripts else "begins"], (page.url, seen)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_words_and_box_are_in_view_after_every_step(
    coding: Served, page: Page, size: tuple[int, int], request: pytest.FixtureRequest
) -> None:
    has_scripts = "with scripts" in request.node.name
    page.set_viewport_size({"width": size[0], "height": size[1]})
    sit_down(page, coding, "coding/tiny-survey-2015/next?order=authority&authority=X06000002")
    with coding[0].app_context():
        asked = select(Passage).where(Passage.response == "X06000002/S01.2")
        count = len(db.session.scalars(asked).all())
    assert count == 16
    for _ in range(count - 1):
        check(page, has_scripts=has_scripts)
        type_line(page, "n")
    # Now at the sentence that is longer than the screen, and then at those before it.
    for line in ("huh", "+A1", "p", "1", "huh", "p", "b+2", "u", "."):
        check(page, has_scripts=has_scripts)
        page.keyboard.press("Control+a")
        type_line(page, line)
    check(page, has_scripts=has_scripts)


def test_the_words_are_in_view_on_a_narrow_screen(coding: Served, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    sit_down(page, coding, "coding/tiny-survey-2015/next?order=authority&authority=X06000002")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for _ in range(3):
        assert page.evaluate(wide) == 0
        assert page.evaluate("getComputedStyle(document.documentElement).overflowY") != "hidden"
        type_line(page, "n")


@pytest.fixture
def slipped(coding: Served, browser: Browser) -> Iterator[Page]:
    """A page with scripts on which something was typed that is no key."""
    page = browser.new_page()
    sit_down(page, coding, "coding/tiny-survey-2015/next?order=authority&authority=X06000002")
    type_line(page, "huh")
    expect(page.locator("#command-error")).to_be_visible()
    yield page
    page.close()


def test_what_is_typed_after_a_slip_takes_its_place(slipped: Page) -> None:
    expect(slipped.locator("#command")).to_have_value("huh")
    type_line(slipped, "+A1")
    expect(slipped.locator("#said")).to_have_text("Added: Child abuse and neglect (A1).")


def test_back_leads_to_the_passage_and_asks_nothing(slipped: Page) -> None:
    there = slipped.url
    type_line(slipped, "n")
    slipped.go_back()
    assert slipped.url == there
    expect(slipped.get_by_role("heading", name="Code a passage")).to_be_visible()
    slipped.reload()
    expect(slipped.locator("#command")).to_be_visible()
