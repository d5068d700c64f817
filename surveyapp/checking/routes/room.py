"""The room's blueprint, its guard and what its pages share."""

from pathlib import Path

from flask import Blueprint, current_app

from surveyapp import guards, workbench
from surveyapp.built import FOLDER
from surveyapp.checking.sending import Sender
from surveyapp.config import Settings
from surveyapp.models import Survey

bp = Blueprint("checking", __name__, url_prefix="/checking", template_folder="../templates")
guards.staff_only(bp, "consultant", "administrator")


def show(view: str, survey: Survey, **shown: object) -> str:
    """Return a page of this room."""
    return workbench.show(f"checking/{view}.html", survey, "checking.overview", **shown)


def settings() -> Settings:
    """Return how this copy of the service is set up."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def folder() -> Path:
    """Return where builds are kept."""
    return settings().instance / FOLDER


def sender() -> Sender:
    """Return who sends, and when."""
    return Sender(guards.signed_in(), workbench.now(), settings())
