"""An hour without a mouse: ten passages in a row, coded by keys alone, with scripts and without."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.extensions import begin_writing, db
from surveyapp.models import CodedPassage, Memo, Passage
from tests.e2e.conftest import check_accessible, let_in
from tests.e2e.keys_alone import Served, serve_passages, sit_down
from tests.surveyapp.building import save, submission_of
from tests.surveyapp.coding.at_work import consultant
from tests.surveyapp.respond.filling import signed_in

pytestmark = [pytest.mark.a11y, pytest.mark.allow_hosts(["127.0.0.1"])]
TOLD = (
    "Our front door works well. Schools ring us with figures, but the audit is not yet there. "
    "We plan to ask again. Nobody counts neglect. The case study is long. We meet on Mondays. "
    "Health visitors come too. It works well in the north. The south is not yet ready."
)


@pytest.fixture
def coding(tmp_path: Path) -> Iterator[Served]:
    """The service running, with a survey that is read into passages."""
    yield from serve_passages(tmp_path, tell)


@pytest.fixture
def coder(coding: Served, page: Page) -> Page:
    """The page of a consultant, on the overview."""
    return sit_down(page, coding, "coding/tiny-survey-2015/")


def tell(session: Session) -> None:
    """Have Birch say something."""
    birch = submission_of(session, "Birch")
    save(session, birch, "S01.1", {"rating": 4}, seen=1)
    save(session, birch, "S01.2", {"text": TOLD})


def type_line(page: Page, line: str) -> None:
    """Type into the box, which has focus, and press Enter."""
    expect(page.locator("#command")).to_be_focused()
    page.keyboard.type(line)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def reach(page: Page, name: str) -> None:
    """Press Tab until a link or a button of this name has focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if name in page.evaluate("document.activeElement.textContent"):
            return
    raise AssertionError(f"Tab never comes to {name}.")


# What is typed, and what the page then says was done.
LINES = (
    ("1", "Accepted: Identification of needs (S01)."),
    ("u", "Undone: Coded 1 passage: accepted Identification of needs (S01)."),
    ("1 .", "Finished the passage before. Accepted: Identification of needs (S01)."),
    ("-1 .", "Finished the passage before. Turned down: Identification of needs (S01)."),
    ("+A1 m ask which families", "Added: Child abuse and neglect (A1). Memo kept."),
    (
        ".",
        "Finished the passage before. Turned down with it: Identification of needs (S01).",
    ),
    ("", "Finished the passage before."),
    ("n", ""),
    ("p", ""),
    ("* .", "Finished the passage before. Accepted: Identification of needs (S01), Strength (P1)."),
    ("e-7", ""),
    (
        "+E1",
        "Passage drawn. The sentence it came from is finished without it. Turned down with it: "
        "Audit (E2), Gap (P2). Accepted: Data (E1).",
    ),
    ("", "Finished the passage before."),
    ("", "Finished the passage before. Turned down with it: Plan (P3)."),
    ("", "Finished the passage before. Turned down with it: Child abuse and neglect (A1)."),
    ("", "Finished the passage before. Turned down with it: Case studies (E3)."),
    ("", "Finished the passage before."),
    ("", "Finished the passage before."),
)


def test_ten_passages_in_a_row_by_keys_alone(coding: Served, coder: Page) -> None:
    reach(coder, "By authority")
    with coder.expect_navigation():
        coder.keyboard.press("Enter")
    for line, said in LINES:
        type_line(coder, line)
        expect(coder.locator("#said")).to_have_text(said)
    check_accessible(coder)

    assert _counts(coding[0]) == {"finished": 12, "memos": 1, "drawn": 1}


def test_a_slip_is_put_right_by_keys_alone(coder: Page) -> None:
    coder.goto(coder.url + "next")
    type_line(coder, "1 nonsense")
    expect(coder).to_have_title(re.compile("^Error: Code a passage"))
    check_accessible(coder)
    # What was typed is not lost: the line is there, in the box that has focus.
    expect(coder.locator("#command")).to_have_value("1 nonsense")
    coder.keyboard.press("Control+a")
    type_line(coder, "n")
    expect(coder).to_have_title(re.compile("^Code a passage"))


def _counts(app: Flask) -> dict[str, int]:
    asked = {
        "finished": select(func.count()).select_from(CodedPassage),
        "memos": select(func.count()).select_from(Memo),
        "drawn": select(func.count()).select_from(Passage).where(Passage.drawn.is_(True)),
    }
    with app.app_context():
        return {name: db.session.scalar(one) or 0 for name, one in asked.items()}


SELECT = """([from, to]) => {
  const after = document.getElementById("passage").nextSibling;
  const words = document.getElementById("words").firstChild;
  getSelection().setBaseAndExtent(words, from, after, to);
}"""


@pytest.mark.parametrize(
    ("ends", "become"),
    [
        # Half a word at either end is a whole one.
        ((4, 4), "meet on Mondays. Health"),
        ((2, 4), "We meet on Mondays. Health"[3:]),
        # From the blank before a word, or through the blank after one, the next word is none.
        ((7, 8), "on Mondays. Health"),
        ((3, 1), "meet on Mondays."),
    ],
)
def test_selected_words_become_the_passage(
    coding: Served, browser: Browser, ends: tuple[int, int], become: str
) -> None:
    app, address = coding
    with app.app_context():
        asked = select(Passage.key).where(Passage.words == "We meet on Mondays.")
        key = db.session.scalars(asked).one()
        begin_writing(db.session)
        person = consultant(db.session)
        db.session.commit()
        kept = signed_in(app, person, strongly=True)
    page = browser.new_page()
    let_in(page, app, address, kept)
    page.goto(f"{address}/coding/tiny-survey-2015/passages/{key}/")
    page.evaluate(SELECT, ends)
    with page.expect_navigation():
        page.get_by_role("button", name="Take the words you have selected").click()
    expect(page.locator("#words")).to_have_text(become)
    page.close()
