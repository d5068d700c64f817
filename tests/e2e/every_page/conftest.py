"""One copy of the service for all states, and an empty browser for each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from surveyapp.extensions import limiter
from tests.e2e.conftest import serve
from tests.e2e.every_page import furniture
from tests.e2e.every_page.checks import Shown, check
from tests.e2e.every_page.site import Site
from tests.e2e.every_page.states import State
from tests.e2e.every_page.tabs import Tab, Tabs

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
    return isinstance(state, State) and state.needs_scripts and given["tab"] == WITHOUT


def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Build a copy of the service, and serve it."""
    app = furniture.application(tmp_path_factory.mktemp("every"))
    parts = furniture.furnish(app)
    files = furniture.files(app, tmp_path_factory.mktemp("files"))
    for address in serve(app):
        yield Site(app, address, parts, files)


def copies(furnish: Callable[[], Mapping[str, str]]) -> tuple[object, object, object]:
    """Return fixtures for a module that furnishes more than the other pages show.

    They are a copy of the service for browsers with scripts, one for those without, since what is
    done once is not new a second time, and the one that a test's own browser looks at. `furnish`
    returns ids by name.
    """

    def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
        for place in built(tmp_path_factory):
            with place.app.app_context():
                parts = {**place.parts, **furnish()}
            yield replace(place, parts=parts)

    @pytest.fixture
    def site(request: pytest.FixtureRequest) -> Site:
        runs_none = WITHOUT in request.node.name
        found: Site = request.getfixturevalue("without_scripts" if runs_none else "with_scripts")
        return found

    of_module = pytest.fixture(scope="module")
    return of_module(furnished), of_module(furnished), site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service, for every state to be looked at."""
    yield from built(tmp_path_factory)


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Iterator[Tabs]:
    """The tabs of this run, one with scripts and one without."""
    tabs = Tabs(browser)
    yield tabs
    tabs.close()


@pytest.fixture(params=["with scripts", WITHOUT])
def tab(request: pytest.FixtureRequest, tabs: Tabs, site: Site) -> Iterator[Tab]:
    """A browser in which nobody was yet; without scripts, it runs none at all."""
    limiter.reset()  # of the site, which keeps the count of how often somebody asks
    runs_scripts = request.param != WITHOUT
    failed = request.session.testsfailed
    tab = tabs.take(runs_scripts=runs_scripts)
    yield tab
    if request.session.testsfailed == failed:
        tabs.give_back(tab, site.address, runs_scripts=runs_scripts)
    else:
        tab.page.context.close()


@pytest.fixture
def check_state(request: pytest.FixtureRequest, tab: Tab, site: Site) -> Iterator[Check]:
    """Look at a page in a state; anything said on its console fails the test."""

    def look(state: State) -> None:
        answer = state.enter(tab, site)
        assert answer.status == state.status, tab.page.locator("h1").all_inner_texts()
        if state.answered_by:
            assert answered_by(site, answer.request.method, answer.url) == state.answered_by
        runs_scripts = WITHOUT not in request.node.name
        check(Shown(tab, answer.text(), runs_scripts, state.needs_scripts))

    with tab.listening(site.address) as complaints:
        yield look
    assert complaints == []


def answered_by(site: Site, method: str, url: str) -> str:
    """Return the route that answers at an address."""
    path = url.removeprefix(site.address).partition("?")[0].partition("#")[0]
    endpoint, _ = site.app.url_map.bind("127.0.0.1").match(path, method=method)
    return str(endpoint)
