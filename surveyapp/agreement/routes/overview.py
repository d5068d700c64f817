"""The first page of this room: the samples, and what the latest says."""

from surveyapp import workbench
from surveyapp.agreement import comparing, samples
from surveyapp.agreement.routes.room import bp, show
from surveyapp.extensions import db
from surveyapp.material import agreed


@bp.get("/<code>/")
def overview(code: str) -> str:
    """Show the samples of a survey, and how far coders agreed in the one finished last."""
    survey = workbench.survey(code)
    there = samples.standings(db.session, survey)
    compared = [one for one in there if one.state == "Compared"]
    finished = sorted(compared, key=lambda one: one.sample.finished_at or one.sample.drawn_at)
    latest = finished[-1] if finished else None
    found = agreed.comparison(db.session, latest.sample) if latest else None
    return show(
        "overview",
        survey,
        standings=there,
        latest=latest,
        pooled=comparing.beside(found)[0] if found else None,
    )
