"""Words taken back: they vanish from every place where they are kept, and from what came of them.

A note may have been worded differently before. Nobody can say for certain which of the earlier
words mean the same as those that were taken back, so an earlier version keeps only the sentences
that still stand, word for word.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import built, leftovers
from surveyapp.config import Settings
from surveyapp.interview import papers, rewriting
from surveyapp.interview.rewriting import Rewritten
from surveyapp.models import (
    Correction,
    Decision,
    Finding,
    FindingPassage,
    FollowUp,
    Interview,
    KeyContact,
    Note,
    NoteRevision,
    SharedDocument,
    Submission,
    Summary,
)
from synthesis.sentences import split

# What a document or a contact made from a note may have taken over from it, and what it is not
# one without. A document whose title the note does not say is known by its address.
NAMED: Final = ("title", "url", "owner", "name", "role", "email", "phone")
CALLED: Final = {"title", "name"}


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Sentences taken out of a note: the note as it is now, as it was, and the words."""

    note: Note
    before: str
    rewritten: Rewritten
    words: tuple[str, ...]
    at: dt.datetime

    @property
    def is_all(self) -> bool:
        """Say whether nothing of the note is left."""
        return not self.note.text.strip()

    @property
    def stands(self) -> frozenset[str]:
        """Return the sentences that were not taken back."""
        gone = {word for word in self.words if word not in self.note.text}
        return frozenset(rewriting.sentences(self.before)) - gone | frozenset(
            rewriting.sentences(self.note.text)
        )


def take_out(session: Session, made: Withdrawal) -> None:
    """Take the words of a note that were taken back out of everything that rests on them."""
    _forget_earlier_words(session, made)
    _forget_elsewhere_in_the_call(session, made)
    _forget_tasks(session, made)
    for kind in (SharedDocument, KeyContact):
        _forget_named(session, made, kind)
    _forget_quoted(session, made)
    if made.is_all:
        session.execute(
            sa.update(Correction)
            .where(Correction.note_id == made.note.id, Correction.undone_at.is_(None))
            .values(undone_at=made.at)
        )
    session.flush()


def follow_words(session: Session, note: Note, rewritten: Rewritten) -> None:
    """Move coders' decisions and the passages of findings along with words that stayed."""
    rows = list(_quoting(session, note.interview.submission, _response(note)))
    taken = {_place(row) for row in rows}
    for row in rows:
        now = rewritten.now_at(row.start, row.end)
        if now is None or rewritten.text[now : now + len(row.words)] != row.words:
            continue
        moved = (*_place(row)[:-1], now)
        if moved not in taken:
            taken.add(moved)
            row.start, row.end = now, now + len(row.words)
            session.flush()


def forget_files(
    session: Session, settings: Settings, interview: Interview, at: dt.datetime
) -> int:
    """Remove the files that hold what was said until now; return how many can be made anew."""
    survey = interview.submission.survey
    papers.forget(settings.instance, interview)
    made = leftovers.forget_exports(session, settings.instance, survey, at)
    made += built.forget_builds(session, survey, at)
    return made + leftovers.forget_review(settings, survey)


def _forget_earlier_words(session: Session, made: Withdrawal) -> None:
    note, stands = made.note, made.stands
    note.original_text = _only(note.original_text, stands)
    for revision in _revisions(session, [note]):
        revision.text = _only(revision.text, stands)


def _forget_elsewhere_in_the_call(session: Session, made: Withdrawal) -> None:
    """Take the words out of notes that are no part of the record, and of how others once read."""
    others = session.scalars(
        select(Note).where(
            Note.interview_id == made.note.interview_id,
            Note.id != made.note.id,
        )
    ).all()
    words = [word for word in made.words if word not in made.note.text]
    for note in others:
        if not note.counts:
            note.text = _less(note.text, words)
        gone = [word for word in words if word not in note.text]
        note.original_text = _less(note.original_text, gone)
    for revision in _revisions(session, others):
        revision.text = _less(revision.text, [w for w in words if w not in revision.note.text])


def _forget_tasks(session: Session, made: Withdrawal) -> None:
    for task in session.scalars(
        select(FollowUp).where(FollowUp.interview_id == made.note.interview_id)
    ):
        is_of_note = task.note_id == made.note.id
        left = _less(task.text, made.words)
        is_within = is_of_note and _within(task.text, made.words)
        if not left.strip() or is_within or (is_of_note and made.is_all):
            session.delete(task)
        else:
            task.text = left


def _forget_named(
    session: Session, made: Withdrawal, kind: type[SharedDocument] | type[KeyContact]
) -> None:
    """Take away a document or a contact that only the words taken back had named."""
    for row in session.scalars(select(kind).where(kind.note_id == made.note.id)):
        said = {name: str(getattr(row, name)) for name in NAMED if getattr(row, name, "")}
        gone = {name for name, words in said.items() if _is_gone(words, made)}
        left = {name for name, words in said.items() if _within(words, [made.note.text])}
        if made.is_all or gone & CALLED or ("url" in gone and not left & CALLED):
            session.delete(row)
            continue
        for name in gone:
            setattr(row, name, "")


def _forget_quoted(session: Session, made: Withdrawal) -> None:
    """Take away what coders and researchers quoted of words that are gone."""
    submission = made.note.interview.submission
    for row in _quoting(session, submission, _response(made.note)):
        stayed = made.rewritten.now_at(row.start, row.end) is not None
        was_there = made.before[row.start : row.end] == row.words
        if row.words not in made.note.text or (was_there and not stayed):
            session.delete(row)
    session.flush()
    for summary in session.scalars(
        select(Summary).where(
            Summary.survey_id == submission.survey_id,
            Summary.authority_code == submission.authority_code,
        )
    ):
        _shorten(summary, "text", made.words, "")
    for finding in session.scalars(
        select(Finding).where(Finding.survey_id == submission.survey_id)
    ):
        _shorten(finding, "claim", made.words, "The words of this claim were taken back.")


def _shorten(row: Summary | Finding, name: str, words: Iterable[str], instead: str) -> None:
    """Take words out of what a researcher wrote; whoever has it open is told that it changed."""
    was = str(getattr(row, name))
    left = _less(was, words)
    if left != was:
        setattr(row, name, left or instead)
        row.version += 1


def _response(note: Note) -> str:
    """Return what the review calls a note."""
    return f"{note.interview.submission.authority_code}/interview/{note.id.hex[:12]}"


def _place(row: Decision | FindingPassage) -> tuple[object, ...]:
    """Return what is said about a stretch, who says it, and where the stretch begins."""
    if isinstance(row, Decision):
        return row.coder_id, row.theme, len(row.words), row.start
    return row.finding_id, "", len(row.words), row.start


def _is_gone(words: str, made: Withdrawal) -> bool:
    return _within(words, made.words) and not _within(words, [made.note.text])


def _quoting(
    session: Session, submission: Submission, response: str
) -> Iterator[Decision | FindingPassage]:
    """Yield what was said about a note's exact words, in the order of their places."""
    yield from session.scalars(
        select(Decision)
        .where(Decision.survey_id == submission.survey_id, Decision.response == response)
        .order_by(Decision.start, Decision.end)
    ).all()
    yield from session.scalars(
        select(FindingPassage)
        .join(FindingPassage.finding)
        .where(Finding.survey_id == submission.survey_id, FindingPassage.response == response)
        .order_by(FindingPassage.start, FindingPassage.end)
    ).all()


def _revisions(session: Session, notes: Sequence[Note]) -> Sequence[NoteRevision]:
    ids = [note.id for note in notes]
    return session.scalars(select(NoteRevision).where(NoteRevision.note_id.in_(ids))).all()


def _only(text: str, stands: Collection[str]) -> str:
    """Return a text with none but these sentences."""
    places = split(text)
    return rewriting.without(text, [place for place in places if text[slice(*place)] not in stands])


def _less(text: str, words: Iterable[str]) -> str:
    """Return a text without the sentences that have any of these words in them."""
    gone = tuple(words)
    if not any(word in text for word in gone):
        return text
    places = split(text)
    unwanted = [place for place in places if any(word in text[slice(*place)] for word in gone)]
    left = rewriting.without(text, unwanted)
    # Words may run over the end of a sentence as we would find it.
    return "" if any(word in left for word in gone) else left


def _within(words: str, texts: Iterable[str]) -> bool:
    """Say whether words stand in any of these texts, whatever their capitals and last stop."""
    wanted = _plain(words).rstrip(".!?")
    return bool(wanted) and any(wanted in _plain(text) for text in texts)


def _plain(words: str) -> str:
    """Return words as they compare: without capitals, with a single blank in every gap."""
    return " ".join(words.split()).casefold()
