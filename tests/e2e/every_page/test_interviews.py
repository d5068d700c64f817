"""Every state of the pages of interviews, in a real browser, with and without scripts."""

from collections.abc import Iterator

import pytest

from surveyapp.extensions import begin_writing, db
from tests.e2e.every_page.conftest import WITHOUT, Check, built
from tests.e2e.every_page.interviews import (
    arranging,
    brief,
    bringing_in,
    live,
    record,
    tidying,
)
from tests.e2e.every_page.site import Site
from tests.e2e.every_page.states import State

pytestmark = [pytest.mark.a11y, pytest.mark.allow_hosts(["127.0.0.1"])]
STATES = (
    *arranging.STATES,
    *brief.STATES,
    *bringing_in.STATES,
    *live.STATES,
    *record.STATES,
    *tidying.STATES,
)
FURNISH = (
    arranging.furnish_arranging,
    brief.furnish_brief,
    bringing_in.furnish_bringing_in,
    live.furnish_live,
    record.furnish_record,
    tidying.furnish_tidying,
)


@pytest.fixture(scope="module")
def with_scripts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A copy for browsers with scripts: what is brought in once is not new a second time."""
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
    """Build the service with interviews in every state, apart from what the other pages show."""
    for place in built(tmp_path_factory):
        ids = dict(place.parts)
        with place.app.app_context():
            begin_writing(db.session)
            for furnish in FURNISH:
                ids |= furnish(db.session)
            db.session.commit()
        yield Site(place.app, place.address, ids, place.files)


@pytest.mark.parametrize("state", STATES, ids=str)
def test_a_page_in_every_state(state: State, check_state: Check) -> None:
    check_state(state)
