"""After a slip in a blind coder's box, what is typed next takes its place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from surveyapp.extensions import begin_writing, db
from surveyapp.models import Survey
from tests.e2e.conftest import application, let_in, serve
from tests.surveyapp.agreement.two_coders import draw, elms, iris, speak
from tests.surveyapp.building import load_tiny
from tests.surveyapp.respond.filling import signed_in

pytestmark = [pytest.mark.a11y, pytest.mark.allow_hosts(["127.0.0.1"])]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Flask, str]]:
    """The service running, with what Elm said read into passages."""
    app = application(tmp_path)
    with app.app_context():
        speak(db.session, load_tiny(db.session), 1)
        db.session.commit()
    for address in serve(app):
        yield app, address


def test_what_a_blind_coder_types_after_a_slip_takes_its_place(
    served: tuple[Flask, str], browser: Browser
) -> None:
    app, address = served
    with app.app_context():
        begin_writing(db.session)
        sample = draw(db.session, db.session.scalars(select(Survey)).one())
        where = f"{address}/blind/{sample.id}/passages/{elms(db.session)[0].key}"
        coder = iris(db.session)
        db.session.commit()
        kept = signed_in(app, coder, strongly=True)
    page = browser.new_page()
    let_in(page, app, address, kept)
    page.goto(where)
    box = page.locator("#command")
    for line, problem in (("+S01 huh", True), ("+S01 .", False)):
        expect(box).to_be_focused()
        page.keyboard.type(line)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.wait_for_load_state()
        expect(page.locator("#command-error")).to_be_visible(visible=problem)
    expect(page.locator("#said")).to_have_text("Passage finished.")
    page.close()
