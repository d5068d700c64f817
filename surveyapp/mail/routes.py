"""The outbox of the demo: what would have been sent, for whoever tries the service on one machine.

It shows personal links, so it is there only in the demo, and only on the machine that runs it.
"""

import uuid
from http import HTTPStatus

from flask import Blueprint, Response, abort, current_app, render_template, request

from surveyapp import guards
from surveyapp.config import Settings
from surveyapp.extensions import db
from surveyapp.mail import log

bp = Blueprint("outbox", __name__, template_folder="templates")
guards.open_to_all(bp)
SHOWN = 200
THIS_MACHINE = {"127.0.0.1", "::1"}


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
