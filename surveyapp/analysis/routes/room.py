"""The room's blueprint, its guard and what its pages share."""

from flask import Blueprint

from surveyapp import guards, workbench
from surveyapp.models import Survey

bp = Blueprint("analysis", __name__, url_prefix="/analysis", template_folder="../templates")
guards.staff_only(bp, "consultant", "administrator")


def show(view: str, survey: Survey, **shown: object) -> str:
    """Return a page of this room."""
    return workbench.show(f"analysis/{view}.html", survey, "analysis.matrix", **shown)
