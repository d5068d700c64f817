"""A summary written by keys alone: cited passages, and words typed on behind each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from surveyapp.extensions import db
from surveyapp.models import Summary
from tests.e2e.keys_alone import Served, serve_passages, sit_down
from tests.surveyapp.charting import ALDER, FRONT_DOOR, passage

# Without scripts the page is shown again, with the passage at the end of the text.
pytestmark = [
    pytest.mark.a11y,
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.parametrize("page", ["with scripts"], indirect=True),
]


@pytest.fixture
def analysis(tmp_path: Path) -> Iterator[Served]:
    """The service running, with a survey that is read into passages."""
    yield from serve_passages(tmp_path)


@pytest.fixture
def cell(analysis: Served, page: Page) -> Page:
    """The page of a cell whose summary is still to be written."""
    return sit_down(page, analysis, f"analysis/tiny-survey-2015/cells/{ALDER}/S01/")


@pytest.fixture
def key(analysis: Served) -> str:
    """The key of the passage that is cited."""
    with analysis[0].app_context():
        return passage(db.session, FRONT_DOOR).key


def cite_button(cell: Page, key: str) -> tuple[Locator, str]:
    """Return the button that cites a passage, and the reference that it writes."""
    cite = cell.locator(f'button[name="cite"][value="{key}"]')
    return cite, cite.get_attribute("data-token") or ""


def test_words_typed_after_citing_stand_behind_the_passage(
    analysis: Served, cell: Page, key: str
) -> None:
    text, (cite, token) = cell.get_by_label("Write the summary"), cite_button(cell, key)
    text.fill("They count calls")

    cite.press("Enter")

    expect(text).to_be_focused()
    expect(cell.locator("#cited")).to_have_text(
        f"{token} is in the summary. It is only suggested: nobody has decided on it. "
        "Save it when it is ready."
    )
    cell.keyboard.type(" and so on")
    expect(text).to_have_value(f"They count calls {token} and so on")
    with cell.expect_navigation():
        cell.get_by_role("button", name="Save the summary").press("Enter")
    with analysis[0].app_context():
        kept = db.session.scalars(select(Summary.text)).one()
    # A number is the passage's place on the page, which may change; its key does not.
    assert (token, kept) == ("[1]", f"They count calls [{key[:8]}] and so on")


def test_a_passage_is_not_cited_again_where_it_stands(cell: Page, key: str) -> None:
    text, (cite, token) = cell.get_by_label("Write the summary"), cite_button(cell, key)
    text.fill("They count calls, all of them")
    text.press("Home")
    for _ in "They count calls":
        cell.keyboard.press("ArrowRight")

    for _ in range(3):
        cite.press("Enter")

    expect(cell.locator("#cited")).to_contain_text(f"{token} stands there already.")
    cell.keyboard.type(" here")
    expect(text).to_have_value(f"They count calls {token} here, all of them")
