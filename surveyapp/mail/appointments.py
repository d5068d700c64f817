"""Appointments as calendar programs exchange them (.ics): asked for, moved, called off, read."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event, vCalAddress
from icalendar.error import BrokenCalendarProperty

from surveyapp.errors import SurveyError
from surveyapp.mail.dates import PRODUCT

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
ENGLAND: Final = ZoneInfo("Europe/London")
# An appointment is a few lines; with a picture in a signature it may be more.
LARGEST: Final = 200_000
LONGEST_PLACE: Final = 300
A_DAY_IN_MINUTES: Final = 24 * 60
YEARS: Final = range(1970, 2200)
NOT_A_CALENDAR: Final = (
    "This is not a calendar file. Save the appointment as an .ics file, and choose that file."
)
TOO_LARGE: Final = "The calendar file is too large. Save the one appointment, and choose that file."
NO_APPOINTMENT: Final = "There is no appointment with a date and a time in this file."
SEVERAL: Final = (
    "There is more than one appointment in this file. Save the one that you mean by itself."
)
CALLED_OFF: Final = "This file calls an appointment off."


class UnfitCalendarError(SurveyError):
    """A calendar file that is not taken; the words say what to do instead."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who is to be there, as calendar programs name them."""

    name: str
    address: str
    is_chair: bool = False


@dataclass(frozen=True, slots=True)
class Appointment:
    """A time at which people speak; it keeps its name (`uid`) however often it is moved."""

    uid: str
    sequence: int
    title: str
    begins: dt.datetime
    minutes: int
    place: str
    organizer: Party
    attendees: tuple[Party, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What a calendar file that somebody sent says: when, for how long, where."""

    begins: dt.datetime
    minutes: int | None
    place: str


def write(appointment: Appointment, method: Method, at: dt.datetime) -> str:
    """Write an appointment as a calendar file that asks for it, or calls it off."""
    event = _event(appointment, at)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    file = Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("method", method)
    file.add_component(event)
    return str(file.to_ical(), "utf-8")


def for_reader(appointment: Appointment, at: dt.datetime) -> str:
    """Write an appointment for somebody who takes it from a page: it asks nobody for an answer."""
    return write(replace(appointment, attendees=()), "PUBLISH", at)


def read(content: bytes) -> Read:
    """Read the one appointment in a calendar file; UnfitCalendarError says why it cannot be."""
    if len(content) > LARGEST:
        raise UnfitCalendarError(TOO_LARGE)
    file = _parse(content)
    if str(file.get("method", "")).upper() == "CANCEL":
        raise UnfitCalendarError(CALLED_OFF)
    event = _only(file.walk("VEVENT"))
    begins, ends = _moment(event, "DTSTART"), _moment(event, "DTEND")
    if begins is None:
        raise UnfitCalendarError(NO_APPOINTMENT)
    place = " ".join(str(event.get("location", "")).split())[:LONGEST_PLACE]
    return Read(begins, _minutes(event, begins, ends), place)


def _event(appointment: Appointment, at: dt.datetime) -> Event:
    begins = appointment.begins.astimezone(dt.UTC)
    event = Event()
    event.add("uid", f"{appointment.uid}@early-help-review")
    event.add("dtstamp", at.astimezone(dt.UTC))
    event.add("summary", appointment.title)
    event.add("dtstart", begins)
    event.add("dtend", begins + dt.timedelta(minutes=appointment.minutes))
    event.add("sequence", appointment.sequence)
    event.add("transp", "OPAQUE")
    event.add("location", appointment.place)
    event.add("description", appointment.description)
    event.add("organizer", _address(appointment.organizer))
    for one in appointment.attendees:
        event.add("attendee", _attending(one))
    return event


def _address(party: Party) -> vCalAddress:
    # A quotation mark in a name would end it.
    return vCalAddress.new(party.address, cn=party.name.replace('"', "'"))


def _attending(party: Party) -> vCalAddress:
    """Name somebody who has agreed already: their program need not ask them, or answer for them."""
    given = _address(party)
    given.params["ROLE"] = "CHAIR" if party.is_chair else "REQ-PARTICIPANT"
    given.params["PARTSTAT"] = "ACCEPTED"
    given.params["RSVP"] = "FALSE"
    return given


def _parse(content: bytes) -> Component:
    opening = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not opening.upper().startswith(b"BEGIN:VCALENDAR"):
        raise UnfitCalendarError(NOT_A_CALENDAR)
    try:
        return Calendar.from_ical(opening.decode("utf-8"))
    # Whatever a stranger's file makes the parser stumble over, it is no calendar to us.
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
        raise UnfitCalendarError(NOT_A_CALENDAR) from error


def _only(events: Sequence[Component]) -> Component:
    if not events:
        raise UnfitCalendarError(NO_APPOINTMENT)
    if len(events) > 1:
        raise UnfitCalendarError(SEVERAL)
    if str(events[0].get("status", "")).upper() == "CANCELLED":
        raise UnfitCalendarError(CALLED_OFF)
    return events[0]


def _moment(event: Component, name: str) -> dt.datetime | None:
    """Return a moment; one that says no zone is meant as clocks in England show it."""
    found = _said(event, name)
    if not isinstance(found, dt.datetime) or found.year not in YEARS:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=ENGLAND)).astimezone(dt.UTC)


def _said(event: Component, name: str) -> object:
    try:
        return getattr(event.get(name), "dt", None)
    # What is written there cannot be read as what it should be.
    except BrokenCalendarProperty:
        return None


def _minutes(event: Component, begins: dt.datetime, ends: dt.datetime | None) -> int | None:
    lasts = _said(event, "DURATION") if ends is None else ends - begins
    if not isinstance(lasts, dt.timedelta):
        return None
    minutes = int(lasts.total_seconds() // 60)
    return minutes if 0 < minutes <= A_DAY_IN_MINUTES else None
