"""Everything can be done with the keyboard alone, and in a browser that runs no scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from surveyapp.extensions import limiter
from tests.e2e.every_page import journeys
from tests.e2e.every_page.conftest import built
from tests.e2e.every_page.hands import Hand, Keyboard, Pointer
from tests.e2e.every_page.site import Site

pytestmark = [pytest.mark.a11y, pytest.mark.allow_hosts(["127.0.0.1"])]


@pytest.fixture(
    scope="module", params=["by keyboard", "without scripts", "by keyboard without scripts"]
)
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def own_site(way: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service, for one hand to change."""
    yield from built(tmp_path_factory)


@pytest.fixture
def hand(way: str, browser: Browser) -> Iterator[Hand]:
    limiter.reset()
    context = browser.new_context(java_script_enabled="without scripts" not in way)
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield Keyboard(page) if "keyboard" in way else Pointer(page)
    context.close()


def test_a_coordinator_completes_a_return(hand: Hand, own_site: Site) -> None:
    journeys.come_in(hand, own_site, "coordinator")
    journeys.complete_every_type(hand, own_site)
    journeys.hand_in(hand, own_site)


def test_colleagues_work_together(hand: Hand, own_site: Site) -> None:
    journeys.come_in(hand, own_site, "coordinator")
    journeys.work_together(hand, own_site)
    journeys.merge(hand, own_site)
    journeys.send_back_in_word(hand, own_site)


def test_a_newcomer_comes_in(hand: Hand, own_site: Site) -> None:
    journeys.come_in(hand, own_site, "newcomer")

    journeys.see(hand.page, "Tiny survey 2015: your return")


def test_a_consultant_runs_a_survey(hand: Hand, own_site: Site) -> None:
    journeys.come_in(hand, own_site, "consultant")
    journeys.invite(hand, own_site)
    journeys.run_a_survey(hand, own_site)
