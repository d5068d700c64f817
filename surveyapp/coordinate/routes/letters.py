"""Pages about mail: what became of every message, sent again, or recorded as come back."""

import uuid
from http import HTTPStatus
from typing import Final

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards, mail
from surveyapp.coordinate import records
from surveyapp.coordinate.records import Wanted
from surveyapp.coordinate.routes.room import bp, now, page_number, show, survey
from surveyapp.extensions import db
from surveyapp.models import Mail, Survey

LONGEST: Final = 500


@bp.get("/<code>/mail")
def mail_log(code: str) -> str:
    """Show every message of the survey, and how it fared."""
    found, wanted = survey(code), _wanted()
    letters, more = records.mail(db.session, found, wanted, now())
    return show(
        "mail_log",
        found,
        "mail_log",
        letters=letters,
        wanted=wanted,
        more=more,
        states=records.STATES,
        authorities=records.authorities(db.session, found),
    )


@bp.get("/<code>/mail/<uuid:mail_id>/")
def message(code: str, mail_id: uuid.UUID) -> str:
    """Show what a message says, without the link that is its reader's alone."""
    found = survey(code)
    letter = records.letter(db.session, records.find_mail(db.session, found, mail_id), now())
    text = mail.struck(letter.mail.text)
    return show("message", found, "mail_log", letter=letter, text=text)


@bp.post("/<code>/mail/<uuid:mail_id>/again")
def send_again(code: str, mail_id: uuid.UUID) -> Response:
    """Send a message again that did not arrive; a second press does nothing."""
    found = survey(code)
    one = records.find_mail(db.session, found, mail_id)
    to = one.person.email if one.person else one.to_address
    if mail.send_again(db.session, one, now()):
        audit.record(db.session, "mail.sent_again", one, guards.person())
        words = f"The message to {to} is on its way again."
    else:
        words = f"The message to {to} was not sent again: it is on its way already, or arrived."
    db.session.commit()
    flash(words)
    return redirect(url_for("coordinate.mail_log", code=code))


@bp.get("/<code>/mail/<uuid:mail_id>/bounced")
def bounced(code: str, mail_id: uuid.UUID) -> str:
    """Ask why a message came back."""
    found = survey(code)
    return _bounced(found, records.find_mail(db.session, found, mail_id), "")


@bp.post("/<code>/mail/<uuid:mail_id>/bounced")
def has_bounced(code: str, mail_id: uuid.UUID) -> str | Response | tuple[str, int]:
    """Record that a message came back, so that the tracker asks for another address."""
    found = survey(code)
    one = records.find_mail(db.session, found, mail_id)
    reason = request.form.get("reason", "").strip()
    problem = "" if reason else "Enter why the message came back"
    if len(reason) > LONGEST:
        problem = f"Shorten the reason to {LONGEST} characters or fewer"
    if problem:
        return _bounced(found, one, problem), HTTPStatus.UNPROCESSABLE_ENTITY
    if records.letter(db.session, one, now()).can_have_come_back:
        mail.bounced(db.session, one, reason, now())
        audit.record(db.session, "mail.bounced", one, guards.person())
        db.session.commit()
    flash(f"We have noted that the message to {one.to_address} came back.")
    return redirect(url_for("coordinate.mail_log", code=code))


def _wanted() -> Wanted:
    asked = request.args.get("state", "")
    return Wanted(
        state=next((state for state in records.STATES if state == asked), None),
        authority=request.args.get("authority", ""),
        page=page_number(),
    )


def _bounced(found: Survey, one: Mail, problem: str) -> str:
    letter = records.letter(db.session, one, now())
    return show(
        "bounced",
        found,
        "mail_log",
        letter=letter,
        problem=problem,
        reason=request.form.get("reason", ""),
    )
