"""Decisions on themes that have come to mean something else: kept or changed, one or many."""

import uuid
from http import HTTPStatus

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import guards, workbench
from surveyapp.coding.codebook import comparing, settling
from surveyapp.coding.routes.codebook import DONE, names
from surveyapp.coding.routes.room import bp, show
from surveyapp.extensions import db
from surveyapp.material import decided
from surveyapp.material.decided import Wanted
from surveyapp.models import Survey

LATER = "later"


@bp.get("/<code>/look-again/")
def look_again(code: str) -> str:
    """List the decisions that need a second look."""
    return _page(workbench.survey(code))


@bp.post("/<code>/look-again/")
def settle(code: str) -> str | tuple[str, int] | Response:
    """Keep or change what was chosen, or all on the page alike."""
    found = workbench.survey(code)
    choices = _choices()
    if choices is None:
        abort(HTTPStatus.BAD_REQUEST)
    if not choices:
        return _page(found, "Choose what to do with at least one"), HTTPStatus.UNPROCESSABLE_ENTITY
    count = settling.settle(db.session, found, choices, guards.signed_in(), workbench.now())
    db.session.commit()
    flash("1 decision is settled." if count == 1 else f"{count} decisions are settled.")
    asked = request.form.get("theme") or None, request.form.get("verdict") or None
    where = url_for("coding.look_again", code=code, theme=asked[0], verdict=asked[1])
    return redirect(where, HTTPStatus.SEE_OTHER)


def _choices() -> dict[uuid.UUID, str] | None:
    """Return what was chosen for each decision; one button chooses for all on the page."""
    shown, for_all = request.form.getlist("shown"), request.form.get("all", "")
    try:
        chosen = {uuid.UUID(one): for_all or request.form.get(f"choice-{one}") for one in shown}
    except ValueError:
        return None
    return {one: choice for one, choice in chosen.items() if choice and choice != LATER}


def _page(found: Survey, problem: str = "") -> str:
    wanted = Wanted(
        theme=request.values.get("theme", ""),
        turned_down=request.values.get("verdict") == "no",
        page=max(1, request.values.get("page", 1, type=int)),
    )
    looked = decided.look_again(db.session, found, wanted)
    return show(
        "look_again",
        found,
        looked=looked,
        compared=comparing.compare(db.session, found, looked.listed),
        done=DONE,
        wanted=wanted,
        more=looked.total > wanted.page * wanted.at_most,
        typed=request.form,
        names=names(found),
        problem=problem,
    )
