"""Pages about authorities: the register brought up to date, and whom a survey asks."""

import hashlib
import uuid

from flask import flash, redirect, request, url_for
from itsdangerous import BadData
from werkzeug.wrappers import Response

from surveyapp import audit, guards
from surveyapp.coordinate import authorities, folders, people, sources, spreadsheets
from surveyapp.coordinate.authorities import StaysError
from surveyapp.coordinate.forms import ConfirmForm, FileForm
from surveyapp.coordinate.routes import administration
from surveyapp.coordinate.routes.room import bp, show, survey
from surveyapp.coordinate.routes.sealing import seal, unseal
from surveyapp.coordinate.spreadsheets import SpreadsheetError
from surveyapp.extensions import db
from surveyapp.models import Survey

REGISTER = "register"


@bp.get("/<code>/authorities", endpoint="authorities")
def list_authorities(code: str) -> str:
    """Show whom a survey asks, and whom it could ask."""
    return _authorities(survey(code), "")


@bp.post("/<code>/authorities")
def ask_authorities(code: str) -> str | Response:
    """Ask more authorities of the register."""
    found, chosen = survey(code), set(request.form.getlist("authority"))
    if "all" in request.form:
        return _authorities(found, "")
    wanted = [one.code for one in authorities.candidates(db.session, found) if one.code in chosen]
    if not wanted:
        return _authorities(found, "Choose the authorities to ask")
    count = people.bring_in_authorities(db.session, found, wanted)
    audit.record(db.session, "authorities.brought_in", found, guards.person(), added=count)
    db.session.commit()
    flash("1 authority was added." if count == 1 else f"{count} authorities were added.")
    return redirect(url_for("coordinate.authorities", code=code))


@bp.post("/<code>/returns/<uuid:submission_id>/take-out")
def take_out(code: str, submission_id: uuid.UUID) -> Response:
    """Ask an authority no more, where nothing has come of it yet."""
    found = survey(code)
    one = people.find_submission(db.session, found, submission_id)
    name, authority = one.authority.name, one.authority_code
    try:
        authorities.take_out(db.session, found, one)
    except StaysError as error:
        flash(f"{name} was not taken out. {error}")
    else:
        audit.record(db.session, "authority.taken_out", found, guards.person(), authority=authority)
        flash(f"{name} is not asked any more.")
    db.session.commit()
    return redirect(url_for("coordinate.authorities", code=code))


@bp.get("/<code>/authorities/register")
def register(code: str) -> str:
    """Ask where to bring the register up to date from."""
    return _ask(survey(code), "")


@bp.post("/<code>/authorities/register")
def check_register(code: str) -> str:
    """Show what a table would add and change; nothing is written."""
    found, folder = survey(code), request.form.get("folder", "")
    try:
        text = folders.register(administration.FOLDERS, folder) if folder else _sent()
        sent = request.files.get("file")
        name = "" if folder or sent is None else sent.filename or ""
        return _checked(found, text, name=name or "authorities.csv")
    except SpreadsheetError as error:
        return _ask(found, str(error))


@bp.post("/<code>/authorities/register/confirm")
def confirm_register(code: str) -> str | Response:
    """Write the authorities that were checked, if they still mean what they meant then."""
    found, form = survey(code), ConfirmForm()
    try:
        text, seen = unseal(found, REGISTER, form.rows.data or "")
    except BadData:
        return _ask(found, "The check is more than a day old. Send the table again")
    checked = authorities.check(text, authorities.known(db.session))
    if _fingerprint(checked) != seen or checked.faults:
        return _checked(found, text, has_changed=True)
    added, changed = checked.count("add"), checked.count("change")
    authorities.bring_up_to_date(db.session, checked)
    audit.record(
        db.session, "register.updated", found, guards.person(), added=added, changed=changed
    )
    db.session.commit()
    flash(f"{added} added to the register, {changed} changed.")
    return redirect(url_for("coordinate.authorities", code=code))


def _sent() -> str:
    form = FileForm()
    if not form.validate_on_submit():
        raise SpreadsheetError(next(iter(form.file.errors), "Choose a spreadsheet"))
    return spreadsheets.as_text(form.file.data.read(spreadsheets.LARGEST + 1))


def _authorities(found: Survey, problem: str) -> str:
    own = sources.own(db.session, administration.FOLDERS, found)
    candidates = authorities.candidates(db.session, found)
    groups = authorities.grouped(candidates, own, folders.register(administration.FOLDERS, own))
    everybody = {
        one.code
        for at, group in enumerate(groups)
        if request.form.get("all") == str(at)
        for one in group.authorities
    }
    return show(
        "authorities",
        found,
        "authorities",
        places=authorities.places(db.session, found),
        groups=groups,
        chosen={*request.form.getlist("authority"), *everybody},
        problem=problem,
    )


def _ask(found: Survey, problem: str) -> str:
    names = folders.with_register(administration.FOLDERS)
    return show("register", found, "authorities", names=names, problem=problem)


def _checked(
    found: Survey, text: str, *, has_changed: bool = False, name: str = "authorities.csv"
) -> str:
    checked = authorities.check(text, authorities.known(db.session), name)
    rows = seal(found, REGISTER, text, _fingerprint(checked))
    form = ConfirmForm(formdata=None, rows=rows)
    return show(
        "check_register", found, "authorities", check=checked, form=form, has_changed=has_changed
    )


def _fingerprint(checked: authorities.Check) -> str:
    """Return what stands for everything a person was shown."""
    shown = repr([(row.authority.code, row.verdict, row.words) for row in checked.rows])
    return hashlib.sha256(shown.encode()).hexdigest()
