"""Interviews recorded: consent first, then notes under the guide's prompts, documents, contacts."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from surveyapp import published
from surveyapp.errors import ConsentError, NotInTheGuideError
from surveyapp.models import (
    ConsentAnswer,
    Interview,
    KeyContact,
    Note,
    Person,
    SharedDocument,
    Submission,
)
from surveyapp.models.submission import UseLevel


@dataclass(frozen=True, slots=True)
class Call:
    """Who spoke with whom, and when."""

    interviewer: Person
    interviewee: str
    interviewee_role: str
    held_on: dt.date


@dataclass(frozen=True, slots=True)
class Consent:
    """What the person interviewed agreed to: notes, quotations, and how their words may be used."""

    notes: bool
    quotes: bool
    use_level: UseLevel | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Words to note down: under which prompt, at which second, and whether they are a quotation."""

    text: str
    prompt_code: str = ""
    second: int | None = None
    verbatim: bool = False
    id: uuid.UUID = field(default_factory=uuid.uuid4)


def record_interview(session: Session, submission: Submission, call: Call) -> Interview:
    """Record that a call took place, from the guide that the survey has published."""
    interview = Interview(
        submission=submission,
        guide=submission.survey.guide,
        interviewer=call.interviewer,
        interviewee=call.interviewee,
        interviewee_role=call.interviewee_role,
        held_on=call.held_on,
    )
    session.add(interview)
    session.flush()
    return interview


def record_consent(
    session: Session, interview: Interview, consent: Consent, by: Person, at: dt.datetime
) -> None:
    """Record what the person interviewed agreed to; they may change their mind at any time."""
    interview.consent_notes = consent.notes
    interview.consent_quotes = consent.quotes
    interview.use_level = consent.use_level
    answer = ConsentAnswer(
        interview=interview,
        notes=consent.notes,
        quotes=consent.quotes,
        use_level=consent.use_level,
        at=at,
        recorded_by=by,
    )
    session.add(answer)
    session.flush()


def add_note(
    session: Session, interview: Interview, said: Said, author: Person, at: dt.datetime
) -> Note:
    """Note down what was said; the words as first typed are kept beside later tidying."""
    refuse_without_consent(interview)
    refuse_unknown_prompt(interview, said.prompt_code)
    note = Note(
        id=said.id,
        interview=interview,
        prompt_code=said.prompt_code,
        second=said.second,
        verbatim=said.verbatim,
        text=said.text,
        original_text=said.text,
        author=author,
        created_at=at,
        updated_at=at,
    )
    session.add(note)
    session.flush()
    return note


def offer_document(session: Session, document: SharedDocument) -> SharedDocument:
    """Add a document that was offered in conversation."""
    session.add(document)
    session.flush()
    return document


def name_contact(session: Session, contact: KeyContact) -> KeyContact:
    """Add a person who was named in conversation as the one to ask."""
    session.add(contact)
    session.flush()
    return contact


def refuse_without_consent(interview: Interview) -> None:
    """Raise ConsentError unless the person interviewed has agreed to notes."""
    if not interview.consent_notes:
        raise ConsentError("Ask for consent to take notes, and record the answer, first.")


def refuse_unknown_prompt(interview: Interview, code: str) -> None:
    """Raise NotInTheGuideError for a prompt that the guide does not have; none at all is fine."""
    if code and code not in {prompt.code for prompt in published.asked_on(interview).prompts}:
        raise NotInTheGuideError(code)
