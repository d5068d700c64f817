"""The outbox of the demo, and the address at which GOV.UK Notify says which mail came back.

The outbox is what would have been sent, for whoever tries the service on one machine. It shows
personal links, so it is there only in the demo, and only on the machine that runs it.
"""

import datetime as dt
import hmac
import uuid
from http import HTTPStatus

from flask import Blueprint, Response, abort, current_app, render_template, request
from sqlalchemy import select

from surveyapp import audit, guards
from surveyapp.config import Settings
from surveyapp.extensions import csrf, db, limiter
from surveyapp.mail import log
from surveyapp.models import Mail

bp = Blueprint("outbox", __name__, template_folder="templates")
guards.open_to_all(bp)
deliveries = Blueprint("deliveries", __name__)
guards.open_to_all(deliveries)
# Servers have no session, so nobody could send a form in their name; they show a token instead.
csrf.exempt(deliveries)
SHOWN = 200
THIS_MACHINE = {"127.0.0.1", "::1"}
CAME_BACK = {
    "permanent-failure": "GOV.UK Notify could not deliver it: the address does not exist.",
    "temporary-failure": "GOV.UK Notify could not deliver it in three days: the inbox is full or "
    "its server does not answer.",
    "technical-failure": "GOV.UK Notify could not send it. Send it again.",
}


@bp.before_request
def only_in_the_demo() -> None:
    """Be there in the demo, and nowhere else."""
    settings: Settings = current_app.config["SETTINGS"]
    is_demo = settings.demo and settings.mail == "outbox"
    if not is_demo or request.remote_addr not in THIS_MACHINE:
        abort(HTTPStatus.NOT_FOUND)


@bp.get("/outbox")
def index() -> str:
    """List the mail, the latest first."""
    mails = log.mails(db.session)
    return render_template("outbox/index.html", mails=mails[:SHOWN], total=len(mails))


@bp.get("/outbox/<uuid:mail_id>")
def show(mail_id: uuid.UUID) -> str:
    """Show one mail as plain text, its links ready to be followed."""
    return render_template("outbox/mail.html", mail=log.get_mail(db.session, mail_id))


@bp.get("/outbox/<uuid:mail_id>/date.ics")
def date(mail_id: uuid.UUID) -> Response:
    """Hand over the date that goes along with a mail."""
    mail = log.get_mail(db.session, mail_id)
    if mail.calendar is None:
        abort(HTTPStatus.NOT_FOUND)
    attached = {"Content-Disposition": 'attachment; filename="date.ics"'}
    return Response(mail.calendar, mimetype="text/calendar", headers=attached)


@deliveries.post("/mail/notify/delivery")
@limiter.limit("600 per minute")
def told() -> Response:
    """Hear from GOV.UK Notify what became of a mail."""
    settings: Settings = current_app.config["SETTINGS"]
    token = settings.notify_callback_token.get_secret_value()
    if not token:
        abort(HTTPStatus.NOT_FOUND)
    given = request.headers.get("Authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return Response(status=HTTPStatus.UNAUTHORIZED, mimetype="text/plain")
    receipt = request.get_json(silent=True)
    if not isinstance(receipt, dict):
        return Response(status=HTTPStatus.BAD_REQUEST, mimetype="text/plain")
    _take_back(str(receipt.get("reference")), str(receipt.get("status")))
    db.session.commit()
    # A mail that we do not know is no reason for Notify to say it again.
    return Response(status=HTTPStatus.NO_CONTENT, mimetype="text/plain")


def _take_back(reference: str, status: str) -> None:
    mail = db.session.scalars(
        select(Mail).where(Mail.provider_reference == reference)
    ).one_or_none()
    if mail is None or status not in CAME_BACK or mail.bounced_at is not None:
        return
    log.bounced(db.session, mail, CAME_BACK[status], dt.datetime.now(dt.UTC))
    audit.record(db.session, "mail.bounced", mail, None, status=status)
