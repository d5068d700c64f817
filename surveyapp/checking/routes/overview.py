"""The first page: which authority has been sent what, and how far each is."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import built, workbench
from surveyapp.checking import asking, listing, printing, quotations, sending
from surveyapp.checking.asking import Batch, Wish
from surveyapp.checking.routes.room import bp, folder, sender, settings, show
from surveyapp.definitions.values import as_date
from surveyapp.extensions import db
from surveyapp.forms import DayFields
from surveyapp.models import Build, Survey
from surveyapp.pages import ENGLAND, counted

Problems = Mapping[str, str]
Refused = tuple[str, int]


@bp.get("/<code>/")
def overview(code: str) -> str:
    """Show every authority with how far its check is, and offer to send more."""
    return _page(workbench.survey(code))


@bp.post("/<code>/")
def look(code: str) -> str | Refused:
    """Show whom checks would go to, until when and in which words; nobody is written to yet."""
    found = workbench.survey(code)
    if "change" in request.form:
        return _page(found)
    wish, problems = _wish(found)
    if wish is None:
        return _page(found, problems), HTTPStatus.UNPROCESSABLE_ENTITY
    batch = _gather(found, wish)
    return _preview(found, wish, batch) if batch.to else _nobody(found)


@bp.post("/<code>/send")
def send(code: str) -> Response | Refused:
    """Send the checks that were shown, if they are still the same."""
    found = workbench.survey(code)
    asking.lock(db.session, found)
    wish, problems = _wish(found)
    if wish is None:
        return _page(found, problems), HTTPStatus.UNPROCESSABLE_ENTITY
    batch = _gather(found, wish)
    if not batch.to:
        return _nobody(found)
    if batch.seal != request.form.get("seen"):
        return _preview(found, wish, batch, has_changed=True), HTTPStatus.CONFLICT
    count = asking.send(db.session, batch, sender())
    db.session.commit()
    flash(f"{counted(count, 'check is', 'checks are')} on the way.")
    return redirect(url_for("checking.overview", code=code), HTTPStatus.SEE_OTHER)


def _wish(found: Survey) -> tuple[Wish | None, Problems]:
    """Return what was asked for, or what is wrong with it."""
    due = DayFields("due", request.form.to_dict())
    chosen, is_all = request.form.getlist("authority"), "everyone" in request.form
    build, problems = quotations.latest(db.session, found), {}
    whom = _hindrance(found, build) or ("" if chosen or is_all else "Choose whom to ask")
    if whom:
        problems["authority"] = whom
    day, today = as_date(due.iso), workbench.now().astimezone(ENGLAND).date()
    if day is None:
        problems["due-day"] = due.problem("day to answer by")
    elif day <= today:
        problems["due-day"] = "The day to answer by must be in the future"
    if problems or build is None or day is None:
        return None, problems
    return Wish(None if is_all else chosen, build, day), {}


def _hindrance(found: Survey, build: Build | None) -> str:
    if build is None:
        return "Build the review first: its quotations are what is checked"
    return sending.hindrance(found, settings(), built.first_signed_off(db.session, found))


def _gather(found: Survey, wish: Wish) -> Batch:
    return asking.gather(db.session, found, wish, folder(), sender())


def _nobody(found: Survey) -> Refused:
    words = "None of those you chose can be asked now. Choose others, or build the review again"
    return _page(found, {"authority": words}), HTTPStatus.UNPROCESSABLE_ENTITY


def _preview(found: Survey, wish: Wish, batch: Batch, *, has_changed: bool = False) -> str:
    return show("look", found, wish=wish, batch=batch, has_changed=has_changed)


def _page(found: Survey, problems: Problems | None = None) -> str:
    build = quotations.latest(db.session, found)
    signed = built.first_signed_off(db.session, found)
    usual = sending.usual_last_day(workbench.now())
    parts = {"due-day": usual.day, "due-month": usual.month, "due-year": usual.year}
    return show(
        "overview",
        found,
        build=build,
        lines=listing.lines(db.session, found, build, printing.read(folder(), build)),
        problems=problems or {},
        typed={**parts, **request.form.to_dict()},
        chosen=request.form.getlist("authority"),
        signed=signed,
        hindrance=sending.hindrance(found, settings(), signed),
    )
