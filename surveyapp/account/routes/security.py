"""How a member of staff signs in, for them to change: passkeys, the app, and codes for a bad day.

Whoever changes it shows what they have once more, so that a computer left alone gives nothing away.
"""

import uuid
from http import HTTPStatus

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from surveyapp import audit, guards
from surveyapp.account import second_factor
from surveyapp.account.forms import CodeForm, NameForm, NewPasskeyForm, PasskeyForm
from surveyapp.account.routes import organisation, proving
from surveyapp.extensions import db, limiter
from surveyapp.forms import ButtonForm
from surveyapp.guards import READING
from surveyapp.models import Passkey

bp = Blueprint("signing_in", __name__, template_folder="../templates")
guards.staff_only(bp)
Page = str | Response | tuple[str, int]
OPEN = {"index", "again", "check_again", "use_passkey_again", "passkey", "rename"}
ONWARD = {"new_passkey", "app"}
LAST = "This is all that lets you in besides your link. Set up something else before you remove it."
REASON = "You are about to change how you sign in, so we ask again who is there."


def _whose() -> str:
    return f"second factor of {guards.signed_in().id}"


@bp.before_request
def ask_again() -> Response | None:
    """Ask for the second factor once more before anything is changed."""
    endpoint = (request.endpoint or "").rpartition(".")[2]
    if endpoint in OPEN or guards.has_proved():
        return None
    onward = endpoint if request.method in READING and not request.view_args else "index"
    return redirect(url_for("signing_in.again", to=onward))


@bp.get("/account/security")
def index() -> str:
    """Show how the person signs in."""
    return _show()


@bp.get("/account/security/again")
def again() -> Page:
    """Ask who is there."""
    return _ask(CodeForm(), PasskeyForm())


@bp.post("/account/security/again")
@limiter.limit(proving.TRIES, key_func=_whose)
def check_again() -> Page:
    """Go on with whoever typed the right code."""
    person, form = guards.signed_in(), CodeForm()
    if not proving.is_right(form, person):
        return _ask(form, PasskeyForm(formdata=None)), HTTPStatus.BAD_REQUEST
    return _go_on("code")


@bp.post("/account/security/again/passkey")
@limiter.limit(proving.TRIES, key_func=_whose)
def use_passkey_again() -> Page:
    """Go on with whoever used a passkey of theirs."""
    person, form = guards.signed_in(), PasskeyForm()
    if not proving.is_recognised(form, person):
        return _ask(CodeForm(formdata=None), form), HTTPStatus.BAD_REQUEST
    return _go_on("passkey")


@bp.get("/account/security/passkeys/new")
def new_passkey() -> str:
    """Ask for a name and a passkey."""
    return _show_new_passkey(NewPasskeyForm())


@bp.post("/account/security/passkeys/new")
@limiter.limit(proving.TRIES, key_func=_whose)
def make_passkey() -> Page:
    """Keep the passkey; with the first of anything come ten codes, shown this once."""
    person, form = guards.signed_in(), NewPasskeyForm()
    if proving.keep_passkey(form, person) is None:
        return _show_new_passkey(form), HTTPStatus.BAD_REQUEST
    return _finish()


@bp.get("/account/security/passkeys/<uuid:passkey_id>")
def passkey(passkey_id: uuid.UUID) -> str:
    """Show one passkey, to be given another name or removed."""
    found = _own(passkey_id)
    return _show_passkey(found, NameForm(obj=found))


@bp.post("/account/security/passkeys/<uuid:passkey_id>")
def rename(passkey_id: uuid.UUID) -> Page:
    """Give a passkey another name."""
    found, form = _own(passkey_id), NameForm()
    if not form.validate_on_submit():
        return _show_passkey(found, form), HTTPStatus.BAD_REQUEST
    found.name = form.name.data or ""
    audit.record(db.session, "passkey.renamed", found, guards.signed_in())
    db.session.commit()
    return redirect(url_for("signing_in.index"))


@bp.post("/account/security/passkeys/<uuid:passkey_id>/remove")
def remove_passkey(passkey_id: uuid.UUID) -> Page:
    """Forget a passkey, unless it is the last thing that lets its owner in."""
    found, person = _own(passkey_id), guards.signed_in()
    if not second_factor.remove_passkey(db.session, found):
        return _show(LAST), HTTPStatus.CONFLICT
    audit.record(db.session, "passkey.removed", person, person, passkey=passkey_id)
    db.session.commit()
    return redirect(url_for("signing_in.index"))


@bp.post("/account/security/app")
def begin_app() -> Response:
    """Make the secret that a new app is to share with us."""
    proving.new_app()
    return redirect(url_for("signing_in.app"))


@bp.get("/account/security/app")
def app() -> Page:
    """Show the square for the new app to read, and ask for its first code."""
    if not proving.new_app_secret():
        return redirect(url_for("signing_in.index"))
    return _show_app(CodeForm())


@bp.get("/account/security/app/square.svg")
def square() -> Response:
    """Hand over the square that the app reads."""
    return proving.square(guards.signed_in())


@bp.post("/account/security/app/done")
@limiter.limit(proving.TRIES, key_func=_whose)
def app_done() -> Page:
    """Let the new app count in place of any other."""
    person, form = guards.signed_in(), CodeForm()
    if not proving.new_app_secret():
        return redirect(url_for("signing_in.index"))
    if not proving.keep_app(form, person):
        return _show_app(form), HTTPStatus.BAD_REQUEST
    return _finish()


@bp.post("/account/security/app/remove")
def remove_app() -> Page:
    """Forget the app, unless it is the last thing that lets its owner in."""
    person = guards.signed_in()
    if not second_factor.remove_app(db.session, person):
        return _show(LAST), HTTPStatus.CONFLICT
    audit.record(db.session, "second_factor.app_removed", person, person)
    db.session.commit()
    return redirect(url_for("signing_in.index"))


@bp.post("/account/security/codes")
def codes() -> str:
    """Show ten new codes, this once; those before them stop working."""
    return _show_codes()


def _own(passkey_id: uuid.UUID) -> Passkey:
    """Return a passkey of the person signed in; anybody else's is not there."""
    return db.session.scalars(
        select(Passkey).where(Passkey.id == passkey_id, Passkey.person_id == guards.signed_in().id)
    ).one_or_none() or abort(HTTPStatus.NOT_FOUND)


def _go_on(way: str) -> Response:
    person = guards.signed_in()
    guards.prove()
    audit.record(db.session, "second_factor.shown", person, person, way=way)
    db.session.commit()
    onward = request.args.get("to", "index")
    return redirect(
        url_for(f"signing_in.{onward if onward in {'new_passkey', 'app'} else 'index'}")
    )


def _finish() -> Page:
    """Commit what was set up; whoever has no codes for a bad day is given some."""
    if second_factor.of(db.session, guards.signed_in()).codes_left == 0:
        return _show_codes()
    db.session.commit()
    return redirect(url_for("signing_in.index"))


def _show_codes() -> str:
    person = guards.signed_in()
    made = second_factor.new_codes(db.session, person)
    audit.record(db.session, "recovery_codes.made", person, person, count=len(made))
    db.session.commit()
    onward = url_for("signing_in.index")
    return render_template("account/recovery_codes.html", codes=made, onward=onward)


def _show(problem: str = "") -> str:
    person = guards.signed_in()
    return render_template(
        "account/security.html",
        person=person,
        factors=second_factor.of(db.session, person),
        organisation=organisation.name(),
        problem=problem,
    )


def _ask(code: CodeForm, passkey: PasskeyForm) -> str:
    person, onward = guards.signed_in(), request.args.get("to", "index")
    factors = second_factor.of(db.session, person)
    if not factors.are_set_up:
        return render_template("account/sign_in_again.html", organisation=organisation.name())
    return render_template(
        "account/code.html",
        form=code,
        passkey=passkey,
        options=proving.offer(person),
        factors=factors,
        to_code=url_for("signing_in.check_again", to=onward),
        to_passkey=url_for("signing_in.use_passkey_again", to=onward),
        button="Continue",
        reason=REASON,
    )


def _show_new_passkey(form: NewPasskeyForm) -> str:
    return render_template(
        "account/new_passkey.html",
        form=form,
        options=proving.offer_new(guards.signed_in()),
        to=url_for("signing_in.make_passkey"),
        back=url_for("signing_in.index"),
    )


def _show_passkey(found: Passkey, form: NameForm) -> str:
    return render_template(
        "account/passkey.html", passkey=found, form=form, remove=ButtonForm(formdata=None)
    )


def _show_app(form: CodeForm) -> str:
    return render_template(
        "account/set_up.html",
        form=form,
        secret=proving.new_app_secret(),
        square=url_for("signing_in.square"),
        to=url_for("signing_in.app_done"),
    )
