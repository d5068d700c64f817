"""The first page of this room: how far the coding is, and where to begin."""

from http import HTTPStatus
from typing import Final

from flask import current_app, flash, jsonify, redirect, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards, jobs, workbench
from surveyapp.coding import memos, progress, telling
from surveyapp.coding.queue import IN_DOUBT, ORDERS
from surveyapp.coding.routes.room import bp, show
from surveyapp.derived import acts, learning, working
from surveyapp.derived.acts import Hand
from surveyapp.errors import SurveyError
from surveyapp.extensions import db
from surveyapp.material import codebooks, decided
from surveyapp.models import Survey

UP_TO_DATE: Final = (
    "Passages and suggestions are up to date now. Load this page again to see them as they are."
)
FAILED: Final = (
    "Passages and suggestions could not be brought up to date. Load this page again to see what to "
    "do."
)


@bp.get("/<code>/")
def overview(code: str) -> str:
    """Show how far the coding is, and where to go on."""
    return _page(workbench.survey(code))


def _page(found: Survey, problem: str = "") -> str:
    themes = codebooks.current(found)
    stands = progress.progress(db.session, found, {one.code: one.name for one in themes})
    last = acts.last(db.session, found, guards.signed_in().id)
    return show(
        "overview",
        found,
        problem=problem,
        progress=stands,
        busiest=max(stands.suggestions, key=lambda one: stands.suggestions[one], default=""),
        orders=ORDERS,
        in_doubt=IN_DOUBT,
        last=last,
        last_in_words=telling.act_in_words(last, themes).removesuffix(".") if last else "",
        panel=learning.panel(db.session, found),
        to_look_at=decided.look_again(db.session, found, decided.Wanted(at_most=0)).total,
        memos=memos.count(db.session, found),
    )


@bp.post("/<code>/derive")
def derive(code: str) -> Response:
    """Read what authorities said into passages again."""
    found = workbench.survey(code)
    working.ask(db.session, found, workbench.now())
    db.session.commit()
    jobs.of(current_app).enqueue(working.JOB, str(found.id))
    return redirect(url_for("coding.overview", code=code))


@bp.get("/<code>/deriving")
def deriving(code: str) -> Response:
    """Say how far passages are brought up to date, for a page that asks by itself."""
    stands = working.standing(db.session, workbench.survey(code), looks=False)
    if stands.is_under_way:
        said = f"{stands.said()} You can go on meanwhile."
    else:
        said = FAILED if stands.has_failed else UP_TO_DATE
    return jsonify(said=said, is_under_way=stands.is_under_way)


@bp.post("/<code>/undo")
def undo(code: str) -> Response | tuple[str, int]:
    """Undo the last act of the person signed in; where that cannot be, say why."""
    found = workbench.survey(code)
    hand, survey_id = Hand(guards.signed_in(), workbench.now()), str(found.id)
    try:
        act = acts.undo(db.session, found, hand)
    except SurveyError as problem:
        return _page(found, str(problem)), HTTPStatus.CONFLICT
    if act.kind == "many":
        count = acts.how_many(act)
        audit.record(db.session, "coding.undone_many", found, hand.coder, count=count)
    words = telling.act_in_words(act, codebooks.current(found))
    is_due = learning.due(db.session, found)
    db.session.commit()
    if is_due:
        jobs.of(current_app).enqueue(learning.JOB, survey_id)
    flash(f"Undone: {words}")
    return redirect(url_for("coding.overview", code=code))
