"""The search over words, themes and attributes."""

from flask import request

from surveyapp import workbench
from surveyapp.analysis import composing, grid, query, ratings, searching, themes
from surveyapp.analysis.meaning import Known
from surveyapp.analysis.query import QueryError
from surveyapp.analysis.routes.room import bp, show
from surveyapp.extensions import db


@bp.get("/<code>/search/")
def search(code: str) -> str:
    """Show what a query finds; one that was put together from fields is shown as a query too."""
    survey = workbench.survey(code)
    fields = composing.Fields.of(request.args)
    text = request.args.get("q", "").strip() or composing.compose(fields)
    whole = request.args.get("within") != "passage"
    known = Known(
        survey=survey,
        book=themes.of(survey),
        authorities=grid.roster(db.session, survey),
        rated=lambda theme: ratings.read(db.session, survey, theme=theme),
        whole=whole,
    )
    page, error = None, None
    if text or "q" in request.args:
        try:
            page = searching.search(db.session, known, text, request.args.get("after", ""))
        except QueryError as refused:
            error = refused
    return show(
        "search",
        survey,
        text=text,
        fields=fields,
        page=page,
        starless=query.without_stars(text) if page else text,
        error=error,
        known=known,
        types=grid.types_of(known.authorities),
        scale=ratings.scale(survey),
        has_begun="after" in request.args,
        within=None if whole else "passage",
        example=searching.example(db.session, known),
    )
