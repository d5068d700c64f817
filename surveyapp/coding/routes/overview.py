"""The first page of this room."""

from flask import current_app, redirect, url_for
from werkzeug.wrappers import Response

from surveyapp import jobs, workbench
from surveyapp.coding.routes.room import bp, show
from surveyapp.derived import working
from surveyapp.extensions import db


@bp.get("/<code>/")
def overview(code: str) -> str:
    """Show what there is to do here."""
    return show("overview", workbench.survey(code))


@bp.post("/<code>/derive")
def derive(code: str) -> Response:
    """Read what authorities said into passages again."""
    found = workbench.survey(code)
    working.ask(db.session, found, workbench.now())
    db.session.commit()
    jobs.of(current_app).enqueue(working.JOB, str(found.id))
    return redirect(url_for("coding.overview", code=code))
