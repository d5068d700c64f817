"""What became of an example's interviews: notes tidied, tasks, records offered and answered."""

import datetime as dt
from typing import Final

from surveyapp.example.answering import moment
from surveyapp.example.ringing import Line, before_it_was_reworded
from surveyapp.example.telephone import GivenContact, GivenDocument, GivenInterview, GivenNote
from surveyapp.interview import notes as typing
from surveyapp.models import (
    Correction,
    FollowUp,
    Interview,
    KeyContact,
    Note,
    Person,
    SentenceVerdict,
    SharedDocument,
)

# Notes are tidied on the afternoon of the call.
AFTERNOON: Final = dt.timedelta(hours=4)


def follow(line: Line, call: Interview, given: GivenInterview, notes: list[Note]) -> None:
    """Do what people did after a call, in the order in which they did it."""
    after = (call.ended_at or moment(call.held_on or dt.date.min)) + AFTERNOON
    for note, said in zip(notes, given.notes, strict=True):
        _tidy(line, note, said, after)
        _complete(line, note, said)
    _set_tasks(line, call, given, notes)
    if given.offered is None:
        return
    call.offered_at, call.answer_by = moment(given.offered), given.answer_by
    if given.confirmed is not None:
        _confirm(line, call, given, notes)
    line.session.flush()


def _tidy(line: Line, note: Note, said: GivenNote, at: dt.datetime) -> None:
    tidied = before_it_was_reworded(said)
    if note.text != tidied:
        typing.keep_revision(line.session, note)
        note.text, note.updated_at, note.version = tidied, at, note.version + 1
        note.author = note.interview.interviewer
    if said.struck:
        note.struck_at = at
    if said.corrects is not None:
        correction = Correction(note=note, made_by=note.interview.interviewer, at=at)
        correction.question_code = said.corrects.question
        correction.kind, correction.prevails = said.corrects.kind, said.corrects.prevails
        line.session.add(correction)
    line.session.flush()


def _complete(line: Line, note: Note, said: GivenNote) -> None:
    """Complete who was named, and what was promised."""
    if said.contact is not None:
        line.session.add(_contact(note, said.contact))
    if said.document is not None:
        line.session.add(_document(note, said.document))
    line.session.flush()


def _contact(note: Note, given: GivenContact) -> KeyContact:
    named = given.model_dump()
    return KeyContact(interview=note.interview, note_id=note.id, **named)


def _document(note: Note, given: GivenDocument) -> SharedDocument:
    promised = given.model_dump()
    return SharedDocument(interview=note.interview, note_id=note.id, **promised)


def _set_tasks(line: Line, call: Interview, given: GivenInterview, notes: list[Note]) -> None:
    made_at = call.ended_at or moment(call.held_on or dt.date.min)
    for row, task in enumerate(given.follow_ups):
        line.session.add(
            FollowUp(
                id=line.id(given.on, "follow-up", row),
                interview=call,
                note=notes[task.note - 1] if task.note else None,
                text=task.text,
                due_on=task.due,
                made_by=call.interviewer,
                created_at=made_at,
                done_at=moment(task.done) if task.done else None,
                done_by=call.interviewer if task.done else None,
            )
        )
    line.session.flush()


def _confirm(line: Line, call: Interview, given: GivenInterview, notes: list[Note]) -> None:
    """Send the record back: some sentences put otherwise or taken back, and the rest confirmed."""
    at, who = moment(given.confirmed or dt.date.min), call.person or call.interviewer
    for note, said in zip(notes, given.notes, strict=True):
        if said.reworded or said.was_longer:
            _answer(line, note, said, who, at)
        if note.counts:
            note.confirmed_version = note.version
    call.confirmed_at = at


def _answer(line: Line, note: Note, said: GivenNote, who: Person, at: dt.datetime) -> None:
    """Change a note as the person interviewed asked; of what they took back nothing is kept."""
    for one in said.reworded:
        start = note.text.index(one.was)
        _say(line, note, (start, start + len(one.was)), "corrected", (who, at))
    if said.reworded:
        typing.keep_revision(line.session, note)
        note.author = who
    if said.was_longer:
        start = len(note.text) + 1
        _say(line, note, (start, start + said.was_longer), "withdrawn", (who, at))
    note.text, note.updated_at, note.version = said.text, at, note.version + 1
    line.session.flush()


def _say(
    line: Line, note: Note, place: tuple[int, int], verdict: str, by: tuple[Person, dt.datetime]
) -> None:
    start, end = place
    who, at = by
    said = SentenceVerdict(interview=note.interview, note=note, note_version=note.version)
    said.start, said.end, said.verdict = start, end, verdict
    said.person, said.at, said.sent_at = who, at, at
    line.session.add(said)
