"""The second step of staff: setting up an authenticator app, and typing its code."""

import datetime as dt
from http import HTTPStatus

from flask import Blueprint, abort, current_app, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards
from surveyapp.account import second_factor
from surveyapp.account.forms import ButtonForm, CodeForm
from surveyapp.account.routes.entrance import HALF, half_in
from surveyapp.config import Settings
from surveyapp.extensions import db, limiter
from surveyapp.guards import SignInNeededError
from surveyapp.models import Person

bp = Blueprint("second_step", __name__, template_folder="../templates")
guards.open_to_all(bp)
TRIES = "6 per 15 minutes"
WRONG = "That code is not right, or has been used already. Wait for the next one and try again."


def _whose() -> str:
    return f"second step of {session.get(HALF, '')}"


@bp.get("/account/code")
def code() -> str | Response:
    """Ask for a code from the app of whoever opened their link; help set one up first."""
    person = _half_in()
    if second_factor.has_key(db.session, person):
        return render_template("account/code.html", form=CodeForm())
    return render_template("account/begin.html", form=ButtonForm())


@bp.post("/account/code")
@limiter.limit(TRIES, key_func=_whose)
def check() -> Response | tuple[str, int]:
    """Let in whoever typed the right code."""
    person, form = _half_in(), CodeForm()
    if second_factor.has_key(db.session, person) and _is_right(form, person):
        return _let_in(person)
    return render_template("account/code.html", form=form), HTTPStatus.BAD_REQUEST


@bp.post("/account/set-up")
def begin() -> Response:
    """Make the secret that the app is to share with us."""
    person = _half_in()
    second_factor.begin(db.session, person, _settings().signing_key)
    db.session.commit()
    return redirect(url_for("second_step.set_up"))


@bp.get("/account/set-up")
def set_up() -> str | Response:
    """Show the square for the app to read, and ask for the first code."""
    person = _half_in()
    if not second_factor.secret(db.session, person, _settings().signing_key):
        return redirect(url_for("second_step.code"))
    return _show_set_up(person, CodeForm())


@bp.get("/account/set-up/square.svg")
def square() -> Response:
    """Hand over the square that the app reads."""
    person, settings = _half_in(), _settings()
    secret = second_factor.secret(db.session, person, settings.signing_key)
    if not secret:
        abort(HTTPStatus.NOT_FOUND)
    picture = second_factor.picture(secret, person, settings.service_name)
    return Response(picture, mimetype="image/svg+xml")


@bp.post("/account/set-up/done")
@limiter.limit(TRIES, key_func=_whose)
def done() -> str | Response | tuple[str, int]:
    """Let the app count once its first code is right, and show ten codes to keep, this once."""
    person, form = _half_in(), CodeForm()
    if not second_factor.secret(db.session, person, _settings().signing_key):
        return redirect(url_for("second_step.code"))
    if not _is_right(form, person):
        return _show_set_up(person, form), HTTPStatus.BAD_REQUEST
    codes = second_factor.confirm(db.session, person, dt.datetime.now(dt.UTC))
    audit.record(db.session, "second_factor.set_up", person, person)
    _let_in(person)
    return render_template("account/recovery_codes.html", codes=codes)


def _half_in() -> Person:
    person = half_in()
    if person is None:
        raise SignInNeededError
    return person


def _is_right(form: CodeForm, person: Person) -> bool:
    if not form.validate_on_submit():
        return False
    now = dt.datetime.now(dt.UTC)
    if second_factor.check(db.session, person, form.code.data or "", _settings().signing_key, now):
        return True
    form.code.errors = [WRONG]
    audit.record(db.session, "second_factor.refused", person, person)
    db.session.commit()
    return False


def _let_in(person: Person) -> Response:
    guards.sign_in(person, strongly=True)
    person.signed_in_at = dt.datetime.now(dt.UTC)
    audit.record(db.session, "person.signed_in", person, person)
    db.session.commit()
    return redirect(url_for("account.mine"))


def _show_set_up(person: Person, form: CodeForm) -> str:
    secret = second_factor.secret(db.session, person, _settings().signing_key)
    return render_template("account/set_up.html", form=form, secret=secret)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
