"""The first page: which authority has been sent what, and how far each is."""

import datetime as dt
from http import HTTPStatus

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import built, workbench
from surveyapp.checking import quotations, sending
from surveyapp.checking.quotations import Quotation
from surveyapp.checking.routes.room import bp, folder, sender, settings, show
from surveyapp.checking.sending import Asked, Line
from surveyapp.extensions import db
from surveyapp.forms import DayFields
from surveyapp.models import Build, Survey
from surveyapp.pages import counted


@bp.get("/<code>/")
def overview(code: str) -> str:
    """Show every authority with how far its check is, and offer to send more."""
    return _page(workbench.survey(code), {}, {})


@bp.post("/<code>/")
def send(code: str) -> tuple[str, int] | Response:
    """Send checks to those chosen."""
    found, typed = workbench.survey(code), request.form.to_dict()
    chosen, due = set(request.form.getlist("authority")), DayFields("due", typed)
    build = quotations.latest(db.session, found)
    problems = _problems(found, chosen, due, build)
    if problems or build is None:
        return _page(found, problems, typed), HTTPStatus.UNPROCESSABLE_ENTITY
    printed = quotations.printed(db.session, build, folder())
    sent = 0
    for line in sending.lines(db.session, found, printed):
        if line.submission.authority_code in chosen and line.can_be_sent:
            words = printed[line.submission.authority_code]
            asked = Asked(build, words, dt.date.fromisoformat(due.iso))
            sending.send(db.session, line, asked, sender())
            sent += 1
    db.session.commit()
    flash(f"{counted(sent, 'authority has', 'authorities have')} been asked to look.")
    return redirect(url_for("checking.overview", code=code), HTTPStatus.SEE_OTHER)


def _problems(
    found: Survey, chosen: set[str], due: DayFields, build: Build | None
) -> dict[str, str]:
    problems = {}
    hindrance = sending.hindrance(found, settings(), built.first_signed_off(db.session, found))
    if build is None:
        problems["authority"] = "Build the review first: its quotations are what is checked"
    elif hindrance:
        problems["authority"] = hindrance
    elif not chosen:
        problems["authority"] = "Choose whom to ask"
    wrong = due.problem("day to answer by")
    if wrong:
        problems["due-day"] = wrong
    elif due.iso <= workbench.now().date().isoformat():
        problems["due-day"] = "The day to answer by must be in the future"
    return problems


def _page(found: Survey, problems: dict[str, str], typed: dict[str, str]) -> str:
    build = quotations.latest(db.session, found)
    printed: dict[str, tuple[Quotation, ...]] = {}
    if build is not None:
        printed = dict(quotations.printed(db.session, build, folder()))
    lines: list[Line] = sending.lines(db.session, found, printed)
    signed = built.first_signed_off(db.session, found)
    usual = sending.usual_last_day(workbench.now())
    parts = {"due-day": usual.day, "due-month": usual.month, "due-year": usual.year}
    return show(
        "overview",
        found,
        build=build,
        lines=lines,
        problems=problems,
        typed={**parts, **typed},
        chosen=request.form.getlist("authority"),
        signed=signed,
        hindrance=sending.hindrance(found, settings(), signed),
    )
