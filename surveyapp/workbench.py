"""The frame of the consultant's workbench: the way between its rooms, and what all pages say."""

import datetime as dt

from flask import render_template

from surveyapp.derived import working
from surveyapp.extensions import db
from surveyapp.material import gathering
from surveyapp.models import Survey

# The way from room to room: the endpoint of each, and what it is called.
PAGES = (
    ("coding.overview", "Coding"),
    ("agreement.overview", "Agreement"),
    ("analysis.matrix", "Matrix"),
    ("findings.overview", "Findings"),
    ("review.overview", "Review"),
    ("checking.overview", "Checks"),
    ("privacy.overview", "Privacy"),
    ("exchange.overview", "Exchange"),
)


def survey(code: str) -> Survey:
    """Return the survey in the address."""
    return gathering.get_survey(db.session, code)


def now() -> dt.datetime:
    """Return this moment."""
    return dt.datetime.now(dt.UTC)


def show(template: str, survey: Survey, current: str, **shown: object) -> str:
    """Return a page of one survey's workbench.

    `current` is the endpoint of the room, as the way between them names it. The page says so where
    answers have changed since passages were derived; a page that is asked for every few seconds
    brings what it knows of that as `derived`.
    """
    known = shown.pop("derived", None)
    return render_template(
        template,
        survey=survey,
        rooms=PAGES,
        current=current,
        derived=known or working.standing(db.session, survey),
        **shown,
    )
