"""Many suggestions decided at once: a page of them looked at, ticked, and undone as one."""

from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards, jobs, workbench
from surveyapp.coding import bulk, queue, telling
from surveyapp.coding.bulk import Many, Turn, Wanted
from surveyapp.coding.queue import Way
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


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form: which passages are ticked, and what is chosen.

    `ticked` is None where nobody has sent the form yet: every passage is ticked then.
    """

    turn: Turn
    ticked: Collection[str] | None = None
    verdict: str = ""
    finishes: bool = False
    problem: str = ""


@bp.get("/<code>/suggestions/")
def suggestions(code: str) -> str:
    """Show a page of the open suggestions of one theme that are likely enough."""
    found = workbench.survey(code)
    return _page(found, Typed(_turn(found)))


@bp.post("/<code>/suggestions/")
def decide_many(code: str) -> Response | tuple[str, int]:
    """Accept or turn down what is ticked on the page that was shown, and nothing else."""
    found, way = workbench.survey(code), ways.asked_for()
    verdict = next((one for one in VERDICTS if one == request.form.get("verdict")), None)
    if verdict is None:
        return _refused(found, "Choose to accept them or to turn them down")
    form = request.form
    wanted = Wanted(
        way, _at_least(), verdict, set(form.getlist("ticked")), bool(form.get("finishes"))
    )
    try:
        return _do(found, wanted)
    except SurveyError as problem:
        return _refused(found, str(problem))


def _do(survey: Survey, wanted: Wanted) -> Response:
    hand, turn = Hand(guards.signed_in(), workbench.now()), _turn(survey)
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
    is_due = learning.comes_due(db.session, survey, act)
    code, survey_id = survey.code, str(survey.id)
    db.session.commit()
    if is_due:
        jobs.of(current_app).enqueue(learning.JOB, survey_id)
    flash(words)
    # What comes next stands where the page began that was decided on.
    return redirect(_here(code, wanted.way, **_kept(turn)))


def _refused(survey: Survey, problem: str) -> tuple[str, int]:
    form = request.form
    typed = Typed(
        _turn(survey),
        ticked=set(form.getlist("ticked")),
        verdict=form.get("verdict", ""),
        finishes=bool(form.get("finishes")),
        problem=problem,
    )
    return _page(survey, typed), HTTPStatus.UNPROCESSABLE_ENTITY


def _turn(survey: Survey) -> Turn:
    """Return which page is asked for; the one that the form was on, where it is sent."""
    before = queue.find(db.session, survey, request.args.get("before", ""))
    if before is not None:
        return Turn(before, is_back=True)
    return Turn(queue.find(db.session, survey, request.args.get("after", "")))


def _here(code: str, way: Way, after: str | None = None, before: str | None = None) -> str:
    page = {"at_least": _at_least(), "after": after, "before": before}
    return url_for("coding.suggestions", code=code, **(way.said() | page))


def _at_least() -> float:
    """Return the least score asked for, one of those there are to choose."""
    told = request.args.get("at_least", USUAL, float)
    return told if told in LEVELS else USUAL


def _page(survey: Survey, typed: Typed) -> str:
    way, themes = ways.asked_for(), codebooks.current(survey)
    found = bulk.look(db.session, survey, way, _at_least(), typed.turn) if way.theme else None
    keys = [one.key for one, _ in found.rows] if found else []
    last = acts.last(db.session, survey, guards.signed_in().id)
    return show(
        "suggestions",
        survey,
        way=way,
        typed=typed,
        found=found,
        at_least=_at_least(),
        levels=LEVELS,
        kinds=telling.by_kind(themes),
        themes=themes,
        choices=telling.choices(db.session, survey, themes),
        names=telling.names(db.session, [one for one, _ in found.rows] if found else ()),
        # What the form sends back is the page that begins as this one does.
        here=_here(survey.code, way, **_kept(typed.turn)),
        previous=_here(survey.code, way, before=keys[0]) if found and found.past else "",
        following=_here(survey.code, way, after=keys[-1]) if found and found.has_more else "",
        to_passage=lambda one: ways.to_passage(survey.code, one.key, way),
        undoable=last if last is not None and last.kind == "many" else None,
        undoable_in_words=telling.act_in_words(last, themes) if last else "",
    )


def _kept(turn: Turn) -> dict[str, str]:
    if turn.passage is None:
        return {}
    return {"before" if turn.is_back else "after": turn.passage.key}
