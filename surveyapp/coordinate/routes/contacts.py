"""Pages about people: who they are, brought in from a spreadsheet, invited, left in peace."""

import hashlib
import uuid

from flask import Response, flash, redirect, request, url_for
from itsdangerous import BadData
from werkzeug.wrappers import Response as AnyResponse

from surveyapp import audit, guards
from surveyapp.coordinate import corrections, intake, invitations, people, spreadsheets
from surveyapp.coordinate.forms import ConfirmForm, FileForm, InviteForm
from surveyapp.coordinate.routes.room import bp, now, settings, show, survey
from surveyapp.coordinate.routes.sealing import seal, unseal
from surveyapp.coordinate.spreadsheets import SpreadsheetError
from surveyapp.extensions import db
from surveyapp.forms import ButtonForm
from surveyapp.models import Submission, Survey

CONTACTS = "contacts"
STOPPED = "They can ask for a new link. To keep them out, take them off the return."
TEMPLATE = "authority,name,email,job_title,coordinator\r\n"


@bp.get("/<code>/people", endpoint="people")
def list_people(code: str) -> str:
    """Show who completes each return, and how mail to them fares."""
    found = survey(code)
    return show(
        "people", found, "people", teams=people.teams(db.session, found, now()), form=ButtonForm()
    )


@bp.get("/<code>/people/template.csv")
def template(code: str) -> Response:
    """Hand over an empty spreadsheet with the right column names."""
    survey(code)
    return Response(
        TEMPLATE,
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="contacts.csv"'},
    )


@bp.get("/<code>/people/bring-in")
def bring_in(code: str) -> str:
    """Ask for a spreadsheet."""
    return show("bring_in", survey(code), "people", form=FileForm(), problem="")


@bp.post("/<code>/people/bring-in")
def check(code: str) -> str:
    """Show what a spreadsheet would add, change and be refused; nothing is written."""
    found, form = survey(code), FileForm()
    if not form.validate_on_submit():
        problem = next(iter(form.file.errors), "Choose a spreadsheet")
        return show("bring_in", found, "people", form=form, problem=problem)
    try:
        text = spreadsheets.as_text(form.file.data.read(spreadsheets.LARGEST + 1))
        return _checked(found, text)
    except SpreadsheetError as error:
        return show("bring_in", found, "people", form=form, problem=str(error))


@bp.post("/<code>/people/bring-in/confirm")
def confirm(code: str) -> str | AnyResponse:
    """Write the rows that were checked, if they still mean what they meant then."""
    found, form = survey(code), ConfirmForm()
    try:
        text, seen = unseal(found, CONTACTS, form.rows.data or "")
    except BadData:
        words = "The check is more than a day old. Send the spreadsheet again."
        return show("bring_in", found, "people", form=FileForm(), problem=words)
    checked = intake.check(spreadsheets.parse(text), people.known(db.session, found))
    if _fingerprint(checked) != seen:
        return _checked(found, text, has_changed=True)
    people.bring_in(db.session, found, checked.contacts)
    counts = {"added": checked.count("add"), "changed": checked.count("change")}
    audit.record(db.session, "contacts.brought_in", found, guards.person(), **counts)
    db.session.commit()
    flash(f"{counts['added']} added, {counts['changed']} changed.")
    return redirect(url_for("coordinate.people", code=code))


@bp.get("/<code>/people/invite")
def invitation(code: str) -> str:
    """Show the message, and exactly how many people it goes to."""
    return _preview(survey(code), InviteForm(request.args))


@bp.post("/<code>/people/invite")
def invite(code: str) -> str | AnyResponse:
    """Invite those who were shown, if they are still as many."""
    found, form = survey(code), InviteForm()
    inviting = _inviting(found)
    wanted = people.to_invite(db.session, found, form.who.data or people.COORDINATORS)
    if inviting.is_refused or not wanted or str(len(wanted)) != form.count.data:
        return _preview(found, form, has_changed=True)
    count = invitations.invite(db.session, inviting, wanted)
    db.session.commit()
    flash("1 invitation is on its way." if count == 1 else f"{count} invitations are on their way.")
    return redirect(url_for("coordinate.people", code=code))


@bp.post("/<code>/people/<uuid:contributor_id>/invite")
def invite_again(code: str, contributor_id: uuid.UUID) -> AnyResponse:
    """Send one person a new link."""
    found = survey(code)
    one = people.find(db.session, found, contributor_id)
    inviting = _inviting(found)
    name = one.person.name
    if inviting.is_refused:
        words = "Nobody was written to: the people of an example are invented."
    else:
        invitations.invite(db.session, inviting, [one])
        words = f"A new link for {name} is on its way."
    back = _back(code, one.submission)
    db.session.commit()
    flash(words)
    return redirect(back)


@bp.post("/<code>/people/<uuid:contributor_id>/revoke")
def revoke(code: str, contributor_id: uuid.UUID) -> AnyResponse:
    """Make one person's links stop working; whoever they let in has to sign in again."""
    one = people.find(db.session, survey(code), contributor_id)
    corrections.stop_links(db.session, one, now())
    audit.record(db.session, "link.revoked", one, guards.person())
    name, back = one.person.name, _back(code, one.submission)
    db.session.commit()
    flash(f"The links of {name} no longer work. {STOPPED}")
    return redirect(back)


@bp.post("/<code>/returns/<uuid:submission_id>/reminders")
def pause(code: str, submission_id: uuid.UUID) -> AnyResponse:
    """Let reminders to an authority rest, or go out again."""
    one = people.find_submission(db.session, survey(code), submission_id)
    is_paused = request.form.get("pause") == "yes"
    people.pause_reminders(db.session, one, is_paused=is_paused)
    audit.record(db.session, "reminders.paused", one, guards.person(), paused=is_paused)
    db.session.commit()
    rest = "are paused" if is_paused else "go out again"
    flash(f"Reminders to {one.authority.name} {rest}.")
    return redirect(_back(code, one))


def _back(code: str, submission: Submission) -> str:
    """Return the page that a button was pressed on."""
    pressed_on = request.form.get("back")
    if pressed_on == "return":
        return url_for("coordinate.return", code=code, submission_id=submission.id)
    return url_for(
        "coordinate.mail_log" if pressed_on == "mail" else "coordinate.people", code=code
    )


def _checked(found: Survey, text: str, *, has_changed: bool = False) -> str:
    checked = intake.check(spreadsheets.parse(text), people.known(db.session, found))
    form = ConfirmForm(formdata=None, rows=seal(found, CONTACTS, text, _fingerprint(checked)))
    return show("check", found, "people", check=checked, form=form, has_changed=has_changed)


def _fingerprint(checked: intake.Check) -> str:
    """Return what stands for everything a person was shown."""
    shown = repr([(row.verdict, row.words) for row in checked.rows])
    return hashlib.sha256(shown.encode()).hexdigest()


def _inviting(found: Survey) -> invitations.Inviting:
    return invitations.Inviting(found, guards.signed_in(), settings(), now())


def _preview(found: Survey, form: InviteForm, *, has_changed: bool = False) -> str:
    who = form.who.data if form.who.data in people.WHO else people.COORDINATORS
    wanted = people.to_invite(db.session, found, who)
    inviting = _inviting(found)
    fresh = InviteForm(formdata=None, who=who, count=str(len(wanted)))
    return show(
        "invite",
        found,
        "people",
        form=fresh,
        who=who,
        wanted=wanted,
        inviting=inviting,
        message=invitations.preview(inviting, wanted[0]) if wanted else None,
        has_changed=has_changed,
    )
