"""What the person interviewed says to their record: drafts, sentence by sentence, sent as one."""

import datetime as dt
import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import audit
from surveyapp.config import Settings
from surveyapp.errors import SurveyError
from surveyapp.interview import notes as typing
from surveyapp.interview import recording, rewriting, services, withdrawing
from surveyapp.interview.notes import Hand
from surveyapp.interview.rewriting import Edit
from surveyapp.interview.services import Consent
from surveyapp.interview.withdrawing import Withdrawal
from surveyapp.models import Interview, Note, SentenceVerdict
from surveyapp.models.correction import Verdict
from synthesis.sentences import split


class RecordChangedError(SurveyError):
    """The record, or what is said to it, is not what the page showed; nothing was done."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What a page says of one sentence: which, in which version, and what is to become of it."""

    note_id: uuid.UUID
    seen: int
    start: int
    end: int
    verdict: Verdict
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the record, and what was said to it so far."""

    note: Note
    start: int
    end: int
    draft: SentenceVerdict | None

    @property
    def text(self) -> str:
        """Return its words."""
        return self.note.text[self.start : self.end]

    @property
    def key(self) -> str:
        """Return what a page calls it."""
        return f"{self.note.id.hex}-{self.note.version}-{self.start}-{self.end}"

    @property
    def verdict(self) -> str:
        """Return what is to become of it, "" where nothing was said."""
        return self.draft.verdict if self.draft else ""

    @property
    def instead(self) -> str:
        """Return what it is to say instead."""
        return self.draft.instead if self.draft else ""

    @property
    def is_changed(self) -> bool:
        """Say whether there are other words for it."""
        return self.verdict == "corrected" and self.instead.strip() not in ("", self.text)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The record as it can be answered: each note with its sentences, and what was overtaken.

    What was overtaken was said to a note that has been changed since.
    """

    interview: Interview
    sentences: Mapping[uuid.UUID, tuple[Sentence, ...]]
    overtaken: Mapping[uuid.UUID, tuple[SentenceVerdict, ...]]

    @property
    def every(self) -> tuple[Sentence, ...]:
        """Return every sentence of the record."""
        return tuple(one for note in self.sentences.values() for one in note)

    @property
    def changed(self) -> tuple[Sentence, ...]:
        """Return the sentences that are to say something else."""
        return tuple(one for one in self.every if one.is_changed)

    @property
    def withdrawn(self) -> tuple[Sentence, ...]:
        """Return the sentences that are to be taken out."""
        return tuple(one for one in self.every if one.verdict == "withdrawn")

    @property
    def wordless(self) -> tuple[Sentence, ...]:
        """Return the sentences that are to be changed, nobody said into what."""
        return tuple(
            one for one in self.every if one.verdict == "corrected" and not one.instead.strip()
        )

    @property
    def unmarked(self) -> tuple[Sentence, ...]:
        """Return the sentences that are not confirmed, and that nothing was said to."""
        return tuple(one for one in self.every if not one.verdict and not one.note.is_confirmed)

    @property
    def seen(self) -> str:
        """Return a mark that is another one as soon as anything here is."""
        notes = [f"{one.key} {one.verdict} {one.instead}" for one in self.every]
        return hashlib.sha256("\n".join(notes).encode()).hexdigest()[:32]


def sheet(session: Session, interview: Interview) -> Sheet:
    """Return the record with what was said to it so far."""
    drafts: dict[tuple[uuid.UUID, int, int], SentenceVerdict] = {}
    overtaken: dict[uuid.UUID, list[SentenceVerdict]] = defaultdict(list)
    notes = {note.id: note for note in recording.counted(interview)}
    for draft in _drafts(session, interview):
        note = notes.get(draft.note_id)
        if note is None or note.version == draft.note_version:
            drafts[draft.note_id, draft.start, draft.end] = draft
        else:
            overtaken[draft.note_id].append(draft)
    return Sheet(
        interview,
        {
            note.id: tuple(
                Sentence(note, start, end, drafts.get((note.id, start, end)))
                for start, end in split(note.text)
            )
            for note in notes.values()
        },
        {note_id: tuple(rows) for note_id, rows in overtaken.items()},
    )


def keep(session: Session, interview: Interview, marked: Iterable[Marked], by: Hand) -> bool:
    """Keep what was said to sentences, and say whether any note has been changed meanwhile.

    What was said to an earlier version is kept too, to be shown beside the note as it is now.
    """
    # One tab after the other, so that both do not add the same row.
    session.refresh(interview, with_for_update=True)
    notes = {note.id: note for note in recording.counted(interview)}
    kept = {_place(row): row for row in _drafts(session, interview)}
    moved = False
    for one in marked:
        note = notes.get(one.note_id)
        if note is None or not 1 <= one.seen <= note.version or not 0 <= one.start < one.end:
            moved = True
            continue
        moved = moved or one.seen != note.version
        row = kept.get((one.note_id, one.seen, one.start))
        if row is None:
            row = _new(session, interview, one)
        row.verdict, row.instead, row.end = one.verdict, one.instead, one.end
        row.person_id, row.at, row.sent_at = by.author.id, by.at, None
    session.flush()
    return moved


def confirm_all(session: Session, interview: Interview, seen: str, by: Hand) -> int:
    """Confirm the whole record as it reads; return how many notes that are.

    Raises RecordChangedError where the page showed another record, or sentences are marked to be
    changed or taken out.
    """
    now = _locked(session, interview)
    if now.seen != seen or now.changed or now.withdrawn or now.wordless:
        raise RecordChangedError("The record has changed since you opened this page.")
    notes = recording.counted(interview)
    for note in notes:
        note.confirmed_version = note.version
    _close(session, interview, by)
    audit.record(session, "record.confirmed", interview, by.author, notes=len(notes))
    return len(notes)


def send(
    session: Session, settings: Settings, now: Sheet, by: Hand, *, rest_is_right: bool
) -> dict[str, int]:
    """Send the record back: correct, take out and confirm what was marked, all at once.

    The sheet must be as it was shown: take it with `to_be_sent`.
    """
    interview = now.interview
    counts = {"corrected": len(now.changed), "withdrawn": len(now.withdrawn), "confirmed": 0}
    for note_id, sentences in now.sentences.items():
        note = session.get_one(Note, note_id)
        is_decided = rest_is_right or not any(one in now.unmarked for one in sentences)
        edits = [
            Edit(one.start, one.end, one.instead.strip()) for one in sentences if one.is_changed
        ]
        edits += [Edit(one.start, one.end) for one in sentences if one.verdict == "withdrawn"]
        if edits:
            _apply(session, note, edits, by)
        if is_decided:
            note.confirmed_version = note.version
            counts["confirmed"] += note.counts
    _close(session, interview, by)
    if counts["withdrawn"]:
        withdrawing.forget_files(session, settings, interview, by.at)
        notes = {one.note.id for one in now.withdrawn}
        count = counts["withdrawn"]
        audit.record(session, "words.withdrawn", interview, by.author, notes=notes, sentences=count)
    audit.record(session, "record.answered", interview, by.author, **counts)
    return counts


def to_be_sent(session: Session, interview: Interview, seen: str) -> Sheet:
    """Return the record under a lock, or raise RecordChangedError if it is not as it was shown."""
    now = _locked(session, interview)
    if now.seen != seen or now.wordless:
        raise RecordChangedError("The record has changed since you opened this page.")
    return now


def add(session: Session, interview: Interview, words: str, by: Hand) -> Note:
    """Add what the person interviewed writes themselves: their own words, and so confirmed."""
    said = services.Said(words, verbatim=True)
    note = services.add_note(session, interview, said, by.author, by.at)
    note.confirmed_version = note.version
    session.flush()
    audit.record(session, "note.added_by_interviewee", interview, by.author, note=note.id)
    return note


def change_consent(
    session: Session, settings: Settings, interview: Interview, wanted: Consent, by: Hand
) -> None:
    """Record what the person interviewed agrees to now; less takes away what was made before."""
    before = (bool(interview.consent_quotes), interview.use_level)
    services.record_consent(session, interview, wanted, by.author, by.at)
    if before != (wanted.quotes, wanted.use_level):
        withdrawing.forget_files(session, settings, interview, by.at)
    audit.record(
        session,
        "consent.changed",
        interview,
        by.author,
        quotes=wanted.quotes,
        use_level=wanted.use_level or "",
    )


def said(session: Session, interview: Interview) -> Mapping[str, int]:
    """Count the sentences by what was decided about them, in records that were sent back."""
    rows = session.scalars(
        select(SentenceVerdict.verdict).where(
            SentenceVerdict.interview_id == interview.id, SentenceVerdict.sent_at.is_not(None)
        )
    ).all()
    return {verdict: rows.count(verdict) for verdict in ("confirmed", "corrected", "withdrawn")}


def last_sent(session: Session, interview: Interview) -> dt.datetime | None:
    """Return when the record was sent back last, sentence by sentence."""
    return session.scalar(
        select(SentenceVerdict.sent_at)
        .where(SentenceVerdict.interview_id == interview.id, SentenceVerdict.sent_at.is_not(None))
        .order_by(SentenceVerdict.sent_at.desc())
        .limit(1)
    )


def _apply(session: Session, note: Note, edits: Sequence[Edit], by: Hand) -> None:
    """Change a note as it was marked; corrected words are theirs, and the earlier ones are kept."""
    before = note.text
    words = tuple(before[edit.start : edit.end] for edit in edits if not edit.instead)
    rewritten = rewriting.rewrite(before, edits)
    if any(edit.instead for edit in edits):
        typing.keep_revision(session, note)
        note.author_id = by.author.id
    note.text, note.updated_at, note.last_write = rewritten.text, by.at, None
    note.version += 1
    session.flush()
    if words:
        withdrawing.take_out(session, Withdrawal(note, before, rewritten, words, by.at))
    withdrawing.follow_words(session, note, rewritten)


def _close(session: Session, interview: Interview, by: Hand) -> None:
    """Put the drafts away, and note whether the whole record is confirmed now."""
    for draft in _drafts(session, interview):
        draft.instead, draft.sent_at = "", by.at
    is_whole = all(note.is_confirmed for note in recording.counted(interview))
    interview.confirmed_at = by.at if is_whole else None
    interview.unanswered_at = None
    session.flush()


def _locked(session: Session, interview: Interview) -> Sheet:
    """Read the record again, so that nobody can change it until this is done."""
    session.scalars(
        select(Note)
        .where(Note.interview_id == interview.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    session.refresh(interview, with_for_update=True)
    session.expire(interview, ["notes"])
    return sheet(session, interview)


def _drafts(session: Session, interview: Interview) -> Sequence[SentenceVerdict]:
    return session.scalars(
        select(SentenceVerdict)
        .where(SentenceVerdict.interview_id == interview.id, SentenceVerdict.sent_at.is_(None))
        .order_by(SentenceVerdict.at, SentenceVerdict.start)
    ).all()


def _place(row: SentenceVerdict) -> tuple[uuid.UUID, int, int]:
    return row.note_id, row.note_version, row.start


def _new(session: Session, interview: Interview, one: Marked) -> SentenceVerdict:
    """Add a row; one that was sent with this version before is taken up again."""
    known = session.scalars(
        select(SentenceVerdict).where(
            SentenceVerdict.note_id == one.note_id,
            SentenceVerdict.note_version == one.seen,
            SentenceVerdict.start == one.start,
        )
    ).one_or_none()
    if known is not None:
        return known
    row = SentenceVerdict(
        interview_id=interview.id,
        note_id=one.note_id,
        note_version=one.seen,
        start=one.start,
        end=one.end,
    )
    session.add(row)
    return row
