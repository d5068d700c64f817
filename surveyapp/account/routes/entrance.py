"""The entrance, open to all: a personal link with its button, and asking for a new one."""

import datetime as dt
import uuid
from http import HTTPStatus

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards, links, mail, published
from surveyapp.account import services
from surveyapp.account.forms import AddressForm
from surveyapp.account.routes import arriving, organisation
from surveyapp.config import Settings
from surveyapp.extensions import db, limiter
from surveyapp.forms import ButtonForm
from surveyapp.models import Link, Person
from surveyapp.people import tidy

bp = Blueprint("entrance", __name__, template_folder="../templates")
guards.open_to_all(bp)
# Everyone in one council may share one address on the internet, so this is generous.
EVERY_ADDRESS = "120 per 15 minutes"
HALF, HALF_SINCE = "half", "half_since"
THIS_MACHINE = "127.0.0.1"


@bp.get("/link/<token>")
@limiter.limit(EVERY_ADDRESS)
def link(token: str) -> str | tuple[str, int]:
    """Say whom a link is for, and show a button: mail scanners open links, and press nothing."""
    found = links.find(db.session, token, _now())
    if found is None:
        return _no_longer_good()
    form = ButtonForm()
    return render_template("account/link.html", link=found, form=form, is_demo=_is_demo())


@bp.post("/link/<token>")
@limiter.limit(EVERY_ADDRESS)
def claim(token: str) -> Response | tuple[str, int]:
    """Let in whoever pressed the button."""
    found = links.find(db.session, token, _now())
    if found is None:
        return _no_longer_good()
    links.claim(db.session, found, _now())
    audit.record(db.session, "link.claimed", found, found.person, purpose=found.purpose)
    mail.opened(db.session, found.person, links.about(found), _now())
    onward = _let_in(found)
    db.session.commit()
    return redirect(onward)


@bp.get("/account/sign-in")
def ask() -> str:
    """Ask for an e-mail address to send a link to."""
    return _ask(AddressForm())


@bp.post("/account/sign-in")
@limiter.limit("60 per 15 minutes")
@limiter.limit("6 per hour", key_func=lambda: f"to {tidy(request.form.get('email', ''))}")
def send() -> str | Response | tuple[str, int]:
    """Send a link to an address we know; whether we know it stays between us and its owner."""
    form = AddressForm()
    if not form.validate_on_submit():
        return _ask(form), HTTPStatus.BAD_REQUEST
    settings: Settings = current_app.config["SETTINGS"]
    services.send_link(db.session, settings, form.email.data or "", _now())
    db.session.commit()
    return redirect(url_for("entrance.sent"))


@bp.get("/account/link-sent")
def sent() -> str:
    """Say what happens next, the same to everyone."""
    return render_template("account/link_sent.html")


@bp.get("/account/signed-out")
def signed_out() -> str:
    """Say that nobody is signed in any more."""
    return render_template("account/signed_out.html")


def half_in() -> Person | None:
    """Return the member of staff who has opened their link and not taken the second step yet."""
    known, since = session.get(HALF), session.get(HALF_SINCE, 0)
    if known is None or _now().timestamp() - since > services.SECOND_STEP_SECONDS:
        return None
    return db.session.get(Person, uuid.UUID(known))


def _let_in(found: Link) -> str:
    """Sign a person in, or half in, and return where to send them."""
    if found.purpose == "sign in" and not _is_demo():
        session.clear()
        session.permanent = True
        session[HALF], session[HALF_SINCE] = found.person_id.hex, _now().timestamp()
        return url_for("second_step.code")
    guards.sign_in(found.person, strongly=found.purpose == "sign in")
    found.person.signed_in_at = _now()
    return _onward(found)


def _onward(found: Link) -> str:
    """Return where a link leads: to an interview, a check, a section, or all that is theirs."""
    if found.interview_id is not None:
        return url_for("interviewee.show", interview_id=found.interview_id)
    if found.check_id is not None:
        return url_for("member.check", check_id=found.check_id)
    if found.submission is None:
        return arriving.first_page(found.person)
    code, here = request.args.get("section", ""), found.submission.id
    asked = published.questionnaire(found.submission.questionnaire)
    if code in {section.code for section in asked.sections}:
        return url_for("respond.section", submission_id=here, section_code=code)
    if code in {question.code for question in asked.questions}:
        return url_for("respond.question", submission_id=here, question_code=code)
    return url_for("respond.tasks", submission_id=here)


def _ask(form: AddressForm) -> str:
    return render_template("account/sign_in.html", form=form, organisation=organisation.name())


def _is_demo() -> bool:
    """Say whether this is the demo, seen from the machine that it runs on."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.demo and request.remote_addr == THIS_MACHINE


def _no_longer_good() -> tuple[str, int]:
    page = render_template("account/no_longer_good.html", form=AddressForm(formdata=None))
    return page, HTTPStatus.GONE


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
