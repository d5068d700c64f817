"""Working together: a section handed over or taken back, comments, who wrote what and when."""

import uuid

from flask import abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards
from surveyapp.config import Settings
from surveyapp.definitions import answers
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import Question
from surveyapp.errors import SurveyError
from surveyapp.extensions import db
from surveyapp.files import uploads
from surveyapp.files.uploads import Uploads
from surveyapp.models import AnswerRevision, Contributor, Submission
from surveyapp.respond import standing, teamwork
from surveyapp.respond.routes import doorway
from surveyapp.respond.routes.doorway import bp
from surveyapp.respond.routes.sections import Page, Place, find
from surveyapp.respond.team import letters
from surveyapp.respond.team.forms import LONGEST_NOTE, lines
from surveyapp.respond.team.letters import Sender
from surveyapp.respond.teamwork import Giving

NOTHING_TO_DO = "This return takes no answers now, so there is nothing to hand over."


@bp.get("/sections/<section_code>/hand-over")
def hand_over(submission_id: uuid.UUID, section_code: str) -> Page:
    """Ask which colleague takes a section."""
    place = find(doorway.opened(submission_id), section_code, "")
    return _choose(place, "" if doorway.may_write(place.submission) else NOTHING_TO_DO)


@bp.post("/sections/<section_code>/hand-over")
def handed_over(submission_id: uuid.UUID, section_code: str) -> Page:
    """Give a section to a colleague with a note, or take it back."""
    me = doorway.writing(submission_id)
    place = find(me.submission, section_code, "")
    if not doorway.may_write(me.submission):
        return _choose(place, NOTHING_TO_DO), 409
    given = request.form.get("to", "")
    ids = {str(one.id): one.id for one in teamwork.contributors(db.session, me.submission)}
    if given != "nobody" and given not in ids:
        return _choose(place, "Choose who completes this section."), 422
    if len(note := lines(request.form.get("note"))) > LONGEST_NOTE:
        return _choose(place, f"Note must be {LONGEST_NOTE} characters or fewer.", "note"), 422
    return _give(me, Giving(place.state, ids.get(given), note))


@bp.post("/sections/<section_code>/take-back")
def take_back(submission_id: uuid.UUID, section_code: str) -> Response:
    """Take a section back, which is one press for the coordinator."""
    me = guards.coordinator(doorway.opened(submission_id))
    state = find(me.submission, section_code, "").state
    return _give(me, Giving(state, None))


def _give(me: Contributor, giving: Giving) -> Response:
    """Hand a section over, tell whoever has it now, and show all sections."""
    sender = Sender(_settings(), me, doorway.now())
    handover = teamwork.give(db.session, me, giving, sender.at)
    if handover is not None:
        letters.hand_over(db.session, sender, handover)
        code, to = handover.section_code, handover.to_id
        audit.record(db.session, "section.handed_over", handover, me.person, section=code, to=to)
    db.session.commit()
    return redirect(url_for("respond.tasks", submission_id=me.submission_id), 303)


@bp.get("/questions/<question_code>")
def question(submission_id: uuid.UUID, question_code: str) -> Page:
    """Show who wrote what under a question, and what colleagues say about it."""
    submission = doorway.opened(submission_id)
    doorway.note_reading(submission)
    return _about(submission, question_code, "")


@bp.post("/questions/<question_code>/comments")
def comment(submission_id: uuid.UUID, question_code: str) -> Page:
    """Keep what the person says about a question."""
    me = doorway.writing(submission_id)
    _find_question(me.submission, question_code)
    sender, words = Sender(_settings(), me, doorway.now()), lines(request.form.get("comment"))
    try:
        said = teamwork.comment(
            db.session, me.submission, question_code, (me.person, words), sender.at
        )
    except SurveyError as nothing:
        return _about(me.submission, question_code, str(nothing)), 422
    letters.comment(db.session, sender, said)
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


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def _choose(place: Place, error: str, field: str = "to") -> str:
    return render_template(
        "respond/hand_over.html",
        place=place,
        team=teamwork.contributors(db.session, place.submission),
        me=guards.signed_in(),
        may_write=doorway.may_write(place.submission),
        error=error,
        field=field,
        chosen=request.form.get("to"),
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
    files = uploads.of_submission(db.session, submission)
    revisions = teamwork.history(db.session, submission, standing.codes_of(question))
    return render_template(
        "respond/question.html",
        submission=submission,
        question=question,
        section=now.questionnaire.section(code),
        erased=teamwork.erasures(db.session, submission, revisions),
        history=[(one, _said(now.questionnaire, one, files)) for one in revisions],
        files_of=lambda one: uploads.referred([one.value], files),
        comments=teamwork.comments(db.session, submission, code),
        may_write=guards.contributor(submission) is not None,
        error=error,
        typed=request.form.get("comment", ""),
    )


def _said(questionnaire: Questionnaire, one: AnswerRevision, files: Uploads) -> str:
    code, names = one.answer.question_code, uploads.names(files)
    return answers.as_text(questionnaire, code, one.value, names)
