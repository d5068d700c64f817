"""The page of one check: what was sent, what came back, and what to do about it."""

import uuid
from http import HTTPStatus

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from surveyapp import guards, workbench
from surveyapp.checking import sending
from surveyapp.checking.routes.room import bp, sender, show
from surveyapp.checking.sending import CannotSendError
from surveyapp.extensions import db


@bp.get("/<code>/<uuid:check_id>/")
def one(code: str, check_id: uuid.UUID) -> str:
    """Show one check."""
    found = workbench.survey(code)
    return show("one", found, check=sending.find(db.session, found, check_id))


@bp.post("/<code>/<uuid:check_id>/remind")
def remind(code: str, check_id: uuid.UUID) -> Response:
    """Ask once more."""
    found = workbench.survey(code)
    check = sending.find(db.session, found, check_id)
    try:
        sending.remind(db.session, check, sender())
        words = f"{check.person.name} has been reminded."
    except CannotSendError as error:
        words = str(error)
    db.session.commit()
    flash(words)
    return redirect(url_for("checking.one", code=code, check_id=check_id), HTTPStatus.SEE_OTHER)


@bp.post("/<code>/<uuid:check_id>/take-back")
def take_back(code: str, check_id: uuid.UUID) -> Response:
    """Take a check back, so that another can be sent."""
    found = workbench.survey(code)
    check = sending.find(db.session, found, check_id)
    words = f"The check of {check.submission.authority.name} is taken back."
    sending.take_back(db.session, check, guards.signed_in(), workbench.now())
    db.session.commit()
    flash(words)
    return redirect(url_for("checking.overview", code=code), HTTPStatus.SEE_OTHER)
