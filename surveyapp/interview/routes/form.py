"""The guide as a Word form, and the form sent back: seen beside the notes, and taken by tick."""

import io
import uuid
from http import HTTPStatus
from pathlib import Path

from flask import abort, flash, redirect, request, send_file, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, files, guards
from surveyapp.errors import ConsentError, SurveyError
from surveyapp.extensions import begin_writing, db, reads_first
from surveyapp.interview import papers
from surveyapp.interview.notes import Hand
from surveyapp.interview.routes import room
from surveyapp.interview.routes.room import bp, find
from surveyapp.interview.wordguide import accepting, services
from surveyapp.interview.wordguide.accepting import Taken
from surveyapp.interview.wordguide.comparing import Sent
from surveyapp.models import Interview
from surveyapp.pages import counted
from synthesis.errors import InputError

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Answer = str | Response | tuple[str, int]
NONE_CHOSEN = "Choose the Word form that you filled in."
NONE_TICKED = "Tick what you want to take."
NO_CONSENT = (
    "Notes can be taken only from somebody who has agreed to notes. Nothing was saved. Tick the "
    "consent too where the form has it, or record it on the page where notes are taken."
)


@bp.get("/<uuid:interview_id>/form")
def form(interview_id: uuid.UUID) -> str:
    """Say how the Word form works, and ask for one that is filled in."""
    return _begin(find(interview_id))


@bp.get("/<uuid:interview_id>/form.docx")
def form_docx(interview_id: uuid.UUID) -> Response:
    """Hand over the guide as a Word form."""
    interview = find(interview_id)
    docx = services.form(db.session, interview, room.now())
    name = f"{interview.submission.authority.name} interview.docx"
    return send_file(io.BytesIO(docx), mimetype=WORD, as_attachment=True, download_name=name)


@bp.post("/<uuid:interview_id>/form")
@reads_first
def send_form(interview_id: uuid.UUID) -> Answer:
    """Take a form that was filled in, if it can be read."""
    interview = find(interview_id)
    sent = request.files.get("form")
    docx = sent.read(files.LARGEST + 1) if sent else b""
    if not docx:
        return _begin(interview, NONE_CHOSEN), HTTPStatus.BAD_REQUEST
    try:
        services.check(db.session, interview, docx)
    except InputError as error:
        return _begin(interview, f"{error.fault} {error.remedy}"), HTTPStatus.BAD_REQUEST
    except SurveyError as error:
        return _begin(interview, str(error)), HTTPStatus.BAD_REQUEST
    key = services.keep(_folder(interview), docx)
    begin_writing(db.session)
    audit.record(db.session, "interview.form_sent", interview, guards.signed_in(), size=len(docx))
    db.session.commit()
    return _seen(interview, key)


@bp.get("/<uuid:interview_id>/form/<key>")
def compare_form(interview_id: uuid.UUID, key: str) -> str:
    """Show what a form says beside what the interview holds."""
    interview = find(interview_id)
    return _compare(interview, key, _opened(interview, key))


@bp.post("/<uuid:interview_id>/form/<key>")
@reads_first
def accept_form(interview_id: uuid.UUID, key: str) -> Answer:
    """Save what was ticked."""
    interview = find(interview_id)
    sent, names = _opened(interview, key), request.form.getlist("take")
    if not names:
        return _compare(interview, key, sent, NONE_TICKED), HTTPStatus.BAD_REQUEST
    person = guards.signed_in()
    begin_writing(db.session)
    try:
        taken = accepting.accept(db.session, interview, sent, names, Hand(person, room.now()))
    except ConsentError:
        db.session.rollback()
        page = _compare(find(interview_id), key, sent, NO_CONSENT, frozenset(names))
        return page, HTTPStatus.CONFLICT
    audit.record(db.session, "interview.form_accepted", interview, person, taken=taken.saved)
    db.session.commit()
    if taken.stale:
        return _compare(interview, key, sent, _moved_on(taken)), HTTPStatus.CONFLICT
    flash(_saved(taken))
    return _seen(interview, key)


def _saved(taken: Taken) -> str:
    return f"{counted(taken.saved, 'thing is', 'things are')} saved."


def _moved_on(taken: Taken) -> str:
    moved = f"Somebody changed {'; '.join(taken.stale)} just now. Look at both again."
    return f"{_saved(taken)} {moved}" if taken.saved else moved


def _begin(interview: Interview, problem: str = "") -> str:
    return room.show("form", interview, "bring_in", problem=problem)


def _compare(
    interview: Interview,
    key: str,
    sent: Sent,
    problem: str = "",
    ticked: frozenset[str] | None = None,
) -> str:
    compared = services.comparison(db.session, interview, sent)
    return room.show(
        "form_compare",
        interview,
        "bring_in",
        key=key,
        comparison=compared,
        problem=problem,
        ticked=ticked,
    )


def _opened(interview: Interview, key: str) -> Sent:
    docx = files.get(_folder(interview), key)
    if docx is None:
        abort(HTTPStatus.NOT_FOUND)
    return services.opened(db.session, interview, docx)


def _folder(interview: Interview) -> Path:
    return papers.forms(room.settings().instance, interview)


def _seen(interview: Interview, key: str) -> Response:
    address = url_for("interview.compare_form", interview_id=interview.id, key=key)
    return redirect(address, HTTPStatus.SEE_OTHER)
