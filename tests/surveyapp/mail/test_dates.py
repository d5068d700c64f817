"""A date that goes along with a mail is read back by a calendar program."""

import datetime as dt
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.config import Settings
from surveyapp.coordinate import running
from surveyapp.coordinate.invitations import Inviting, invite
from surveyapp.mail import reminders
from surveyapp.mail.dates import Occasion, calendar, deadline
from surveyapp.mail.kinds import NEEDS, Kind
from surveyapp.mail.queueing import queue
from surveyapp.mail.reminders import Outstanding
from surveyapp.models import Mail, Submission
from tests.surveyapp.building import somebody
from tests.surveyapp.mail.posting import CONTEXTS, NOW

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


def entry(written: Mail | None) -> Event:
    """The one entry of the calendar file that goes along with a mail."""
    assert written is not None
    assert written.calendar is not None
    (event,) = Calendar.from_ical(written.calendar).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def test_mail_after_an_extension_moves_the_entry_of_the_invitation(
    session: Session, birch: Submission, settings: Settings
) -> None:
    survey, (one, *_) = birch.survey, birch.contributors
    began = dt.datetime(2015, 6, 16, 9, 0, tzinfo=dt.UTC)
    inviting = Inviting(survey, somebody(session), settings, began)
    assert invite(session, inviting, [one]) == 1
    first = session.scalars(select(Mail)).one()

    running.extend(session, survey, dt.date(2015, 8, 14), NOW)
    second = reminders.write(session, settings, Outstanding(one, 2), "by-hand:2015-07-20", NOW)

    before, after = entry(first), entry(second)
    assert before["uid"] == after["uid"]
    assert before["sequence"] < after["sequence"]
    assert before.decoded("dtstart") == dt.date(2015, 7, 31)
    assert after.decoded("dtstart") == dt.date(2015, 8, 14)


@pytest.mark.parametrize("kind", get_args(Kind))
def test_mail_that_says_when_the_survey_closes_takes_the_date_along(
    kind: Kind, session: Session, birch: Submission
) -> None:
    made = queue(
        session,
        kind=kind,
        to=somebody(session),
        key=f"a:{kind}",
        context=CONTEXTS[kind],
        submission=birch,
    )

    if "closes_on" in NEEDS[kind]:
        assert entry(made).decoded("dtstart") == birch.survey.closes_on
    else:
        assert made.calendar is None
