"""The consultant's room: its blueprint, its guard and what its pages share."""

import datetime as dt

from flask import Blueprint, current_app, render_template, request

from surveyapp import guards
from surveyapp.config import Settings
from surveyapp.coordinate import running
from surveyapp.coordinate.nextsteps import ENGLAND
from surveyapp.extensions import db
from surveyapp.models import Survey
from surveyapp.pages import today_in

bp = Blueprint("coordinate", __name__, url_prefix="/staff", template_folder="../templates")
guards.staff_only(bp, "consultant", "administrator")
PAGES = (
    ("tracker", "Tracker"),
    ("answers", "Answers"),
    ("people", "People"),
    ("authorities", "Authorities"),
    ("setup", "Survey"),
    ("mail_log", "Mail"),
    ("exports_page", "Export"),
    ("trail", "Audit trail"),
)


def survey(code: str) -> Survey:
    """Return the survey in the address."""
    return running.find(db.session, code)


def now() -> dt.datetime:
    """Return this moment."""
    return dt.datetime.now(dt.UTC)


def today(survey: Survey | None = None) -> dt.date:
    """Return the day it is in England; an example's time stands still at its last day."""
    return today_in(survey, now()) if survey else now().astimezone(ENGLAND).date()


def settings() -> Settings:
    """Return how this copy of the service is set up."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def page_number() -> int:
    """Return which page of a long list is asked for."""
    return max(1, request.args.get("page", 1, type=int))


def show(view: str, survey: Survey, current: str, **shown: object) -> str:
    """Return a page of one survey, with the way to the others above it."""
    return render_template(
        f"coordinate/{view}.html",
        survey=survey,
        pages=PAGES,
        current=current,
        **shown,
    )
