"""A summary written by keys alone: cited passages, and words typed on behind each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from surveyapp.extensions import begin_writing, db
from surveyapp.models import Summary
from tests.e2e.conftest import application, let_in, serve
from tests.surveyapp.building import load_tiny
from tests.surveyapp.charting import ALDER, FRONT_DOOR, passage
from tests.surveyapp.coding.at_work import consultant
from tests.surveyapp.deriving import derive
from tests.surveyapp.respond.filling import signed_in

# Without scripts the page is shown again, with the passage at the end of the text.
pytestmark = [
    pytest.mark.a11y,
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.parametrize("page", ["with scripts"], indirect=True),
]


@pytest.fixture
def analysis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str]]:
    """The service running, with a survey that is read into passages."""
    folder: Path = tmp_path_factory.mktemp("citing")
    app = application(folder)
    with app.app_context():
        derive(db.session, load_tiny(db.session))
    for address in serve(app):
        yield app, address


@pytest.fixture
def cell(analysis: tuple[Flask, str], page: Page) -> Page:
    """The page of a cell whose summary is still to be written."""
    app, address = analysis
    with app.app_context():
        begin_writing(db.session)
        person = consultant(db.session)
        db.session.commit()
        kept = signed_in(app, person, strongly=True)
    let_in(page, app, address, kept)
    page.goto(f"{address}/analysis/tiny-survey-2015/cells/{ALDER}/S01/")
    return page


def token_of(app: Flask) -> str:
    with app.app_context():
        return f"[{passage(db.session, FRONT_DOOR).key[:8]}]"


def test_words_typed_after_citing_stand_behind_the_passage(
    analysis: tuple[Flask, str], cell: Page
) -> None:
    token = token_of(analysis[0])
    text, cite = cell.get_by_label("Write the summary"), cell.get_by_role("button", name=token)
    text.fill("They count calls")

    cite.press("Enter")

    expect(text).to_be_focused()
    expect(cell.locator("#cited")).to_have_text(
        f"{token} is in the summary. It is only suggested: nobody has confirmed it. "
        "Save it when it is ready."
    )
    cell.keyboard.type(" and so on")
    told = f"They count calls {token} and so on"
    expect(text).to_have_value(told)
    with cell.expect_navigation():
        cell.get_by_role("button", name="Save the summary").press("Enter")
    with analysis[0].app_context():
        assert db.session.scalars(select(Summary.text)).one() == told


def test_a_passage_is_not_cited_again_where_it_stands(
    analysis: tuple[Flask, str], cell: Page
) -> None:
    token = token_of(analysis[0])
    text, cite = cell.get_by_label("Write the summary"), cell.get_by_role("button", name=token)
    text.fill("They count calls, all of them")
    text.press("Home")
    for _ in "They count calls":
        cell.keyboard.press("ArrowRight")

    for _ in range(3):
        cite.press("Enter")

    expect(cell.locator("#cited")).to_contain_text(f"{token} stands there already.")
    cell.keyboard.type(" here")
    expect(text).to_have_value(f"They count calls {token} here, all of them")
