"""Coding a passage blind, by the command box."""

import uuid
from http import HTTPStatus

from flask import abort, flash, get_flashed_messages, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import workbench
from surveyapp.agreement import blind
from surveyapp.agreement.routes.blind_room import bp, sample
from surveyapp.derived import commands
from surveyapp.derived.context import InContext
from surveyapp.errors import SurveyError
from surveyapp.extensions import db
from surveyapp.material import codebooks
from surveyapp.models import Sample


@bp.get("/<uuid:sample_id>/passages/<passage_key>")
def passage(sample_id: uuid.UUID, passage_key: str) -> str | Response:
    """Show a passage in its context, with the themes that the coder gave it."""
    found = sample(sample_id)
    if found.finished_at is not None:
        return redirect(url_for("blind.overview", sample_id=sample_id))
    return _page(found, _passage(found, passage_key))


@bp.post("/<uuid:sample_id>/passages/<passage_key>")
def code(sample_id: uuid.UUID, passage_key: str) -> Response | tuple[str, int]:
    """Do what was typed, and show the passage that follows from it."""
    found, typed = sample(sample_id), request.form.get("command", "")
    shown = _passage(found, passage_key)
    try:
        line = commands.parse(typed)
        done = blind.obey(db.session, found, shown, line, workbench.now())
    except SurveyError as error:
        db.session.rollback()
        page = _page(found, _passage(found, passage_key), typed, str(error))
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    db.session.commit()
    flash(done.said)
    if done.key is None:
        return redirect(url_for("blind.overview", sample_id=sample_id))
    return redirect(url_for("blind.passage", sample_id=sample_id, passage_key=done.key))


def _passage(found: Sample, key: str) -> InContext:
    shown = blind.read(db.session, found, key)
    if shown is None:
        abort(HTTPStatus.NOT_FOUND)
    return shown


def _page(found: Sample, shown: InContext, typed: str = "", problem: str = "") -> str:
    shares = blind.shares(db.session, found)
    return render_template(
        "blind/passage.html",
        sample=found,
        survey=found.survey,
        passage=shown,
        is_finished=blind.is_finished(db.session, found, shown.passage),
        done=sum(one.done for one in shares),
        passages=sum(one.passages for one in shares),
        themes=codebooks.current(found.survey),
        keys=blind.KEYS,
        typed=typed,
        problem=problem,
        said=" ".join(map(str, get_flashed_messages())),
    )
