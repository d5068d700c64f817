"""The room's blueprint, its guard and what its pages share."""

from flask import Blueprint, current_app, url_for

from surveyapp import guards, workbench
from surveyapp.models import Survey

bp = Blueprint("analysis", __name__, url_prefix="/analysis", template_folder="../templates")
guards.staff_only(bp, "consultant", "administrator")
CODING = "coding.passage"


def show(view: str, survey: Survey, **shown: object) -> str:
    """Return a page of this room."""
    pages = {"view": view, "passage_address": passage_address}
    return workbench.show(f"analysis/{view}.html", survey, "analysis.matrix", **pages, **shown)


def passage_address(code: str, key: str) -> str:
    """Return the page on which a passage is coded; empty while there is no such page."""
    if CODING not in current_app.view_functions:
        return ""
    return url_for(CODING, code=code, passage_key=key)
