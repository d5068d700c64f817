"""The Word form of a return: handed out, taken back, compared, and accepted answer by answer."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from surveyapp import files, published
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.errors import AnswerConflictError
from surveyapp.models import Person, Submission
from surveyapp.respond.services import Draft, save_answer
from surveyapp.wordform import stored
from surveyapp.wordform.comparing import Comparison, compare
from surveyapp.wordform.layout import Paper, form_of
from synthesis.errors import InputError
from synthesis.word.form import reference, write


@dataclass(frozen=True, slots=True)
class Ticked:
    """A form that was sent back, and the names of the changes a person wants taken from it."""

    docx: bytes
    names: Collection[str]


@dataclass(slots=True)
class Taken:
    """What became of the answers that a person accepted: how many were saved, which were not."""

    saved: int = 0
    conflicts: list[str] = field(default_factory=list)


def form(session: Session, submission: Submission, moment: dt.datetime) -> bytes:
    """Write the form of a return with what it says so far."""
    return write(form_of(_paper(session, submission, moment)))


def blank(questionnaire: Questionnaire, moment: dt.datetime) -> bytes:
    """Write every question as Word, with nothing filled in."""
    return write(form_of(Paper(questionnaire, {}, "Every question", None, moment)))


def keep(folder: Path, submission: Submission, docx: bytes) -> str:
    """Keep a form that was sent back, once it can be read; return its key.

    InputError where it cannot be read or belongs to another return.
    """
    _moment(submission, docx)
    return files.put(_folder(folder, submission), docx)


def find(folder: Path, submission: Submission, key: str) -> bytes | None:
    """Return a form that was sent back for this return."""
    return files.get(_folder(folder, submission), key)


def comparison(session: Session, submission: Submission, docx: bytes) -> Comparison:
    """Return what a form says beside what the return says now."""
    now = stored.now(session, submission)
    moment = _moment(submission, docx)
    if moment is None:
        values = {key: row.value for key, row in now.items()}
        paper = _paper_of(submission, values, dt.datetime.fromtimestamp(0, dt.UTC))
    else:
        paper = _paper(session, submission, moment)
    return compare(docx, paper, now)


def accept(
    session: Session, submission: Submission, ticked: Ticked, author: Person, at: dt.datetime
) -> Taken:
    """Save the answers that were ticked, each over the version that was shown beside it.

    ReturnClosedError where the return takes no answers any more; the form is kept all the same.
    """
    taken = Taken()
    wanted = _versions(ticked.names)
    for change in comparison(session, submission, ticked.docx).takeable:
        code, entry = change.slot.key
        seen = wanted.get((code, entry))
        if seen is None or change.value is None:
            continue
        try:
            save_answer(session, submission, Draft(code, change.value, seen, entry), author, at)
        except AnswerConflictError:
            taken.conflicts.append(code)
        else:
            taken.saved += 1
    return taken


def _versions(names: Collection[str]) -> Mapping[stored.Key, int]:
    """Read which answers were ticked, and the version each was seen at."""
    parts = [one.split(":") for one in names]
    sound = [one for one in parts if len(one) == 3 and one[2].isascii() and one[2].isdigit()]
    return {(code, entry): int(seen[:9]) for code, entry, seen in sound}


def _moment(submission: Submission, docx: bytes) -> dt.datetime | None:
    """Return when a form was written; None where it does not say so any more."""
    owner, _, written = reference(docx).partition(" ")
    if not owner:
        return None
    if owner != str(submission.id):
        raise InputError(
            "The file",
            "It is the form of another return.",
            "Download the form from this page, or send this one on the page of its own return.",
        )
    return _as_moment(written)


def _as_moment(written: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _paper(session: Session, submission: Submission, moment: dt.datetime) -> Paper:
    return _paper_of(submission, stored.at(session, submission, moment), moment)


def _paper_of(submission: Submission, values: stored.Values, moment: dt.datetime) -> Paper:
    questionnaire = published.questionnaire(submission.questionnaire)
    name = f"{submission.authority.name}, {submission.survey.title}"
    return Paper(questionnaire, values, name, submission.id, moment)


def _folder(folder: Path, submission: Submission) -> Path:
    return folder / submission.id.hex
