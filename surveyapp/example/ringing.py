"""The telephone interviews of an example, put into the database as people would have made them."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from surveyapp.example.answering import ENGLAND, moment, name
from surveyapp.example.telephone import GivenInterview, GivenNote, GivenSlot
from surveyapp.interview import services as interview
from surveyapp.interview.services import Consent, Said
from surveyapp.models import Interview, InterviewSlot, Note, Person, PromptState, Submission, Survey

# Nobody is put through in the minute that was agreed, and notes end before the call does.
LATE: Final = dt.timedelta(seconds=70)
GOODBYE: Final = dt.timedelta(seconds=100)


@dataclass(frozen=True, slots=True)
class Line:
    """Between whom calls are: a return, the staff by name, and its contributors by name."""

    session: Session
    submission: Submission
    staff: Mapping[str, Person]
    people: Mapping[str, Person]

    def id(self, *parts: object) -> uuid.UUID:
        """Return the same id for the same thing, so that loading can be repeated."""
        return name(self.submission.authority_code, *parts)


def in_england(clock: dt.datetime) -> dt.datetime:
    """Return the moment at which clocks in England show this."""
    return clock.replace(tzinfo=ENGLAND).astimezone(dt.UTC)


def lay_slots(
    session: Session, survey: Survey, given: Sequence[GivenSlot], staff: Mapping[str, Person]
) -> None:
    """Offer the times that nobody has booked."""
    for one in given:
        starts = in_england(one.starts)
        slot = InterviewSlot(survey=survey, interviewer=staff[one.interviewer], starts_at=starts)
        slot.withdrawn_at = survey.opened_at if one.withdrawn else None
        session.add(slot)
    session.flush()


def arrange(line: Line, given: GivenInterview) -> Interview:
    """Arrange a call, or call it off again."""
    call = Interview(
        id=line.id("interview", given.interviewee, given.on, given.starts),
        submission=line.submission,
        guide=line.submission.survey.guide,
        interviewer=line.staff[given.interviewer],
        note_taker=line.staff[given.note_taker] if given.note_taker else None,
        interviewee=given.interviewee,
        interviewee_role=given.interviewee_role,
        person=line.people.get(given.interviewee),
        starts_at=in_england(given.starts) if given.starts else None,
        place=given.place,
        calendar_sequence=given.moved,
        cancelled_at=moment(given.cancelled) if given.cancelled else None,
        cancelled_why=given.cancelled_why,
    )
    line.session.add(call)
    line.session.flush()
    if given.slot:
        _book(line, call)
    return call


def hold(line: Line, call: Interview, given: GivenInterview, on: dt.date) -> list[Note]:
    """Begin a call, ask for consent, note what was said and end it, unless it still goes on."""
    call.held_on = on
    began = None if call.starts_at is None else call.starts_at + LATE
    call.started_at = began
    _ask_for_consent(line, call, given, began or moment(on))
    notes = []
    for row, said in enumerate(given.notes):
        at = _when(began, said) or moment(on, row)
        notes.append(_note(line, call, said, line.id(on, "note", row), at))
    for code in given.skipped:
        _skip(line, call, code, began or moment(on))
    if began and not given.under_way:
        call.ended_at = max(note.created_at for note in notes) + GOODBYE
    line.session.flush()
    return notes


def before_it_was_reworded(said: GivenNote) -> str:
    """Return how a note read before the person interviewed changed sentences of it."""
    text = said.text
    for one in said.reworded:
        text = text.replace(one.now, one.was)
    return text


def _when(began: dt.datetime | None, said: GivenNote) -> dt.datetime | None:
    if began is None or said.at_second is None:
        return None
    return began + dt.timedelta(seconds=said.at_second)


def _book(line: Line, call: Interview) -> None:
    slot = InterviewSlot(
        survey=line.submission.survey,
        interviewer=call.interviewer,
        starts_at=call.starts_at,
        interview=call,
    )
    line.session.add(slot)
    line.session.flush()


def _ask_for_consent(line: Line, call: Interview, given: GivenInterview, at: dt.datetime) -> None:
    """Record what was said first, and what was said in the end where that is something else."""
    first, by = given.at_first, call.interviewer
    if first is not None:
        answer = Consent(first.notes, first.quotes, first.use_level)
        interview.record_consent(line.session, call, answer, by, at)
        at += dt.timedelta(seconds=given.notes[-1].at_second or 0)
    final = Consent(bool(given.consent_notes), bool(given.consent_quotes), given.use_level)
    interview.record_consent(line.session, call, final, by, at)


def _note(
    line: Line, call: Interview, said: GivenNote, note_id: uuid.UUID, at: dt.datetime
) -> Note:
    first = Said(
        said.typed or before_it_was_reworded(said),
        prompt_code=said.prompt,
        second=said.at_second,
        verbatim=said.verbatim,
        id=note_id,
    )
    author = call.note_taker or call.interviewer
    note = interview.add_note(line.session, call, first, author, at)
    note.theme, note.follow_up, note.mark = said.theme, said.follow_up, said.mark
    return note


def _skip(line: Line, call: Interview, code: str, at: dt.datetime) -> None:
    left_out = PromptState(interview=call, prompt_code=code, state="skipped", at=at)
    left_out.set_by_id = call.interviewer_id
    line.session.add(left_out)
