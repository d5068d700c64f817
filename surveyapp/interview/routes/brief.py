"""The interviewer's brief, as a page and in Word."""

import io
import uuid

from flask import send_file
from werkzeug.wrappers import Response

from surveyapp import audit, guards
from surveyapp.extensions import db
from surveyapp.interview import briefing
from surveyapp.interview.briefing import Brief, paper, wording
from surveyapp.interview.routes.room import bp, find, now, show
from surveyapp.pages import today_in
from synthesis.word import write

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/<uuid:interview_id>/brief")
def brief(interview_id: uuid.UUID) -> str:
    """Show what to know before the call, made from the authority's own answers."""
    made = _made(interview_id)
    return show("brief", made.interview, "brief", brief=made, wording=wording)


@bp.get("/<uuid:interview_id>/brief.docx")
def brief_docx(interview_id: uuid.UUID) -> Response:
    """Hand the brief over as a Word document."""
    made = _made(interview_id)
    submission = made.interview.submission
    docx = write(paper.laid_out(made, today_in(submission.survey, now())))
    name = f"Brief {submission.authority.name}.docx"
    return send_file(io.BytesIO(docx), mimetype=WORD, as_attachment=True, download_name=name)


def _made(interview_id: uuid.UUID) -> Brief:
    """Put the brief together, and note that the answers in it were read."""
    interview = find(interview_id)
    audit.note_reading(db.sessionmaker, interview.submission, guards.signed_in())
    return briefing.make(db.session, interview)
