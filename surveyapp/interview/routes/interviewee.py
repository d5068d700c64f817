"""The room of the person interviewed: a time to be rung, and the record of what they said."""

import datetime as dt
import uuid
from http import HTTPStatus

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request
from flask import url_for as to
from werkzeug.wrappers import Response as AnyResponse

from surveyapp import guards, published
from surveyapp.errors import BusyError, NotArrangeableError, SlotTakenError
from surveyapp.extensions import db
from surveyapp.forms import ButtonForm
from surveyapp.interview import arranging, slots, telling
from surveyapp.interview.arranging import Time
from surveyapp.interview.booking import Problems, TimeTyped, as_id
from surveyapp.interview.routes.arranging import as_file
from surveyapp.interview.telling import Act
from surveyapp.interview.times import as_clock
from surveyapp.models import Interview
from surveyapp.pages import ENGLAND, appointed, day
from surveyapp.standing import BEFORE, now_in, state

Page = str | tuple[str, int] | AnyResponse
KEEP = "keep"
TAKEN = "Somebody else has just taken that time. Choose another"
NO_MORE = "This interview cannot be changed any more. What stands is on this page"
bp = Blueprint("interviewee", __name__, url_prefix="/calls", template_folder="../templates")
guards.people_only(bp)


def find(interview_id: uuid.UUID) -> Interview:
    """Return the interview in the address, for the person interviewed or their coordinator."""
    return guards.own_interview(interview_id)


def now() -> dt.datetime:
    """Return this moment."""
    return dt.datetime.now(dt.UTC)


def is_theirs(interview: Interview) -> bool:
    """Say whether the person signed in is the one interviewed; a coordinator only reads."""
    return interview.interviewee_id == guards.signed_in().id


def theirs(interview_id: uuid.UUID) -> Interview:
    """Return the interview in the address, for the person interviewed alone."""
    found = find(interview_id)
    if not is_theirs(found):
        raise guards.NotYoursError
    return found


@bp.get("/<uuid:interview_id>/")
def show(interview_id: uuid.UUID) -> str:
    """Show what stands: a time to choose, the time agreed, or the record."""
    return _show(find(interview_id), {}, {})


@bp.post("/<uuid:interview_id>/book")
def book(interview_id: uuid.UUID) -> Page:
    """Take one of the times offered, or keep the time and be rung elsewhere."""
    interview, typed, problems = theirs(interview_id), request.form.to_dict(), Problems()
    chosen, place = typed.get("slot", ""), TimeTyped(typed, problems).place(is_needed=True)
    if chosen != KEEP and as_id(chosen) is None:
        problems["slot"] = "Choose a time"
    if problems:
        return _again(interview, typed, problems), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        _take(interview, chosen, place)
    except (SlotTakenError, BusyError):
        return _again(interview, typed, {"slot": TAKEN}), HTTPStatus.CONFLICT
    except NotArrangeableError:
        return _show(interview, typed, {"seen": NO_MORE}), HTTPStatus.CONFLICT
    words = f"{interview.interviewer.name} rings you on {appointed(_starts(interview))}."
    db.session.commit()
    flash(words)
    return redirect(to("interviewee.show", interview_id=interview_id), HTTPStatus.SEE_OTHER)


@bp.get("/<uuid:interview_id>/change")
def change(interview_id: uuid.UUID) -> Page:
    """Offer the other times, or to give the time back."""
    interview = theirs(interview_id)
    if interview.starts_at is None or state(interview, now()) not in BEFORE:
        return redirect(to("interviewee.show", interview_id=interview_id))
    return _change(interview, {}, {})


@bp.post("/<uuid:interview_id>/change")
def unbook(interview_id: uuid.UUID) -> Page:
    """Give the time back, so that another can be found."""
    interview = theirs(interview_id)
    try:
        arranging.give_back(db.session, interview, _act())
    except NotArrangeableError:
        return _show(interview, {}, {"seen": NO_MORE}), HTTPStatus.CONFLICT
    words = f"You have given the time back. {interview.interviewer.name} has been told."
    if telling.is_silent(interview, _act().settings):
        words = "You have given the time back."
    db.session.commit()
    flash(words)
    return redirect(to("interviewee.show", interview_id=interview_id), HTTPStatus.SEE_OTHER)


@bp.get("/<uuid:interview_id>/interview.ics")
def calendar(interview_id: uuid.UUID) -> Response:
    """Hand over the interview as a calendar file."""
    return as_file(find(interview_id))


def _take(interview: Interview, chosen: str, place: str) -> None:
    """Book the time that was chosen; where the old one is kept, only the place is changed."""
    if chosen == KEEP and interview.starts_at is not None:
        time = Time(interview.starts_at, interview.lasts_minutes, place)
        arranging.set_time(db.session, interview, time, _act())
        return
    wanted = as_id(chosen)
    if wanted is None:
        raise SlotTakenError(TAKEN)
    arranging.book(db.session, interview, wanted, place, _act())


def _act() -> Act:
    return Act(guards.signed_in(), now(), current_app.config["SETTINGS"])


def _starts(interview: Interview) -> dt.datetime:
    return interview.starts_at or now()


def _again(interview: Interview, typed: dict[str, str], problems: Problems) -> str:
    """Show the page on which a time is chosen, with what was typed there."""
    if interview.starts_at is None:
        return _show(interview, typed, problems)
    return _change(interview, typed, problems)


def _free(interview: Interview) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the times that may be chosen, in words, by their day."""
    since = now_in(interview.submission.survey, now())
    days: dict[str, list[tuple[str, str]]] = {}
    for one in slots.free(db.session, interview, since):
        here = one.starts_at.astimezone(ENGLAND)
        ends = one.starts_at + dt.timedelta(minutes=one.lasts_minutes)
        words = f"{as_clock(one.starts_at)} to {as_clock(ends)}"
        days.setdefault(f"{here:%A} {day(here)}", []).append((str(one.id), words))
    return list(days.items())


def _show(interview: Interview, typed: dict[str, str], problems: Problems) -> str:
    stands = state(interview, now_in(interview.submission.survey, now()))
    is_open = stands == "to be arranged" and is_theirs(interview)
    free = _free(interview) if is_open else []
    if not free and "slot" in problems:
        # Nothing is left to choose from, so what is wrong has no field.
        problems = {"seen": problems["slot"]}
    return render_template(
        "interview/interviewee/show.html",
        interview=interview,
        stands=stands,
        is_theirs=is_theirs(interview),
        free=free,
        **_shared(interview, typed, problems),
    )


def _change(interview: Interview, typed: dict[str, str], problems: Problems) -> str:
    return render_template(
        "interview/interviewee/change.html",
        interview=interview,
        free=_free(interview),
        **_shared(interview, {"slot": KEEP, **typed}, problems),
    )


def _shared(interview: Interview, typed: dict[str, str], problems: Problems) -> dict[str, object]:
    return {
        "typed": {"place": interview.place, **typed},
        "problems": problems,
        "contact": published.privacy(interview.submission).contact or interview.interviewer.email,
        "form": ButtonForm(formdata=None),
    }
