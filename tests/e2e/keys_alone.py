"""A survey that is read into passages, served, and a consultant who sits down before it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from surveyapp.extensions import begin_writing, db
from tests.e2e.conftest import application, let_in, serve
from tests.surveyapp.building import load_tiny
from tests.surveyapp.coding.at_work import consultant
from tests.surveyapp.deriving import derive
from tests.surveyapp.respond.filling import signed_in

Served = tuple[Flask, str]
Answer = Callable[[Session], None]


def serve_passages(folder: Path, answer: Answer | None = None) -> Iterator[Served]:
    """Give the service running, and its address; `answer` adds what is said beside the usual."""
    app = application(folder)
    with app.app_context():
        survey = load_tiny(db.session)
        if answer is not None:
            answer(db.session)
        derive(db.session, survey)
    for address in serve(app):
        yield app, address


def sit_down(page: Page, served: Served, path: str) -> Page:
    """Let a consultant in, at a page of the survey's."""
    app, address = served
    with app.app_context():
        begin_writing(db.session)
        person = consultant(db.session)
        db.session.commit()
        kept = signed_in(app, person, strongly=True)
    let_in(page, app, address, kept)
    page.goto(f"{address}/{path}")
    return page
