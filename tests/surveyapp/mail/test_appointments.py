"""An appointment is asked for, moved and called off as programs expect, and read from theirs."""

import datetime as dt
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest
from icalendar import Calendar, Event

from surveyapp.mail import appointments
from surveyapp.mail.appointments import (
    CALLED_OFF,
    LARGEST,
    NO_APPOINTMENT,
    NOT_A_CALENDAR,
    SEVERAL,
    TOO_LARGE,
    Appointment,
    Party,
    Read,
    UnfitCalendarError,
)
from surveyapp.mail.dates import calendar, deadline
from surveyapp.mail.senders.letters import Letter
from surveyapp.mail.senders.smtp import compose
from tests.surveyapp.mail.posting import NOW

pytestmark = pytest.mark.mail
BEGINS = dt.datetime(2015, 7, 22, 13, 0, tzinfo=dt.UTC)
CALL = Appointment(
    uid="interview-1",
    sequence=1,
    title="Telephone interview: Birch",
    begins=BEGINS,
    minutes=45,
    place="01632 960123",
    organizer=Party("Early help review", "review@localhost"),
    attendees=(
        Party("Cy Birch", "cy@birch.example"),
        Party("Iris", "iris@r.example", is_chair=True),
    ),
)
FILE = """BEGIN:VCALENDAR
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:1
{lines}
LOCATION:Room 1\\, upstairs
END:VEVENT
END:VCALENDAR
"""


def sent(*lines: str) -> bytes:
    """Return the calendar file of somebody else's program."""
    return FILE.format(lines="\n".join(lines)).replace("\n", "\r\n").encode()


def event_of(text: str) -> Any:
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def test_an_appointment_names_who_asks_and_who_is_there() -> None:
    text = appointments.write(CALL, "REQUEST", NOW)
    event = event_of(text)

    assert "METHOD:REQUEST" in text
    assert event["organizer"] == "mailto:review@localhost"
    assert {str(one): one.params["ROLE"] for one in event["attendee"]} == {
        "mailto:cy@birch.example": "REQ-PARTICIPANT",
        "mailto:iris@r.example": "CHAIR",
    }
    assert event["status"] == "CONFIRMED"
    assert event.decoded("dtend") - event.decoded("dtstart") == dt.timedelta(minutes=45)


def test_calling_off_names_the_same_appointment_with_a_higher_number() -> None:
    asked = event_of(appointments.write(CALL, "REQUEST", NOW))
    text = appointments.write(replace(CALL, sequence=2), "CANCEL", NOW)
    off = event_of(text)

    assert "METHOD:CANCEL" in text
    assert off["status"] == "CANCELLED"
    assert off["uid"] == asked["uid"]
    assert off["sequence"] > asked["sequence"]


def test_a_file_from_a_page_asks_nobody() -> None:
    text = appointments.for_reader(CALL, NOW)

    assert "METHOD:PUBLISH" in text
    assert "attendee" not in event_of(text)


def letter(text: str) -> EmailMessage:
    return compose(Letter("<1@x>", "Cy", "cy@birch.example", "S", "T", "<p>H</p>", text), "r@x.uk")


def calendars(message: EmailMessage) -> list[str]:
    parts = [one for one in message.walk() if one.get_content_type() == "text/calendar"]
    return [str(one.get_param("method")) for one in parts]


def test_mail_says_what_its_calendar_asks_for() -> None:
    asked = letter(appointments.write(CALL, "REQUEST", NOW))
    off = letter(appointments.write(CALL, "CANCEL", NOW))
    last = letter(calendar(deadline("tiny", "Tiny", dt.date(2015, 7, 31)), NOW))

    # Once as programs look for what is asked of them, once as a file to open.
    assert calendars(asked) == ["REQUEST", "REQUEST"]
    assert calendars(off) == ["CANCEL", "CANCEL"]
    assert calendars(last) == ["PUBLISH"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("DTSTART:20150722T130000Z", "DTEND:20150722T134500Z"), 45),
        (("DTSTART;TZID=Europe/London:20150722T140000", "DURATION:PT30M"), 30),
        (("DTSTART;TZID=GMT Standard Time:20150722T140000",), None),
        (("DTSTART;TZID=Europe/Paris:20150722T150000", "DTEND:20150725T134500Z"), None),
        (("DTSTART:20150722T140000", "DTEND:20150722T150000"), 60),
    ],
)
def test_a_file_of_theirs_says_when_and_where(lines: tuple[str, ...], expected: int | None) -> None:
    found = appointments.read(sent(*lines))

    assert found == Read(BEGINS, expected, "Room 1, upstairs")


def test_what_we_write_we_read() -> None:
    text = appointments.write(CALL, "REQUEST", NOW)

    assert appointments.read(text.encode()) == Read(BEGINS, 45, "01632 960123")
    assert appointments.read(b"\xef\xbb\xbf" + text.encode()).begins == BEGINS


TWO = sent("DTSTART:20150722T130000Z", "END:VEVENT", "BEGIN:VEVENT", "DTSTART:20150723T130000Z")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", NOT_A_CALENDAR),
        (b"PK\x03\x04", NOT_A_CALENDAR),
        (b"BEGIN:VCALENDAR\r\nrubbish", NOT_A_CALENDAR),
        (b"BEGIN:VCALENDAR\r\n\xff\xfe\r\nEND:VCALENDAR\r\n", NOT_A_CALENDAR),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", NO_APPOINTMENT),
        (sent("DTSTART;VALUE=DATE:20150722"), NO_APPOINTMENT),
        (sent("DTSTART:soon"), NO_APPOINTMENT),
        (sent("DTSTART:00010101T000000"), NO_APPOINTMENT),
        (TWO, SEVERAL),
        (sent("DTSTART:20150722T130000Z", "STATUS:CANCELLED"), CALLED_OFF),
        (sent("DTSTART:20150722T130000Z").replace(b"REQUEST", b"CANCEL"), CALLED_OFF),
        (b"BEGIN:VCALENDAR" + b" " * LARGEST, TOO_LARGE),
    ],
)
def test_what_is_no_appointment_is_not_taken(content: bytes, reason: str) -> None:
    with pytest.raises(UnfitCalendarError) as refused:
        appointments.read(content)

    assert str(refused.value) == reason
