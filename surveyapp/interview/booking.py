"""What is typed and chosen when interviews are arranged, read back and checked for its shape."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from email_validator import EmailNotValidError, validate_email

from surveyapp.forms import ADDRESS, DayFields, stripped
from surveyapp.interview import times
from surveyapp.interview.times import LONGEST_MINUTES, MOST_AT_ONCE, Row
from surveyapp.models import Person
from surveyapp.pages import ENGLAND
from surveyapp.people import tidy

Problems = dict[str, str]
OTHER, AGREED, CHOOSE = "other", "agreed", "choose"
LONGEST_NAME: Final = 200
LONGEST_PLACE: Final = 300
LONGEST_REASON: Final = 2000
LONGEST_GAP: Final = 240


@dataclass(frozen=True, slots=True)
class TimeTyped:
    """A day in three boxes, a time of day, a length and a place, as they stand in their boxes."""

    typed: Mapping[str, str]
    problems: Problems = field(default_factory=dict)

    @property
    def day(self) -> DayFields:
        """Return the day in its boxes."""
        return DayFields("day", dict(self.typed))

    def starts_at(self, now: dt.datetime) -> dt.datetime | None:
        """Return the moment that was typed, unless something is wrong with it."""
        day, clock = self.day, times.clock(self.typed.get("time", ""))
        if problem := day.problem("day of the interview"):
            self.problems["day"] = problem
        if clock is None:
            self.problems["time"] = "Enter a time of day, such as 2:30pm or 14:30"
        if problem or clock is None:
            return None
        return self._still_to_come(times.in_england(dt.date.fromisoformat(day.iso), clock), now)

    def minutes(self) -> int:
        """Return how long it takes, unless that is no length."""
        found = times.whole(self.typed.get("minutes", ""), LONGEST_MINUTES)
        if found is None:
            self.problems["minutes"] = f"Enter the minutes as a number up to {LONGEST_MINUTES}"
        return found or 0

    def place(self, *, is_needed: bool) -> str:
        """Return where, or the number to ring."""
        said = stripped(self.typed.get("place"))
        if is_needed and not said:
            self.problems["place"] = "Enter the telephone number to ring, or the meeting’s address"
        if len(said) > LONGEST_PLACE:
            self.problems["place"] = f"The place must be {LONGEST_PLACE} characters or fewer"
        return said

    def _still_to_come(self, at: dt.datetime | None, now: dt.datetime) -> dt.datetime | None:
        if at is None:
            self.problems["time"] = "Clocks jump over that time on that day. Enter another"
        elif at <= now:
            self.problems["day"] = "The interview must be in the future"
            return None
        return at


@dataclass(frozen=True, slots=True)
class WhoTyped:
    """Whom to interview: somebody of the return, or another person; and who asks."""

    typed: Mapping[str, str]
    problems: Problems = field(default_factory=dict)

    def other(self, colleagues: Sequence[Person]) -> tuple[str, str, str]:
        """Return the name, role and address of somebody who is not of the return."""
        name, role = (stripped(self.typed.get(part)) for part in ("name", "role"))
        email = tidy(self.typed.get("email"))
        self._check_length("name", name, "name")
        self._check_length("role", role, "job title")
        if not name:
            self.problems["name"] = "Enter the name of the person to be interviewed"
        if not role:
            self.problems["role"] = "Enter their job title"
        if not _is_address(email):
            self.problems["email"] = ADDRESS if email else "Enter their email address"
        self.refuse_colleague("email", email, colleagues)
        return name, role, email

    def refuse_colleague(self, at: str, email: str, colleagues: Sequence[Person]) -> None:
        """Note where somebody of the staff was to be interviewed: that is a slip."""
        if email in {one.email for one in colleagues}:
            self.problems[at] = "This is one of our staff. Choose whom they are to speak with"

    def colleague(self, name: str, colleagues: Sequence[Person], missing: str) -> Person | None:
        """Return the member of staff who was chosen."""
        chosen = {str(one.id): one for one in colleagues}.get(self.typed.get(name, ""))
        if chosen is None and (missing or self.typed.get(name)):
            self.problems[name] = missing or "Select somebody of the list, or nobody"
        return chosen

    def note_taker(self, colleagues: Sequence[Person], interviewer: Person | None) -> Person | None:
        """Return who takes notes, if anybody besides the interviewer does."""
        chosen = self.colleague("note_taker", colleagues, "")
        if chosen is not None and interviewer is not None and chosen.id == interviewer.id:
            self.problems["note_taker"] = "Select somebody other than the interviewer, or nobody"
        return chosen

    def _check_length(self, at: str, said: str, words: str) -> None:
        if len(said) > LONGEST_NAME:
            self.problems[at] = f"The {words} must be {LONGEST_NAME} characters or fewer"


def row(typed: Mapping[str, str], now: dt.datetime, problems: Problems) -> Row | None:
    """Return the times that are to be offered, unless something is wrong with them."""
    time = TimeTyped(typed, problems)
    first, minutes = time.starts_at(now), time.minutes()
    gap = times.whole(typed.get("gap", "") or "0", LONGEST_GAP, 0)
    if gap is None:
        problems["gap"] = f"Enter the minutes between as a number up to {LONGEST_GAP}"
    if problems or first is None or gap is None:
        return None
    until = _until(typed, time, first, minutes)
    if until is None:
        problems["until"] = "Enter until when, such as 4pm: at least one interview later"
        return None
    return _not_too_many(Row(first, until, minutes, gap), problems)


def reason(typed: Mapping[str, str], problems: Problems) -> str:
    """Return why an interview is called off."""
    said = typed.get("reason", "").strip()
    if not said:
        problems["reason"] = "Enter why the interview is cancelled"
    if len(said) > LONGEST_REASON:
        problems["reason"] = f"Shorten the reason to {LONGEST_REASON:,} characters or fewer"
    return said


def as_typed(at: dt.datetime | None, minutes: int, place: str) -> dict[str, str]:
    """Return a time as the boxes of a form show it."""
    boxes = {"minutes": str(minutes), "place": place}
    if at is None:
        return boxes
    here = at.astimezone(ENGLAND)
    parts = {"day-day": here.day, "day-month": here.month, "day-year": here.year}
    return (
        boxes | {name: str(value) for name, value in parts.items()} | {"time": times.as_clock(at)}
    )


def as_id(typed: str) -> uuid.UUID | None:
    """Return the id that a form sent, or None for what is none."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None


def _until(
    typed: Mapping[str, str], time: TimeTyped, first: dt.datetime, minutes: int
) -> dt.datetime | None:
    """Return when the last one is over: one is offered where nobody says until when."""
    one = first + dt.timedelta(minutes=minutes)
    said = typed.get("until", "").strip()
    if not said:
        return one
    clock = times.clock(said)
    until = times.in_england(dt.date.fromisoformat(time.day.iso), clock) if clock else None
    return until if until is not None and until >= one else None


def _not_too_many(wanted: Row, problems: Problems) -> Row | None:
    if len(list(wanted.spans())) > MOST_AT_ONCE:
        problems["until"] = f"Offer {MOST_AT_ONCE} times at once or fewer"
        return None
    return wanted


def _is_address(email: str) -> bool:
    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
