"""Pages about one person of a return: their details put right, taken off it, made coordinator."""

import uuid
from collections.abc import Sequence
from http import HTTPStatus

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards, leaving
from surveyapp.coordinate import corrections, people
from surveyapp.coordinate.corrections import AddressTakenError, Details, StaffAddressError
from surveyapp.coordinate.forms import PersonForm
from surveyapp.coordinate.routes.room import bp, now, show, survey
from surveyapp.extensions import db
from surveyapp.models import Contributor, Survey

Page = str | Response | tuple[str, int]
NOBODY = "nobody"
CHOOSE = "Choose who coordinates the return from now on"


@bp.get("/<code>/people/<uuid:contributor_id>/")
def person(code: str, contributor_id: uuid.UUID) -> str:
    """Show one person of a return, and what can be put right."""
    found = survey(code)
    one = people.find(db.session, found, contributor_id)
    known = Details(one.person.name, one.person.email, one.job_title)
    form = PersonForm(formdata=None, name=known.name, email=known.email, job_title=known.job_title)
    return _person(found, one, form)


@bp.post("/<code>/people/<uuid:contributor_id>/")
def correct(code: str, contributor_id: uuid.UUID) -> Page:
    """Put a person's name, address and job title right."""
    found, form = survey(code), PersonForm()
    one = people.find(db.session, found, contributor_id)
    if not form.validate_on_submit():
        return _person(found, one, form), HTTPStatus.UNPROCESSABLE_ENTITY
    typed = Details(form.name.data or "", form.email.data or "", form.job_title.data or "")
    try:
        changed = corrections.correct(db.session, one, typed, now())
    except (AddressTakenError, StaffAddressError) as refused:
        form.email.errors = [str(refused)]
        return _person(found, one, form), HTTPStatus.UNPROCESSABLE_ENTITY
    if changed:
        audit.record(db.session, "contact.changed", one, guards.person(), fields=changed)
    was_invited = one.invited_at is not None
    db.session.commit()
    flash(_saved(typed, changed, was_invited=was_invited))
    return redirect(url_for("coordinate.person", code=code, contributor_id=contributor_id))


@bp.post("/<code>/people/<uuid:contributor_id>/coordinate")
def make_coordinator(code: str, contributor_id: uuid.UUID) -> Response:
    """Make a person the coordinator of their return."""
    one = people.find(db.session, survey(code), contributor_id)
    if not one.coordinator:
        leaving.coordinate(db.session, one, now())
        audit.record(db.session, "coordination.passed_on", one, guards.person())
    name = one.person.name
    db.session.commit()
    flash(f"{name} coordinates the return now.")
    return redirect(url_for("coordinate.person", code=code, contributor_id=contributor_id))


@bp.get("/<code>/people/<uuid:contributor_id>/take-off")
def take_off(code: str, contributor_id: uuid.UUID) -> str:
    """Ask whether a person is really to leave the return, and who coordinates it then."""
    found = survey(code)
    return _ask(found, people.find(db.session, found, contributor_id), "")


@bp.post("/<code>/people/<uuid:contributor_id>/take-off")
def taken_off(code: str, contributor_id: uuid.UUID) -> Page:
    """Take a person off the return; their words and their history stay."""
    found, chosen = survey(code), request.form.get("coordinator", "")
    one = people.find(db.session, found, contributor_id)
    by_id = {str(other.id): other for other in _others(one)}
    if one.coordinator and chosen != NOBODY and chosen not in by_id:
        return _ask(found, one, CHOOSE), HTTPStatus.UNPROCESSABLE_ENTITY
    successor = by_id.get(chosen) if one.coordinator else None
    taken_back = corrections.take_off(db.session, one, successor, now())
    me = guards.person()
    audit.record(db.session, "colleague.left", one, me, sections=taken_back)
    if successor is not None:
        audit.record(db.session, "coordination.passed_on", successor, me)
    name, submission_id = one.person.name, one.submission_id
    db.session.commit()
    flash(f"{name} is off the return. What they wrote stays.")
    return redirect(url_for("coordinate.return", code=code, submission_id=submission_id))


def _saved(typed: Details, changed: Sequence[str], *, was_invited: bool) -> str:
    """Say what was saved, and that a new address needs a new invitation."""
    if "email" in changed and was_invited:
        return f"Saved. Nothing has been sent to {typed.email} yet: send a new link below."
    return "Saved." if changed else "Nothing has changed."


def _others(one: Contributor) -> list[Contributor]:
    """Return the colleagues of a person who are still here, by name."""
    here = (other for other in one.submission.contributors if other.left_at is None)
    return sorted((other for other in here if other is not one), key=lambda other: other.name)


def _person(found: Survey, one: Contributor, form: PersonForm) -> str:
    team = people.team(db.session, found, one.submission, now())
    part = next((part for part in team.parts if part.contributor is one), None)
    return show("person", found, "people", part=part or abort(HTTPStatus.NOT_FOUND), form=form)


def _ask(found: Survey, one: Contributor, problem: str) -> str:
    sections = [state for state in one.submission.sections if state.assigned_to_id == one.id]
    return show(
        "take_off",
        found,
        "people",
        one=one,
        others=_others(one),
        sections=sections,
        chosen=request.form.get("coordinator", ""),
        problem=problem,
    )
