"""The answer has changed: a note corrects a written answer, or deepens it; both are kept."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp import audit, progress, published
from surveyapp.definitions import answers, routing
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.files import uploads
from surveyapp.interview.notes import Hand
from surveyapp.models import Answer, Correction, Interview, Note
from surveyapp.models.correction import CorrectionKind, Prevails


@dataclass(frozen=True, slots=True)
class Written:
    """One written answer: where it stands, what was asked and what it says."""

    question_code: str
    entry_id: str
    section: str
    theme: str
    question: str
    text: str
    author: str
    at: dt.datetime

    @property
    def key(self) -> str:
        """Return the answer as a form names it."""
        return f"{self.question_code}@{self.entry_id}" if self.entry_id else self.question_code


@dataclass(frozen=True, slots=True)
class Choices:
    """The answers that a note may change: those on what was talked about, and all others."""

    near: tuple[Written, ...]
    others: tuple[Written, ...]

    def find(self, key: str) -> Written | None:
        """Return the answer that a form names."""
        return next((one for one in (*self.near, *self.others) if one.key == key), None)


@dataclass(frozen=True, slots=True)
class Said:
    """What an interviewer says about a note and an answer."""

    kind: CorrectionKind
    prevails: Prevails


def choices(session: Session, note: Note) -> Choices:
    """Return the written answers that count, those on the note's strand first."""
    found = written(session, note.interview)
    theme = theme_of(note)
    near = tuple(one for one in found if theme and one.theme == theme)
    return Choices(near, tuple(one for one in found if one not in near))


def written(session: Session, interview: Interview) -> tuple[Written, ...]:
    """Return every written answer that counts, in the order of the questionnaire."""
    submission = interview.submission
    asked = published.asked(submission)
    rows = session.scalars(
        select(Answer)
        .where(Answer.submission_id == submission.id)
        .options(joinedload(Answer.author))
    ).all()
    names = uploads.names(uploads.of_submission(session, submission))
    return tuple(_written(asked, row, names) for row in _counted(asked, rows))


def theme_of(note: Note) -> str:
    """Return the strand that a note is about, as far as anybody said."""
    prompts = {one.code: one.theme for one in published.asked_on(note.interview).prompts}
    return note.theme or prompts.get(note.prompt_code, "")


def standing(session: Session, note: Note, about: Written) -> Correction | None:
    """Return what was said about a note and an answer before, be it undone since."""
    return session.scalars(
        select(Correction).where(
            Correction.note_id == note.id,
            Correction.question_code == about.question_code,
            Correction.entry_id == about.entry_id,
        )
    ).one_or_none()


def correct(session: Session, note: Note, about: Written, said: Said, by: Hand) -> Correction:
    """Say that a note corrects or deepens an answer; what only deepens it leaves both standing."""
    row = standing(session, note, about) or Correction(
        note=note, question_code=about.question_code, entry_id=about.entry_id
    )
    row.kind = said.kind
    row.prevails = "both" if said.kind == "deepens" else said.prevails
    row.made_by, row.at, row.undone_at = by.author, by.at, None
    session.add(row)
    session.flush()
    audit.record(
        session,
        "correction.made",
        note.interview,
        by.author,
        note=note.id,
        question=row.question_code,
        kind=row.kind,
        prevails=row.prevails,
    )
    return row


def undo(session: Session, row: Correction, by: Hand) -> None:
    """Take back that a note changes an answer; that it was once said is kept."""
    if row.undone_at is None:
        row.undone_at = by.at
        interview = row.note.interview
        audit.record(session, "correction.undone", interview, by.author, note=row.note_id)


def find(session: Session, interview: Interview, correction_id: uuid.UUID) -> Correction | None:
    """Return a correction that a note of this interview makes."""
    row = session.get(Correction, correction_id)
    return row if row is not None and row.note.interview_id == interview.id else None


def _counted(asked: Questionnaire, rows: Iterable[Answer]) -> Iterator[Answer]:
    """Yield the answers to questions that are asked, in their order."""
    rows = list(rows)
    counted = routing.counted(asked, progress.collect(asked, rows))
    groups = {code: asked.group_of(code) for code in asked.by_code}
    shown = [code for code, group in groups.items() if (group.code if group else code) in counted]
    position = {code: at for at, code in enumerate(shown)}
    known = (row for row in progress.in_order(rows) if row.question_code in position)
    yield from sorted(known, key=lambda row: position[row.question_code])


def _written(asked: Questionnaire, row: Answer, names: Mapping[str, str]) -> Written:
    code = row.question_code
    return Written(
        question_code=code,
        entry_id=row.entry_id,
        section=asked.section(code).title,
        theme=asked.theme_of(code),
        question=asked.question(code).text,
        text=answers.as_text(asked, code, row.value, names),
        author=row.author.name,
        at=row.updated_at,
    )
