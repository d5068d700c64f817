"""What to do next about each authority: rules over what is known of its return, and no database."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple, get_args
from zoneinfo import ZoneInfo

from surveyapp.definitions.values import in_full
from surveyapp.pages import day, moment
from surveyapp.standing import State, label

Kind = Literal[
    "mail came back",
    "mail may be lost",
    "nobody to ask",
    "no coordinator",
    "not invited",
    "closed unfinished",
    "not returned",
    "never opened",
    "opened again",
    "silent",
    "ready to submit",
    "close is near",
    "section idle",
    "submitted with gaps",
    "interview due",
    "record came back",
    "record not answered",
    "follow-up overdue",
    "no interview yet",
    "time to agree",
    "notes to tidy",
    "record to offer",
]
ENGLAND: Final = ZoneInfo("Europe/London")
URGENCY: Final[tuple[Kind, ...]] = get_args(Kind)
"""The most pressing first: what stops everything else."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many days may pass before an authority needs somebody."""

    unopened: int = 5
    silent: int = 7
    idle: int = 10
    near_close: int = 7
    interview: int = 5
    notes: int = 5


USUAL: Final = Patience()


class Idle(NamedTuple):
    """The section that waits longest of those begun, since when, and how many more wait."""

    code: str
    since: dt.datetime
    more: int = 0


class Call(NamedTuple):
    """A telephone interview: where it stands, and what of it waits for somebody."""

    id: uuid.UUID
    state: State
    interviewee: str
    starts_at: dt.datetime | None = None
    held_on: dt.date | None = None
    answer_by: dt.date | None = None
    is_given_up: bool = False
    is_tidied: bool = False
    has_come_back: bool = False
    first_due: dt.date | None = None

    @property
    def words(self) -> str:
        """Say where it stands, and since or until when."""
        if self.state in ("booked", "due") and self.starts_at is not None:
            return f"{'Booked for' if self.state == 'booked' else 'Due'} {moment(self.starts_at)}"
        if self.held_on is None or self.state in ("under way", "cancelled"):
            return label(self.state)
        until = f" until {day(self.answer_by)}" if self.answer_by else ""
        record = {"offered": f", record offered{until}", "confirmed": ", record confirmed"}
        return f"Held on {day(self.held_on)}{record.get(self.state, '')}"


# No dataclass: there is one for each line of a long page, and a tuple is made in a fraction of
# the time.
class Facts(NamedTuple):
    """What is known of one authority's return on the day that somebody looks."""

    people: int
    sections: int
    finished: int
    closes_on: dt.date
    is_open: bool
    is_closed: bool = False
    coordinators: int = 1
    answered: int = 0
    asked: int = 0
    bounced: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    invited_on: dt.date | None = None
    is_opened: bool = False
    last_activity: dt.date | None = None
    idle: Idle | None = None
    submitted_on: dt.date | None = None
    reopened_on: dt.date | None = None
    is_interviewed: bool = False
    calls: tuple[Call, ...] = ()


class Step(NamedTuple):
    """One thing to do: which rule says so, and what to do in words."""

    kind: Kind
    words: str
    interview: uuid.UUID | None = None


class _Look(NamedTuple):
    """One look at one return."""

    facts: Facts
    today: dt.date
    patience: Patience

    def days(self, since: dt.date | None) -> int:
        """Count the days since then; none where it never was."""
        return (self.today - since).days if since else 0

    @property
    def is_waiting(self) -> bool:
        """Say whether answers can still come."""
        return self.facts.is_open and self.facts.submitted_on is None

    @property
    def is_over(self) -> bool:
        """Say whether no answers come any more: it is submitted, or the survey is closed."""
        return self.facts.submitted_on is not None or self.facts.is_closed

    @property
    def unfinished(self) -> int:
        """Count the sections that are not finished."""
        return self.facts.sections - self.facts.finished


def steps(facts: Facts, today: dt.date, patience: Patience | None = None) -> tuple[Step, ...]:
    """Return what to do about an authority, the most pressing first."""
    look = _Look(facts, today, patience or USUAL)
    rules = WHILE_OPEN if look.is_waiting else AFTERWARDS if look.is_over else BEFORE
    found = [step for rule in rules if (step := rule(look))]
    found += (step for call in facts.calls for step in _of_call(look, call))
    return tuple(sorted(found, key=lambda step: URGENCY.index(step.kind)))


def _bounced(look: _Look) -> Step | None:
    if look.facts.bounced:
        addresses = ", ".join(look.facts.bounced)
        return Step("mail came back", f"Mail to {addresses} came back. Find another address.")
    return None


def _lost(look: _Look) -> Step | None:
    if look.facts.lost:
        addresses = ", ".join(look.facts.lost)
        words = f"Mail to {addresses} may not have arrived. Look at the mail log."
        return Step("mail may be lost", words)
    return None


def _nobody(look: _Look) -> Step | None:
    if not look.facts.people:
        return Step("nobody to ask", "We have no contact here. Bring in a contact.")
    return None


def _no_coordinator(look: _Look) -> Step | None:
    if look.facts.people and not look.facts.coordinators:
        return Step("no coordinator", "Nobody can submit for them. Add a coordinator.")
    return None


def _not_invited(look: _Look) -> Step | None:
    facts = look.facts
    is_new = facts.invited_on is None and facts.last_activity is None and not facts.is_opened
    if facts.people and is_new:
        return Step("not invited", "Send the invitation.")
    return None


def _closed(look: _Look) -> Step | None:
    facts = look.facts
    if facts.submitted_on:
        return None
    if facts.last_activity is None:
        words = "Closed: not returned. Extend the survey, or do without this return."
        return Step("not returned", words)
    what = f"{_sections(look.unfinished)} unfinished" if look.unfinished else "not submitted"
    words = f"Closed: partial, {what}. Extend the survey, or take the return as it is."
    return Step("closed unfinished", words)


def _never_opened(look: _Look) -> Step | None:
    facts, since = look.facts, look.days(look.facts.invited_on)
    is_unseen = not facts.is_opened and facts.last_activity is None
    if is_unseen and since >= look.patience.unopened:
        return Step("never opened", f"Invited {_ago(since)} and never opened. Telephone them.")
    return None


def _opened_again(look: _Look) -> Step | None:
    day = look.facts.reopened_on
    if day is not None:
        words = f"Opened again on {in_full(day.isoformat())}. Ask the coordinator to submit again."
        return Step("opened again", words)
    return None


def _silent(look: _Look) -> Step | None:
    since = look.days(look.facts.last_activity)
    if look.unfinished and since >= look.patience.silent:
        words = f"Nothing has been written for {since} days. Ask if they need help."
        return Step("silent", words)
    return None


def _ready(look: _Look) -> Step | None:
    if look.facts.sections and not look.unfinished:
        words = "Every section is finished. Ask the coordinator to submit."
        return Step("ready to submit", words)
    return None


def _near_close(look: _Look) -> Step | None:
    left = (look.facts.closes_on - look.today).days
    if not look.unfinished or left > look.patience.near_close:
        return None
    what = _sections(look.unfinished)
    verb = "is" if look.unfinished == 1 else "are"
    return Step("close is near", f"{what} {verb} unfinished, and the survey {_closes(left)}.")


def _idle(look: _Look) -> Step | None:
    longest = look.facts.idle
    if not longest or longest.since >= idle_before(look.today, look.patience):
        return None
    more = f", like {longest.more} more" if longest.more else ""
    idle = look.days(longest.since.astimezone(ENGLAND).date())
    words = f"{longest.code} has not moved for {idle} days{more}. Ask who is writing it."
    return Step("section idle", words)


def _gaps(look: _Look) -> Step | None:
    """Say where a return was submitted with much of it empty, while it may be an oversight."""
    facts = look.facts
    if facts.submitted_on is None or facts.is_interviewed:
        return None
    if look.unfinished:
        what = f"{facts.finished} of {_sections(facts.sections)} finished"
    elif facts.answered * 2 < facts.asked:
        what = f"{facts.answered} of {facts.asked} questions answered"
    else:
        return None
    words = f"Submitted with {what}. Ask if that is all, or open it again."
    return Step("submitted with gaps", words)


def _interview(look: _Look) -> Step | None:
    submitted, facts = look.facts.submitted_on, look.facts
    is_arranged = any(call.state != "cancelled" for call in facts.calls)
    if submitted is None or is_arranged or facts.is_interviewed:
        return None
    if look.days(submitted) < look.patience.interview:
        return None
    words = f"Submitted on {in_full(submitted.isoformat())}. Arrange the interview."
    return Step("no interview yet", words)


def _of_call(look: _Look, call: Call) -> Iterator[Step]:
    """Yield what to do about one interview, and what came of it."""
    if call.state != "cancelled" and call.first_due is not None and call.first_due < look.today:
        words = f"A follow-up of the interview was due on {day(call.first_due)}."
        yield Step("follow-up overdue", words, call.id)
    if call.state == "due" and call.starts_at is not None:
        words = f"The interview was due {moment(call.starts_at)}. Hold it, or change the time."
        yield Step("interview due", words, call.id)
    elif call.state == "to be arranged":
        yield Step("time to agree", f"Agree a time with {call.interviewee}.", call.id)
    elif call.state == "held":
        yield from _held(look, call)
    elif call.state == "offered" and not call.is_given_up:
        yield from _offered(look, call)


def _held(look: _Look, call: Call) -> Iterator[Step]:
    if call.held_on is None or look.days(call.held_on) < look.patience.notes:
        return
    if call.is_tidied:
        words = f"Interviewed on {day(call.held_on)}. Offer the record to {call.interviewee}."
        yield Step("record to offer", words, call.id)
    else:
        yield Step("notes to tidy", f"Interviewed on {day(call.held_on)}. Tidy the notes.", call.id)


def _offered(look: _Look, call: Call) -> Iterator[Step]:
    if call.has_come_back:
        words = f"{call.interviewee} has sent the record back: read what changed."
        yield Step("record came back", words, call.id)
    elif call.answer_by is not None and call.answer_by < look.today:
        words = f"Record not answered by {day(call.answer_by)}. Remind {call.interviewee}."
        yield Step("record not answered", words, call.id)


@lru_cache(maxsize=8)
def idle_before(today: dt.date, patience: Patience | None = None) -> dt.datetime:
    """Return the moment since which a section must have moved, or be called idle."""
    days = (patience or USUAL).idle
    following = today - dt.timedelta(days=days - 1)
    return dt.datetime.combine(following, dt.time(), ENGLAND).astimezone(dt.UTC)


def _ago(days: int) -> str:
    return f"{days} days ago" if days > 1 else "yesterday"


def _sections(count: int) -> str:
    return "1 section" if count == 1 else f"{count} sections"


def _closes(left: int) -> str:
    if left < 0:
        return "should have closed already"
    return {0: "closes today", 1: "closes tomorrow"}.get(left, f"closes in {left} days")


Rule = Callable[[_Look], Step | None]
# In the order of URGENCY: for returns that answers cannot come to yet, can, and cannot any more.
BEFORE: Final[tuple[Rule, ...]] = (_bounced, _lost, _nobody, _no_coordinator)
WHILE_OPEN: Final[tuple[Rule, ...]] = (
    _bounced,
    _lost,
    _nobody,
    _no_coordinator,
    _not_invited,
    _never_opened,
    _opened_again,
    _silent,
    _ready,
    _near_close,
    _idle,
)
AFTERWARDS: Final[tuple[Rule, ...]] = (_closed, _gaps, _interview)
