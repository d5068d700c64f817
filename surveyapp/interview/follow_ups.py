"""What is to be done after interviews: by hand or from a note, with a day to do it by, and done."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from surveyapp import audit
from surveyapp.interview.notes import Hand
from surveyapp.models import FollowUp, Interview, Note, Person, SharedDocument, Submission
from surveyapp.pages import today_in

MOST_LETTERS: Final = 2_000
LATEST_DONE: Final = 20


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done, and by when; it may come of a note."""

    text: str
    due_on: dt.date | None = None
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A task on a list, and whether its day has passed."""

    row: FollowUp
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Tasks:
    """What is to be done, the overdue first, and what was done lately."""

    todo: tuple[Listed, ...]
    done: tuple[Listed, ...]

    @property
    def overdue(self) -> int:
        """Count the tasks whose day has passed."""
        return sum(one.is_overdue for one in self.todo)


def of(interview: Interview, at: dt.datetime) -> Tasks:
    """Return the tasks that came of one interview."""
    return _listed(interview.follow_ups, at)


def mine(session: Session, person: Person, at: dt.datetime, *, oversees: bool) -> Tasks:
    """Return the tasks of all of a person's interviews, or of everybody's, in two queries."""
    rows = _whose(person, oversees=oversees)
    todo = session.scalars(rows.where(FollowUp.done_at.is_(None))).all()
    done = session.scalars(
        rows.where(FollowUp.done_at.is_not(None))
        .order_by(FollowUp.done_at.desc(), FollowUp.id)
        .limit(LATEST_DONE)
    ).all()
    return _listed([*todo, *done], at)


def make(session: Session, interview: Interview, task: Task, by: Hand) -> FollowUp:
    """Make a task; what is to be done already, of the same note, is not made twice."""
    made = _same(interview, task)
    if made is not None:
        return made
    row = FollowUp(
        interview=interview,
        note=task.note,
        text=task.text,
        due_on=task.due_on,
        made_by=by.author,
        created_at=by.at,
    )
    session.add(row)
    session.flush()
    audit.record(session, "follow_up.made", interview, by.author, follow_up=row.id)
    return row


def change(session: Session, row: FollowUp, task: Task, by: Hand) -> None:
    """Change what is to be done, or by when."""
    row.text, row.due_on = task.text, task.due_on
    audit.record(session, "follow_up.changed", row.interview, by.author, follow_up=row.id)


def done(session: Session, row: FollowUp, by: Hand) -> None:
    """Note that a task is done."""
    if row.done_at is None:
        row.done_at, row.done_by = by.at, by.author
        audit.record(session, "follow_up.done", row.interview, by.author, follow_up=row.id)


def not_done(session: Session, row: FollowUp, by: Hand) -> None:
    """Note that a task is not done after all."""
    if row.done_at is not None:
        row.done_at = row.done_by = None
        audit.record(session, "follow_up.not_done", row.interview, by.author, follow_up=row.id)


def of_note(note: Note) -> Task:
    """Return the task that a note to come back to makes: its words."""
    return Task(shortened(note.text), note=note)


def of_document(document: SharedDocument, note: Note) -> Task:
    """Return the task that a promised document makes, until there is a link to it."""
    owner = document.owner or note.interview.interviewee
    return Task(shortened(f"Get the document “{document.title}” from {owner}"), note=note)


def shortened(text: str) -> str:
    """Return words in the room that a task has."""
    words = text.strip()
    return words if len(words) <= MOST_LETTERS else f"{words[: MOST_LETTERS - 1]}…"


def _same(interview: Interview, task: Task) -> FollowUp | None:
    """Return the task that a button pressed twice has made already."""
    if task.note is None:
        return None
    open_ones = (one for one in interview.follow_ups if one.done_at is None)
    return next(
        (one for one in open_ones if (one.note_id, one.text) == (task.note.id, task.text)), None
    )


def _whose(person: Person, *, oversees: bool) -> Select[FollowUp]:
    interview = FollowUp.interview
    rows = select(FollowUp).join(interview)
    if not oversees:
        theirs = (Interview.interviewer_id == person.id, Interview.note_taker_id == person.id)
        rows = rows.where(or_(*theirs))
    submission = joinedload(interview).joinedload(Interview.submission)
    return rows.options(
        submission.joinedload(Submission.authority),
        submission.joinedload(Submission.survey),
        joinedload(FollowUp.done_by),
    )


def _listed(rows: Iterable[FollowUp], at: dt.datetime) -> Tasks:
    every = [Listed(row, _is_overdue(row, at)) for row in rows]
    todo = sorted((one for one in every if one.row.done_at is None), key=_by_day)
    done = sorted((one for one in every if one.row.done_at), key=_by_moment, reverse=True)
    return Tasks(tuple(todo), tuple(done))


def _is_overdue(row: FollowUp, at: dt.datetime) -> bool:
    if row.due_on is None or row.done_at is not None:
        return False
    return row.due_on < today_in(row.interview.submission.survey, at)


def _by_day(one: Listed) -> tuple[bool, bool, dt.date, dt.datetime]:
    due = one.row.due_on
    return (not one.is_overdue, due is None, due or dt.date.max, one.row.created_at)


def _by_moment(one: Listed) -> dt.datetime:
    return one.row.done_at or one.row.created_at
