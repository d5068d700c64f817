"""Telling people that they have more time: what they will read, and exactly how many they are."""

from http import HTTPStatus

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards
from surveyapp.coordinate import extensions
from surveyapp.coordinate.invitations import Inviting
from surveyapp.coordinate.routes.room import bp, now, settings, show, survey
from surveyapp.extensions import db
from surveyapp.models import Survey


@bp.get("/<code>/extend/tell")
def telling(code: str) -> str:
    """Show the message, and exactly how many people it goes to."""
    return _preview(survey(code))


@bp.post("/<code>/extend/tell")
def tell(code: str) -> str | Response | tuple[str, int]:
    """Write to those who were shown, if they are still as many and the last day is the same."""
    found = survey(code)
    inviting, wanted = _inviting(found), extensions.to_tell(db.session, found)
    as_seen = (str(len(wanted)), str(found.closes_on))
    typed = (request.form.get("count"), request.form.get("until"))
    if inviting.is_refused or not wanted or not found.is_open or typed != as_seen:
        return _preview(found, has_changed=True), HTTPStatus.CONFLICT
    count = extensions.tell(db.session, inviting, wanted)
    audit.record(db.session, "survey.extension_told", found, guards.person(), count=count)
    db.session.commit()
    flash("1 message is on its way." if count == 1 else f"{count} messages are on their way.")
    return redirect(url_for("coordinate.setup", code=code), HTTPStatus.SEE_OTHER)


def _inviting(found: Survey) -> Inviting:
    return Inviting(found, guards.signed_in(), settings(), now())


def _preview(found: Survey, *, has_changed: bool = False) -> str:
    wanted, inviting = extensions.to_tell(db.session, found), _inviting(found)
    return show(
        "tell",
        found,
        "setup",
        wanted=wanted,
        is_refused=inviting.is_refused,
        message=extensions.preview(inviting, wanted[0]) if wanted else None,
        has_changed=has_changed,
    )
