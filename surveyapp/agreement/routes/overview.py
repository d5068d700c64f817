"""The first page of this room."""

from surveyapp import workbench
from surveyapp.agreement.routes.room import bp, show


@bp.get("/<code>/")
def overview(code: str) -> str:
    """Show what there is to do here."""
    return show("overview", workbench.survey(code))
