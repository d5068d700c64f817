"""A date that goes along with a mail is read back by a calendar program."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from surveyapp.mail.dates import Occasion, calendar, deadline
from tests.surveyapp.mail.posting import NOW

pytestmark = pytest.mark.mail


def test_the_last_day_is_a_whole_day_that_keeps_nobody_busy() -> None:
    last = deadline(
        "tiny-survey-2015", "Tiny survey, 2015", dt.date(2015, 7, 31), "https://s.test/"
    )

    file = Calendar.from_ical(calendar(last, NOW))

    (event,) = file.walk("VEVENT")
    assert event["summary"] == "Tiny survey, 2015: last day to submit"
    assert event.decoded("dtstart") == dt.date(2015, 7, 31)
    assert event.decoded("dtend") == dt.date(2015, 8, 1)
    assert event["transp"] == "TRANSPARENT"
    assert event["uid"] == "tiny-survey-2015-closes@early-help-review"
    assert file["method"] == "PUBLISH"


def test_an_extension_moves_the_same_entry() -> None:
    first = calendar(deadline("tiny", "Tiny", dt.date(2015, 7, 31)), NOW)
    second = calendar(deadline("tiny", "Tiny", dt.date(2015, 8, 7)), NOW + dt.timedelta(hours=1))

    (old,), (new,) = (Calendar.from_ical(text).walk("VEVENT") for text in (first, second))
    assert old["uid"] == new["uid"]
    assert old["sequence"] < new["sequence"]


def test_a_call_is_at_its_hour_in_england() -> None:
    begins = dt.datetime(2015, 7, 22, 14, 0, tzinfo=ZoneInfo("Europe/London"))
    call = Occasion("call-1", "Telephone interview", begins, begins + dt.timedelta(minutes=45))

    text = calendar(call, NOW)

    assert "DTSTART:20150722T130000Z" in text
    assert "DTEND:20150722T134500Z" in text
    assert "TRANSP:OPAQUE" in text


def test_a_time_says_its_zone() -> None:
    when = dt.datetime(2015, 7, 22, 14, 0)  # noqa: DTZ001 - the mistake that is looked for

    with pytest.raises(ValueError, match="time zone"):
        calendar(Occasion("call-1", "Call", when, when), NOW)
