"""The team of a return: its coordinator invites, takes off and passes on; what everybody did."""

import uuid
from collections.abc import Mapping
from typing import Final

from flask import abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards, published
from surveyapp.config import Settings
from surveyapp.errors import SurveyError
from surveyapp.extensions import db, limiter
from surveyapp.models import Contributor, Submission
from surveyapp.respond import teamwork
from surveyapp.respond.routes import doorway
from surveyapp.respond.routes.doorway import bp
from surveyapp.respond.routes.sections import Page
from surveyapp.respond.team import activity, colleagues
from surveyapp.respond.team.colleagues import AlreadyHereError, Newcomer
from surveyapp.respond.team.forms import InviteForm
from surveyapp.respond.team.letters import Sender

# What the list says after something was done, with the name of whom it was done to.
DONE: Final[Mapping[str, str]] = {
    "invited": "We are writing to {} with a personal link.",
    "sent": "We are sending {} a new link. Links they had before still work.",
    "left": "{} is off this return. What they wrote stays.",
    "passed": "{} coordinates this return now. You stay on it as a colleague.",
}
MOST_PAGES: Final = 10_000


def _of_return() -> str:
    return f"team of {(request.view_args or {}).get('submission_id')}"


@bp.get("/colleagues")
def team(submission_id: uuid.UUID) -> str:
    """Show who completes the return, how each of them fares, and what the coordinator may do."""
    submission = doorway.opened(submission_id)
    return render_template(
        "respond/colleagues.html",
        submission=submission,
        team=colleagues.of(db.session, submission),
        former=colleagues.former(db.session, submission),
        titles=teamwork.titles(submission),
        me=guards.contributor(submission),
        may_write=doorway.may_write(submission),
        said=_said(submission),
    )


@bp.get("/colleagues/invite")
def invite(submission_id: uuid.UUID) -> Page:
    """Ask whom to invite; anybody but the coordinator is told on the list who may."""
    submission = doorway.opened(submission_id)
    if not _coordinates(submission) or not doorway.may_write(submission):
        return redirect(url_for("respond.team", submission_id=submission_id))
    return _ask(submission, InviteForm(formdata=None))


@bp.post("/colleagues/invite")
@limiter.limit("60 per hour", key_func=_of_return)
def invited(submission_id: uuid.UUID) -> Page:
    """Invite a colleague, once however often the button is pressed."""
    submission = doorway.opened(submission_id)
    me, form = guards.coordinator(submission), InviteForm()
    form.sections.choices = list(teamwork.titles(submission).items())
    if not doorway.may_write(submission):
        form.form_errors = ["This return takes no answers now, so nobody can be invited"]
        return _ask(submission, form), 409
    if not form.validate_on_submit():
        return _ask(submission, form), 422
    try:
        part = colleagues.invite(db.session, _sender(me), _newcomer(form))
    except AlreadyHereError as already:
        form.email.errors = [str(already)]
        return _ask(submission, form), 422
    chosen = form.sections.data or []
    audit.record(db.session, "colleague.invited", part, me.person, sections=chosen)
    db.session.commit()
    return _listed(part, "invited")


@bp.post("/colleagues/<uuid:contributor_id>/link")
@limiter.limit("60 per hour", key_func=_of_return)
def send_link(submission_id: uuid.UUID, contributor_id: uuid.UUID) -> Response:
    """Send a colleague a new link."""
    submission = doorway.opened(submission_id)
    me = guards.coordinator(submission)
    part = _find(submission, contributor_id)
    colleagues.send_link(db.session, _sender(me), part)
    audit.record(db.session, "colleague.sent_link", part, me.person)
    db.session.commit()
    return _listed(part, "sent")


@bp.get("/colleagues/<uuid:contributor_id>/remove")
def leaving(submission_id: uuid.UUID, contributor_id: uuid.UUID) -> Page:
    """Ask whether a colleague is really to leave the return."""
    return _confirm(submission_id, contributor_id, "respond/leaving.html")


@bp.post("/colleagues/<uuid:contributor_id>/remove")
def left(submission_id: uuid.UUID, contributor_id: uuid.UUID) -> Page:
    """Take a colleague off the return; their words and their history stay."""
    submission = doorway.opened(submission_id)
    me = guards.coordinator(submission)
    # Whoever has left is among them: a second press finds it done.
    part = next((one for one in submission.contributors if one.id == contributor_id), None)
    if part is None:
        abort(404)
    try:
        taken_back = colleagues.take_off(db.session, _sender(me), part)
    except SurveyError as refused:
        return _confirmed(submission, part, "respond/leaving.html", str(refused)), 422
    audit.record(db.session, "colleague.left", part, me.person, sections=taken_back)
    db.session.commit()
    return _listed(part, "left")


@bp.get("/colleagues/<uuid:contributor_id>/coordinate")
def passing_on(submission_id: uuid.UUID, contributor_id: uuid.UUID) -> Page:
    """Ask whether a colleague is really to become the coordinator."""
    return _confirm(submission_id, contributor_id, "respond/passing_on.html")


@bp.post("/colleagues/<uuid:contributor_id>/coordinate")
def passed_on(submission_id: uuid.UUID, contributor_id: uuid.UUID) -> Page:
    """Make a colleague the coordinator in one's own place."""
    submission = doorway.opened(submission_id)
    part = _find(submission, contributor_id)
    if part.coordinator and guards.contributor(submission) is not None:
        return _listed(part, "passed")  # a second press finds it done
    me = guards.coordinator(submission)
    try:
        colleagues.pass_on(db.session, _sender(me), part)
    except SurveyError as refused:
        return _confirmed(submission, part, "respond/passing_on.html", str(refused)), 422
    audit.record(db.session, "coordination.passed_on", part, me.person)
    db.session.commit()
    return _listed(part, "passed")


@bp.get("/activity")
def happened(submission_id: uuid.UUID) -> str:
    """Show who did what in the return and when, the latest first."""
    submission = doorway.opened(submission_id)
    asked = request.args.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return render_template(
        "respond/activity.html",
        submission=submission,
        page=activity.page(db.session, submission, min(max(number, 1), MOST_PAGES)),
        questionnaire=published.questionnaire(submission.questionnaire),
        me=guards.signed_in(),
    )


def _said(submission: Submission) -> str:
    """Return what was done a moment ago, as the address of the list says it."""
    done, whom = request.args.get("done", ""), request.args.get("to", "")
    everybody = {str(one.id): one for one in submission.contributors}
    return DONE[done].format(everybody[whom].name) if done in DONE and whom in everybody else ""


def _listed(part: Contributor, done: str) -> Response:
    address = url_for("respond.team", submission_id=part.submission_id, done=done, to=part.id)
    return redirect(address, 303)


def _confirm(submission_id: uuid.UUID, contributor_id: uuid.UUID, template: str) -> Page:
    submission = doorway.opened(submission_id)
    part = _find(submission, contributor_id)
    if not _coordinates(submission) or part.coordinator:
        return redirect(url_for("respond.team", submission_id=submission_id))
    return _confirmed(submission, part, template, "")


def _confirmed(submission: Submission, part: Contributor, template: str, error: str) -> str:
    return render_template(
        template,
        submission=submission,
        part=part,
        has_come=colleagues.has_come(part),
        sections=[one for one in submission.sections if one.assigned_to_id == part.id],
        titles=teamwork.titles(submission),
        error=error,
    )


def _find(submission: Submission, contributor_id: uuid.UUID) -> Contributor:
    found = colleagues.find(db.session, submission, contributor_id)
    if found is None:
        abort(404)
    return found


def _coordinates(submission: Submission) -> bool:
    me = guards.contributor(submission)
    return me is not None and me.coordinator


def _ask(submission: Submission, form: InviteForm) -> str:
    return render_template(
        "respond/invite.html", submission=submission, form=form, titles=teamwork.titles(submission)
    )


def _newcomer(form: InviteForm) -> Newcomer:
    return Newcomer(
        name=form.name.data or "",
        email=form.email.data or "",
        job_title=form.job_title.data or "",
        note=form.note.data or "",
        sections=tuple(form.sections.data or ()),
    )


def _sender(me: Contributor) -> Sender:
    settings: Settings = current_app.config["SETTINGS"]
    return Sender(settings, me, doorway.now())
