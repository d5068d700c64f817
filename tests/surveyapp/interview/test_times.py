"""Times are typed in several ways, and mean what clocks in England show."""

import datetime as dt

import pytest

from surveyapp.interview.booking import AGREED, Problems, TimeTyped, as_typed, row
from surveyapp.interview.times import Row, Span, as_clock, clock, in_england, whole
from tests.surveyapp.building import NOON
from tests.surveyapp.interview.appointed import MONDAY, at

BOXES = {"day-day": "3", "day-month": "8", "day-year": "2015", "time": "2:30pm"}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2:30pm", dt.time(14, 30)),
        ("2.30 pm", dt.time(14, 30)),
        ("2pm", dt.time(14)),
        ("14:30", dt.time(14, 30)),
        ("12am", dt.time(0)),
        ("12:15pm", dt.time(12, 15)),
        ("9:05 a.m.", dt.time(9, 5)),
        ("Midday", dt.time(12)),
        ("14", None),
        ("14pm", None),
        ("24:00", None),
        ("2:75pm", None),
        ("half past two", None),
        ("", None),
        ("٢:30pm", None),
    ],
)
def test_a_time_of_day_is_read(typed: str, expected: dt.time | None) -> None:
    assert clock(typed) == expected


def test_a_clock_in_england_is_an_hour_ahead_in_summer() -> None:
    assert in_england(dt.date(2015, 8, 3), dt.time(14)) == dt.datetime(
        2015, 8, 3, 13, 0, tzinfo=dt.UTC
    )
    assert in_england(dt.date(2015, 12, 3), dt.time(14)) == dt.datetime(
        2015, 12, 3, 14, 0, tzinfo=dt.UTC
    )


def test_a_time_that_clocks_jump_over_is_none() -> None:
    assert in_england(dt.date(2016, 3, 27), dt.time(1, 30)) is None
    assert in_england(dt.date(2016, 3, 27), dt.time(2, 30)) is not None


def test_times_in_a_row_end_before_the_end() -> None:
    spans = list(Row(at(9), at(12), 45, 15).spans())

    assert [as_clock(one.starts_at) for one in spans] == ["9:00am", "10:00am", "11:00am"]
    assert spans[-1].ends_at == at(11, 45)


def test_one_may_begin_when_another_ends() -> None:
    first = Span(at(9), 60)

    assert not first.overlaps(Span(at(10), 30))
    assert first.overlaps(Span(at(9, 59), 30))
    assert first.overlaps(Span(at(8), 240))


@pytest.mark.parametrize(
    ("typed", "expected"), [("45", 45), (" 5 ", 5), ("0", None), ("-1", None), ("241", None)]
)
def test_a_whole_number_lies_within_its_bounds(typed: str, expected: int | None) -> None:
    assert whole(typed, 240) == expected


@pytest.mark.parametrize(
    ("typed", "at_fault"),
    [
        ({"day-day": "31", "day-month": "9"}, "day"),
        ({"day-year": ""}, "day"),
        ({"day-year": "2014"}, "day"),
        ({"time": "soon"}, "time"),
        ({"day-day": "27", "day-month": "3", "day-year": "2016", "time": "1:30am"}, "time"),
    ],
)
def test_what_is_wrong_with_a_time_stands_by_its_box(typed: dict[str, str], at_fault: str) -> None:
    boxes = TimeTyped(BOXES | typed)

    assert boxes.starts_at(NOON) is None
    assert list(boxes.problems) == [at_fault]


def test_a_time_is_shown_as_it_would_be_typed() -> None:
    shown = as_typed(at(14, 30), 45, "x")

    assert shown == BOXES | {"minutes": "45", "place": "x"}
    assert TimeTyped(shown).starts_at(NOON) == at(14, 30)
    assert AGREED not in as_typed(None, 45, "")


@pytest.mark.parametrize(
    ("typed", "at_fault"),
    [
        ({"until": "2pm"}, "until"),
        ({"until": "soon"}, "until"),
        ({"minutes": "many"}, "minutes"),
        ({"gap": "x"}, "gap"),
        ({"until": "11:59pm", "minutes": "1", "gap": "0"}, "until"),
    ],
)
def test_what_is_wrong_with_a_row_stands_by_its_box(typed: dict[str, str], at_fault: str) -> None:
    problems = Problems()

    assert row(BOXES | {"minutes": "45", "gap": "15"} | typed, NOON, problems) is None
    assert list(problems) == [at_fault]


def test_without_an_end_one_time_is_offered() -> None:
    found = row(BOXES | {"minutes": "45"}, NOON, Problems())

    assert found is not None
    assert [span.starts_at for span in found.spans()] == [at(14, 30, MONDAY)]
