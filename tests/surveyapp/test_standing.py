"""Where an interview stands follows from its moments; an example's time stands still."""

import datetime as dt
import re
from pathlib import Path

import pytest

from surveyapp import interview
from surveyapp.models import Interview, Survey
from surveyapp.standing import HAPPENED, LABELS, label, now_in, state
from tests.surveyapp.building import NOON

HOUR = dt.timedelta(hours=1)
DAY = NOON.date()


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        ({}, "to be arranged"),
        ({"starts_at": NOON + HOUR}, "booked"),
        ({"starts_at": NOON}, "due"),
        ({"starts_at": NOON, "started_at": NOON, "held_on": DAY}, "under way"),
        ({"started_at": NOON, "held_on": DAY, "ended_at": NOON}, "held"),
        ({"held_on": DAY}, "held"),
        ({"held_on": DAY, "offered_at": NOON}, "offered"),
        ({"held_on": DAY, "offered_at": NOON, "confirmed_at": NOON}, "confirmed"),
        ({"starts_at": NOON, "cancelled_at": NOON}, "cancelled"),
    ],
)
def test_a_state_follows_from_the_moments(moments: dict[str, object], expected: str) -> None:
    interview = Interview(**moments)

    assert state(interview, NOON) == expected
    assert label(state(interview, NOON)) == LABELS[state(interview, NOON)]


def test_an_examples_time_stands_still_on_its_last_morning() -> None:
    survey = Survey(is_example=True, closes_on=dt.date(2015, 7, 31))
    stands = dt.datetime(2015, 7, 31, 8, 0, tzinfo=dt.UTC)

    assert now_in(survey, NOON) == NOON
    assert now_in(survey, NOON + dt.timedelta(days=400)) == stands
    survey.is_example = False
    assert now_in(survey, NOON + dt.timedelta(days=400)) > stands


def test_every_act_has_words() -> None:
    """A key of the audit trail that this room writes is read as a sentence."""
    room = Path(interview.__file__).parent
    written = {
        key
        for file in room.rglob("*.py")
        for key in re.findall(r'audit\.record\([^"]*"([a-z_.]+)"', file.read_text("utf-8"))
    }

    assert len(written) > 20
    assert written - HAPPENED.keys() == set()
