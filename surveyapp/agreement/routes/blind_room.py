"""The blind coder's room: only the coder of a sample may look into it."""

import uuid
from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import guards, workbench
from surveyapp.agreement import blind, drawing, telling
from surveyapp.agreement.routes.room import settings
from surveyapp.errors import SurveyError
from surveyapp.extensions import db
from surveyapp.models import Sample

bp = Blueprint("blind", __name__, url_prefix="/blind", template_folder="../templates")
guards.staff_only(bp)


def sample(sample_id: uuid.UUID) -> Sample:
    """Return the sample in the address, to its coder and to nobody else."""
    found = blind.find(db.session, sample_id)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    if found.coder_id != guards.signed_in().id:
        abort(HTTPStatus.FORBIDDEN)
    return found


@bp.get("/<uuid:sample_id>/")
def overview(sample_id: uuid.UUID) -> str:
    """Say what there is to do, and how far it is."""
    return _overview(sample(sample_id))


@bp.get("/<uuid:sample_id>/next")
def go_on(sample_id: uuid.UUID) -> Response:
    """Lead to the next passage to code."""
    key = blind.next_open(db.session, sample(sample_id))
    if key is None:
        return redirect(url_for("blind.overview", sample_id=sample_id))
    by = request.args.get("by")
    return redirect(url_for("blind.passage", sample_id=sample_id, passage_key=key, by=by))


@bp.post("/<uuid:sample_id>/finish")
def finish(sample_id: uuid.UUID) -> Response | tuple[str, int]:
    """Close the sample, so that it can be compared."""
    found = sample(sample_id)
    try:
        blind.finish(db.session, found, workbench.now())
        telling.tell_finished(db.session, found, settings())
    except SurveyError as error:
        db.session.rollback()
        return _overview(sample(sample_id), str(error)), HTTPStatus.UNPROCESSABLE_ENTITY
    db.session.commit()
    flash("You have finished this sample. Thank you.")
    return redirect(url_for("blind.overview", sample_id=sample_id))


def _overview(found: Sample, problem: str = "") -> str:
    shares = blind.shares(db.session, found)
    passages, done = sum(one.passages for one in shares), sum(one.done for one in shares)
    return render_template(
        "blind/overview.html",
        sample=found,
        survey=found.survey,
        shares=shares,
        passages=passages,
        done=done,
        minutes=drawing.minutes(passages - done),
        problem=problem,
    )
