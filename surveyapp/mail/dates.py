"""Dates that a calendar program can read, to go along with a mail (.ics)."""

import datetime as dt
from dataclasses import dataclass

from icalendar import Calendar, Event

PRODUCT = "-//Early help review//Dates//EN"


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something with a date: a whole day, or a moment and how long it takes."""

    uid: str
    title: str
    begins: dt.date | dt.datetime
    ends: dt.date | dt.datetime
    description: str = ""
    url: str = ""


def deadline(code: str, title: str, closes_on: dt.date, url: str = "") -> Occasion:
    """Return the last day of a survey; an extension moves the entry, as its name stays the same."""
    return Occasion(
        uid=f"{code}-closes",
        title=f"{title}: last day to submit",
        begins=closes_on,
        ends=closes_on + dt.timedelta(days=1),
        description=f"The questionnaire of {title} closes at the end of this day.",
        url=url,
    )


def calendar(occasion: Occasion, written_at: dt.datetime) -> str:
    """Write an occasion as a calendar file; moments are in UTC, which every program turns."""
    event = Event()
    event.add("uid", f"{occasion.uid}@early-help-review")
    event.add("dtstamp", written_at.astimezone(dt.UTC))
    event.add("summary", occasion.title)
    event.add("dtstart", _in_utc(occasion.begins))
    event.add("dtend", _in_utc(occasion.ends))
    # Programs keep the entry with the highest number: the one written last.
    event.add("sequence", int(written_at.timestamp()) // 60)
    # A whole day is no appointment: it must not show its reader as busy.
    is_moment = isinstance(occasion.begins, dt.datetime)
    event.add("transp", "OPAQUE" if is_moment else "TRANSPARENT")
    for name, value in (("description", occasion.description), ("url", occasion.url)):
        if value:
            event.add(name, value)
    file = Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add_component(event)
    return str(file.to_ical(), "utf-8")


def _in_utc(when: dt.date | dt.datetime) -> dt.date | dt.datetime:
    if not isinstance(when, dt.datetime):
        return when
    if when.tzinfo is None:
        raise ValueError(f"{when} does not say its time zone.")
    return when.astimezone(dt.UTC)
