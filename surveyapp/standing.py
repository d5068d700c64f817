"""Where an interview stands, from being arranged to a confirmed record, and what was done."""

import datetime as dt
from collections.abc import Mapping
from typing import Final, Literal

from surveyapp.models import Interview, Survey
from surveyapp.pages import ENGLAND

State = Literal[
    "cancelled",
    "to be arranged",
    "booked",
    "due",
    "under way",
    "held",
    "offered",
    "confirmed",
]
LABELS: Final[Mapping[State, str]] = {
    "cancelled": "Cancelled",
    "to be arranged": "To be arranged",
    "booked": "Booked",
    "due": "Time has passed",
    "under way": "Under way",
    "held": "Held",
    "offered": "Record offered",
    "confirmed": "Record confirmed",
}
# What people do about interviews, as the audit trail keeps it and as they read it.
HAPPENED: Final[Mapping[str, str]] = {
    "consent.changed": "Changed what was agreed to about notes and quotations",
    "contact.named": "Kept a person to ask, named on the call",
    "correction.made": "Said that a note changes a written answer",
    "correction.undone": "Took back that a note changes a written answer",
    "document.promised": "Kept a document promised on the call",
    "follow_up.changed": "Changed a task",
    "follow_up.done": "Marked a task as done",
    "follow_up.made": "Made a task",
    "follow_up.not_done": "Marked a task as not done after all",
    "interview.arranged": "Arranged the interview",
    "interview.begun": "Began the call",
    "interview.booked": "Agreed the time",
    "interview.cancelled": "Cancelled the interview",
    "interview.consent": "Recorded what was agreed to about notes and quotations",
    "interview.ended": "Ended the call",
    "interview.file_brought_in": "Brought in notes from a file",
    "interview.form_accepted": "Took notes over from a Word form",
    "interview.form_sent": "Sent the guide back as a Word form",
    "interview.given_back": "Gave the time back",
    "interview.moved": "Changed the time or the place",
    "interview.passages_forgotten": "Left the rest of a file with notes out",
    "interview.passages_placed": "Placed notes from a file under prompts",
    "interview.prompt": "Marked a prompt as asked or left out",
    "interview.reassigned": "Changed who asks or takes notes",
    "interview.times_offered": "Asked the person interviewed to choose a time",
    "interview.went_on": "Went on with the call",
    "note.added_by_interviewee": "Added to the record",
    "note.put_back": "Put a note back",
    "note.reworded": "Reworded a note",
    "note.struck": "Struck a note out",
    "notes.kept_apart": "Kept two notes of the same words apart",
    "record.answered": "Answered the record",
    "record.confirmed": "Confirmed the record",
    "record.offered": "Sent the record to the person interviewed",
    "record.reminded": "Reminded the person interviewed of the record",
    "record.unanswered": "Noted that nobody answered the record",
    "slots.offered": "Offered times for interviews",
    "slots.withdrawn": "Withdrew a time for an interview",
    "words.withdrawn": "Withdrew words from the record",
}
# An example's time stands still in the morning of its last day.
MORNING: Final = dt.time(9)
# Nobody has spoken yet: the time may be changed, and the interview called off.
BEFORE: Final[frozenset[State]] = frozenset({"to be arranged", "booked", "due"})
# Everybody has finished speaking.
AFTER: Final[frozenset[State]] = frozenset({"held", "offered", "confirmed"})


def now_in(survey: Survey, at: dt.datetime) -> dt.datetime:
    """Return the time it is for a survey: an example's stands still on its last day."""
    stands = dt.datetime.combine(survey.closes_on, MORNING, ENGLAND).astimezone(dt.UTC)
    return min(at, stands) if survey.is_example else at


def state(interview: Interview, at: dt.datetime) -> State:
    """Return where an interview stands at a moment."""
    if interview.cancelled_at is not None:
        return "cancelled"
    reached = _reached(interview)
    if reached is not None:
        return reached
    if interview.starts_at is None:
        return "to be arranged"
    return "booked" if interview.starts_at > at else "due"


def label(of: State) -> str:
    """Return a state in plain words."""
    return LABELS[of]


def _reached(interview: Interview) -> State | None:
    """Return how far an interview has come since it began, if it has begun."""
    is_over = interview.ended_at is not None or (
        interview.held_on is not None and interview.started_at is None
    )
    moments: tuple[tuple[State, bool], ...] = (
        ("confirmed", interview.confirmed_at is not None),
        ("offered", interview.offered_at is not None),
        ("held", is_over),
        ("under way", interview.started_at is not None),
    )
    return next((name for name, is_reached in moments if is_reached), None)
