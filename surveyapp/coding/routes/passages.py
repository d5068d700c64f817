"""Passages: the list of them in an order, one of them in its context, and the way on."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import abort, current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import guards, jobs, workbench
from surveyapp.coding import deciding, memos, queue, telling, undoing
from surveyapp.coding.deciding import Done
from surveyapp.coding.queue import Way
from surveyapp.coding.routes import way as ways
from surveyapp.coding.routes.room import bp, show
from surveyapp.coding.sheet import Sheet
from surveyapp.coding.undoing import NotHereError
from surveyapp.derived import commands, context, learning, working
from surveyapp.derived.acts import Hand
from surveyapp.derived.commands import FINISH, KEYS, Command
from surveyapp.derived.context import InContext
from surveyapp.errors import SurveyError
from surveyapp.extensions import db
from surveyapp.material import codebooks
from surveyapp.models import CodingAct, Passage, Survey
from surveyapp.pages import moment

LEAVING = {"skip", "back", "undo"}
PUT_BACK = "You chose other words, and now the passage has its own again. Nothing else is undone."
# What moves the passage's ends, as links say it.
STEPS: tuple[tuple[context.Edge, context.Unit, int, str], ...] = (
    ("start", "word", -1, "Begin one word earlier"),
    ("start", "word", 1, "Begin one word later"),
    ("end", "word", -1, "End one word earlier"),
    ("end", "word", 1, "End one word later"),
    ("start", "sentence", -1, "Begin one sentence earlier"),
    ("end", "sentence", 1, "End one sentence later"),
)
NONE_LEFT = "No other passage is left on this way. Choose another order, or other passages."


@bp.get("/<code>/passages/")
def passages(code: str) -> str:
    """List passages in an order, a page at a time."""
    found, way = workbench.survey(code), ways.asked_for()
    last = queue.find(db.session, found, request.args.get("after", ""))
    rows, has_more = queue.page(db.session, found, way, last)
    themes = codebooks.current(found)
    return show(
        "passages",
        found,
        way=way,
        rows=rows,
        names=telling.names(db.session, rows),
        following=ways.to_list(code, way, rows[-1].key) if has_more else "",
        is_first=last is None,
        choices=telling.choices(db.session, found, themes),
        kinds=telling.by_kind(themes),
        orders=queue.ORDERS,
        in_doubt=queue.IN_DOUBT,
        first=ways.to_list(code, way),
        to_passage=lambda one: ways.to_passage(code, one.key, way),
    )


@bp.get("/<code>/next")
def following(code: str) -> Response:
    """Lead to the passage that comes next on a way: after one, or the first."""
    found, way = workbench.survey(code), ways.asked_for()
    here = queue.find(db.session, found, request.args.get("from", ""))
    return _lead(code, way, queue.after(db.session, found, way, here))


@bp.get("/<code>/previous")
def previous(code: str) -> Response:
    """Lead to the passage that came before one on a way."""
    found, way = workbench.survey(code), ways.asked_for()
    here = queue.find(db.session, found, request.args.get("from", ""))
    if here is None:
        abort(HTTPStatus.NOT_FOUND)
    return _lead(code, way, queue.before(db.session, found, way, here) or here)


@bp.get("/<code>/passages/<passage_key>/")
def passage(code: str, passage_key: str) -> str:
    """Show one passage in its context, ready to be coded."""
    found = workbench.survey(code)
    shown = _shown(found, passage_key, request.args)
    return _page(found, shown, said=ways.said())


@bp.post("/<code>/passages/<passage_key>/")
def decide(code: str, passage_key: str) -> Response | tuple[str, int]:
    """Do what a coder typed or pressed, and lead on."""
    found = workbench.survey(code)
    shown = _shown(found, passage_key, request.form)
    line = request.form.get("command", "")
    try:
        return _do(found, shown, _told(line, request.form.get("then", "")))
    except NotHereError as elsewhere:
        told = _page(found, shown, typed=line, **_elsewhere(found, elsewhere))
        return told, HTTPStatus.UNPROCESSABLE_ENTITY
    except SurveyError as problem:
        told = _page(found, shown, typed=line, problem=str(problem))
        return told, HTTPStatus.UNPROCESSABLE_ENTITY


@bp.get("/<code>/passages/<passage_key>/words")
def words(code: str, passage_key: str) -> str | Response:
    """Choose the first and the last word of a passage from the response's words."""
    found, way = workbench.survey(code), ways.asked_for()
    shown = _shown(found, passage_key, request.args)
    listed = context.words(shown.response.text)
    first, last = (request.args.get(name, -1, int) for name in ("first", "last"))
    if 0 <= first <= last < len(listed):
        chosen = (listed[first][0], listed[last][1])
        return redirect(ways.to_passage(code, passage_key, way, chosen))
    chose_badly = first >= 0 and last >= 0
    return show("words", found, shown=shown, way=way, words=listed, chose_badly=chose_badly)


def _shown(survey: Survey, key: str, told: Mapping[str, str]) -> InContext:
    """Return the passage in the address, with the words that were chosen, if any were."""
    found = context.read(db.session, survey, key)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    start, end = told.get("start", ""), told.get("end", "")
    if start.isascii() and start.isdigit() and end.isascii() and end.isdigit():
        return found.taking(int(start[:9]), int(end[:9]))
    return found


def _page(survey: Survey, shown: InContext, **told: str) -> str:
    """Show a passage with what is told: `said` and `problem`, `typed`, and `leads_to` of a link."""
    way = ways.asked_for()
    done, count = queue.how_far(db.session, survey, way)
    return show(
        "passage",
        survey,
        # A coder is here every few seconds; the other pages look whether answers have changed.
        derived=working.standing(db.session, survey, looks=False),
        shown=shown,
        way=way,
        told=told,
        done=done,
        count=count,
        keys=KEYS,
        steps=STEPS,
        here=ways.to_passage(survey.code, shown.passage.key, way),
        # Where the same page is, with the words that were chosen.
        chosen=ways.to_passage(survey.code, shown.passage.key, way, _words(shown)),
        moved=lambda edge, by, unit: _moved(survey, shown, way, (edge, by, unit)),
        to_passage=lambda one: ways.to_passage(survey.code, one.key, way),
        kinds=telling.by_kind(codebooks.current(survey)),
        memos=memos.about(db.session, survey, memos.Subject("passage", shown.passage.key)),
    )


def _elsewhere(survey: Survey, problem: NotHereError) -> Mapping[str, str]:
    """Say what was done last, and where it can be undone."""
    last = problem.last
    if isinstance(last, CodingAct):
        words = telling.act_in_words(last, codebooks.current(survey)).removesuffix(".")
        return {
            "problem": f"{problem} {words}, {moment(last.at)}.",
            "leads_to": url_for("coding.overview", code=survey.code, _anchor="undo"),
            "link": "Go to where you can undo it",
        }
    return {
        "problem": f"{problem} You kept a memo on another one.",
        "leads_to": url_for("coding.memo", code=survey.code, memo_id=last.id),
        "link": "Go to the memo, where you can remove it",
    }


def _moved(
    survey: Survey, shown: InContext, way: Way, step: tuple[context.Edge, int, context.Unit]
) -> str:
    """Return where a step of a word or a sentence leads; nowhere at the end of the text."""
    there = shown.moving(*step)
    if (there.start, there.end) == (shown.start, shown.end):
        return ""
    return ways.to_passage(survey.code, shown.passage.key, way, _words(there))


def _words(shown: InContext) -> tuple[int, int] | None:
    """Return the words that are chosen, where they are others than the passage's own."""
    return (shown.start, shown.end) if shown.is_moved else None


def _told(line: str, then: str) -> Sequence[Command]:
    """Return what was typed; a button beside the box finishes after it, or undoes instead."""
    if then == "undo":
        return (Command("undo"),)
    told = commands.parse(line)
    if then == "finish" and told[-1].kind not in {FINISH, *LEAVING}:
        return (*told, Command(FINISH))
    return told


def _do(survey: Survey, shown: InContext, told: Sequence[Command]) -> Response:
    code, way = survey.code, ways.asked_for()
    hand = Hand(guards.signed_in(), workbench.now())
    doing = [one for one in told if one.kind not in LEAVING]
    leaving = told[-1].kind
    sheet = _lay_out(survey, hand, shown)
    done = deciding.carry_out(db.session, survey, hand, sheet, doing)
    if leaving == "undo" and done.words is not None:
        # What a coder did last was to choose other words, which is kept in the address alone.
        ways.say(PUT_BACK)
        return redirect(ways.to_passage(code, shown.passage.key, way))
    if leaving == "undo":
        return _undo(survey, hand, way, shown.passage)
    if not done.is_finished and leaving not in LEAVING:
        there = ways.to_passage(code, done.key, way, done.words)
        ways.say(done.said)
        _keep(survey, done)
        return redirect(there)
    return _leave(survey, shown.passage, leaving, done)


def _leave(survey: Survey, passage: Passage, leaving: str, done: Done) -> Response:
    """Go on to the next passage, or back to the one before."""
    way = ways.asked_for()
    there: Passage | None
    if leaving == "back":
        there = queue.before(db.session, survey, way, passage) or passage
    else:
        there = queue.after(db.session, survey, way, passage)
    said = f"Finished the passage before. {done.said}" if done.is_finished else done.said
    answer = _lead(survey.code, way, there, said.strip())
    _keep(survey, done)
    return answer


def _keep(survey: Survey, done: Done) -> None:
    """Keep what was done, and have the suggestions learn from it now and then."""
    is_due = learning.comes_due(db.session, survey, done.act)
    survey_id = str(survey.id)
    db.session.commit()
    if is_due:
        jobs.of(current_app).enqueue(learning.JOB, survey_id)


def _lay_out(survey: Survey, hand: Hand, shown: InContext) -> Sheet:
    seen = request.form.get("seen", "").split()
    return deciding.lay_out(db.session, survey, hand.coder.id, shown, seen)


def _undo(survey: Survey, hand: Hand, way: Way, passage: Passage) -> Response:
    undone = undoing.undo(db.session, survey, hand, way, passage)
    said = [telling.act_in_words(undone.act, codebooks.current(survey))] if undone.act else []
    said += ["Memo kept."] if undone.memo else []
    words = f"Undone: {' '.join(said)}"
    there = queue.find(db.session, survey, undone.key)
    if there is not None:
        answer = _lead(survey.code, way, there, words)
    else:
        flash(words)
        answer = redirect(url_for("coding.overview", code=survey.code))
    db.session.commit()
    return answer


def _lead(code: str, way: Way, there: Passage | None, said: str = "") -> Response:
    """Lead to a passage, where what was done is said; or to the overview, which says it too."""
    if there is None:
        flash(" ".join(filter(None, (said, NONE_LEFT))))
        return redirect(url_for("coding.overview", code=code))
    if said:
        ways.say(said)
    return redirect(ways.to_passage(code, there.key, way))
