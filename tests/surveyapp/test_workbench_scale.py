"""Every page of the workbench asks the database as often for many authorities as for few.

The survey is filled as for benchmarks/workbench.py, which does the same with 152 authorities and
100,000 passages. Pages are taken from the application: a new one is tried without being listed.
"""

from collections.abc import Iterator, Mapping

import pytest

from benchmarks import rooms, workbench
from benchmarks.workbench import Cost, Office
from surveyapp.workbench import PAGES

pytestmark = pytest.mark.queries
LONG = 100_000


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with workbench.office(tmp_path_factory.mktemp("few"), 5, 400) as office:
        yield office


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with workbench.office(tmp_path_factory.mktemp("many"), 20, 4_000) as office:
        yield office


@pytest.fixture(scope="module")
def costs(few: Office, many: Office) -> tuple[Mapping[str, Cost], Mapping[str, Cost]]:
    return few.costs(), many.costs()


def test_no_page_asks_more_often_for_many(
    costs: tuple[Mapping[str, Cost], Mapping[str, Cost]],
) -> None:
    small, large = ({name: one.queries for name, one in each.items()} for each in costs)

    assert large == small


def test_pages_do_not_grow_with_what_they_list(
    costs: tuple[Mapping[str, Cost], Mapping[str, Cost]],
) -> None:
    small, large = costs
    grown = {name for name, one in large.items() if one.size > max(LONG, 4 * small[name].size)}

    assert grown == set()


def test_every_room_has_its_pages(few: Office) -> None:
    tried = {page.endpoint for page in few.pages}

    assert {endpoint for endpoint, _ in PAGES} <= tried
    assert {"blind.passage", "member.check"} <= tried


def test_what_is_left_out_is_there_and_said_why(few: Office) -> None:
    assert set(rooms.NO_PAGES) <= set(few.app.view_functions)
    assert all(rooms.NO_PAGES.values())
