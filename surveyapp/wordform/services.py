"""The Word form of a return: handed out, taken back and compared."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp import files, published
from surveyapp.files import uploads
from surveyapp.models import Snapshot, Submission, Survey
from surveyapp.wordform import stored, using
from surveyapp.wordform.comparing import Comparison, Past, compare
from surveyapp.wordform.layout import Paper, form_of
from surveyapp.wordform.origin import Origin, origin
from surveyapp.wordform.using import UseLevels
from synthesis.word.form import write


def survey(session: Session, code: str) -> Survey:
    """Return the survey with this code, with what it asks."""
    asked = joinedload(Survey.questionnaire)
    return session.scalars(select(Survey).where(Survey.code == code).options(asked)).one()


def form(session: Session, submission: Submission, moment: dt.datetime) -> bytes:
    """Write the form of a return with what it says so far."""
    return write(form_of(paper_of(session, submission, moment)))


def blank(snapshot: Snapshot, moment: dt.datetime) -> bytes:
    """Write every question as Word, with nothing filled in: any return may be given with it."""
    return write(form_of(_blank(snapshot, moment, {})))


def keep(folder: Path, submission: Submission, docx: bytes) -> str:
    """Keep a form that was sent back, once it can be read; return its key.

    InputError where it cannot be read or belongs to another return; SurveyError where it holds what
    no file that is kept may hold.
    """
    _origin(submission, docx)
    # Whatever it is called: what is inside was just read as a Word document.
    files.check("form.docx", docx)
    return files.put(_folder(folder, submission), docx)


def find(folder: Path, submission: Submission, key: str) -> bytes | None:
    """Return a form that was sent back for this return."""
    return files.get(_folder(folder, submission), key)


def comparison(session: Session, submission: Submission, docx: bytes) -> Comparison:
    """Return what a form says beside what the return says now.

    InputError where it is no form of this return, or of its questions.
    """
    now, said = stored.now(session, submission), stored.use_levels(submission)
    written = _origin(submission, docx)
    if written is None:
        # Nothing is known of the form's past: whatever it says otherwise is somebody's change.
        values = {key: row.value for key, row in now.items()}
        paper = _paper(session, submission, values, dt.datetime.fromtimestamp(0, dt.UTC))
        return compare(docx, paper, now, said, "unknown")
    paper = _written(session, submission, written, said)
    past: Past = "older" if written.is_before(paper.short_version) else "same"
    return compare(docx, paper, now, said, past)


def _written(session: Session, submission: Submission, written: Origin, said: UseLevels) -> Paper:
    """Return what a form was written from."""
    if written.is_blank:
        names = uploads.names(uploads.of_submission(session, submission))
        return _blank(submission.questionnaire, written.moment, names)
    paper = paper_of(session, submission, written.moment)
    # The letters are told apart by their place: in another version they may stand for others.
    is_older = written.is_before(paper.short_version)
    before = None if is_older else using.from_letters(paper.questionnaire, written.use_levels)
    return replace(paper, use_levels=said if before is None else before)


def paper_of(session: Session, submission: Submission, moment: dt.datetime) -> Paper:
    """Return what the form of a return is written from at a moment.

    How words may be used has no history: that is always as it stands.
    """
    return _paper(session, submission, stored.at(session, submission, moment), moment)


def _paper(
    session: Session, submission: Submission, values: stored.Values, moment: dt.datetime
) -> Paper:
    return Paper(
        published.questionnaire(submission.questionnaire),
        values,
        f"{submission.authority.name}, {submission.survey.title}",
        submission.id,
        moment,
        version=submission.questionnaire.content_hash,
        use_levels=stored.use_levels(submission),
        files=uploads.names(uploads.of_submission(session, submission)),
    )


def _blank(snapshot: Snapshot, moment: dt.datetime, files: Mapping[str, str]) -> Paper:
    """Return what a form without answers is written from; the files are those of its return."""
    asked, version = published.questionnaire(snapshot), snapshot.content_hash
    return Paper(asked, {}, "Every question", None, moment, version=version, files=files)


def _origin(submission: Submission, docx: bytes) -> Origin | None:
    code = published.questionnaire(submission.questionnaire).code
    return origin(docx, submission.id, code)


def _folder(folder: Path, submission: Submission) -> Path:
    return folder / submission.id.hex
