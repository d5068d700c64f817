"""The Word form's pages in a real browser: sent back by hand, compared and taken."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, session
from playwright.sync_api import Page, expect

from surveyapp import create_app, guards, migrating
from surveyapp.config import Settings
from surveyapp.extensions import db
from tests.e2e.conftest import check_accessible, let_in, serve
from tests.surveyapp.building import NOON, load_tiny, save, somebody, submission_of
from tests.surveyapp.wordform.paper import Filled, paper_of, sent_back
from tests.synthesis.word.inspection.planting import plant

pytestmark = [pytest.mark.a11y, pytest.mark.allow_hosts(["127.0.0.1"])]
TOLD: Filled = {
    "S01.2:text": "Families tell us.\nSo do schools.",
    "S01.4:number": "about ten",
    "A1.1:option": ("yes",),
    "S01:use_level": ("unnamed",),
}


@pytest.fixture(scope="module")
def forms_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The service with Birch's return in progress."""
    folder = tmp_path_factory.mktemp("forms")
    app = create_app(Settings(instance=folder, review_file=folder / "review.docx", demo=True))
    with app.app_context(), db.engine.connect() as connection:
        migrating.upgrade(connection)
    with app.app_context():
        load_tiny(db.session)
        birch = submission_of(db.session, "Birch")
        for one in birch.contributors:
            one.agreed_at = NOON
        save(db.session, birch, "S01.2", {"text": "We do not."})
        db.session.commit()
    return app


@pytest.fixture(scope="module")
def forms_site(forms_app: Flask) -> Iterator[str]:
    """Its address."""
    yield from serve(forms_app)


@pytest.fixture
def begun(page: Page, forms_app: Flask, forms_site: str) -> Page:
    """The page that takes a form, open for Birch."""
    with forms_app.test_request_context():
        guards.sign_in(somebody(db.session))
        kept, birch = dict(session), submission_of(db.session, "Birch").id
    let_in(page, forms_app, forms_site, kept)
    page.goto(f"{forms_site}/r/{birch}/form")
    return page


@pytest.fixture(scope="module")
def form(forms_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A form that was filled in, with words outside the boxes too."""
    with forms_app.app_context():
        docx = sent_back(paper_of(db.session, submission_of(db.session, "Birch")), TOLD)
    stray = "<w:p><w:r><w:t>Ask Ann about this.</w:t></w:r></w:p><w:sectPr>"
    path = tmp_path_factory.mktemp("sent") / "form.docx"
    path.write_bytes(plant(docx, "word/document.xml", "<w:sectPr>", stray))
    return path


def send(page: Page, form: Path | None) -> None:
    """Choose a file and press the button."""
    if form is not None:
        page.get_by_label("The form you filled in").set_input_files(form)
    page.get_by_role("button", name="Compare it with the return").click()


def test_the_pages_are_accessible(begun: Page, form: Path) -> None:
    check_accessible(begun)

    send(begun, form)

    heading = begun.get_by_role("heading", level=1)
    expect(heading).to_have_text("Compare your form with the return")
    expect(begun.get_by_text("Ask Ann about this.")).to_be_visible()
    expect(begun.get_by_text("about ten")).to_be_visible()
    expect(begun.get_by_text("Without our name")).to_be_visible()
    check_accessible(begun)


def test_errors_are_accessible(begun: Page, form: Path) -> None:
    send(begun, None)
    expect(begun.get_by_role("alert")).to_contain_text("Choose the Word form")
    check_accessible(begun)

    send(begun, form)
    save = begun.get_by_role("button", name="Save the answers I ticked")
    expect(save).to_be_visible()  # all() waits for nothing
    for box in begun.get_by_role("checkbox").all():
        box.uncheck()
    save.click()
    expect(begun.get_by_role("alert")).to_contain_text("Tick the answers")
    check_accessible(begun)
