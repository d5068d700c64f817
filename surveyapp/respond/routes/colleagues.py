"""Working together: a section handed over or taken back, comments, who wrote what and when."""

import uuid

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards
from surveyapp.definitions import answers
from surveyapp.definitions.questions import Question
from surveyapp.errors import SurveyError
from surveyapp.extensions import db
from surveyapp.models import Submission
from surveyapp.respond import standing, teamwork
from surveyapp.respond.routes import doorway
from surveyapp.respond.routes.doorway import bp
from surveyapp.respond.routes.sections import Page, Place, find
from surveyapp.respond.teamwork import Giving


@bp.get("/sections/<section_code>/hand-over")
def hand_over(submission_id: uuid.UUID, section_code: str) -> Page:
    """Ask which colleague takes a section."""
    return _choose(find(doorway.opened(submission_id), section_code, ""), "")


@bp.post("/sections/<section_code>/hand-over")
def handed_over(submission_id: uuid.UUID, section_code: str) -> Page:
    """Give a section to a colleague with a note, or take it back."""
    me = doorway.writing(submission_id)
    place = find(me.submission, section_code, "")
    given = request.form.get("to", "")
    ids = {str(one.id): one.id for one in teamwork.contributors(db.session, me.submission)}
    if given != "nobody" and given not in ids:
        return _choose(place, "Choose who completes this section."), 422
    giving = Giving(place.state, ids.get(given), request.form.get("note", ""))
    handover = teamwork.give(db.session, me, giving, doorway.now())
    audit.record(
        db.session,
        "section.handed_over",
        handover,
        me.person,
        section=section_code,
        to=ids.get(given),
    )
    db.session.commit()
    return redirect(url_for("respond.tasks", submission_id=submission_id), 303)


@bp.get("/questions/<question_code>")
def question(submission_id: uuid.UUID, question_code: str) -> Page:
    """Show who wrote what under a question, and what colleagues say about it."""
    return _about(doorway.opened(submission_id), question_code, "")


@bp.post("/questions/<question_code>/comments")
def comment(submission_id: uuid.UUID, question_code: str) -> Page:
    """Keep what the person says about a question."""
    me = doorway.writing(submission_id)
    _find_question(me.submission, question_code)
    words = (me.person, request.form.get("comment", ""))
    try:
        said = teamwork.comment(db.session, me.submission, question_code, words, doorway.now())
    except SurveyError as nothing:
        return _about(me.submission, question_code, str(nothing)), 422
    audit.record(db.session, "comment.added", said, me.person, question=question_code)
    db.session.commit()
    return _back(submission_id, question_code)


@bp.post("/questions/<question_code>/comments/<uuid:comment_id>/resolve")
def resolve(submission_id: uuid.UUID, question_code: str, comment_id: uuid.UUID) -> Response:
    """Mark a comment as dealt with."""
    me = doorway.writing(submission_id)
    said = teamwork.resolve(db.session, me.submission, comment_id, me.person, doorway.now())
    audit.record(db.session, "comment.resolved", said, me.person, question=said.question_code)
    db.session.commit()
    return _back(submission_id, question_code)


def _back(submission_id: uuid.UUID, code: str) -> Response:
    address = url_for("respond.question", submission_id=submission_id, question_code=code)
    return redirect(f"{address}#comments", 303)


def _choose(place: Place, error: str) -> str:
    return render_template(
        "respond/hand_over.html",
        place=place,
        team=teamwork.contributors(db.session, place.submission),
        me=guards.signed_in(),
        error=error,
        note=request.form.get("note", ""),
    )


def _find_question(submission: Submission, code: str) -> Question:
    """Return a question of this return's questionnaire; a part is shown with its group."""
    questionnaire = doorway.standing_of(submission).questionnaire
    if code not in {question.code for question in questionnaire.questions}:
        abort(404)
    return questionnaire.question(code)


def _about(submission: Submission, code: str, error: str) -> str:
    question = _find_question(submission, code)
    now = doorway.standing_of(submission)
    revisions = teamwork.history(db.session, submission, standing.codes_of(question))
    return render_template(
        "respond/question.html",
        submission=submission,
        question=question,
        section=now.questionnaire.section(code),
        history=[
            (one, answers.as_text(now.questionnaire, one.answer.question_code, one.value))
            for one in revisions
        ],
        comments=teamwork.comments(db.session, submission, code),
        may_write=guards.contributor(submission) is not None,
        error=error,
        typed=request.form.get("comment", ""),
    )
