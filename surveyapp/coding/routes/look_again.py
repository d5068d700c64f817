"""Decisions on themes that have come to mean something else: kept or changed, one or many."""

import uuid
from collections import Counter
from collections.abc import Mapping
from http import HTTPStatus

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import guards, workbench
from surveyapp.coding import telling
from surveyapp.coding.codebook import comparing, settling
from surveyapp.coding.routes.codebook import DONE, names
from surveyapp.coding.routes.room import bp, show
from surveyapp.extensions import db
from surveyapp.material import codebooks, decided
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
    form = request.form
    if form.get("change"):
        return _page(found)
    choices = _choices()
    if choices is None:
        abort(HTTPStatus.BAD_REQUEST)
    if not choices:
        return _page(found, "Choose what to do with at least one"), HTTPStatus.UNPROCESSABLE_ENTITY
    if form.get("all") and not form.get("sure"):
        return _sure(found, choices)
    act = settling.settle(db.session, found, choices, guards.signed_in(), workbench.now())
    said = telling.act_in_words(act, codebooks.current(found)) if act else "Nothing is changed."
    db.session.commit()
    flash(f"{said} You can undo this on the page “Coding”." if act else said)
    asked = form.get("theme") or None, form.get("verdict") or None
    where = url_for("coding.look_again", code=code, theme=asked[0], verdict=asked[1])
    return redirect(where, HTTPStatus.SEE_OTHER)


def _sure(found: Survey, choices: Mapping[uuid.UUID, str]) -> str | Response:
    """Ask before all on a page are settled alike: whatever was chosen one by one counts no more."""
    rows = settling.standing(db.session, found, choices)
    if not rows:
        return redirect(url_for("coding.look_again", code=found.code), HTTPStatus.SEE_OTHER)
    for_all, form = request.form["all"], request.form
    chosen = [form.get(f"choice-{one.id.hex}", LATER) for one in rows]
    return show(
        "look_again_sure",
        found,
        counts=Counter(one.theme for one in rows),
        rows=rows,
        typed=form,
        turned_down=form.get("verdict") == "no",
        takes_off=for_all == settling.TAKE_OFF,
        otherwise=sum(one not in (LATER, for_all) for one in chosen),
        names=names(found),
    )


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
