"""The framework matrix."""

from flask import request

from surveyapp import workbench
from surveyapp.analysis import grid, themes
from surveyapp.analysis.grid import Asked
from surveyapp.analysis.routes.room import bp, show
from surveyapp.extensions import db

ONLY = ("summaries", "stale")


@bp.get("/<code>/")
def matrix(code: str) -> str:
    """Show authorities by strands, or by outcomes, or by both."""
    survey = workbench.survey(code)
    book = themes.of(survey)
    kind = request.args.get("kind", "strand")
    kinds = themes.CHARTED if kind == "all" else (kind,)
    charted = themes.of_kinds(book, (one for one in kinds if one in themes.CHARTED))
    if not charted:
        kind, charted = "strand", themes.of_kinds(book, ("strand",))
    only = request.args.get("only", "")
    asked = Asked(
        theme=next((one.code for one in charted if one.code == request.args.get("theme")), ""),
        type=request.args.get("type", ""),
        only=only if only in ONLY else "",
    )
    return show(
        "matrix",
        survey,
        grid=grid.draw(db.session, survey, charted, asked),
        kind=kind,
        asked=asked,
        themes=themes.of_kinds(book, themes.CHARTED),
    )
