"""The room's blueprint, its guard and what its pages share."""

import uuid
from http import HTTPStatus

from flask import Blueprint, abort, request
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from surveyapp import guards, workbench
from surveyapp.extensions import db
from surveyapp.findings import drafting, writing
from surveyapp.findings.writing import Hand
from surveyapp.models import Finding, Survey
from synthesis.codebook import Theme

Page = str | tuple[str, int] | Response
bp = Blueprint("findings", __name__, url_prefix="/findings", template_folder="../templates")
guards.staff_only(bp, "consultant", "administrator")


def show(view: str, survey: Survey, **shown: object) -> str:
    """Return a page of this room."""
    return workbench.show(f"findings/{view}.html", survey, "findings.overview", **shown)


def hand() -> Hand:
    """Return who acts, and when."""
    return Hand(guards.signed_in(), workbench.now())


def find(survey: Survey, finding_id: uuid.UUID) -> Finding:
    """Return the finding in the address; there is no other survey's under it."""
    try:
        return writing.find(db.session, survey, finding_id)
    except NoResultFound:
        abort(HTTPStatus.NOT_FOUND)


def theme_of(survey: Survey, code: str) -> Theme:
    """Return the strand or outcome in the address."""
    theme = drafting.theme_of(survey, code)
    if theme is None:
        abort(HTTPStatus.NOT_FOUND)
    return theme


def page_number() -> int:
    """Return which page of a long list is asked for."""
    return max(1, request.values.get("page", 1, type=int))
