"""Notes as they are typed: saved many times a minute, by two people, and sent again where need be.

A browser names each note and each save. A save says which version of the note it was typed over,
and the names of the saves before it that were never answered: so the server can tell a save that
arrived, though its answer did not, from what somebody else wrote meanwhile. What would take away
another's words becomes a note of its own, a twin beside theirs, and nothing needs to be resolved
while people talk.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.errors import NoteConflictError
from surveyapp.interview.services import refuse_unknown_prompt, refuse_without_consent
from surveyapp.models import Interview, Note, NoteRevision, Person
from surveyapp.models.interview import NoteMark

# Fewer letters taken away at once are a slip of the finger.
SLIP: Final = 20


@dataclass(frozen=True, slots=True)
class Typed:
    """A note as a browser holds it.

    `seen` is the version it was typed over, 0 for a new note; `write` names this save, and
    `unanswered` those before it since `seen` that got no answer.
    """

    id: uuid.UUID
    text: str
    seen: int = 0
    write: uuid.UUID | None = None
    unanswered: tuple[uuid.UUID, ...] = ()
    prompt_code: str = ""
    second: int | None = None
    theme: str = ""
    verbatim: bool = False
    follow_up: bool = False
    mark: NoteMark = ""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who types, and when."""

    author: Person
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A note as it is kept; a twin where somebody else's words stand in the note itself."""

    note: Note
    twin_of: Note | None = None


def keep(session: Session, interview: Interview, typed: Typed, by: Hand) -> Kept:
    """Keep a note as it is typed now, in a transaction that has begun to write.

    Raises ConsentError without consent to notes, NotInTheGuideError for an unknown prompt, and
    KeyError where the note is another interview's.
    """
    refuse_without_consent(interview)
    refuse_unknown_prompt(interview, typed.prompt_code)
    note = _find(session, interview, typed.id)
    if note is None:
        return Kept(_add(session, interview, typed, typed.id, by))
    if note.version == typed.seen or _is_own(note, typed):
        return Kept(_overwrite(session, note, typed, by))
    return Kept(_keep_twin(session, note, typed, by), note)


def reword(session: Session, note: Note, typed: Typed, by: Hand) -> Note:
    """Change a note after the call; what it said before is kept.

    Raises NoteConflictError, with both texts, where somebody else has changed it meanwhile.
    """
    session.refresh(note, with_for_update=True)
    if note.version != typed.seen and note.text != typed.text:
        raise NoteConflictError(mine=typed.text, theirs=note.text, version=note.version)
    return _overwrite(session, note, typed, by, keeps_words=True)


def keep_revision(session: Session, note: Note) -> None:
    """Keep what a note says now, before it is changed."""
    session.add(
        NoteRevision(
            note=note,
            version=note.version,
            text=note.text,
            verbatim=note.verbatim,
            prompt_code=note.prompt_code,
            author_id=note.author_id,
            saved_at=note.updated_at,
        )
    )


def history(session: Session, note: Note) -> Sequence[NoteRevision]:
    """Return what a note said before, the latest first."""
    return session.scalars(
        select(NoteRevision)
        .where(NoteRevision.note_id == note.id)
        .order_by(NoteRevision.version.desc())
    ).all()


def _find(session: Session, interview: Interview, note_id: uuid.UUID) -> Note | None:
    found = session.get(Note, note_id, with_for_update=True)
    if found is not None and found.interview_id != interview.id:
        raise KeyError(note_id)
    return found


def _is_own(note: Note, typed: Typed) -> bool:
    """Say whether what stands in a note is what the same browser sent, unanswered until now."""
    return note.last_write is not None and note.last_write in {typed.write, *typed.unanswered}


def _add(
    session: Session,
    interview: Interview,
    typed: Typed,
    note_id: uuid.UUID,
    by: Hand,
) -> Note:
    note = Note(
        id=note_id,
        interview_id=interview.id,
        text=typed.text,
        original_text=typed.text,
        last_write=typed.write,
        author_id=by.author.id,
        created_at=by.at,
        updated_at=by.at,
        prompt_code=typed.prompt_code,
        second=typed.second,
        theme=typed.theme,
        verbatim=typed.verbatim,
        follow_up=typed.follow_up,
        mark=typed.mark,
    )
    session.add(note)
    session.flush()
    return note


def _overwrite(
    session: Session,
    note: Note,
    typed: Typed,
    by: Hand,
    *,
    keeps_words: bool = False,
) -> Note:
    now = _said(typed)
    if now == _said_by(note):
        note.last_write = typed.write
        session.flush()
        return note
    if keeps_words or _takes_away(note, typed, by.author):
        keep_revision(session, note)
    # Until the call is over, what is typed is the note as first typed.
    is_first = note.interview.ended_at is None and note.original_text == note.text
    for name, value in now.items():
        setattr(note, name, value)
    if is_first and not keeps_words:
        note.original_text = typed.text
    note.author_id, note.updated_at, note.last_write = by.author.id, by.at, typed.write
    note.version += 1
    session.flush()
    return note


def _keep_twin(session: Session, note: Note, typed: Typed, by: Hand) -> Note:
    """Keep words beside another's; the same save, sent again, finds the twin that it made."""
    for write in (*typed.unanswered, typed.write):
        made = session.get(Note, twin_id(note.id, write)) if write else None
        if made is not None:
            return _overwrite(session, made, typed, by)
    named = typed.write or uuid.uuid4()
    return _add(session, note.interview, typed, twin_id(note.id, named), by)


def twin_id(note_id: uuid.UUID, write: uuid.UUID) -> uuid.UUID:
    """Return the id of the twin that a save makes of a note."""
    return uuid.uuid5(note_id, write.hex)


def _said(typed: Typed) -> dict[str, Any]:
    return {
        "text": typed.text,
        "prompt_code": typed.prompt_code,
        "theme": typed.theme,
        "verbatim": typed.verbatim,
        "follow_up": typed.follow_up,
        "mark": typed.mark,
    }


def _said_by(note: Note) -> dict[str, Any]:
    return {
        "text": note.text,
        "prompt_code": note.prompt_code,
        "theme": note.theme,
        "verbatim": note.verbatim,
        "follow_up": note.follow_up,
        "mark": note.mark,
    }


def _takes_away(note: Note, typed: Typed, author: Person) -> bool:
    """Say whether what stood there could be missed: growing by what is typed on cannot be."""
    is_same = note.author_id == author.id and note.verbatim == typed.verbatim
    return not is_same or _letters_gone(note.text, typed.text) >= SLIP


def _letters_gone(before: str, after: str) -> int:
    """Count the letters between what two texts begin with alike and what they end with alike."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    return len(before) - head - tail


def _alike(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
