"""Every state of the pages of interviews, in a real browser, with and without scripts."""

from collections.abc import Mapping

import pytest

from surveyapp.extensions import begin_writing, db
from tests.e2e.every_page.conftest import Check, copies
from tests.e2e.every_page.interviews import (
    arranging,
    brief,
    bringing_in,
    live,
    record,
    tidying,
)
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


def furnish_all() -> Mapping[str, str]:
    """Furnish interviews in every state."""
    ids: dict[str, str] = {}
    begin_writing(db.session)
    for furnish in FURNISH:
        ids |= furnish(db.session)
    db.session.commit()
    return ids


with_scripts, without_scripts, site = copies(furnish_all)


@pytest.mark.parametrize("state", STATES, ids=str)
def test_a_page_in_every_state(state: State, check_state: Check) -> None:
    check_state(state)
