"""Notes tidied after the call: all on one list, or one at a time; merged, struck out, put back."""

import uuid
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import guards, published
from surveyapp.errors import NoteConflictError
from surveyapp.extensions import db
from surveyapp.interview import notes, recording, tidying
from surveyapp.interview.after import forms
from surveyapp.interview.after.forms import MergeForm, NoteForm
from surveyapp.interview.live import board
from surveyapp.interview.notes import Hand
from surveyapp.interview.routes.room import bp, find, now, show
from surveyapp.interview.tidying import Fault, NoWordsError
from surveyapp.models import Interview, Note

Page = str | tuple[str, int] | Response
CHOICES: Final = ("mine", "theirs", "merge")
NO_FAULTS: Final[Mapping[uuid.UUID, Fault]] = {}
# Pages that a button on the list leads to once everything typed is saved, and what their address
# names.
LEADS_TO: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("reword", "correct", "complete_contact", "complete_document"), ("note_id",)),
    "merge": ("note_id", "other_id"),
    "follow_up": ("task_id",),
}


@bp.get("/<uuid:interview_id>/tidy")
def tidy(interview_id: uuid.UUID) -> str:
    """Show every note, each in a box of its own, and what hangs on it."""
    return _list(find(interview_id), NO_FAULTS)


@bp.post("/<uuid:interview_id>/tidy")
def save_list(interview_id: uuid.UUID) -> Page:
    """Save every note that was changed on the list, and go where the button leads."""
    return after_list(find(interview_id), "", "")


@bp.get("/<uuid:interview_id>/notes/<uuid:note_id>")
def reword(interview_id: uuid.UUID, note_id: uuid.UUID) -> str:
    """Show one note: its words, where it belongs, and all that it said before."""
    note = note_of(interview_id, note_id)
    return _one(note, forms.note_form(note, typed=False))


@bp.post("/<uuid:interview_id>/notes/<uuid:note_id>", endpoint="save_note")
def save(interview_id: uuid.UUID, note_id: uuid.UUID) -> Page:
    """Save one note, or what was decided where somebody else had changed it too."""
    note = note_of(interview_id, note_id)
    form = forms.note_form(note, typed=True)
    if not form.validate_on_submit():
        return _one(note, form), HTTPStatus.UNPROCESSABLE_ENTITY
    if "settles" in request.form:
        return _settle(note, form)
    return _keep(note, form, form.text.data or "")


@bp.post("/<uuid:interview_id>/notes/<uuid:note_id>/strike")
def strike(interview_id: uuid.UUID, note_id: uuid.UUID) -> Page:
    """Strike a note out; what else was typed on the list is saved with it."""
    note = note_of(interview_id, note_id)
    tidying.strike(db.session, note, hand())
    return after_list(note.interview, "The note is struck out.", "struck", note)


@bp.post("/<uuid:interview_id>/notes/<uuid:note_id>/unstrike")
def unstrike(interview_id: uuid.UUID, note_id: uuid.UUID) -> Page:
    """Put a note back into the record."""
    note = note_of(interview_id, note_id)
    tidying.put_back(db.session, note, hand())
    return after_list(note.interview, "The note is back in the record.", "note", note)


@bp.post("/<uuid:interview_id>/notes/<uuid:note_id>/beside/<uuid:other_id>")
def keep_both(interview_id: uuid.UUID, note_id: uuid.UUID, other_id: uuid.UUID) -> Page:
    """Let two people's notes of the same moment stand."""
    note, other = note_of(interview_id, note_id), note_of(interview_id, other_id)
    tidying.keep_both(db.session, note, other, hand())
    return after_list(note.interview, "Both notes stay.", "note", note)


@bp.get("/<uuid:interview_id>/notes/<uuid:note_id>/merge/<uuid:other_id>")
def merge(interview_id: uuid.UUID, note_id: uuid.UUID, other_id: uuid.UUID) -> str:
    """Show two people's notes of the same moment, and a box for the one made of them."""
    note, other = note_of(interview_id, note_id), note_of(interview_id, other_id)
    texts = tidying.JOINT.join(one.text.strip() for one in (note, other))
    return _merge(note, other, MergeForm(formdata=None, text=texts))


@bp.post("/<uuid:interview_id>/notes/<uuid:note_id>/merge/<uuid:other_id>", endpoint="merged")
def make_one(interview_id: uuid.UUID, note_id: uuid.UUID, other_id: uuid.UUID) -> Page:
    """Make one note of two, unless either has changed meanwhile."""
    note, other = note_of(interview_id, note_id), note_of(interview_id, other_id)
    form = MergeForm()
    if note.id == other.id or not form.validate_on_submit():
        abort(HTTPStatus.BAD_REQUEST)
    words = tidying.typed_over(note, form.text.data or "", int(form.seen.data or 0))
    try:
        tidying.merge(db.session, note, other, (words, int(form.other_seen.data or 0)), hand())
    except NoWordsError as refused:
        form.text.errors = [str(refused)]
        return _merge(note, other, form), HTTPStatus.UNPROCESSABLE_ENTITY
    except NoteConflictError:
        form.text.errors = [
            "One of the notes has changed meanwhile: read both again, and change the words below"
        ]
        return _merge(note, other, form), HTTPStatus.CONFLICT
    db.session.commit()
    flash("The two notes are one now. The other one is kept among those struck out.")
    return back(note)


def note_of(interview_id: uuid.UUID, note_id: uuid.UUID) -> Note:
    """Return a note of the interview in the address; there is no other's under it."""
    interview = find(interview_id)
    note = db.session.get(Note, note_id)
    if note is None or note.interview_id != interview.id:
        abort(HTTPStatus.NOT_FOUND)
    return note


def hand() -> Hand:
    """Return who acts, and when."""
    return Hand(guards.signed_in(), now())


def back(note: Note) -> Response:
    """Return to a note on the list."""
    where = url_for("interview.tidy", interview_id=note.interview_id, _anchor=f"note-{note.id.hex}")
    return redirect(where)


def after_list(interview: Interview, said: str, place: str, note: Note | None = None) -> Page:
    """Save what was typed on the list beside a button pressed there, and say what was done.

    A note that cannot be saved keeps its words in its box, and none of the others back.
    """
    found = {one.id: one for one in interview.notes if one.struck_at is None or one is note}
    saved = tidying.save(db.session, forms.edits(found), hand())
    db.session.commit()
    if saved.changed:
        said = f"{said} {_count(saved.changed)}".strip()
    if saved.faults:
        is_torn = any(fault.theirs for fault in saved.faults.values())
        status = HTTPStatus.CONFLICT if is_torn else HTTPStatus.UNPROCESSABLE_ENTITY
        return _list(interview, saved.faults, said), status
    onwards = _onwards(interview)
    if said or not onwards:
        flash(said or "Nothing was changed.")
    return redirect(onwards or _place(interview, place, note))


def _onwards(interview: Interview) -> str:
    """Return the address of the page that the button pressed leads to, if not to the list."""
    to = request.args.get("to", "")
    if to not in LEADS_TO:
        return ""
    parts: dict[str, Any] = {name: request.args.get(name, type=uuid.UUID) for name in LEADS_TO[to]}
    if None in parts.values():
        abort(HTTPStatus.NOT_FOUND)
    parts |= {name: request.args[name] for name in ("row", "answer") if name in request.args}
    return url_for(f"interview.{to}", interview_id=interview.id, **parts)


def _place(interview: Interview, place: str, note: Note | None) -> str:
    """Return the address of the list, at the note that a button was about."""
    struck = note.id if note is not None and place == "struck" else None
    anchor = f"note-{note.id.hex}" if note is not None and place == "note" else None
    return url_for("interview.tidy", interview_id=interview.id, struck=struck, _anchor=anchor)


def _count(changed: int) -> str:
    return "1 note is saved." if changed == 1 else f"{changed} notes are saved."


def _list(interview: Interview, faults: Mapping[uuid.UUID, Fault], said: str = "") -> str:
    sheet = tidying.sheet(db.session, interview)
    undo = next((one for one in sheet.struck if str(one.id) == request.args.get("struck")), None)
    return show(
        "tidy",
        interview,
        "tidy",
        sheet=sheet,
        faults=faults,
        said=said,
        undo=undo,
        questions=published.asked(interview.submission).by_code,
        strands=board.strands(interview),
        tidying=tidying,
        recording=recording,
    )


def _one(note: Note, form: NoteForm) -> str:
    return show(
        "reword",
        note.interview,
        "tidy",
        note=note,
        form=form,
        history=notes.history(db.session, note),
        prompts=forms.prompts(note),
        recording=recording,
    )


def _keep(note: Note, form: NoteForm, text: str) -> Page:
    try:
        tidying.reword(db.session, note, form.typed(note, text), hand())
    except NoWordsError as refused:
        form.text.errors = [str(refused)]
        return _one(note, form), HTTPStatus.UNPROCESSABLE_ENTITY
    except NoteConflictError:
        return _torn(note, form, text, ""), HTTPStatus.CONFLICT
    db.session.commit()
    flash("The note is saved.")
    return back(note)


def _settle(note: Note, form: NoteForm) -> Page:
    """Do what was decided about two texts: keep one of them, or one made of both."""
    chosen, mine = form.keep.data, form.text.data or ""
    if chosen not in CHOICES:
        page = _torn(note, form, mine, "Choose which words to keep")
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    if chosen == "theirs":
        flash("The other words stand.")
        return back(note)
    return _keep(note, form, mine if chosen == "mine" else form.merged.data or mine)


def _torn(note: Note, form: NoteForm, mine: str, error: str) -> str:
    merged = form.merged.data or tidying.JOINT.join((note.text.strip(), mine))
    return show(
        "torn",
        note.interview,
        "tidy",
        note=note,
        form=form,
        mine=mine,
        merged=merged,
        error=error,
    )


def _merge(note: Note, other: Note, form: MergeForm) -> str:
    return show("merge", note.interview, "tidy", note=note, other=other, form=form)
