"""The first page of this room: the review as it is, building it anew, and the builds there were."""

from flask import current_app, redirect, url_for
from werkzeug.wrappers import Response

from surveyapp import built, guards, jobs, workbench
from surveyapp.extensions import db
from surveyapp.material import concluded
from surveyapp.review import builds, pdf
from surveyapp.review.routes.room import bp, show

MOST_UNREADY = 20


@bp.get("/<code>/")
def overview(code: str) -> str:
    """Show the builds of the review, and let a new one be asked for."""
    found = workbench.survey(code)
    return show(
        "overview",
        found,
        builds=builds.lately(db.session, found),
        signed_off=built.signed_off(db.session, found),
        unready=concluded.unready(db.session, found),
        most_unready=MOST_UNREADY,
        has_pdf=bool(pdf.program()),
    )


@bp.post("/<code>/builds")
def ask(code: str) -> Response:
    """Ask for a build; a second press finds the first."""
    found = workbench.survey(code)
    one = builds.ask(db.session, found, guards.signed_in(), workbench.now())
    build_id = one.id
    db.session.commit()
    jobs.of(current_app).enqueue(builds.JOB, str(build_id))
    return redirect(url_for("review.build", code=code, build_id=build_id))
