"""What to do next about each authority: rules over what is known of its return, and no database."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal, NamedTuple, get_args
from zoneinfo import ZoneInfo

from surveyapp.definitions.values import in_full

Kind = Literal[
    "mail came back",
    "nobody to ask",
    "not invited",
    "closed unfinished",
    "never opened",
    "silent",
    "ready to submit",
    "close is near",
    "section idle",
    "interview due",
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


class Idle(NamedTuple):
    """A section that was begun and not finished, and the moment it last moved."""

    code: str
    since: dt.datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one authority's return on the day that somebody looks."""

    people: int
    sections: int
    finished: int
    closes_on: dt.date
    is_open: bool
    bounced: tuple[str, ...] = ()
    invited_on: dt.date | None = None
    is_opened: bool = False
    last_activity: dt.date | None = None
    begun: tuple[Idle, ...] = ()
    submitted_on: dt.date | None = None
    is_interviewed: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: which rule says so, and what to do in words."""

    kind: Kind
    words: str


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at one return."""

    facts: Facts
    today: dt.date
    patience: Patience = field(default_factory=Patience)

    def days(self, since: dt.date | None) -> int:
        """Count the days since then; none where it never was."""
        return (self.today - since).days if since else 0

    @property
    def is_waiting(self) -> bool:
        """Say whether answers can still come."""
        return self.facts.is_open and self.facts.submitted_on is None

    @property
    def unfinished(self) -> int:
        """Count the sections that are not finished."""
        return self.facts.sections - self.facts.finished


def steps(facts: Facts, today: dt.date, patience: Patience | None = None) -> tuple[Step, ...]:
    """Return what to do about an authority, the most pressing first."""
    look = _Look(facts, today, patience or Patience())
    return tuple(step for rule in RULES for step in rule(look))


def _bounced(look: _Look) -> Iterator[Step]:
    if look.is_waiting and look.facts.bounced:
        addresses = ", ".join(look.facts.bounced)
        yield Step("mail came back", f"Mail to {addresses} came back. Find another address.")


def _nobody(look: _Look) -> Iterator[Step]:
    if look.is_waiting and not look.facts.people:
        yield Step("nobody to ask", "We have no contact here. Add a coordinator.")


def _not_invited(look: _Look) -> Iterator[Step]:
    facts = look.facts
    is_new = facts.invited_on is None and facts.last_activity is None and not facts.is_opened
    if look.is_waiting and facts.people and is_new:
        yield Step("not invited", "Send the invitation.")


def _closed(look: _Look) -> Iterator[Step]:
    facts = look.facts
    if facts.is_open or facts.submitted_on or look.today < facts.closes_on:
        return
    if facts.last_activity:
        what = _sections(look.unfinished)
        words = f"The survey closed with {what} unfinished. Extend it, or take the return as it is."
        yield Step("closed unfinished", words)


def _never_opened(look: _Look) -> Iterator[Step]:
    facts, since = look.facts, look.days(look.facts.invited_on)
    is_unseen = not facts.is_opened and facts.last_activity is None
    if look.is_waiting and is_unseen and since >= look.patience.unopened:
        yield Step("never opened", f"Invited {_ago(since)} and never opened. Telephone them.")


def _silent(look: _Look) -> Iterator[Step]:
    since = look.days(look.facts.last_activity)
    if look.is_waiting and look.unfinished and since >= look.patience.silent:
        words = f"Nothing has been written for {since} days. Ask if they need help."
        yield Step("silent", words)


def _ready(look: _Look) -> Iterator[Step]:
    if look.is_waiting and look.facts.sections and not look.unfinished:
        words = "Every section is finished. Ask the coordinator to submit."
        yield Step("ready to submit", words)


def _near_close(look: _Look) -> Iterator[Step]:
    left = (look.facts.closes_on - look.today).days
    if not look.is_waiting or not look.unfinished or left > look.patience.near_close:
        return
    what = _sections(look.unfinished)
    verb = "is" if look.unfinished == 1 else "are"
    yield Step("close is near", f"{what} {verb} unfinished, and the survey {_closes(left)}.")


def _idle(look: _Look) -> Iterator[Step]:
    limit = idle_before(look.today, look.patience)
    stuck = [one for one in look.facts.begun if one.since < limit]
    if not look.is_waiting or not stuck:
        return
    longest = min(stuck, key=lambda one: one.since)
    more = f", like {len(stuck) - 1} more" if len(stuck) > 1 else ""
    idle = look.days(longest.since.astimezone(ENGLAND).date())
    words = f"{longest.code} has not moved for {idle} days{more}. Ask who is writing it."
    yield Step("section idle", words)


def _interview(look: _Look) -> Iterator[Step]:
    submitted, facts = look.facts.submitted_on, look.facts
    if submitted is None or facts.is_interviewed or look.days(submitted) < look.patience.interview:
        return
    yield Step(
        "interview due", f"Submitted on {in_full(submitted.isoformat())}. Arrange the interview."
    )


# Moments are compared, not turned into days: there are thousands of sections on a page.
@lru_cache(maxsize=8)
def idle_before(today: dt.date, patience: Patience | None = None) -> dt.datetime:
    """Return the moment since which a section must have moved, or be called idle."""
    days = (patience or Patience()).idle
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


# In the order of URGENCY.
RULES: Final[tuple[Callable[[_Look], Iterator[Step]], ...]] = (
    _bounced,
    _nobody,
    _not_invited,
    _closed,
    _never_opened,
    _silent,
    _ready,
    _near_close,
    _idle,
    _interview,
)
