"""Coding brought from another program: sent, looked at, taken in."""

from http import HTTPStatus
from pathlib import Path

from flask import abort, current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import files, guards, workbench
from surveyapp.config import Settings
from surveyapp.exchange import taking_in
from surveyapp.exchange.routes.overview import page
from surveyapp.exchange.routes.room import bp, show
from surveyapp.extensions import db
from surveyapp.models import Survey
from surveyapp.pages import counted
from synthesis.errors import InputError

NAME = "The file"
SHOWN = 50


@bp.post("/<code>/coding")
def send(code: str) -> tuple[str, int] | Response:
    """Take a project file, if it can be read, and show what it holds."""
    found = workbench.survey(code)
    sent = request.files.get("project")
    content = sent.read(taking_in.LARGEST + 1) if sent else b""
    if not content:
        return _refused(found, "Choose a REFI-QDA project, a file that ends in .qdpx")
    if len(content) > taking_in.LARGEST:
        return _refused(found, "The file must be 50 MB or smaller. Export it without pictures.")
    try:
        taking_in.look(db.session, found, content, NAME)
    except InputError as error:
        return _refused(found, f"{error.fault} {error.remedy}")
    key = files.put(_folder(found), content, largest=taking_in.LARGEST)
    return redirect(url_for("exchange.compare", code=code, key=key), HTTPStatus.SEE_OTHER)


@bp.get("/<code>/coding/<key>")
def compare(code: str, key: str) -> str:
    """Show what a file would bring in, and what has no place here."""
    found = workbench.survey(code)
    brought = taking_in.look(db.session, found, _kept(found, key), NAME)
    return show("compare", found, key=key, brought=brought, shown=SHOWN)


@bp.post("/<code>/coding/<key>")
def take_in(code: str, key: str) -> Response:
    """Make decisions of the codings that are new here."""
    found = workbench.survey(code)
    brought = taking_in.look(db.session, found, _kept(found, key), NAME)
    taking_in.take_in(db.session, found, brought, guards.signed_in(), workbench.now())
    db.session.commit()
    files.delete(_folder(found), key)
    flash(f"{counted(len(brought.new), 'decision is', 'decisions are')} taken in.")
    return redirect(url_for("exchange.overview", code=code))


def _refused(found: Survey, problem: str) -> tuple[str, int]:
    return page(found, project=problem), HTTPStatus.UNPROCESSABLE_ENTITY


def _kept(found: Survey, key: str) -> bytes:
    content = files.get(_folder(found), key)
    return abort(HTTPStatus.NOT_FOUND) if content is None else content


def _folder(found: Survey) -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.instance / "brought" / found.id.hex
