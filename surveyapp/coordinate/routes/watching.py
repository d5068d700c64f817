"""Pages to watch a survey by: the tracker, the answers side by side, and exports."""

from http import HTTPStatus

from flask import Response, abort, render_template, request
from werkzeug.utils import secure_filename

from surveyapp import audit, guards
from surveyapp.coordinate import beside, exports, running, tables, workbook
from surveyapp.coordinate import tracker as tracking
from surveyapp.coordinate.routes.room import bp, show, survey, today
from surveyapp.errors import NotInTheQuestionnaireError
from surveyapp.extensions import db

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRITERS = {
    "xlsx": (workbook.as_xlsx, XLSX, "xlsx"),
    "csv": (workbook.as_csv, "application/zip", "csv.zip"),
    "json": (workbook.as_json, "application/json", "json"),
}


@bp.get("/")
def surveys() -> str:
    """Show every survey."""
    return render_template("coordinate/surveys.html", surveys=running.all_surveys(db.session))


@bp.get("/<code>/")
def tracker(code: str) -> str:
    """Show how far every authority is, and what to do next about each."""
    found = survey(code)
    by_name = request.args.get("order") == "name"
    return show(
        "tracker",
        found,
        "tracker",
        tracker=tracking.track(db.session, found, today(found)),
        today=today(found),
        by_name=by_name,
    )


@bp.get("/<code>/tracker.xlsx")
def tracker_file(code: str) -> Response:
    """Hand over the tracker as a workbook."""
    found = survey(code)
    sheets = tables.of_tracker(tracking.track(db.session, found, today(found)))
    return _file(workbook.as_xlsx(sheets), XLSX, f"{found.code}-tracker-{today()}.xlsx")


@bp.get("/<code>/answers")
def answers(code: str) -> str:
    """Show every question, and how many authorities have answered it."""
    found = survey(code)
    return show("answers", found, "answers", listed=beside.contents(db.session, found))


@bp.get("/<code>/answers/<question_code>")
def question(code: str, question_code: str) -> str:
    """Show what every authority says under one question."""
    found = survey(code)
    try:
        told = beside.side_by_side(db.session, found, question_code)
    except NotInTheQuestionnaireError:
        abort(HTTPStatus.NOT_FOUND)
    return show("question", found, "answers", beside=told)


@bp.get("/<code>/exports")
def exports_page(code: str) -> str:
    """Show what can be taken away."""
    return show("exports", survey(code), "exports_page", kinds=exports.KINDS)


@bp.post("/<code>/everything.<kind>")
def everything(code: str, kind: str) -> Response:
    """Hand over everything as one file, and note who took it."""
    if kind not in WRITERS:
        abort(HTTPStatus.NOT_FOUND)
    found = survey(code)
    write, media_type, suffix = WRITERS[kind]
    made = exports.everything(db.session, found)
    audit.record(db.session, "survey.exported", found, guards.person(), kind=kind)
    db.session.commit()
    return _file(write(made), media_type, f"{found.code}-{today()}.{suffix}")


def _file(content: bytes, media_type: str, name: str) -> Response:
    disposition = f'attachment; filename="{secure_filename(name)}"'
    return Response(content, mimetype=media_type, headers={"Content-Disposition": disposition})
