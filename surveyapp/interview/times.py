"""Times as people type them and as calendars mean them: on a clock in England."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from surveyapp.pages import ENGLAND

LONGEST_MINUTES: Final = 240
MOST_AT_ONCE: Final = 40
CLOCK: Final = re.compile(
    r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE | re.ASCII
)
NAMED: Final = {"midday": dt.time(12), "noon": dt.time(12)}
HALF_A_DAY, LAST_HOUR, LAST_MINUTE = 12, 23, 59


@dataclass(frozen=True, slots=True)
class Span:
    """From when and for how many minutes somebody is spoken with."""

    starts_at: dt.datetime
    minutes: int

    @property
    def ends_at(self) -> dt.datetime:
        """Return when it is over."""
        return self.starts_at + dt.timedelta(minutes=self.minutes)

    def overlaps(self, other: "Span") -> bool:
        """Say whether two spans share a moment; one may begin when another ends."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Row:
    """Times offered one after another: from when until when, how long each, how far apart."""

    first: dt.datetime
    until: dt.datetime
    minutes: int
    gap: int = 0

    def spans(self) -> Iterator[Span]:
        """Return every span that is over by the end."""
        starts = self.first
        step = dt.timedelta(minutes=self.minutes + self.gap)
        while starts + dt.timedelta(minutes=self.minutes) <= self.until:
            yield Span(starts, self.minutes)
            starts += step


def clock(typed: str) -> dt.time | None:
    """Return the time of day that was typed, as 2:30pm, 2.30 pm, 2pm or 14:30; None for no time."""
    words = " ".join(typed.split()).lower()
    if words in NAMED:
        return NAMED[words]
    found = CLOCK.fullmatch(words)
    if found is None or not (found[2] or found[3]):
        return None
    return _time(int(found[1]), int(found[2] or 0), found[3])


def in_england(day: dt.date, time: dt.time) -> dt.datetime | None:
    """Return the moment at which clocks in England show this; None where they jump over it."""
    moment = dt.datetime.combine(day, time, ENGLAND).astimezone(dt.UTC)
    back = moment.astimezone(ENGLAND)
    return moment if (back.date(), back.time()) == (day, time) else None


def as_clock(at: dt.datetime) -> str:
    """Write the time of day as it is typed: 2:30pm."""
    here = at.astimezone(ENGLAND)
    return f"{here.hour % 12 or 12}:{here:%M}{'am' if here.hour < HALF_A_DAY else 'pm'}"


def whole(typed: str, most: int, least: int = 1) -> int | None:
    """Return the whole number that was typed, where it lies within its bounds."""
    digits = typed.strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > len(str(most)):
        return None
    return int(digits) if least <= int(digits) <= most else None


def _time(hour: int, minute: int, half: str | None) -> dt.time | None:
    if half and not 1 <= hour <= HALF_A_DAY:
        return None
    if half:
        hour = hour % HALF_A_DAY + (HALF_A_DAY if half == "p" else 0)
    return dt.time(hour, minute) if hour <= LAST_HOUR and minute <= LAST_MINUTE else None
