"""Working days in England, by a table."""

import datetime as dt

import pytest

from surveyapp.mail.reminders import step
from surveyapp.mail.working_days import after, before, is_working_day

pytestmark = pytest.mark.mail
STEPS = (10, 5, 2)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2015-07-31", True),  # a Friday
        ("2015-08-01", False),  # a Saturday
        ("2015-08-02", False),  # a Sunday
        ("2015-08-03", True),  # a bank holiday in Scotland only
        ("2015-08-31", False),  # the summer bank holiday
        ("2015-04-03", False),  # Good Friday
        ("2015-04-06", False),  # Easter Monday
        ("2015-12-25", False),
        ("2015-12-28", False),  # for Boxing Day, which was a Saturday
        ("2027-12-27", False),  # for Christmas Day, a Saturday
        ("2027-12-28", False),  # for Boxing Day, a Sunday
        ("2022-09-19", False),  # a state funeral
    ],
)
def test_working_days(day: str, *, works: bool) -> None:
    assert is_working_day(dt.date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("closes_on", "count", "expected"),
    [
        ("2015-07-31", 0, "2015-07-31"),
        ("2015-07-31", 2, "2015-07-29"),
        ("2015-07-31", 5, "2015-07-24"),
        ("2015-08-02", 1, "2015-07-31"),  # a survey that closes on a Sunday
        ("2015-09-01", 1, "2015-08-28"),  # over a bank holiday
        ("2015-04-08", 2, "2015-04-02"),  # over Easter
        ("2016-01-04", 5, "2015-12-23"),  # over Christmas and New Year
    ],
)
def test_so_many_working_days_before(closes_on: str, count: int, expected: str) -> None:
    found = before(dt.date.fromisoformat(closes_on), count)

    assert found == dt.date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2015-07-16", None),  # too early
        ("2015-07-17", 10),
        ("2015-07-18", None),  # a Saturday
        ("2015-07-20", 10),  # Monday makes up for a Friday without power
        ("2015-07-24", 5),
        ("2015-07-29", 2),
        ("2015-07-31", 2),  # the last day
        ("2015-08-03", None),  # too late
    ],
)
def test_which_reminder_it_is_time_for(today: str, expected: int | None) -> None:
    assert step(dt.date(2015, 7, 31), dt.date.fromisoformat(today), STEPS) == expected


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2015-08-21", 10, "2015-09-07"),  # over the summer bank holiday
        ("2015-08-22", 1, "2015-08-24"),  # from a Saturday
        ("2015-04-02", 1, "2015-04-07"),  # over Easter
        ("2015-07-31", 0, "2015-07-31"),
    ],
)
def test_so_many_working_days_after(day: str, count: int, expected: str) -> None:
    found = after(dt.date.fromisoformat(day), count)

    assert found == dt.date.fromisoformat(expected)
