"""Every state in staff.py, in a real browser, with and without scripts."""

import pytest

from tests.e2e.every_page import staff
from tests.e2e.every_page.conftest import Check
from tests.e2e.every_page.states import State

pytestmark = [pytest.mark.a11y, pytest.mark.allow_hosts(["127.0.0.1"])]


@pytest.mark.parametrize("state", staff.STATES, ids=str)
def test_a_page_in_every_state(state: State, check_state: Check) -> None:
    check_state(state)
