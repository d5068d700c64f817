"""The frame of the consultant's workbench: the way between its rooms, and what all pages say."""

import datetime as dt
from http import HTTPStatus

from flask import abort, render_template
from sqlalchemy.exc import NoResultFound

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
    ("checking.overview", "Checks"),
    ("privacy.overview", "Privacy"),
    ("review.overview", "Review"),
    ("exchange.overview", "Exchange"),
)


def survey(code: str) -> Survey:
    """Return the survey in the address."""
    try:
        return gathering.get_survey(db.session, code)
    except NoResultFound:
        abort(HTTPStatus.NOT_FOUND)


def now() -> dt.datetime:
    """Return this moment."""
    return dt.datetime.now(dt.UTC)


def as_day(iso: str) -> dt.date:
    """Return the date that was typed, once it is known to be one."""
    return dt.date.fromisoformat(iso)


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
