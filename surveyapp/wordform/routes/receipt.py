"""The copy of a submitted return, to be downloaded."""

import io
import uuid

from flask import Blueprint, redirect, send_file, url_for
from werkzeug.wrappers import Response

from surveyapp import guards
from surveyapp.extensions import db
from surveyapp.wordform import receipt

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

bp = Blueprint("receipt", __name__, url_prefix="/r/<uuid:submission_id>")
guards.contributors_only(bp)


@bp.get("/receipt.docx")
def download(submission_id: uuid.UUID) -> Response:
    """Hand over what was submitted as Word; where nothing was, lead back to the return."""
    submission = guards.submission(submission_id)
    if submission.submitted_at is None:
        return redirect(url_for("respond.tasks", submission_id=submission.id))
    docx = receipt.document(db.session, submission)
    name = f"{submission.authority.name} {submission.reference}.docx"
    return send_file(io.BytesIO(docx), mimetype=WORD, as_attachment=True, download_name=name)
