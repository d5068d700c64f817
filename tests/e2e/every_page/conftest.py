"""One copy of the service for all states, and a browser of a person's own for each."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from surveyapp.extensions import limiter
from tests.e2e.conftest import serve
from tests.e2e.every_page import furniture
from tests.e2e.every_page.checks import Shown, check
from tests.e2e.every_page.site import Site
from tests.e2e.every_page.states import State

Check = Callable[[State], None]
WITHOUT = "without scripts"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, without scripts, the states that only a script leads to."""
    left_out = [one for one in items if _leads_nowhere(one)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [one for one in items if one not in left_out]


def _leads_nowhere(item: pytest.Item) -> bool:
    given = item.callspec.params if hasattr(item, "callspec") else {}
    state = given.get("state")
    return isinstance(state, State) and state.needs_scripts and given["context"] == WITHOUT


def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Build a copy of the service, and serve it."""
    app = furniture.application(tmp_path_factory.mktemp("every"))
    parts = furniture.furnish(app)
    files = furniture.files(app, tmp_path_factory.mktemp("files"))
    for address in serve(app):
        yield Site(app, address, parts, files)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service, for every state to be looked at."""
    yield from built(tmp_path_factory)


@pytest.fixture(params=["with scripts", WITHOUT])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A browser of somebody's own; without scripts, it runs none at all."""
    request.getfixturevalue("site")  # which keeps the count of how often somebody asks
    limiter.reset()
    context = browser.new_context(java_script_enabled=request.param == "with scripts")
    yield context
    context.close()


@pytest.fixture
def check_state(
    request: pytest.FixtureRequest, context: BrowserContext, site: Site
) -> Iterator[Check]:
    """Look at a page in a state; anything said on its console fails the test."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # That a page itself answers with an error is for its state to say.
        if message.location["url"].startswith(f"{site.address}/static"):
            complaints.append(message.text)

    def watch(page: Page) -> None:
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(str(error)))

    def look(state: State) -> None:
        runs_scripts = WITHOUT not in request.node.name
        context.on("page", watch)
        page, answer = state.enter(context, site)
        assert answer.status == state.status, page.locator("h1").all_inner_texts()
        if state.answered_by:
            assert answered_by(site, answer.request.method, answer.url) == state.answered_by
        check(Shown(page, answer.text(), runs_scripts))

    yield look
    assert complaints == []


def answered_by(site: Site, method: str, url: str) -> str:
    """Return the route that answers at an address."""
    path = url.removeprefix(site.address).partition("?")[0].partition("#")[0]
    endpoint, _ = site.app.url_map.bind("127.0.0.1").match(path, method=method)
    return str(endpoint)
