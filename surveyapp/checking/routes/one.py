"""The page of one check: what was sent, what came back, and what to do about it."""

import uuid
from http import HTTPStatus

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from surveyapp import built, guards, workbench
from surveyapp.checking import adding, listing, quotations, sending, surroundings
from surveyapp.checking.quotations import Quotation
from surveyapp.checking.routes.room import bp, folder, sender, show
from surveyapp.checking.sending import CannotSendError
from surveyapp.extensions import db
from surveyapp.models import Build, MemberCheck, Survey
from surveyapp.pages import ENGLAND, counted


@bp.get("/<code>/<uuid:check_id>/")
def one(code: str, check_id: uuid.UUID) -> str:
    """Show one check."""
    found = workbench.survey(code)
    check = sending.find(db.session, found, check_id)
    build, printed = _printed(found, check)
    is_latest = listing.is_latest(db.session, check)
    return show(
        "one",
        found,
        check=check,
        build=build,
        newer=quotations.missing(check.items, printed) if is_latest else (),
        noted=surroundings.noted(db.session, check),
        has_time=sending.has_time(check, workbench.now().astimezone(ENGLAND).date()),
        signed=built.first_signed_off(db.session, found),
    )


@bp.post("/<code>/<uuid:check_id>/add")
def add(code: str, check_id: uuid.UUID) -> Response:
    """Add what was printed since to a check that is open."""
    found = workbench.survey(code)
    adding.lock(db.session, check_id)
    check = sending.find(db.session, found, check_id)
    build, printed = _printed(found, check)
    try:
        added = adding.add(db.session, check, printed, build, sender()) if build else 0
        words = f"{counted(added, 'passage is', 'passages are')} added. Nobody was written to."
    except CannotSendError as error:
        words = str(error)
    db.session.commit()
    flash(words)
    return redirect(url_for("checking.one", code=code, check_id=check_id), HTTPStatus.SEE_OTHER)


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


def _printed(found: Survey, check: MemberCheck) -> tuple[Build | None, tuple[Quotation, ...]]:
    """Return the latest build, and what it prints of the authority of a check."""
    build = quotations.latest(db.session, found)
    if build is None:
        return None, ()
    authority = check.submission.authority_code
    printed = quotations.printed(db.session, build, folder(), [authority])
    return build, printed.get(authority, ())
