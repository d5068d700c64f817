"""The pages of the Word form: download it, send it back, see what is different, take it."""

import datetime as dt
import io
import uuid
from http import HTTPStatus
from pathlib import Path

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.wrappers import Response

from surveyapp import audit, files, guards, published
from surveyapp.config import Settings
from surveyapp.errors import ReturnClosedError, SurveyError
from surveyapp.extensions import db
from surveyapp.models import Submission
from surveyapp.pages import counted
from surveyapp.respond.sheets import anchor
from surveyapp.wordform import accepting, comparing, printed, services
from surveyapp.wordform.comparing import Comparison
from synthesis.errors import InputError

bp = Blueprint(
    "wordform", __name__, template_folder="../templates", url_prefix="/r/<uuid:submission_id>"
)
guards.contributors_only(bp)
paper = Blueprint("paper", __name__, url_prefix="/staff/<code>")
guards.staff_only(paper, "consultant", "administrator")
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Answer = str | Response | tuple[str, int]


@bp.get("/form.docx")
def download(submission_id: uuid.UUID) -> Response:
    """Hand over the questionnaire with the answers so far as a Word form."""
    submission = guards.submission(submission_id)
    docx = services.form(db.session, submission, _now())
    return _word(docx, f"{submission.authority.name} questionnaire.docx")


@bp.get("/questions.docx")
def questions(submission_id: uuid.UUID) -> Response:
    """Hand over every question as Word, with nothing filled in."""
    submission = guards.submission(submission_id)
    return _word(services.blank(submission.questionnaire, _now()), "Every question.docx")


@bp.get("/questions.pdf")
def questions_pdf(submission_id: uuid.UUID) -> Response:
    """Hand over every question as a PDF, to read and to write notes on."""
    submission = guards.submission(submission_id)
    pdf = printed.pdf(submission.questionnaire, submission.survey.title)
    return _file(pdf, PDF, "Every question.pdf")


@paper.get("/questions.pdf")
def survey_questions_pdf(code: str) -> Response:
    """Hand over every question of a survey as a PDF, as an authority reads it."""
    survey = services.survey(db.session, code)
    pdf = printed.pdf(survey.questionnaire, survey.title)
    return _file(pdf, PDF, f"{survey.code} questions.pdf")


@bp.get("/form")
def begin(submission_id: uuid.UUID) -> str:
    """Say how the Word form works, and ask for one that is filled in."""
    return _begin(guards.submission(submission_id))


@bp.post("/form")
def send(submission_id: uuid.UUID) -> Answer:
    """Take a form that was filled in, if it can be read."""
    submission = guards.submission(submission_id)
    sent = request.files.get("form")
    docx = sent.read(files.LARGEST + 1) if sent else b""
    if not docx:
        return _begin(
            submission, "Choose the Word form that you filled in."
        ), HTTPStatus.BAD_REQUEST
    try:
        compared = _comparison(submission, docx)
        key = services.keep(_folder(), submission, docx)
    except InputError as error:
        return _begin(submission, f"{error.fault} {error.remedy}"), HTTPStatus.BAD_REQUEST
    except SurveyError as error:
        return _begin(submission, str(error)), HTTPStatus.BAD_REQUEST
    person = guards.signed_in()
    apart = accepting.set_apart(db.session, submission, compared, person, _now())
    if apart:
        audit.record(db.session, "form.set_apart", submission, person, count=len(apart))
        db.session.commit()
    return _seen(submission, key)


@bp.get("/form/<key>")
def compare(submission_id: uuid.UUID, key: str) -> str:
    """Show what a form says beside what the return says."""
    submission = guards.submission(submission_id)
    return _compare(submission, key, _comparison(submission, _find(submission, key)))


@bp.post("/form/<key>")
def accept(submission_id: uuid.UUID, key: str) -> Answer:
    """Save the answers that were ticked."""
    submission = guards.submission(submission_id)
    docx, wanted = _find(submission, key), request.form.getlist("take")
    if not wanted:
        problem = "Tick the answers that you want to take."
        return _again(submission, key, docx, problem), HTTPStatus.BAD_REQUEST
    person, ticked = guards.signed_in(), accepting.Ticked(docx, wanted)
    try:
        taken = accepting.accept(db.session, submission, ticked, person, _now())
    except ReturnClosedError as error:
        db.session.rollback()
        problem = f"{error} Nothing was saved. The form you sent is kept."
        return _again(guards.submission(submission_id), key, docx, problem), HTTPStatus.CONFLICT
    audit.record(db.session, "form.accepted", submission, person, answers=taken.saved)
    db.session.commit()
    if taken.conflicts:
        problem = f"Somebody changed {', '.join(taken.conflicts)} just now. Look at both again."
        if taken.saved:
            problem = f"{_saved(taken.saved)} {problem}"
        return _again(submission, key, docx, problem), HTTPStatus.CONFLICT
    flash(_saved(taken.saved))
    return _seen(submission, key)


def _saved(count: int) -> str:
    return f"{counted(count, 'answer is', 'answers are')} saved."


def _again(submission: Submission, key: str, docx: bytes, problem: str) -> str:
    return _compare(submission, key, _comparison(submission, docx), problem)


def _begin(submission: Submission, problem: str = "") -> str:
    return render_template("wordform/begin.html", submission=submission, problem=problem)


def _compare(submission: Submission, key: str, comparison: Comparison, problem: str = "") -> str:
    return render_template(
        "wordform/compare.html",
        submission=submission,
        key=key,
        comparison=comparison,
        chapters=comparing.chapters(comparison, published.questionnaire(submission.questionnaire)),
        kept=accepting.kept(db.session, submission, comparison, guards.signed_in()),
        anchor=anchor,
        problem=problem,
    )


def _comparison(submission: Submission, docx: bytes) -> Comparison:
    return services.comparison(db.session, submission, docx)


def _find(submission: Submission, key: str) -> bytes:
    docx = services.find(_folder(), submission, key)
    return abort(HTTPStatus.NOT_FOUND) if docx is None else docx


def _folder() -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.instance / "forms"


def _seen(submission: Submission, key: str) -> Response:
    address = url_for("wordform.compare", submission_id=submission.id, key=key)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _word(docx: bytes, name: str) -> Response:
    return _file(docx, WORD, name)


def _file(content: bytes, kind: str, name: str) -> Response:
    return send_file(io.BytesIO(content), mimetype=kind, as_attachment=True, download_name=name)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
