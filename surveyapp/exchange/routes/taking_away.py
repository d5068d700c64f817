"""Files asked for, watched while they are made, and handed over."""

import uuid
from http import HTTPStatus
from pathlib import Path
from typing import cast

from flask import Response, abort, current_app, jsonify, redirect, request, url_for
from werkzeug.utils import secure_filename
from werkzeug.wrappers import Response as AnyResponse

from surveyapp import audit, exporting, files, guards, jobs, workbench
from surveyapp.config import Settings
from surveyapp.exchange.routes.offers import OFFERS
from surveyapp.exchange.routes.overview import page
from surveyapp.exchange.routes.room import bp, show
from surveyapp.extensions import db
from surveyapp.models import Export, Survey
from surveyapp.models.exporting import ExportKind


@bp.post("/<code>/files")
def ask(code: str) -> str | tuple[str, int] | AnyResponse:
    """Ask for a file; a second press finds the first."""
    found, kind = workbench.survey(code), request.form.get("kind", "")
    wanted = next((one for one in OFFERS if one == kind), None)
    if wanted is None:
        return page(found, kind="Choose what you need"), HTTPStatus.UNPROCESSABLE_ENTITY
    one = exporting.ask(db.session, found, guards.signed_in(), wanted, workbench.now())
    export_id = one.id
    db.session.commit()
    jobs.of(current_app).enqueue(exporting.JOB, str(export_id))
    return redirect(url_for("exchange.file", code=code, export_id=export_id))


@bp.get("/<code>/files/<uuid:export_id>/")
def file(code: str, export_id: uuid.UUID) -> str:
    """Show how far a file is."""
    found = workbench.survey(code)
    one = _find(found, export_id)
    return show("file", found, export=one, offer=OFFERS[cast(ExportKind, one.kind)])


@bp.get("/<code>/files/<uuid:export_id>/progress")
def progress(code: str, export_id: uuid.UUID) -> Response:
    """Say how far a file is, for a page that asks by itself."""
    one = _find(workbench.survey(code), export_id)
    return jsonify(done=one.steps_done, of=one.steps, is_under_way=one.is_under_way)


@bp.post("/<code>/files/<uuid:export_id>/file")
def take(code: str, export_id: uuid.UUID) -> Response:
    """Hand a file over, and note who took it."""
    found = workbench.survey(code)
    one = _find(found, export_id)
    settings: Settings = current_app.config["SETTINGS"]
    folder: Path = settings.instance / "exports"
    content = files.get(folder, one.file_key or "")
    if content is None:
        abort(HTTPStatus.NOT_FOUND)
    offer = OFFERS[cast(ExportKind, one.kind)]
    name = secure_filename(f"{found.code}-{one.kind}-{one.asked_at:%Y-%m-%d}.{offer.ending}")
    audit.record(
        db.session, "survey.exported", found, guards.person(), kind=one.kind, export=one.id
    )
    db.session.commit()
    disposition = f'attachment; filename="{name}"'
    return Response(
        content, mimetype=offer.media_type, headers={"Content-Disposition": disposition}
    )


def _find(found: Survey, export_id: uuid.UUID) -> Export:
    return exporting.find(db.session, found, export_id, tuple(OFFERS))
