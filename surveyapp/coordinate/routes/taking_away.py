"""Pages to take everything away: exports asked for, watched while they are made, handed over."""

import uuid
from http import HTTPStatus
from pathlib import Path

from flask import Response, abort, current_app, jsonify, redirect, request, url_for
from werkzeug.utils import secure_filename
from werkzeug.wrappers import Response as AnyResponse

from surveyapp import audit, exporting, files, guards, jobs
from surveyapp.coordinate import exports
from surveyapp.coordinate.routes.room import bp, now, settings, show, survey
from surveyapp.extensions import db
from surveyapp.models import Export, Survey

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {
    "xlsx": (XLSX, "xlsx"),
    "csv": ("application/zip", "csv.zip"),
    "json": ("application/json", "json"),
}


def folder() -> Path:
    """Return where exports are kept."""
    return settings().instance / "exports"


def attachment(content: bytes, media_type: str, name: str) -> Response:
    """Return a file that a browser saves and never shows."""
    disposition = f'attachment; filename="{secure_filename(name)}"'
    return Response(content, mimetype=media_type, headers={"Content-Disposition": disposition})


@bp.get("/<code>/exports")
def exports_page(code: str) -> str:
    """Show what can be taken away, and what was asked for lately."""
    return _exports(survey(code), "")


@bp.post("/<code>/exports")
def ask_for_export(code: str) -> str | AnyResponse:
    """Ask for an export; a second press finds the first."""
    found, kind = survey(code), request.form.get("kind", "")
    wanted = next((one for one in exports.MAKERS if one == kind), None)
    if wanted is None:
        return _exports(found, "Choose what kind of file you need")
    one = exporting.ask(db.session, found, guards.signed_in(), wanted, now())
    export_id = one.id
    db.session.commit()
    jobs.of(current_app).enqueue(exporting.JOB, str(export_id))
    return redirect(url_for("coordinate.export", code=code, export_id=export_id))


@bp.get("/<code>/exports/<uuid:export_id>/")
def export(code: str, export_id: uuid.UUID) -> str:
    """Show how far an export is."""
    found = survey(code)
    return show("export", found, "exports_page", export=_find(found, export_id))


@bp.get("/<code>/exports/<uuid:export_id>/progress")
def export_progress(code: str, export_id: uuid.UUID) -> Response:
    """Say how far an export is, for a page that asks by itself."""
    one = _find(survey(code), export_id)
    return jsonify(done=one.steps_done, of=one.steps, is_under_way=one.is_under_way)


@bp.post("/<code>/exports/<uuid:export_id>/file")
def export_file(code: str, export_id: uuid.UUID) -> Response:
    """Hand an export over, and note who took it."""
    found = survey(code)
    one = _find(found, export_id)
    content = files.get(folder(), one.file_key or "")
    if content is None:
        abort(HTTPStatus.NOT_FOUND)
    media_type, name = TYPES[one.kind][0], _name(found, one)
    audit.record(
        db.session, "survey.exported", found, guards.person(), kind=one.kind, export=one.id
    )
    db.session.commit()
    return attachment(content, media_type, name)


def _find(found: Survey, export_id: uuid.UUID) -> Export:
    return exporting.find(db.session, found, export_id, tuple(exports.MAKERS))


def _name(found: Survey, one: Export) -> str:
    return f"{found.code}-{one.asked_at:%Y-%m-%d}.{TYPES[one.kind][1]}"


def _exports(found: Survey, problem: str) -> str:
    made = exporting.lately(db.session, found, tuple(exports.MAKERS))
    return show("exports", found, "exports_page", kinds=exports.KINDS, made=made, problem=problem)
