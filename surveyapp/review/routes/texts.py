"""The pages of standing texts: read, changed, and the outline's own put back."""

from http import HTTPStatus
from itertools import groupby

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import guards, workbench
from surveyapp.extensions import db
from surveyapp.models import Survey
from surveyapp.review import texts
from surveyapp.review.routes.room import bp, show
from surveyapp.review.texts import Draft, OvertakenError, Standing, UnfitTextError

Page = str | tuple[str, int] | Response


@bp.get("/<code>/texts")
def standing_texts(code: str) -> str:
    """Show every place in the review that takes standing text."""
    found = workbench.survey(code)
    standings = texts.standings(db.session, found)
    groups = [(name, tuple(some)) for name, some in groupby(standings, key=_group)]
    return show("texts", found, groups=groups)


@bp.get("/<code>/text")
def standing_text(code: str) -> str:
    """Show one text to change it, with its earlier versions."""
    found = workbench.survey(code)
    return _text(found, _find(found))


@bp.post("/<code>/text")
def change_text(code: str) -> Page:
    """Put a text in its place, or the outline's own back."""
    found = workbench.survey(code)
    one = _find(found)
    puts_back = request.form.get("act") == "put back"
    typed = "" if puts_back else request.form.get("text", "")
    seen = request.form.get("seen", "")
    if not puts_back and not typed.strip():
        problem = "Enter the text, or put the outline’s own back"
        return _text(found, one, typed, problem), HTTPStatus.UNPROCESSABLE_ENTITY
    draft = Draft(typed, int(seen) if seen.isdigit() else -1, guards.signed_in(), workbench.now())
    try:
        texts.save(db.session, found, one.place.place, draft)
    except OvertakenError as error:
        return _text(found, error.now, typed, theirs=error.now.text), HTTPStatus.CONFLICT
    except UnfitTextError as error:
        return _text(found, one, typed, str(error)), HTTPStatus.UNPROCESSABLE_ENTITY
    db.session.commit()
    what = "The outline’s own text is back" if puts_back else "The text is changed"
    flash(f"{what}: {one.place.title}. Build the review again to see it there.")
    return redirect(url_for("review.standing_texts", code=code))


def _group(one: Standing) -> str:
    return one.place.group


def _find(found: Survey) -> Standing:
    one = texts.find(db.session, found, request.values.get("place", ""))
    if one is None:
        abort(HTTPStatus.NOT_FOUND)
    return one


def _text(
    found: Survey, one: Standing, typed: str | None = None, problem: str = "", theirs: str = ""
) -> str:
    return show(
        "text",
        found,
        standing=one,
        typed=one.text if typed is None else typed,
        problem=problem,
        theirs=theirs,
        versions=texts.versions(db.session, found, one.place.place),
    )
