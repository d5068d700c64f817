"""The guide of an interview as a Word form: handed out, taken back, compared, accepted."""

import datetime as dt
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from surveyapp import files, published
from surveyapp.interview.briefing import sheets
from surveyapp.interview.briefing import written as answers
from surveyapp.interview.wordguide import past, stored
from surveyapp.interview.wordguide.comparing import Comparison, Sent, compare
from surveyapp.interview.wordguide.layout import Paper, form_of
from surveyapp.interview.wordguide.origin import REMEDY, origin
from surveyapp.models import Interview
from synthesis.errors import InputError
from synthesis.word.form import Choice, read, write

FOREIGN: Final = (
    "This is not the form of this interview: none of its boxes are in the file, so nothing was "
    "taken from it."
)


def form(session: Session, interview: Interview, moment: dt.datetime) -> bytes:
    """Write the form of an interview, with what the authority had written by a moment."""
    return write(form_of(paper(session, interview, moment)))


def check(session: Session, interview: Interview, docx: bytes) -> None:
    """Refuse what is no form of this interview, or holds what no file may hold.

    InputError or SurveyError, with words that say what to do.
    """
    # Whatever it is called: the form is read as a Word document and as nothing else.
    files.check("form.docx", docx)
    if not opened(session, interview, docx).found.answers:
        raise InputError("The file", FOREIGN, REMEDY)


def keep(folder: Path, docx: bytes) -> str:
    """Keep a form that came back, and return its key."""
    return files.put(folder, docx)


def comparison(session: Session, interview: Interview, sent: Sent) -> Comparison:
    """Return what a form says beside what the interview holds now."""
    return compare(interview, sent, stored.read(session, interview))[0]


def paper(session: Session, interview: Interview, moment: dt.datetime | None) -> Paper:
    """Return what the form of an interview is written from; at no moment, as things stand."""
    submission = interview.submission
    then = (
        answers.read(session, submission)
        if moment is None
        else past.read(session, submission, moment)
    )
    guide = published.asked_on(interview)
    asked = published.asked(submission)
    return Paper(
        interview.id,
        guide,
        interview.guide.content_hash,
        f"{submission.authority.name}, {submission.survey.title}",
        sheets.of(guide, then),
        tuple(Choice(one.theme, one.title) for one in asked.sections if one.theme),
        moment or dt.datetime.fromtimestamp(0, dt.UTC),
    )


def opened(session: Session, interview: Interview, docx: bytes) -> Sent:
    """Read a form that came back; InputError where it is no form of this interview."""
    written = origin(docx, interview.id)
    made_from = paper(session, interview, written.moment)
    found = read(docx, form_of(made_from))
    return Sent(found, made_from, written.stem, is_nameless=written.moment is None)
