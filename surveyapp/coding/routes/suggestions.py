"""Many suggestions decided at once: looked at first, some left out, and undone as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards, jobs, workbench
from surveyapp.coding import bulk, queue, telling
from surveyapp.coding.bulk import Many, Wanted
from surveyapp.coding.routes import way as ways
from surveyapp.coding.routes.room import bp, show
from surveyapp.derived import acts, learning
from surveyapp.derived.acts import Hand
from surveyapp.errors import SurveyError
from surveyapp.extensions import db
from surveyapp.material import codebooks
from surveyapp.models import Survey

LEVELS = (0.9, 0.8, 0.7, 0.6, 0.5, 0.0)
USUAL = 0.8
VERDICTS: Final[tuple[Many, ...]] = ("accept", "reject")
FIRST: Final = "first"


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form: who is left out, on this page or others, and what is chosen.

    `last` is the passage that the page shown begins after.
    """

    left_out: Sequence[str] = ()
    verdict: str = ""
    finishes: bool = False
    last: str = ""
    problem: str = ""


@bp.get("/<code>/suggestions/")
def suggestions(code: str) -> str:
    """Show the open suggestions of one theme that are likely enough."""
    return _page(workbench.survey(code), Typed(last=request.args.get("after", "")))


@bp.post("/<code>/suggestions/")
def decide_many(code: str) -> Response | str | tuple[str, int]:
    """Accept or turn down all that was shown and not left out; or show another page of it."""
    found, way, going = workbench.survey(code), ways.asked_for(), request.form.get("go", "")
    if going:
        return _page(found, _typed(last="" if going == FIRST else going))
    typed = _typed()
    verdict = next((one for one in VERDICTS if one == typed.verdict), None)
    if verdict is None:
        return _refused(found, "Choose to accept them or to turn them down")
    count = request.form.get("count", -1, int)
    wanted = Wanted(way, _at_least(), count, verdict, typed.left_out, typed.finishes)
    try:
        return _do(found, wanted)
    except SurveyError as problem:
        return _refused(found, str(problem))


def _do(survey: Survey, wanted: Wanted) -> Response:
    hand = Hand(guards.signed_in(), workbench.now())
    act = bulk.decide(db.session, survey, hand, wanted)
    finished = acts.finished(act) if act else 0
    audit.record(
        db.session,
        "coding.decided_many",
        survey,
        hand.coder,
        theme=wanted.way.theme,
        verdict=wanted.verdict,
        count=acts.how_many(act) if act else 0,
        finished=finished,
    )
    words = telling.act_in_words(act, codebooks.current(survey)) if act else ""
    is_due = learning.comes_due(db.session, survey, finished)
    code, survey_id = survey.code, str(survey.id)
    db.session.commit()
    if is_due:
        jobs.of(current_app).enqueue(learning.JOB, survey_id)
    flash(f"{words} You can undo this.")
    return redirect(url_for("coding.overview", code=code))


def _refused(survey: Survey, problem: str) -> tuple[str, int]:
    return _page(survey, _typed(problem=problem)), HTTPStatus.UNPROCESSABLE_ENTITY


def _typed(problem: str = "", last: str | None = None) -> Typed:
    """Return what was sent; what is unticked joins what was left out on other pages."""
    form = request.form
    ticked = set(form.getlist("ticked"))
    left_out = [*form.getlist("out"), *(key for key in form.getlist("here") if key not in ticked)]
    return Typed(
        left_out=tuple(dict.fromkeys(left_out)),
        verdict=form.get("verdict", ""),
        finishes=bool(form.get("finishes")),
        last=form.get("last", "") if last is None else last,
        problem=problem,
    )


def _at_least() -> float:
    """Return the least score asked for, one of those there are to choose."""
    told = request.args.get("at_least", USUAL, float)
    return told if told in LEVELS else USUAL


def _page(survey: Survey, typed: Typed) -> str:
    way, themes = ways.asked_for(), codebooks.current(survey)
    last = queue.find(db.session, survey, typed.last)
    found = bulk.look(db.session, survey, way, _at_least(), last) if way.theme else None
    rows = found.rows if found else ()
    shown = {one.key for one, _ in rows}
    return show(
        "suggestions",
        survey,
        way=way,
        typed=typed,
        elsewhere=[key for key in typed.left_out if key not in shown],
        found=found,
        most=bulk.MOST,
        at_least=_at_least(),
        levels=LEVELS,
        kinds=telling.by_kind(themes),
        themes=themes,
        choices=telling.choices(db.session, survey, themes),
        names=telling.names(db.session, [one for one, _ in rows]),
        here=url_for("coding.suggestions", code=survey.code, **way.said(), at_least=_at_least()),
        last=last.key if last else "",
        to_passage=lambda one: ways.to_passage(survey.code, one.key, way),
    )
