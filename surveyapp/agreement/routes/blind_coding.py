"""Coding a passage blind: by the command box, or by ticking themes."""

import uuid
from http import HTTPStatus
from typing import Final

from flask import abort, flash, get_flashed_messages, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import workbench
from surveyapp.agreement import blind
from surveyapp.agreement.routes.blind_room import bp, sample
from surveyapp.derived import commands
from surveyapp.derived.commands import Command
from surveyapp.derived.context import InContext
from surveyapp.errors import SurveyError
from surveyapp.extensions import db
from surveyapp.material import codebooks
from surveyapp.models import Sample

TICKS: Final = "ticks"


@bp.get("/<uuid:sample_id>/passages/<passage_key>")
def passage(sample_id: uuid.UUID, passage_key: str) -> str | Response:
    """Show a passage in its context, with the themes that the coder gave it."""
    found = sample(sample_id)
    if found.finished_at is not None:
        return redirect(url_for("blind.overview", sample_id=sample_id))
    return _page(found, _passage(found, passage_key))


@bp.post("/<uuid:sample_id>/passages/<passage_key>")
def code(sample_id: uuid.UUID, passage_key: str) -> Response | tuple[str, int]:
    """Do what was typed or ticked, and show the passage that follows from it."""
    found, by = sample(sample_id), _by()
    shown = _passage(found, passage_key)
    try:
        done = blind.obey(db.session, found, shown, _line(), workbench.now())
    except SurveyError as error:
        db.session.rollback()
        page = _page(found, _passage(found, passage_key), str(error))
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    db.session.commit()
    flash(done.said)
    if done.key is None:
        return redirect(url_for("blind.overview", sample_id=sample_id))
    return redirect(url_for("blind.passage", sample_id=sample_id, passage_key=done.key, by=by))


def _by() -> str | None:
    """Return how the coder codes: by ticking themes, or by typing."""
    return TICKS if request.values.get("by") == TICKS else None


def _line() -> tuple[Command, ...]:
    """Read what was typed; or what was ticked since the page was shown, and the button pressed."""
    then = request.form.get("then")
    if then is None:
        return commands.parse(request.form.get("command", ""))
    if then not in blind.LEADS:
        abort(HTTPStatus.BAD_REQUEST)
    if then == "undo":
        return commands.parse("u")
    seen = request.form.get("seen", "").split()
    return blind.ticked(seen, request.form.getlist("theme"), then)


def _passage(found: Sample, key: str) -> InContext:
    shown = blind.read(db.session, found, key)
    if shown is None:
        abort(HTTPStatus.NOT_FOUND)
    return shown


def _page(found: Sample, shown: InContext, problem: str = "") -> str:
    shares = blind.shares(db.session, found)
    given = [one.theme for one in shown.on_it]
    return render_template(
        "blind/passage.html",
        sample=found,
        survey=found.survey,
        passage=shown,
        is_finished=blind.is_finished(db.session, found, shown.passage),
        done=sum(one.done for one in shares),
        passages=sum(one.passages for one in shares),
        themes=codebooks.current(found.survey),
        ticked=request.form.getlist("theme") if "then" in request.form else given,
        by_ticks=_by() is not None,
        keys=blind.KEYS,
        typed=request.form.get("command", ""),
        problem=problem,
        said=" ".join(map(str, get_flashed_messages())),
    )
