"""Pages to watch a survey by: the tracker, the answers side by side, and exports."""

from http import HTTPStatus

from flask import Response, abort, render_template, request

from surveyapp import audit, guards, workbook
from surveyapp.coordinate import beside, running, tables
from surveyapp.coordinate import tracker as tracking
from surveyapp.coordinate.routes.room import bp, now, show, survey, today
from surveyapp.coordinate.routes.taking_away import XLSX, attachment
from surveyapp.errors import NotInTheQuestionnaireError
from surveyapp.extensions import db


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
        tracker=tracking.track(db.session, found, today(found), now()),
        today=today(found),
        by_name=by_name,
    )


@bp.get("/<code>/tracker.xlsx")
def tracker_file(code: str) -> Response:
    """Hand over the tracker as a workbook."""
    found = survey(code)
    sheets = tables.of_tracker(tracking.track(db.session, found, today(found), now()))
    content = workbook.in_memory(workbook.write_xlsx, sheets)
    return attachment(content, XLSX, f"{found.code}-tracker-{today()}.xlsx")


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
    audit.note_reading(db.sessionmaker, found, guards.signed_in(), question=question_code)
    return show("question", found, "answers", beside=told)
