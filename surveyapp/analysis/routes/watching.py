"""Ratings drawn strand by strand, and one authority's questionnaire beside its interview."""

from http import HTTPStatus

from flask import abort

from surveyapp import workbench
from surveyapp.analysis import grid, ratings, sides, themes
from surveyapp.analysis.routes.room import bp, show
from surveyapp.extensions import db


@bp.get("/<code>/ratings/")
def ratings_drawn(code: str) -> str:
    """Show how authorities rated themselves on each strand, with the base of each count."""
    survey = workbench.survey(code)
    listed = grid.roster(db.session, survey)
    return show(
        "ratings",
        survey,
        bars=ratings.bars(survey, ratings.read(db.session, survey)),
        book=themes.of(survey),
        scale=ratings.scale(survey),
        unrated=ratings.UNRATED,
        names={one.code: one.name for one in listed},
    )


@bp.get("/<code>/beside/<authority_code>/")
def beside(code: str, authority_code: str) -> str:
    """Show what one authority wrote beside what it said, and where they differ."""
    survey = workbench.survey(code)
    found = sides.side_by_side(db.session, survey, authority_code)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return show(
        "beside",
        survey,
        sides=found,
        rules=sides.RULES,
        flags=sides.FLAGS,
        authorities=grid.roster(db.session, survey),
    )
