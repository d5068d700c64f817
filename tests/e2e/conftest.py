"""The service running for real, and a real browser to look at it with."""

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from cheroot.wsgi import Server
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page

from surveyapp import create_app, migrating
from surveyapp.config import Settings
from surveyapp.extensions import db
from tests.surveyapp.building import load_tiny

STYLES = Path("govuk") / "govuk-frontend.min.css"
# Nothing here plays by itself, which is all that reading every style sheet again is for.
AXE = {"resultTypes": ["violations"], "preload": False}


def serve(app: Flask) -> Iterator[str]:
    """Serve an application on this machine until the test run is over."""
    assert app.static_folder is not None
    assert (Path(app.static_folder) / STYLES).is_file(), "Run `make assets` first."
    server = Server(("127.0.0.1", 0), app)
    server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    yield f"http://127.0.0.1:{server.bind_addr[1]}"
    server.stop()
    thread.join()
    with app.app_context():
        db.engine.dispose()


def application(folder: Path) -> Flask:
    """Return an application with an empty database of its own."""
    app = create_app(Settings(instance=folder, review_file=folder / "review.docx"))
    with app.app_context(), db.engine.connect() as connection:
        migrating.upgrade(connection)
    return app


def place_review(file: Path) -> None:
    """Put something in the place of a review of the tiny survey, with the note beside it."""
    file.write_bytes(b"x" * 812_345)
    file.with_suffix(".json").write_text('{"survey": "tiny-survey-2015"}', "utf-8")


@pytest.fixture(scope="session")
def tiny_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the service with the tiny region and a review in it."""
    app = application(tmp_path_factory.mktemp("site"))
    place_review(app.config["SETTINGS"].review_file)
    with app.app_context():
        load_tiny(db.session)
        db.session.commit()
    yield from serve(app)


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the service with nothing in it."""
    yield from serve(application(tmp_path_factory.mktemp("empty")))


@pytest.fixture(params=["with scripts", "without scripts"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page with scripts and one without; anything said on its console fails the test."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(30_000)
    if request.param == "without scripts":
        # Ours are emptied rather than forbidden: axe is a script too.
        page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # That the page itself answers with an error is for the test to say.
        if message.location["url"] != page.url:
            complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def let_in(page: Page, app: Flask, address: str, kept: Mapping[str, object]) -> None:
    """Give a browser the cookie of somebody who has signed in; kept is what it carries."""
    signer = app.session_interface.get_signing_serializer(app)
    cookie = {"name": "session", "value": str(signer.dumps(dict(kept))), "url": address}
    page.context.add_cookies([cookie])


def check_accessible(page: Page) -> None:
    """Fail for anything axe finds, its best practices included, and for sideways scrolling."""
    # A click may have left the page before: wait for the one that comes.
    page.wait_for_load_state()
    page.locator("main h1").first.wait_for()
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(width) == 0, "The page scrolls sideways."
