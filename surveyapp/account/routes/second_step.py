"""The second step of staff: setting up an app or a passkey, and showing it from then on."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards
from surveyapp.account import second_factor
from surveyapp.account.forms import CodeForm, NewPasskeyForm, PasskeyForm
from surveyapp.account.routes import arriving, proving
from surveyapp.account.routes.entrance import HALF, half_in
from surveyapp.extensions import db, limiter
from surveyapp.forms import ButtonForm
from surveyapp.guards import READING, SignInNeededError
from surveyapp.models import Person

bp = Blueprint("second_step", __name__, template_folder="../templates")
guards.open_to_all(bp)
# Once something is set up, a link alone changes nothing about it.
SHOWING = {"second_step.code", "second_step.check", "second_step.use_passkey"}
Page = str | Response | tuple[str, int]


def _whose() -> str:
    return f"second step of {session.get(HALF, '')}"


@bp.before_request
def set_up_once() -> Response | None:
    """Send whoever has set something up to where it is asked for."""
    person = _half_in()
    if request.endpoint in SHOWING:
        return None
    if request.method not in READING:
        second_factor.lock(db.session, person)
    if not second_factor.of(db.session, person).are_set_up:
        return None
    return redirect(url_for("second_step.code"))


@bp.get("/account/code")
def code() -> str:
    """Ask for what whoever opened their link has set up; help set it up first."""
    person = _half_in()
    if second_factor.of(db.session, person).are_set_up:
        return _ask(person, CodeForm(), PasskeyForm())
    return render_template("account/begin.html", form=ButtonForm())


@bp.post("/account/code")
@limiter.limit(proving.TRIES, key_func=_whose)
def check() -> Page:
    """Let in whoever typed the right code."""
    person, form = _half_in(), CodeForm()
    if not second_factor.of(db.session, person).are_set_up or not proving.is_right(form, person):
        return _ask(person, form, PasskeyForm(formdata=None)), HTTPStatus.BAD_REQUEST
    proving.let_in(person, "code")
    db.session.commit()
    return redirect(arriving.first_page(person))


@bp.post("/account/code/passkey")
@limiter.limit(proving.TRIES, key_func=_whose)
def use_passkey() -> Page:
    """Let in whoever used a passkey of theirs."""
    person, form = _half_in(), PasskeyForm()
    if not proving.is_recognised(form, person):
        return _ask(person, CodeForm(formdata=None), form), HTTPStatus.BAD_REQUEST
    proving.let_in(person, "passkey")
    db.session.commit()
    return redirect(arriving.first_page(person))


@bp.post("/account/set-up")
def begin() -> Response:
    """Make the secret that the app is to share with us."""
    proving.new_app()
    return redirect(url_for("second_step.set_up"))


@bp.get("/account/set-up")
def set_up() -> Page:
    """Show the square for the app to read, and ask for the first code."""
    if not proving.new_app_secret():
        return redirect(url_for("second_step.code"))
    return _show_set_up(CodeForm())


@bp.get("/account/set-up/square.svg")
def square() -> Response:
    """Hand over the square that the app reads."""
    return proving.square(_half_in())


@bp.post("/account/set-up/done")
@limiter.limit(proving.TRIES, key_func=_whose)
def done() -> Page:
    """Let the app count once its first code is right, and show ten codes to keep, this once."""
    person, form = _half_in(), CodeForm()
    if not proving.new_app_secret():
        return redirect(url_for("second_step.code"))
    if not proving.keep_app(form, person):
        return _show_set_up(form), HTTPStatus.BAD_REQUEST
    return _let_in_first(person, "code")


@bp.get("/account/set-up/passkey")
def new_passkey() -> str:
    """Ask for a name and a passkey."""
    return _show_new_passkey(_half_in(), NewPasskeyForm())


@bp.post("/account/set-up/passkey")
@limiter.limit(proving.TRIES, key_func=_whose)
def make_passkey() -> Page:
    """Keep the passkey, and show ten codes to keep, this once."""
    person, form = _half_in(), NewPasskeyForm()
    if proving.keep_passkey(form, person) is None:
        return _show_new_passkey(person, form), HTTPStatus.BAD_REQUEST
    return _let_in_first(person, "passkey")


def _half_in() -> Person:
    person = half_in()
    if person is None:
        raise SignInNeededError
    return person


def _let_in_first(person: Person, way: str) -> str:
    codes = second_factor.new_codes(db.session, person)
    audit.record(db.session, "recovery_codes.made", person, person, count=len(codes))
    proving.let_in(person, way)
    db.session.commit()
    return render_template("account/recovery_codes.html", codes=codes)


def _ask(person: Person, code: CodeForm, passkey: PasskeyForm) -> str:
    return render_template(
        "account/code.html",
        form=code,
        passkey=passkey,
        options=proving.offer(person),
        factors=second_factor.of(db.session, person),
        to_code=url_for("second_step.check"),
        to_passkey=url_for("second_step.use_passkey"),
        button="Sign in",
    )


def _show_set_up(form: CodeForm) -> str:
    return render_template(
        "account/set_up.html",
        form=form,
        secret=proving.new_app_secret(),
        square=url_for("second_step.square"),
        to=url_for("second_step.done"),
    )


def _show_new_passkey(person: Person, form: NewPasskeyForm) -> str:
    return render_template(
        "account/new_passkey.html",
        form=form,
        options=proving.offer_new(person),
        to=url_for("second_step.make_passkey"),
        back=url_for("second_step.code"),
    )
