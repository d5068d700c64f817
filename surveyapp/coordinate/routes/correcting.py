"""A survey's title, region and first day, put right until it is opened."""

import datetime as dt

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards
from surveyapp.coordinate.forms import AboutForm
from surveyapp.coordinate.routes.room import bp, show, survey
from surveyapp.extensions import db
from surveyapp.forms import DayFields
from surveyapp.models import Survey

Problems = dict[str, str]


@bp.get("/<code>/setup/about")
def about(code: str) -> str:
    """Show what a survey is called, and when it begins."""
    found = survey(code)
    first = found.opens_on
    parts = {"day": first.day, "month": first.month, "year": first.year}
    typed = {f"opens-{part}": str(number) for part, number in parts.items()}
    form = AboutForm(formdata=None, title=found.title, region=found.region)
    return _about(found, form, DayFields("opens", typed), {})


@bp.post("/<code>/setup/about")
def put_right(code: str) -> str | Response:
    """Keep what a survey is called and when it begins; once it has been opened, that stays."""
    found, form = survey(code), AboutForm()
    opens = DayFields("opens", request.form.to_dict())
    form.validate_on_submit()
    problems = {field: errors[0] for field, errors in form.errors.items()}
    problems |= _wrong(found, opens)
    if problems or found.opened_at:
        return _about(found, form, opens, problems)
    found.title, found.region = form.title.data or "", form.region.data or ""
    found.opens_on = dt.date.fromisoformat(opens.iso)
    audit.record(db.session, "survey.put_right", found, guards.person())
    db.session.commit()
    flash("The survey is put right.")
    return redirect(url_for("coordinate.setup", code=code))


def _wrong(found: Survey, opens: DayFields) -> Problems:
    if problem := opens.problem("first day"):
        return {"opens": problem}
    if opens.iso > found.closes_on.isoformat():
        return {"opens": "The first day must be on or before the last"}
    return {}


def _about(found: Survey, form: AboutForm, opens: DayFields, problems: Problems) -> str:
    return show("about", found, "setup", form=form, opens=opens, problems=problems)
