"""What is one's own: the returns one has a part in, who sees what, and the way out."""

import datetime as dt
import uuid
from http import HTTPStatus

from flask import Blueprint, abort, current_app, jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards, published
from surveyapp.account import services
from surveyapp.config import Settings
from surveyapp.extensions import db
from surveyapp.forms import ButtonForm
from surveyapp.models import Interview
from surveyapp.pages import ENGLAND
from surveyapp.standing import label, now_in, state

bp = Blueprint("account", __name__, template_folder="../templates")
guards.people_only(bp)


@bp.get("/account/")
def mine() -> str:
    """Show the returns a person has a part in and, to staff, the surveys they run."""
    person, runs_surveys = guards.signed_in(), guards.is_staff(*guards.OVERSEEING)
    staff = guards.is_staff()
    checks = services.checks(db.session, person)
    return render_template(
        "account/mine.html",
        runs_surveys=runs_surveys,
        parts=services.parts(db.session, person),
        interviews=services.interviews(db.session, person),
        checks=checks,
        ended=services.ended(db.session, checks) if checks else {},
        today=dt.datetime.now(ENGLAND).date(),
        samples=services.samples(db.session, person) if staff else (),
        surveys=services.surveys(db.session) if runs_surveys else (),
        held=[(one, _standing(one)) for one in services.held(db.session, person)] if staff else (),
        returns=services.returns(db.session, person) if guards.is_staff("interviewer") else (),
    )


def _standing(interview: Interview) -> str:
    now = now_in(interview.submission.survey, dt.datetime.now(dt.UTC))
    return label(state(interview, now))


@bp.get("/account/returns/<uuid:submission_id>/notice")
def notice(submission_id: uuid.UUID) -> str:
    """Say who sees what, before the first answer."""
    submission = guards.submission(submission_id)
    part = guards.contributor(submission)
    return render_template(
        "account/notice.html",
        submission=submission,
        part=part,
        privacy=published.privacy(submission),
        form=ButtonForm(),
    )


@bp.post("/account/returns/<uuid:submission_id>/notice")
def agree(submission_id: uuid.UUID) -> Response:
    """Note that a contributor agrees to who sees what."""
    submission = guards.submission(submission_id)
    part = guards.contributor(submission)
    if part is None:
        abort(HTTPStatus.FORBIDDEN)
    services.agree(db.session, part, dt.datetime.now(dt.UTC))
    audit.record(db.session, "notice.agreed", part, part.person)
    db.session.commit()
    return redirect(url_for("respond.tasks", submission_id=submission.id))


@bp.get("/account/still-here")
def still_here() -> Response:
    """Lengthen the session: somebody who is reading or typing pressed the button that says so."""
    settings: Settings = current_app.config["SETTINGS"]
    return jsonify(minutes=settings.session_minutes)


@bp.post("/account/sign-out")
def sign_out() -> Response:
    """Forget who was signed in."""
    person = guards.signed_in()
    audit.record(db.session, "person.signed_out", person, person)
    db.session.commit()
    guards.sign_out()
    return redirect(url_for("entrance.signed_out"))
