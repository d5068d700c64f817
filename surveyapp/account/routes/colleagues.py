"""Staff accounts, for administrators: who has one, a new one, another role, a fresh start."""

import uuid
from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards
from surveyapp.account import services, staff
from surveyapp.account.forms import InviteForm, RoleForm
from surveyapp.account.routes import proving
from surveyapp.account.staff import Colleague, NotAllowedError
from surveyapp.errors import AlreadyThereError
from surveyapp.extensions import db
from surveyapp.forms import ButtonForm

bp = Blueprint("colleagues", __name__, template_folder="../templates")
guards.staff_only(bp, staff.ADMINISTRATOR)
Page = str | Response | tuple[str, int]


@bp.get("/account/staff")
def index() -> str:
    """List the staff, their roles, and what they sign in with."""
    return render_template(
        "account/staff.html",
        colleagues=staff.colleagues(db.session),
        me=guards.signed_in(),
    )


@bp.get("/account/staff/invite")
def invite() -> str:
    """Ask who is to become a member of staff."""
    return render_template("account/invite.html", form=InviteForm())


@bp.post("/account/staff/invite")
def send() -> Page:
    """Give somebody a staff account, and send them a link to sign in."""
    form = InviteForm()
    if not form.validate_on_submit():
        return render_template("account/invite.html", form=form), HTTPStatus.BAD_REQUEST
    try:
        added = staff.add(
            db.session, *(str(one.data) for one in (form.email, form.name, form.role))
        )
    except AlreadyThereError as error:
        form.email.errors = [str(error)]
        return render_template("account/invite.html", form=form), HTTPStatus.BAD_REQUEST
    audit.record(db.session, "staff.added", added, guards.signed_in(), role=added.staff_role)
    me = guards.signed_in()
    services.invite_staff(db.session, proving.settings(), added, me, proving.now())
    address, onward = added.email, url_for("colleagues.one", person_id=added.id)
    db.session.commit()
    flash(f"An invitation to {address} is on its way.")
    return redirect(onward)


@bp.get("/account/staff/<uuid:person_id>")
def one(person_id: uuid.UUID) -> str:
    """Show one member of staff, and what can be changed."""
    found = _colleague(person_id)
    return _show(found, RoleForm(role=found.person.staff_role))


@bp.post("/account/staff/<uuid:person_id>")
def change_role(person_id: uuid.UUID) -> Page:
    """Give a member of staff another role."""
    found, form, me = _colleague(person_id), RoleForm(), guards.signed_in()
    if not form.validate_on_submit():
        return _show(found, form), HTTPStatus.BAD_REQUEST
    staff.change_role(db.session, found.person, form.role.data, me, proving.now())
    audit.record(db.session, "staff.role_changed", found.person, me, role=form.role.data)
    db.session.commit()
    return redirect(url_for("colleagues.index"))


@bp.post("/account/staff/<uuid:person_id>/reset")
def reset(person_id: uuid.UUID) -> Page:
    """Forget what a colleague could show, and send them a link to set it up anew."""
    found, me = _colleague(person_id), guards.signed_in()
    staff.reset(db.session, found.person, me, proving.now())
    audit.record(db.session, "second_factor.reset", found.person, me)
    services.send_link(db.session, proving.settings(), found.person.email, proving.now())
    db.session.commit()
    return redirect(url_for("colleagues.one", person_id=person_id))


@bp.get("/account/staff/<uuid:person_id>/remove")
def ask_to_remove(person_id: uuid.UUID) -> str:
    """Say what goes with a staff account, and ask once more."""
    return render_template(
        "account/remove_staff.html", colleague=_colleague(person_id), form=ButtonForm()
    )


@bp.post("/account/staff/<uuid:person_id>/remove")
def remove(person_id: uuid.UUID) -> Page:
    """Take a staff account away; returns that the person has a part in stay theirs."""
    found, me = _colleague(person_id), guards.signed_in()
    staff.change_role(db.session, found.person, None, me, proving.now())
    audit.record(db.session, "staff.removed", found.person, me)
    db.session.commit()
    return redirect(url_for("colleagues.index"))


@bp.errorhandler(NotAllowedError)
def refuse(error: NotAllowedError) -> tuple[str, int]:
    """Say why an account stays as it is."""
    page = render_template("error.html", title="This account stays as it is", advice=str(error))
    return page, HTTPStatus.FORBIDDEN


def _colleague(person_id: uuid.UUID) -> Colleague:
    return staff.colleague(db.session, person_id) or abort(HTTPStatus.NOT_FOUND)


def _show(found: Colleague, form: RoleForm) -> str:
    return render_template(
        "account/colleague.html", colleague=found, form=form, me=guards.signed_in()
    )
