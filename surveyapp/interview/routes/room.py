"""The interviewer's room: its blueprint, its guard and what its pages share."""

import datetime as dt
import uuid

from flask import Blueprint, current_app, render_template

from surveyapp import guards
from surveyapp.config import Settings
from surveyapp.models import Interview

bp = Blueprint("interview", __name__, url_prefix="/interviews", template_folder="../templates")
guards.staff_only(bp)
# What can be done about one interview, in the order of its life.
PAGES = (
    ("show", "Interview"),
    ("brief", "Brief"),
    ("live", "Take notes"),
    ("bring_in", "Bring in notes"),
    ("tidy", "Tidy the notes"),
    ("record", "Record"),
)


def find(interview_id: uuid.UUID) -> Interview:
    """Return the interview in the address, for whoever holds, types or oversees it."""
    return guards.interview(interview_id)


def now() -> dt.datetime:
    """Return this moment."""
    return dt.datetime.now(dt.UTC)


def settings() -> Settings:
    """Return how this copy of the service is set up."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def show(view: str, interview: Interview, current: str, **shown: object) -> str:
    """Return a page of one interview, with the way to the others above it."""
    return render_template(
        f"interview/{view}.html", interview=interview, pages=PAGES, current=current, **shown
    )
