"""Arranging an interview: with whom, who asks, at what time; moved, given to another, cancelled."""

import uuid
from contextlib import closing
from http import HTTPStatus

from flask import Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from surveyapp import guards
from surveyapp.errors import (
    ArrangedMeanwhileError,
    BusyError,
    NotArrangeableError,
    NoTimesError,
)
from surveyapp.extensions import db
from surveyapp.forms import ButtonForm
from surveyapp.interview import arranging, booking, listing, telling
from surveyapp.interview.arranging import Interviewee, Plan, Team, Time
from surveyapp.interview.booking import AGREED, CHOOSE, OTHER, Problems, TimeTyped, WhoTyped
from surveyapp.interview.routes import overview, room
from surveyapp.interview.routes.room import bp, find, now, settings
from surveyapp.interview.telling import Act
from surveyapp.mail import appointments
from surveyapp.mail.appointments import UnfitCalendarError
from surveyapp.models import Interview, Person, Submission, Survey
from surveyapp.pages import appointed, counted
from surveyapp.standing import now_in

Page = str | tuple[str, int] | AnyResponse
Typed = dict[str, str]
USUAL = {"minutes": "45"}
REFUSED, CONFLICT = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT
CHANGED = "Somebody else has changed this interview meanwhile. Check what it says now, above."


@bp.get("/new/<survey_code>")
def arrange(survey_code: str) -> str:
    """Ask which authority, and then with whom and when."""
    survey = listing.find_survey(db.session, survey_code)
    code = request.args.get("authority", "")
    if not code:
        asked = listing.asked(db.session, survey)
        return render_template("interview/choose_authority.html", survey=survey, returns=asked)
    return _ask(listing.find_return(db.session, survey, code), USUAL, {})


@bp.post("/new/<survey_code>")
def arranged(survey_code: str) -> Page:
    """Arrange an interview, and tell everybody."""
    survey = listing.find_survey(db.session, survey_code)
    submission = listing.find_return(db.session, survey, request.args.get("authority", ""))
    typed, problems = request.form.to_dict(), Problems()
    plan = _plan(submission, typed, problems)
    if plan is None:
        return _ask(submission, typed, problems), REFUSED
    try:
        made = arranging.arrange(db.session, submission, plan, _act())
    except (BusyError, NoTimesError) as error:
        return _ask(submission, typed, _hindered(error)), CONFLICT
    told = len(list(telling.concerned(made))) if made.starts_at else 1
    words, there = _news(made, told), made.id
    db.session.commit()
    flash(f"The interview is arranged. {words}")
    return _to(there)


@bp.get("/<uuid:interview_id>/time")
def reschedule(interview_id: uuid.UUID) -> str:
    """Ask when the interview is to be."""
    return _ask_time(find(interview_id), None, {})


@bp.post("/<uuid:interview_id>/time")
def rescheduled(interview_id: uuid.UUID) -> Page:
    """Set or move the time, and tell everybody; or only read it from a calendar file."""
    interview, typed, problems = find(interview_id), request.form.to_dict(), Problems()
    if "read" in typed:
        return _read_file(interview, typed)
    time = _time(interview.submission.survey, typed, problems)
    if time is None:
        return _ask_time(interview, typed, problems), REFUSED
    try:
        count = arranging.set_time(db.session, interview, time, _act())
    except (BusyError, NotArrangeableError, ArrangedMeanwhileError) as error:
        return _ask_time(interview, typed, _hindered(error)), CONFLICT
    words = _news(interview, count)
    db.session.commit()
    flash(f"The interview is on {appointed(time.starts_at)}. {words}")
    return _to(interview_id)


@bp.get("/<uuid:interview_id>/people")
def reassign(interview_id: uuid.UUID) -> str:
    """Ask who is to hold the interview, and who takes notes."""
    return _ask_people(find(interview_id), None, {})


@bp.post("/<uuid:interview_id>/people")
def reassigned(interview_id: uuid.UUID) -> Page:
    """Give the interview to others, and tell everybody."""
    interview, typed, problems = find(interview_id), request.form.to_dict(), Problems()
    team = _team(WhoTyped(typed, problems), interview.interviewer)
    if team is None:
        return _ask_people(interview, typed, problems), REFUSED
    try:
        count = arranging.give_to(db.session, interview, team, _act(), _seen(typed))
    except (BusyError, NotArrangeableError, ArrangedMeanwhileError) as error:
        return _ask_people(
            interview, typed, _hindered(error, "interviewer" if _chooses() else "note_taker")
        ), CONFLICT
    words = _news(interview, count)
    db.session.commit()
    flash(f"{team.interviewer.name} holds the interview. {words}")
    return _to(interview_id)


@bp.get("/<uuid:interview_id>/cancel")
def cancel(interview_id: uuid.UUID) -> str:
    """Ask why the interview is cancelled."""
    return _ask_why(find(interview_id), "", {})


@bp.post("/<uuid:interview_id>/cancel")
def cancelled(interview_id: uuid.UUID) -> Page:
    """Cancel the interview, and tell everybody why."""
    interview, typed, problems = find(interview_id), request.form.to_dict(), Problems()
    why = booking.reason(typed, problems)
    if problems:
        return _ask_why(interview, why, problems), REFUSED
    try:
        count = arranging.cancel(db.session, interview, why, _act())
    except NotArrangeableError as error:
        return _ask_why(interview, why, _hindered(error)), CONFLICT
    words = _news(interview, count)
    db.session.commit()
    flash(f"The interview is cancelled. {words}")
    return _to(interview_id)


@bp.post("/<uuid:interview_id>/offer-times")
def offer_times(interview_id: uuid.UUID) -> Page:
    """Write to the person to be interviewed that they may choose a time."""
    interview = find(interview_id)
    try:
        count = arranging.offer_times(db.session, interview, _act())
    except (NoTimesError, NotArrangeableError) as error:
        return overview.page(interview, str(error)), CONFLICT
    words = _news(interview, count)
    db.session.commit()
    flash(words)
    return _to(interview_id)


@bp.get("/<uuid:interview_id>/interview.ics")
def calendar(interview_id: uuid.UUID) -> Response:
    """Hand over the interview as a calendar file."""
    return as_file(find(interview_id))


def as_file(interview: Interview) -> Response:
    """Return an interview as a calendar file, where it has a time."""
    if interview.starts_at is None or interview.cancelled_at is not None:
        abort(HTTPStatus.NOT_FOUND)
    attached = {"Content-Disposition": 'attachment; filename="interview.ics"'}
    text = telling.calendar(interview, settings(), now())
    return Response(text, mimetype="text/calendar", headers=attached)


def _act() -> Act:
    return Act(guards.signed_in(), now(), settings())


def _to(interview_id: uuid.UUID) -> AnyResponse:
    return redirect(url_for("interview.show", interview_id=interview_id), HTTPStatus.SEE_OTHER)


def _news(interview: Interview, count: int) -> str:
    if telling.is_silent(interview, settings()):
        return "Nobody has been written to: the people of an example are invented."
    if not count:
        return "Nobody has been written to."
    is_one = count == 1
    return f"{counted(count, 'message is', 'messages are')} on {'its' if is_one else 'their'} way."


def _hindered(error: Exception, at: str = "day") -> Problems:
    """Say what stands in the way, beside what would have to be changed."""
    if isinstance(error, BusyError):
        return {at: f"{error.name} has another interview then, on {appointed(error.at)}"}
    if isinstance(error, NoTimesError):
        return {"when": f"{error} Enter a time that was agreed, or offer times first"}
    return {"seen": CHANGED if isinstance(error, ArrangedMeanwhileError) else str(error)}


def _seen(typed: Typed) -> int | None:
    return int(typed["seen"]) if typed.get("seen", "").isdigit() else None


def _chooses() -> bool:
    """Say whether the person signed in may let others interview: interviewers hold their own."""
    return guards.is_staff(*guards.OVERSEEING)


def _team(who: WhoTyped, otherwise: Person) -> Team | None:
    """Return who asks and who takes notes."""
    colleagues = arranging.staff(db.session)
    interviewer: Person | None = otherwise
    if _chooses():
        interviewer = who.colleague("interviewer", colleagues, "Select who holds the interview")
    note_taker = who.note_taker(colleagues, interviewer)
    return None if interviewer is None or who.problems else Team(interviewer, note_taker)


def _plan(submission: Submission, typed: Typed, problems: Problems) -> Plan | None:
    """Return what is to be arranged, unless something is wrong with what was typed."""
    who, time = WhoTyped(typed, problems), TimeTyped(typed, problems)
    interviewee = _interviewee(submission, who)
    team = _team(who, guards.signed_in())
    if typed.get("when") not in (AGREED, CHOOSE):
        problems["when"] = "Select how the time is found"
    is_agreed = typed.get("when") == AGREED
    starts_at = time.starts_at(now_in(submission.survey, now())) if is_agreed else None
    minutes, place = time.minutes(), time.place(is_needed=is_agreed)
    if problems or interviewee is None or team is None:
        return None
    return Plan(interviewee, team, place, starts_at, minutes)


def _interviewee(submission: Submission, who: WhoTyped) -> Interviewee | None:
    chosen, colleagues = who.typed.get("who", ""), arranging.staff(db.session)
    if chosen == OTHER:
        return Interviewee(*who.other(colleagues))
    parts = {str(one.id): one for one in listing.contributors(db.session, submission)}
    part = parts.get(chosen)
    if part is None:
        who.problems["who"] = "Select who is to be interviewed"
        return None
    who.refuse_colleague("who", part.person.email, colleagues)
    role = part.job_title or ("Coordinator" if part.coordinator else "Contributor")
    return Interviewee(part.name, role, part.person.email)


def _time(survey: Survey, typed: Typed, problems: Problems) -> Time | None:
    boxes = TimeTyped(typed, problems)
    starts_at = boxes.starts_at(now_in(survey, now()))
    minutes, place = boxes.minutes(), boxes.place(is_needed=True)
    if problems or starts_at is None:
        return None
    return Time(starts_at, minutes, place, _seen(typed))


def _read_file(interview: Interview, typed: Typed) -> Page:
    """Put what a calendar file says into the form, to be checked; nothing is saved."""
    given = request.files.get("file")
    try:
        if given is None or not given.filename:
            raise UnfitCalendarError("Choose the calendar file that you were sent")
        with closing(given):
            found = appointments.read(given.stream.read(appointments.LARGEST + 1))
    except UnfitCalendarError as error:
        return _ask_time(interview, typed, {"file": str(error)}), REFUSED
    minutes = found.minutes or interview.lasts_minutes
    place = found.place or typed.get("place", "")
    boxes = booking.as_typed(found.begins, minutes, place)
    return _ask_time(interview, {**typed, **boxes}, {}, has_read=True)


def _ask(submission: Submission, typed: Typed, problems: Problems) -> str:
    return render_template(
        "interview/arrange.html",
        submission=submission,
        survey=submission.survey,
        parts=listing.contributors(db.session, submission),
        staff=arranging.staff(db.session),
        chooses=_chooses(),
        typed=typed,
        boxes=TimeTyped(typed).day,
        problems=problems,
        form=ButtonForm(formdata=None),
    )


def _ask_time(
    interview: Interview, typed: Typed | None, problems: Problems, *, has_read: bool = False
) -> str:
    stands = booking.as_typed(interview.starts_at, interview.lasts_minutes, interview.place)
    shown = stands if typed is None else typed
    return _ask_about(
        "reschedule",
        interview,
        problems,
        typed=shown,
        boxes=TimeTyped(shown).day,
        has_read=has_read,
    )


def _ask_people(interview: Interview, typed: Typed | None, problems: Problems) -> str:
    stands = {
        "interviewer": str(interview.interviewer_id),
        "note_taker": str(interview.note_taker_id or ""),
    }
    return _ask_about(
        "reassign",
        interview,
        problems,
        typed=stands if typed is None else typed,
        staff=arranging.staff(db.session),
        chooses=_chooses(),
    )


def _ask_why(interview: Interview, why: str, problems: Problems) -> str:
    return _ask_about("cancel", interview, problems, reason=why)


def _ask_about(view: str, interview: Interview, problems: Problems, **shown: object) -> str:
    return room.show(
        view,
        interview,
        "show",
        problems=problems,
        is_arrangeable=arranging.is_arrangeable(interview, now()),
        is_silent=telling.is_silent(interview, settings()),
        form=ButtonForm(formdata=None),
        **shown,
    )
