"""What has been taken from a form already, and what became of it since."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.interview.services import Consent
from surveyapp.models import (
    FollowUp,
    Interview,
    KeyContact,
    Note,
    NoteRevision,
    SentenceVerdict,
    SharedDocument,
)
from surveyapp.models.submission import UseLevel

Row = KeyContact | SharedDocument | FollowUp


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A note that stands where a box would put it, and everything it ever said."""

    note: Note
    said: frozenset[tuple[str, bool]]
    is_withdrawn: bool

    @property
    def is_as_taken(self) -> bool:
        """Say whether nobody has changed it since it came from the form."""
        return self.note.version == 1


@dataclass(frozen=True, slots=True)
class Stored:
    """Everything an interview holds that a form may say otherwise."""

    notes: Mapping[uuid.UUID, StoredNote]
    rows: Mapping[uuid.UUID, Row]
    # Under which prompt a form brought which words: one that has lost its name brings them again.
    brought: frozenset[tuple[str, str]]
    consent: Consent | None


def read(session: Session, interview: Interview) -> Stored:
    """Return what an interview holds."""
    theirs = select(Note).where(Note.interview_id == interview.id)
    notes = session.scalars(theirs.execution_options(populate_existing=True)).all()
    said: dict[uuid.UUID, set[tuple[str, bool]]] = {
        one.id: {(one.text, one.verbatim)} for one in notes
    }
    earlier = select(NoteRevision).join(NoteRevision.note)
    for one in session.scalars(earlier.where(Note.interview_id == interview.id)):
        said[one.note_id].add((one.text, one.verbatim))
    gone = _withdrawn(session, interview)
    return Stored(
        {
            one.id: StoredNote(one, frozenset(said[one.id]), one.id in gone or _is_empty(one))
            for one in notes
        },
        _rows(interview),
        frozenset(
            (one.prompt_code, one.original_text) for one in notes if one.origin == "word form"
        ),
        _consent(interview),
    )


def _rows(interview: Interview) -> dict[uuid.UUID, Row]:
    offered: tuple[Row, ...] = (
        *interview.contacts,
        *interview.documents,
        *interview.follow_ups,
    )
    return {row.id: row for row in offered}


def _withdrawn(session: Session, interview: Interview) -> frozenset[uuid.UUID]:
    """Return the notes of which the person interviewed withdrew words."""
    verdicts = select(SentenceVerdict.note_id).where(
        SentenceVerdict.interview_id == interview.id,
        SentenceVerdict.verdict == "withdrawn",
        SentenceVerdict.sent_at.is_not(None),
    )
    return frozenset(session.scalars(verdicts))


def _is_empty(note: Note) -> bool:
    return not note.text and not note.original_text


def _consent(interview: Interview) -> Consent | None:
    if interview.consent_notes is None:
        return None
    level = cast(UseLevel | None, interview.use_level)
    return Consent(interview.consent_notes, bool(interview.consent_quotes), level)
