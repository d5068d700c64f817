"""The room's blueprint, its guard and what its pages share."""

import uuid
from http import HTTPStatus

from flask import Blueprint, abort, current_app

from surveyapp import guards, workbench
from surveyapp.config import Settings
from surveyapp.extensions import db
from surveyapp.models import Sample, Survey

bp = Blueprint("agreement", __name__, url_prefix="/agreement", template_folder="../templates")
guards.staff_only(bp, "consultant", "administrator")


def show(view: str, survey: Survey, **shown: object) -> str:
    """Return a page of this room."""
    return workbench.show(f"agreement/{view}.html", survey, "agreement.overview", **shown)


def settings() -> Settings:
    """Return how this copy of the service is set up."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def sample(code: str, sample_id: uuid.UUID) -> Sample:
    """Return a sample of the survey in the address."""
    found = db.session.get(Sample, sample_id)
    if found is None or found.survey_id != workbench.survey(code).id:
        abort(HTTPStatus.NOT_FOUND)
    return found
