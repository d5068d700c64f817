"""Coding brought from another program: sent, looked through behind the page, taken in."""

from http import HTTPStatus

from flask import Response as Data
from flask import current_app, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import guards, jobs, workbench
from surveyapp.exchange import bringing, brought, taking_in
from surveyapp.exchange.brought import FOUND, Brought
from surveyapp.exchange.routes.overview import page, shelf
from surveyapp.exchange.routes.room import bp, show
from surveyapp.exchange.taking_in import Found
from surveyapp.extensions import reads_first
from surveyapp.models import Survey
from synthesis import exchange
from synthesis.errors import InputError

SHOWN = 50
LONGEST_NAME = 100


@bp.post("/<code>/coding")
@reads_first
def send(code: str) -> tuple[str, int] | Response:
    """Take a project file, if it looks like one, and have it looked through."""
    found = workbench.survey(code)
    sent = request.files.get("project")
    content = sent.read(brought.LARGEST + 1) if sent else b""
    if not sent or not content:
        return _refused(found, "Choose a REFI-QDA project, a file that ends in .qdpx")
    if len(content) > brought.LARGEST:
        return _refused(found, "The file must be 50 MB or smaller. Export it without pictures.")
    try:
        exchange.check_project(content, bringing.NAME)
    except InputError as error:
        return _refused(found, f"{error.fault} {error.remedy}")
    name, person = (sent.filename or "")[-LONGEST_NAME:], guards.signed_in().id
    key = shelf(found).send(content, Brought(name=name, person=person, at=workbench.now()))
    return _worked_on(found, key)


@bp.get("/<code>/coding/<key>")
def compare(code: str, key: str) -> str:
    """Show how far a file is, what it would bring in and what has no place here."""
    return _page(workbench.survey(code), key)


@bp.get("/<code>/coding/<key>/progress")
def bringing_progress(code: str, key: str) -> Data:
    """Say how far a file is, for a page that asks by itself."""
    one = shelf(workbench.survey(code)).state(key)
    return jsonify(done=one.steps_done, of=one.steps, is_under_way=one.is_under_way)


@bp.post("/<code>/coding/<key>")
@reads_first
def take_in(code: str, key: str) -> tuple[str, int] | Response:
    """Have the codings of those who are ticked taken in, or what has failed tried again."""
    found = workbench.survey(code)
    kept = _found(found, key)
    ticked = set(request.form.getlist("coder"))
    wanted = tuple(
        one.by for place, one in enumerate(kept.coders if kept else ()) if str(place) in ticked
    )
    if kept and not wanted:
        problem = "Select whose codings you want to take in"
        return _page(found, key, problem), HTTPStatus.UNPROCESSABLE_ENTITY
    asked = {"person": guards.signed_in().id, "at": workbench.now(), "coders": wanted}
    shelf(found).go_on(key, "take", **asked)
    return _worked_on(found, key)


@bp.post("/<code>/coding/<key>/undo")
@reads_first
def take_back(code: str, key: str) -> Response:
    """Have everything that was taken in taken back."""
    found = workbench.survey(code)
    shelf(found).go_on(key, "undo", person=guards.signed_in().id, at=workbench.now())
    return _worked_on(found, key)


def _page(found: Survey, key: str, problem: str = "") -> str:
    one, kept = shelf(found).state(key), _found(found, key)
    return show("compare", found, key=key, one=one, brought=kept, shown=SHOWN, problem=problem)


def _found(found: Survey, key: str) -> Found | None:
    """Return what was found in a file, while it waits for somebody to say what is taken in."""
    one = shelf(found).state(key)
    if (one.task, one.stage) != ("look", "done"):
        return None
    return taking_in.STORED.validate_json(shelf(found).get(FOUND, key))


def _worked_on(found: Survey, key: str) -> Response:
    jobs.of(current_app).enqueue(bringing.JOB, found.id.hex, key)
    return redirect(url_for("exchange.compare", code=found.code, key=key), HTTPStatus.SEE_OTHER)


def _refused(found: Survey, problem: str) -> tuple[str, int]:
    return page(found, project=problem), HTTPStatus.UNPROCESSABLE_ENTITY
