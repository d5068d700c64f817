"""Notes tidied after the call: read in the guide's order, reworded, merged, struck out, put back.

Nothing is lost by tidying: the words as first typed and every wording since are kept.
"""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar, cast

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp import audit, published
from surveyapp.errors import NoteConflictError, SurveyError
from surveyapp.interview import notes, recording
from surveyapp.interview.live import wire
from surveyapp.interview.notes import Hand, Typed
from surveyapp.models import (
    Correction,
    FollowUp,
    Interview,
    KeyContact,
    Note,
    NoteRevision,
    SharedDocument,
)
from surveyapp.models.interview import NoteMark

# Two people who note the same words under a prompt do so within a few seconds.
NEAR_SECONDS: Final = 5
# The names that saves gave to the twins that they made; see notes.twin_id.
NAMED_BY_A_SAVE: Final = 5
JOINT: Final = "\n\n"
Row = TypeVar("Row", NoteRevision, KeyContact, SharedDocument, FollowUp, Correction)


class NoWordsError(SurveyError):
    """A note was left without words, or with more than a note can hold."""


@dataclass(frozen=True, slots=True)
class Line:
    """One note on the list, with all that hangs on it, and its twin where it has one."""

    note: Note
    revisions: Sequence[NoteRevision] = ()
    contacts: Sequence[KeyContact] = ()
    documents: Sequence[SharedDocument] = ()
    tasks: Sequence[FollowUp] = ()
    corrections: Sequence[Correction] = ()
    twin: Note | None = None
    is_second: bool = False

    @property
    def first_words(self) -> str:
        """Return the words as first typed, where they are others than now."""
        first = self.note.original_text
        return first if first.strip() != self.note.text.strip() else ""

    @property
    def unlinked(self) -> Sequence[SharedDocument]:
        """Return the documents that are promised, and not here yet."""
        return [one for one in self.documents if not one.url]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A prompt with the notes under it, and what came unprompted while it was talked about."""

    code: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Every note of an interview, to be tidied."""

    chapters: tuple[Chapter, ...]
    struck: tuple[Note, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return every note that counts, in the order of the page."""
        return tuple(line for chapter in self.chapters for line in chapter.lines)


@dataclass(frozen=True, slots=True)
class Edit:
    """A note as it came from the list: over which version, and what told the words shown."""

    note: Note
    text: str
    seen: int
    shown: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a note was not saved, what was typed, and what somebody else saved meanwhile."""

    words: str
    typed: str
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """How many notes of a list were saved, and what is wrong with the others."""

    changed: int
    faults: Mapping[uuid.UUID, Fault]


def sheet(session: Session, interview: Interview) -> Sheet:
    """Return the notes of an interview in the guide's order, in a fixed number of queries."""
    found = _notes(session, interview)
    counted = [note for note in found if note.counts]
    known = [prompt.code for prompt in published.asked_on(interview).prompts]
    lines = _lines(session, interview, counted)
    places = _places(counted, known)
    titles = {one.code: one.text for one in published.asked_on(interview).prompts}
    titles[""] = recording.BESIDES
    chapters = (
        Chapter(code, titles[code], tuple(line for line in lines if places[line.note.id] == code))
        for code in (*known, "")
    )
    struck = tuple(note for note in found if note.struck_at and note.text.strip())
    return Sheet(tuple(one for one in chapters if one.lines), struck)


def twins(counted: Iterable[Note]) -> dict[uuid.UUID, uuid.UUID]:
    """Return which notes are twins, by id, each way.

    Twins have the same prompt and nearly the same second, and are two people's, or one was made of
    the other by a save that would have taken words away.
    """
    found: dict[uuid.UUID, uuid.UUID] = {}
    timed = [note for note in counted if note.second is not None and not note.stands_apart]
    timed.sort(key=lambda note: (note.prompt_code, note.second or 0, note.created_at))
    for at, note in enumerate(timed):
        rest = (other for other in timed[at + 1 :] if other.id not in found)
        other = next((other for other in rest if _are_twins(note, other)), None)
        if note.id not in found and other is not None:
            found[note.id], found[other.id] = other.id, note.id
    return found


def digest(text: str) -> str:
    """Return what tells a page whether words are still those that it showed."""
    return hashlib.sha256(clean(text).encode()).hexdigest()[:16]


def clean(text: str) -> str:
    """Return words as they came from a form, with plain ends of lines and no blanks around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def typed_over(note: Note, text: str, seen: int) -> Typed:
    """Return other words for a note of which everything else stays."""
    return Typed(
        note.id,
        clean(text),
        seen,
        prompt_code=note.prompt_code,
        second=note.second,
        theme=note.theme,
        verbatim=note.verbatim,
        follow_up=note.follow_up,
        mark=cast(NoteMark, note.mark),
    )


def reword(session: Session, note: Note, typed: Typed, by: Hand) -> Note:
    """Change a note; words that were confirmed are not any more, once they are other words.

    Raises NoWordsError for none or too many, and NoteConflictError where somebody else has changed
    the note since it was shown.
    """
    if not typed.text.strip():
        raise NoWordsError("Enter the words of this note, or strike it out")
    if len(typed.text) > wire.MOST_LETTERS:
        raise NoWordsError(f"The note must be {wire.MOST_LETTERS:,} characters or fewer")
    session.refresh(note, with_for_update=True)
    if note.version != typed.seen and clean(note.text) != typed.text:
        raise NoteConflictError(typed.text, note.text, note.version)
    was, before = note.version, (clean(note.text), note.verbatim)
    is_same = before == (typed.text, typed.verbatim)
    # To come back to a note changes nothing that anybody said.
    note.follow_up, note.mark = typed.follow_up, typed.mark
    session.flush()
    is_confirmed = note.is_confirmed and is_same
    notes.reword(session, note, replace(typed, text=note.text) if is_same else typed, by)
    if is_confirmed:
        note.confirmed_version = note.version
    if note.version != was:
        _tell(session, note, by, "note.reworded", version=note.version, same_words=is_same)
    session.flush()
    return note


def save(session: Session, edits: Iterable[Edit], by: Hand) -> Saved:
    """Save each note that was changed on the list; what is wrong with one keeps no other back."""
    changed = 0
    faults: dict[uuid.UUID, Fault] = {}
    for edit in edits:
        if digest(edit.text) == edit.shown:
            continue
        try:
            reword(session, edit.note, typed_over(edit.note, edit.text, edit.seen), by)
        except NoteConflictError as torn:
            words = "Somebody else has changed this note. Put what shall stand into the box"
            faults[edit.note.id] = Fault(words, clean(edit.text), torn.theirs)
        except NoWordsError as refused:
            faults[edit.note.id] = Fault(str(refused), edit.text)
        else:
            changed += 1
    return Saved(changed, faults)


def strike(session: Session, note: Note, by: Hand) -> None:
    """Take a note out of the record; it is kept, and can be put back."""
    if note.struck_at is None:
        note.struck_at = note.updated_at = by.at
        _tell(session, note, by, "note.struck")


def put_back(session: Session, note: Note, by: Hand) -> None:
    """Put a note that was struck out back into the record."""
    if note.struck_at is not None:
        note.struck_at, note.updated_at = None, by.at
        _tell(session, note, by, "note.put_back")


def keep_both(session: Session, note: Note, other: Note, by: Hand) -> None:
    """Let two people's notes of the same moment stand beside each other."""
    note.stands_apart = other.stands_apart = True
    _tell(session, note, by, "notes.kept_apart", other=other.id)


def merge(session: Session, note: Note, other: Note, typed: tuple[Typed, int], by: Hand) -> None:
    """Make one note of two: one is reworded, the other struck out.

    `typed` is what shall stand, and the version in which the other was shown. Raises
    NoteConflictError where either has changed since.
    """
    words, other_seen = typed
    session.refresh(other, with_for_update=True)
    if other.version != other_seen:
        raise NoteConflictError(words.text, other.text, other.version)
    reword(session, note, words, by)
    strike(session, other, by)


def _tell(session: Session, note: Note, by: Hand, action: str, **detail: object) -> None:
    audit.record(session, action, note.interview, by.author, note=note.id, **detail)


def _notes(session: Session, interview: Interview) -> list[Note]:
    """Return every note in the order of the call; what has no time comes last, on any database."""
    rows = session.scalars(
        select(Note).where(Note.interview_id == interview.id).options(joinedload(Note.author))
    ).all()
    return sorted(
        rows, key=lambda note: (note.second is None, note.second or 0, note.created_at, note.id)
    )


def _places(counted: Iterable[Note], known: Sequence[str]) -> Mapping[uuid.UUID, str]:
    """Return under which prompt each note stands; one that came unprompted, where it fell."""
    found: dict[uuid.UUID, str] = {}
    current = ""
    for note in counted:
        if note.prompt_code in known and note.second is not None:
            current = note.prompt_code
        fell = current if note.second is not None else ""
        found[note.id] = note.prompt_code if note.prompt_code in known else fell
    return found


def _lines(session: Session, interview: Interview, counted: Sequence[Note]) -> tuple[Line, ...]:
    paired = twins(counted)
    by_id = {note.id: note for note in counted}
    hanging = _hanging(session, interview)
    made = {note.id: _line(note, hanging) for note in counted}
    return tuple(_in_pairs(made, by_id, paired))


def _in_pairs(
    made: Mapping[uuid.UUID, Line],
    by_id: Mapping[uuid.UUID, Note],
    paired: Mapping[uuid.UUID, uuid.UUID],
) -> Iterator[Line]:
    """Yield the notes, each twin straight after the one that it belongs to."""
    shown: set[uuid.UUID] = set()
    for note_id, line in made.items():
        other = paired.get(note_id)
        if note_id in shown:
            continue
        if other is None:
            yield line
            continue
        shown.add(other)
        yield replace(line, twin=by_id[other])
        yield replace(made[other], twin=line.note, is_second=True)


@dataclass(frozen=True, slots=True)
class _Hanging:
    """What hangs on the notes of an interview, by note."""

    revisions: Mapping[uuid.UUID | None, list[NoteRevision]]
    contacts: Mapping[uuid.UUID | None, list[KeyContact]]
    documents: Mapping[uuid.UUID | None, list[SharedDocument]]
    tasks: Mapping[uuid.UUID | None, list[FollowUp]]
    corrections: Mapping[uuid.UUID | None, list[Correction]]


def _hanging(session: Session, interview: Interview) -> _Hanging:
    of_it = Note.interview_id == interview.id
    revisions = (
        select(NoteRevision)
        .join(NoteRevision.note)
        .where(of_it)
        .options(joinedload(NoteRevision.author))
        .order_by(NoteRevision.version.desc())
    )
    corrections = (
        select(Correction)
        .join(Correction.note)
        .where(of_it, Correction.undone_at.is_(None))
        .order_by(Correction.at)
    )
    return _Hanging(
        _by_note(session.scalars(revisions)),
        _by_note(interview.contacts),
        _by_note(interview.documents),
        _by_note(interview.follow_ups),
        _by_note(session.scalars(corrections)),
    )


def _by_note(rows: Iterable[Row]) -> Mapping[uuid.UUID | None, list[Row]]:
    found: dict[uuid.UUID | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.note_id].append(row)
    return found


def _line(note: Note, hanging: _Hanging) -> Line:
    return Line(
        note,
        hanging.revisions.get(note.id, ()),
        hanging.contacts.get(note.id, ()),
        hanging.documents.get(note.id, ()),
        hanging.tasks.get(note.id, ()),
        hanging.corrections.get(note.id, ()),
    )


def _are_twins(note: Note, other: Note) -> bool:
    is_near = abs((note.second or 0) - (other.second or 0)) <= NEAR_SECONDS
    is_made = NAMED_BY_A_SAVE in {note.id.version, other.id.version}
    is_two = note.author_id != other.author_id or is_made
    return note.prompt_code == other.prompt_code and is_near and is_two
