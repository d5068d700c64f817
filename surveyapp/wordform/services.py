"""The Word form of a return: handed out, taken back and compared."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp import files, published
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.files import uploads
from surveyapp.models import Submission, Survey
from surveyapp.wordform import stored, using
from surveyapp.wordform.comparing import Comparison, compare
from surveyapp.wordform.layout import Paper, form_of
from surveyapp.wordform.origin import origin
from synthesis.word.form import write


def survey(session: Session, code: str) -> Survey:
    """Return the survey with this code, with what it asks."""
    asked = joinedload(Survey.questionnaire)
    return session.scalars(select(Survey).where(Survey.code == code).options(asked)).one()


def form(session: Session, submission: Submission, moment: dt.datetime) -> bytes:
    """Write the form of a return with what it says so far."""
    return write(form_of(paper_of(session, submission, moment)))


def blank(questionnaire: Questionnaire, moment: dt.datetime) -> bytes:
    """Write every question as Word, with nothing filled in."""
    return write(form_of(Paper(questionnaire, {}, "Every question", None, moment)))


def keep(folder: Path, submission: Submission, docx: bytes) -> str:
    """Keep a form that was sent back, once it can be read; return its key.

    InputError where it cannot be read or belongs to another return; SurveyError where it holds what
    no file that is kept may hold.
    """
    origin(docx, submission.id)
    # Whatever it is called: what is inside was just read as a Word document.
    files.check("form.docx", docx)
    return files.put(_folder(folder, submission), docx)


def find(folder: Path, submission: Submission, key: str) -> bytes | None:
    """Return a form that was sent back for this return."""
    return files.get(_folder(folder, submission), key)


def comparison(session: Session, submission: Submission, docx: bytes) -> Comparison:
    """Return what a form says beside what the return says now."""
    now, said = stored.now(session, submission), stored.use_levels(submission)
    written = origin(docx, submission.id)
    if written is None:
        # Nothing is known of the form's past: whatever it says otherwise is somebody's change.
        values = {key: row.value for key, row in now.items()}
        paper = _paper(session, submission, values, dt.datetime.fromtimestamp(0, dt.UTC))
        return compare(docx, paper, now, said)
    paper = paper_of(session, submission, written.moment)
    is_older = bool(written.version) and written.version != paper.short_version
    before = None if is_older else using.from_letters(paper.questionnaire, written.use_levels)
    paper = replace(paper, use_levels=said if before is None else before)
    return replace(compare(docx, paper, now, said), is_older=is_older)


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


def _folder(folder: Path, submission: Submission) -> Path:
    return folder / submission.id.hex
