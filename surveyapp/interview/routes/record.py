"""The record as staff see it: read as the person interviewed will, offered, reminded of."""

import datetime as dt
import uuid
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import guards
from surveyapp.extensions import db
from surveyapp.forms import ButtonForm, DayFields
from surveyapp.interview import answering, offering, record_in_word, recording
from surveyapp.interview.forms import OfferForm
from surveyapp.interview.offering import CannotOfferError, Sender, StaffAddressError
from surveyapp.interview.routes.room import bp, find, now, settings, show
from surveyapp.models import Interview
from surveyapp.pages import day

Page = str | tuple[str, int] | Response
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DAY: Final = "day to answer by"


@bp.get("/<uuid:interview_id>/record")
def record(interview_id: uuid.UUID) -> str:
    """Show the record as the person interviewed will see it, and how far it is."""
    interview = find(interview_id)
    known = interview.person.email if interview.person else ""
    return _show(interview, OfferForm(formdata=None, email=known), _days(interview), {})


@bp.post("/<uuid:interview_id>/offer")
def offer(interview_id: uuid.UUID) -> Page:
    """Send the record to the person interviewed, for the first time or again."""
    interview, form = find(interview_id), OfferForm()
    typed = DayFields("answer", request.form)
    problems = _problems(form, typed)
    if problems:
        return _refused(interview, form, typed, problems, HTTPStatus.UNPROCESSABLE_ENTITY)
    last_day = dt.date.fromisoformat(typed.iso)
    try:
        letter = offering.offer(db.session, interview, form.email.data or "", last_day, _sender())
    except StaffAddressError as refused:
        db.session.rollback()
        problems = {"email": str(refused)}
        return _refused(find(interview_id), form, typed, problems, HTTPStatus.UNPROCESSABLE_ENTITY)
    except CannotOfferError as refused:
        return _refused(interview, form, typed, {"": str(refused)}, HTTPStatus.CONFLICT)
    to = letter.to_address
    db.session.commit()
    flash(f"The record is on its way to {to}. We ask for an answer by {day(last_day)}.")
    return _back(interview_id)


@bp.post("/<uuid:interview_id>/record/remind")
def remind(interview_id: uuid.UUID) -> Page:
    """Ask the person interviewed once more."""
    interview = find(interview_id)
    try:
        letter = offering.remind(db.session, interview, _sender())
    except CannotOfferError as refused:
        return _cannot(interview, refused)
    to = letter.to_address
    db.session.commit()
    flash(f"A reminder is on its way to {to}.")
    return _back(interview_id)


@bp.post("/<uuid:interview_id>/record/unanswered")
def unanswered(interview_id: uuid.UUID) -> Page:
    """Note that nobody answered: nothing is confirmed."""
    interview = find(interview_id)
    try:
        offering.note_silence(db.session, interview, guards.signed_in(), now())
    except CannotOfferError as refused:
        return _cannot(interview, refused)
    db.session.commit()
    flash("Noted: nobody answered. The notes stay as not confirmed, and they may still answer.")
    return _back(interview_id)


@bp.get("/<uuid:interview_id>/record.docx")
def record_docx(interview_id: uuid.UUID) -> Response:
    """Hand the record over as a Word document."""
    return in_word(find(interview_id))


def in_word(interview: Interview) -> Response:
    """Return the record as a Word document that a browser saves."""
    name = f"interview-{interview.submission.authority_code}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(record_in_word.document(interview), mimetype=WORD, headers=headers)


def _sender() -> Sender:
    return Sender(guards.signed_in(), now(), settings())


def _days(interview: Interview) -> DayFields:
    today = now().astimezone(offering.ENGLAND).date()
    asked = interview.answer_by
    last = asked if asked and asked > today else offering.usual_last_day(now())
    parts = {"day": last.day, "month": last.month, "year": last.year}
    return DayFields("answer", {f"answer-{name}": str(part) for name, part in parts.items()})


def _problems(form: OfferForm, typed: DayFields) -> dict[str, str]:
    problems = {}
    if not form.validate_on_submit():
        problems["email"] = str(next(iter(form.email.errors), "Enter an email address"))
    wrong = typed.problem(DAY)
    if not wrong and dt.date.fromisoformat(typed.iso) <= now().astimezone(offering.ENGLAND).date():
        wrong = f"The {DAY} must be in the future"
    return problems | ({"answer": wrong} if wrong else {})


def _cannot(interview: Interview, refused: CannotOfferError) -> Page:
    known = interview.person.email if interview.person else ""
    form = OfferForm(formdata=None, email=known)
    return _refused(interview, form, _days(interview), {"": str(refused)}, HTTPStatus.CONFLICT)


def _refused(
    interview: Interview,
    form: OfferForm,
    typed: DayFields,
    problems: Mapping[str, str],
    status: HTTPStatus,
) -> Page:
    return _show(interview, form, typed, problems), status


def _show(
    interview: Interview, form: OfferForm, typed: DayFields, problems: Mapping[str, str]
) -> str:
    at = now()
    notes = recording.counted(interview)
    return show(
        "record",
        interview,
        "record",
        form=form,
        button=ButtonForm(formdata=None),
        typed=typed,
        problems=problems,
        chapters=recording.chapters(interview),
        record=recording,
        confirmed=sum(note.is_confirmed for note in notes),
        notes=len(notes),
        said=answering.said(db.session, interview),
        last_sent=answering.last_sent(db.session, interview),
        hindrance=offering.hindrance(interview, settings(), at),
        warnings=offering.warnings(db.session, interview),
        is_overdue=offering.is_overdue(interview, at),
    )


def _back(interview_id: uuid.UUID) -> Response:
    there = url_for("interview.record", interview_id=interview_id)
    return redirect(there, HTTPStatus.SEE_OTHER)
