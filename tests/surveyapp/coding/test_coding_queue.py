"""The way through the passages: every order goes through all of them, forth and back."""

from itertools import pairwise

import pytest
from sqlalchemy.orm import Session

from surveyapp.coding import queue
from surveyapp.coding.queue import ORDERS, Order, Way
from surveyapp.models import Passage, Survey
from tests.surveyapp.building import queries
from tests.surveyapp.coding.at_work import Coder, passages


def walk(session: Session, survey: Survey, way: Way) -> list[Passage]:
    """Go from each to the next, until none is left."""
    found: list[Passage] = []
    here = queue.after(session, survey, way, None)
    while here is not None and here not in found:
        found.append(here)
        here = queue.after(session, survey, way, here)
    return found


RANKS = {
    "doubt": lambda one: (-one.doubt, one.place),
    "authority": lambda one: one.place,
    "strand": lambda one: (one.asked, one.place),
    "question": lambda one: (one.question_code, one.place),
    "source": lambda one: (one.source, one.place),
}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("everything", [False, True])
def test_every_order_goes_through_all(
    session: Session, kay: Coder, order: Order, *, everything: bool
) -> None:
    kay.type(passages(session)[2].key, ".")
    way = Way(order=order, everything=everything)
    expected = [one for one in passages(session) if everything or not one.coded]

    found = walk(session, kay.survey, way)

    assert found == sorted(expected, key=RANKS[order])
    rows, has_more = queue.page(session, kay.survey, way, None)
    assert (list(rows), has_more) == (found, False)
    assert list(queue.page(session, kay.survey, way, found[1])[0]) == found[2:]


@pytest.mark.parametrize("order", ORDERS)
def test_back_is_where_one_came_from(session: Session, kay: Coder, order: Order) -> None:
    way = Way(order=order)
    found = walk(session, kay.survey, way)
    for one, following in pairwise(found):
        assert queue.before(session, kay.survey, way, following) is one
    assert queue.before(session, kay.survey, way, found[0]) is None
    kay.type(found[0].key, ".")
    assert queue.before(session, kay.survey, way, found[1]) is found[0]


def test_what_was_passed_over_comes_again(session: Session, kay: Coder) -> None:
    found = walk(session, kay.survey, Way())
    assert queue.after(session, kay.survey, Way(), found[-1]) is found[0]
    for one in found:
        kay.type(one.key, ".")
    assert queue.after(session, kay.survey, Way(), found[-1]) is None


@pytest.mark.parametrize(
    "way",
    [
        Way(authority="X06000002"),
        Way(source="interview"),
        Way(asked="S01"),
        Way(question="S01.2", order="strand"),
        Way(theme="E2"),
    ],
)
def test_passages_are_narrowed(session: Session, kay: Coder, way: Way) -> None:
    found = walk(session, kay.survey, way)
    everything = set(passages(session))
    assert found
    assert set(found) < everything
    for one in found:
        assert way.authority in {"", one.authority_code}
        assert way.source in {"", one.source}
        assert way.asked in {"", one.asked}
        assert way.question in {"", one.question_code}


def test_a_theme_turned_down_is_no_way_to_a_passage(session: Session, kay: Coder) -> None:
    [one] = walk(session, kay.survey, Way(theme="E2"))
    kay.type(one.key, "-2")
    assert walk(session, kay.survey, Way(theme="E2")) == []


def test_pages_follow_on_each_other(
    session: Session, kay: Coder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAGE", 2)
    found, last = [], None
    for _ in range(4):
        rows, has_more = queue.page(session, kay.survey, Way(order="source"), last)
        found += rows
        last = rows[-1]
    assert not has_more
    assert found == walk(session, kay.survey, Way(order="source"))


def test_a_way_is_kept_in_the_address() -> None:
    assert Way().said() == {}
    way = Way(order="source", theme="E2", everything=True)
    assert way.said() == {"order": "source", "theme": "E2", "everything": "1"}


@pytest.mark.queries
@pytest.mark.parametrize("order", ["doubt", "authority"])
def test_the_next_passage_is_one_query(session: Session, kay: Coder, order: Order) -> None:
    # The first on the way: behind the last one it would look for those passed over, too.
    here = queue.after(session, kay.survey, Way(order=order), None)
    with queries(session) as sent:
        queue.after(session, kay.survey, Way(order=order), here)
    assert len(sent) <= 2
    assert not any("OFFSET" in one.upper().replace("LIMIT ? OFFSET ?", "") for one in sent)
