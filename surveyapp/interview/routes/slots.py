"""Times that an interviewer offers."""

import uuid
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards
from surveyapp.extensions import db
from surveyapp.forms import ButtonForm
from surveyapp.interview import arranging, booking, listing
from surveyapp.interview import slots as offering
from surveyapp.interview.booking import Problems, TimeTyped, as_id
from surveyapp.interview.routes.room import bp, now
from surveyapp.models import Person, Survey
from surveyapp.pages import counted
from surveyapp.standing import now_in

Page = str | tuple[str, int] | Response
USUAL = {"minutes": "45", "gap": "15"}


@bp.get("/slots/<survey_code>")
def slots(survey_code: str) -> str:
    """Show the times that an interviewer offers, and who has booked which."""
    return _show(listing.find_survey(db.session, survey_code), _interviewer(), USUAL, {})


@bp.post("/slots/<survey_code>")
def offer_slots(survey_code: str) -> Page:
    """Offer a time, or several of one day."""
    survey, interviewer = listing.find_survey(db.session, survey_code), _interviewer()
    typed, problems = request.form.to_dict(), Problems()
    wanted = booking.row(typed, now_in(survey, now()), problems)
    if wanted is None:
        return _show(survey, interviewer, typed, problems), HTTPStatus.UNPROCESSABLE_ENTITY
    done = offering.offer(db.session, survey, interviewer, wanted.spans())
    counts = {"added": done.added, "left_out": done.left_out}
    audit.record(db.session, "slots.offered", survey, guards.signed_in(), **counts)
    whose = interviewer.id
    db.session.commit()
    flash(_news(done))
    return _to(survey_code, whose)


@bp.post("/slots/<uuid:slot_id>/withdraw")
def withdraw_slot(slot_id: uuid.UUID) -> Response:
    """Take back a time that nobody has booked."""
    slot = offering.find(db.session, slot_id)
    if not guards.is_staff(*guards.OVERSEEING) and slot.interviewer_id != guards.signed_in().id:
        raise guards.NotYoursError
    is_gone = offering.withdraw(db.session, slot, now())
    if is_gone:
        audit.record(db.session, "slots.withdrawn", slot, guards.signed_in())
    code, whose = slot.survey.code, slot.interviewer_id
    db.session.commit()
    flash("The time is withdrawn." if is_gone else "Somebody has booked that time, so it stays.")
    return _to(code, whose)


def _interviewer() -> Person:
    """Return whose times these are: one's own, or those that somebody who oversees asks for."""
    own = guards.signed_in()
    wanted = as_id(request.args.get("interviewer", ""))
    if not guards.is_staff(*guards.OVERSEEING) or wanted is None:
        return own
    return next((one for one in arranging.staff(db.session) if one.id == wanted), own)


def _to(survey_code: str, interviewer_id: uuid.UUID) -> Response:
    back = url_for("interview.slots", survey_code=survey_code, interviewer=interviewer_id)
    return redirect(back, HTTPStatus.SEE_OTHER)


def _news(done: offering.Offered) -> str:
    words = f"{counted(done.added, 'time is', 'times are')} offered."
    if not done.left_out:
        return words
    return f"{words} {counted(done.left_out, 'time was', 'times were')} left out: they overlap."


def _show(survey: Survey, interviewer: Person, typed: dict[str, str], problems: Problems) -> str:
    oversees = guards.is_staff(*guards.OVERSEEING)
    return render_template(
        "interview/slots.html",
        survey=survey,
        interviewer=interviewer,
        is_own=interviewer.id == guards.signed_in().id,
        staff=arranging.staff(db.session) if oversees else (),
        offered=offering.shown(db.session, survey, interviewer, now_in(survey, now())),
        typed=typed,
        boxes=TimeTyped(typed).day,
        problems=problems,
        form=ButtonForm(formdata=None),
    )
