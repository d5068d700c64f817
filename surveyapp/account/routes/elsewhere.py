"""Signing in with one's organisation: there, back again, and a button that lets in."""

import time
from http import HTTPStatus

from flask import Blueprint, abort, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from surveyapp import guards
from surveyapp.account import staff
from surveyapp.account.routes import arriving, organisation, proving
from surveyapp.account.routes.organisation import OrganisationError
from surveyapp.account.staff import Identity
from surveyapp.extensions import db, limiter
from surveyapp.forms import ButtonForm

bp = Blueprint("elsewhere", __name__, template_folder="../templates")
guards.open_to_all(bp)
# Everyone in one organisation may share one address on the internet.
OFTEN = "60 per 15 minutes"
ARRIVED, ARRIVED_SECONDS = "organisation", 5 * 60


@bp.before_request
def only_where_there_is_one() -> None:
    """Be there where the settings name an organisation, and nowhere else."""
    if not organisation.name():
        abort(HTTPStatus.NOT_FOUND)


@bp.get("/account/organisation")
@limiter.limit(OFTEN)
def go() -> Response:
    """Send somebody to their organisation; by a link, because a form may not lead elsewhere."""
    return organisation.go(_back())


@bp.get("/account/organisation/back")
@limiter.limit(OFTEN)
def back() -> str:
    """Say who has come back, and show a button; the button lets them in."""
    identity = organisation.come_back()
    session[ARRIVED] = [identity.subject, identity.email, time.time()]
    found = staff.recognise(db.session, identity)
    if found is None:
        raise _unknown(identity)
    return render_template("account/arrived.html", person=found, form=ButtonForm())


@bp.post("/account/organisation/back")
@limiter.limit(OFTEN)
def let_in() -> Response:
    """Let in whoever came back and is staff; remember who they are to the organisation."""
    identity = _arrived()
    found = staff.recognise(db.session, identity)
    if found is None or not staff.link(db.session, found, identity):
        raise _unknown(identity)
    proving.let_in(found, "organisation")
    db.session.commit()
    return redirect(arriving.first_page(found))


@bp.errorhandler(OrganisationError)
def could_not(error: OrganisationError) -> tuple[str, int]:
    """Say what happened, and show the ways to go on."""
    page = render_template(
        "account/organisation_failed.html", fault=error, organisation=organisation.name()
    )
    return page, HTTPStatus.BAD_REQUEST if error.is_ours else HTTPStatus.BAD_GATEWAY


def _back() -> str:
    # As the organisation has it on its list, whatever address this request came to.
    return f"{proving.settings().service_url.rstrip('/')}{url_for('elsewhere.back')}"


def _arrived() -> Identity:
    subject, email, since = session.pop(ARRIVED, ("", "", 0))
    if time.time() - since > ARRIVED_SECONDS:
        raise OrganisationError(
            "You waited too long", "You came back from your organisation a while ago. Start again."
        )
    return Identity(subject, email)


def _unknown(identity: Identity) -> OrganisationError:
    session.pop(ARRIVED, None)
    if not identity.email:
        return OrganisationError(
            "We do not know who you are",
            f"{organisation.name()} did not tell us an email address that it has checked. Use a "
            "link by email, or ask an administrator of this service.",
        )
    return OrganisationError(
        "There is no staff account for you",
        f"{organisation.name()} says that you are {identity.email}, and no member of staff here "
        "has this address. Nothing was created. Ask an administrator of this service to invite "
        "you. If you complete a return, open the link in your invitation instead.",
    )
