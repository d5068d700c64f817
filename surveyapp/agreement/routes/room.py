"""The room's blueprint, its guard and what its pages share."""

from flask import Blueprint

from surveyapp import guards, workbench
from surveyapp.models import Survey

bp = Blueprint("agreement", __name__, url_prefix="/agreement", template_folder="../templates")
guards.staff_only(bp, "consultant", "administrator")


def show(view: str, survey: Survey, **shown: object) -> str:
    """Return a page of this room."""
    return workbench.show(f"agreement/{view}.html", survey, "agreement.overview", **shown)
