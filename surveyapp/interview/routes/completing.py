"""Contacts and documents that notes name: made of the words, and checked by a person."""

import uuid
from http import HTTPStatus

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp.extensions import db
from surveyapp.forms import DayFields
from surveyapp.interview import naming
from surveyapp.interview.after import forms
from surveyapp.interview.after.forms import ContactForm, DocumentForm
from surveyapp.interview.routes.room import bp, show
from surveyapp.interview.routes.tidying import Page, back, hand, note_of
from surveyapp.models import KeyContact, Note, SharedDocument


@bp.get("/<uuid:interview_id>/notes/<uuid:note_id>/contact")
def complete_contact(interview_id: uuid.UUID, note_id: uuid.UUID) -> str:
    """Show whom a note seems to name, to be checked."""
    note = note_of(interview_id, note_id)
    form = ContactForm(formdata=None, obj=_contact(note) or naming.guess_contact(note))
    return _show_contact(note, form)


@bp.post("/<uuid:interview_id>/notes/<uuid:note_id>/contact", endpoint="keep_contact")
def keep_contact(interview_id: uuid.UUID, note_id: uuid.UUID) -> Page:
    """Keep somebody to ask."""
    note, form = note_of(interview_id, note_id), ContactForm()
    if not form.validate_on_submit():
        return _show_contact(note, form), HTTPStatus.UNPROCESSABLE_ENTITY
    row = naming.keep_contact(db.session, note, form.told(), _contact(note), hand())
    db.session.commit()
    flash(f"{row.name} is among the people to ask.")
    return back(note)


@bp.get("/<uuid:interview_id>/notes/<uuid:note_id>/document")
def complete_document(interview_id: uuid.UUID, note_id: uuid.UUID) -> str:
    """Show which document a note seems to promise, to be checked."""
    note = note_of(interview_id, note_id)
    known = _document(note) or naming.guess_document(note)
    boxes = forms.as_boxes("dated", known.dated)
    return _show_document(note, DocumentForm(formdata=None, obj=known), boxes)


@bp.post("/<uuid:interview_id>/notes/<uuid:note_id>/document", endpoint="keep_document")
def keep_document(interview_id: uuid.UUID, note_id: uuid.UUID) -> Page:
    """Keep a document; one that is not here yet can be made a task."""
    note, form, typed = (
        note_of(interview_id, note_id),
        DocumentForm(),
        DayFields("dated", request.form),
    )
    dated, problem = forms.due(typed)
    if not form.validate_on_submit() or problem:
        page = _show_document(note, form, typed, problem.replace("The day", "The date"))
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    row = naming.keep_document(db.session, note, form.told(dated), _document(note), hand())
    db.session.commit()
    return _promised(note, row)


def _promised(note: Note, row: SharedDocument) -> Response:
    if row.url:
        flash("The document is among those shared.")
        return back(note)
    flash("The document is among those promised. There is no link to it yet.")
    where = url_for(
        "interview.document_promised",
        interview_id=note.interview_id,
        note_id=note.id,
        document_id=row.id,
    )
    return redirect(where)


@bp.get("/<uuid:interview_id>/notes/<uuid:note_id>/document/<uuid:document_id>/promised")
def document_promised(interview_id: uuid.UUID, note_id: uuid.UUID, document_id: uuid.UUID) -> Page:
    """Offer to make a task of a document that has been promised, in one press."""
    note = note_of(interview_id, note_id)
    row = next((one for one in note.interview.documents if one.id == document_id), None)
    if row is None or row.note_id != note.id:
        return back(note)
    return show("promised", note.interview, "tidy", note=note, document=row)


def _contact(note: Note) -> KeyContact | None:
    """Return the person of this note whom the address asks for."""
    rows = (row for row in note.interview.contacts if row.note_id == note.id)
    return next((row for row in rows if str(row.id) == request.args.get("row")), None)


def _document(note: Note) -> SharedDocument | None:
    """Return the document of this note that the address asks for."""
    rows = (row for row in note.interview.documents if row.note_id == note.id)
    return next((row for row in rows if str(row.id) == request.args.get("row")), None)


def _show_contact(note: Note, form: ContactForm) -> str:
    forms.offer_strands(form, note.interview)
    known = [row for row in note.interview.contacts if row.note_id == note.id]
    row = request.args.get("row")
    return show("contact", note.interview, "tidy", note=note, form=form, known=known, row=row)


def _show_document(note: Note, form: DocumentForm, dated: DayFields, problem: str = "") -> str:
    forms.offer_strands(form, note.interview)
    return show(
        "document",
        note.interview,
        "tidy",
        note=note,
        form=form,
        dated=dated,
        dated_problem=problem,
        known=[row for row in note.interview.documents if row.note_id == note.id],
        row=request.args.get("row"),
    )
