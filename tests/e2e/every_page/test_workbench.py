"""Every state of the consultant's workbench, in a real browser, with and without scripts."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from surveyapp.extensions import begin_writing, db
from surveyapp.models import Survey
from tests.e2e.every_page.conftest import WITHOUT, Check, built
from tests.e2e.every_page.furniture import OPEN
from tests.e2e.every_page.site import Site
from tests.e2e.every_page.states import State
from tests.e2e.every_page.workbench import (
    agreement,
    analysis,
    checking,
    coding,
    coding_codebook,
    exchange,
    findings,
    privacy,
    review,
)
from tests.surveyapp.deriving import derive

pytestmark = [pytest.mark.a11y, pytest.mark.allow_hosts(["127.0.0.1"])]
ROOMS = (
    agreement,
    analysis,
    checking,
    coding,
    coding_codebook,
    exchange,
    findings,
    privacy,
    review,
)
STATES = tuple(state for room in ROOMS for state in room.STATES)
NO_PAGES = {name: why for room in ROOMS for name, why in room.NO_PAGES.items()}
LEAD_ON = {name: why for room in ROOMS for name, why in room.LEAD_ON.items()}


@pytest.fixture(scope="module")
def with_scripts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A copy for browsers with scripts: what is decided once is decided a second time."""
    yield from furnished(tmp_path_factory)


@pytest.fixture(scope="module")
def without_scripts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A copy for browsers without."""
    yield from furnished(tmp_path_factory)


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Site:
    """The copy that this browser looks at."""
    runs_none = WITHOUT in request.node.name
    found: Site = request.getfixturevalue("without_scripts" if runs_none else "with_scripts")
    return found


def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Build the service with a survey that is being coded, apart from what other pages show."""
    for place in built(tmp_path_factory):
        ids = dict(place.parts)
        with place.app.app_context():
            survey = db.session.scalars(select(Survey).where(Survey.code == OPEN)).one()
            derive(db.session, survey)
            for room in ROOMS:
                begin_writing(db.session)
                ids |= room.furnish(db.session)
                db.session.commit()
        yield Site(place.app, place.address, ids, place.files)


@pytest.mark.parametrize("state", STATES, ids=str)
def test_a_page_in_every_state(state: State, check_state: Check) -> None:
    check_state(state)
