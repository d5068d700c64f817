"""Every state of the consultant's workbench, in a real browser, with and without scripts."""

from collections.abc import Mapping

import pytest
from sqlalchemy import select

from surveyapp.extensions import begin_writing, db
from surveyapp.models import Survey
from tests.e2e.every_page.conftest import Check, copies
from tests.e2e.every_page.furniture import OPEN
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


def furnish_all() -> Mapping[str, str]:
    """Furnish a survey that is being coded."""
    ids: dict[str, str] = {}
    survey = db.session.scalars(select(Survey).where(Survey.code == OPEN)).one()
    derive(db.session, survey)
    for room in ROOMS:
        begin_writing(db.session)
        ids |= room.furnish(db.session)
        db.session.commit()
    return ids


with_scripts, without_scripts, site = copies(furnish_all)


@pytest.mark.parametrize("state", STATES, ids=str)
def test_a_page_in_every_state(state: State, check_state: Check) -> None:
    check_state(state)
