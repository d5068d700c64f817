"""The answer has changed: which written answer a note corrects, and which words count."""

import uuid
from http import HTTPStatus

from flask import abort, flash, request

from surveyapp.extensions import db
from surveyapp.interview import corrections
from surveyapp.interview.after.forms import KINDS, PREVAILING, CorrectionForm
from surveyapp.interview.corrections import Written
from surveyapp.interview.routes.room import bp, find, show
from surveyapp.interview.routes.tidying import Page, back, hand, note_of
from surveyapp.models import Note


@bp.get("/<uuid:interview_id>/notes/<uuid:note_id>/answer")
def correct(interview_id: uuid.UUID, note_id: uuid.UUID) -> Page:
    """Ask which answer has changed; once it is chosen, show it beside the note."""
    note = note_of(interview_id, note_id)
    choices = corrections.choices(db.session, note)
    about = choices.find(request.args.get("answer", ""))
    if about is None:
        return show(
            "which_answer",
            note.interview,
            "tidy",
            note=note,
            choices=choices,
            is_unchosen="asked" in request.args,
        )
    known = corrections.standing(db.session, note, about)
    stands = known if known is not None and known.undone_at is None else None
    return _beside(note, about, CorrectionForm(formdata=None, obj=stands))


@bp.post("/<uuid:interview_id>/notes/<uuid:note_id>/answer", endpoint="corrected")
def keep(interview_id: uuid.UUID, note_id: uuid.UUID) -> Page:
    """Keep what the note does to the answer, and which of them counts."""
    note, form = note_of(interview_id, note_id), CorrectionForm()
    about = corrections.choices(db.session, note).find(request.args.get("answer", ""))
    if about is None:
        abort(HTTPStatus.NOT_FOUND)
    if not form.validate_on_submit():
        return _beside(note, about, form), HTTPStatus.UNPROCESSABLE_ENTITY
    corrections.correct(db.session, note, about, form.said(), hand())
    db.session.commit()
    flash(f"The note stands beside the answer to {about.question_code} now.")
    return back(note)


@bp.post("/<uuid:interview_id>/corrections/<uuid:correction_id>/undo")
def undo_correction(interview_id: uuid.UUID, correction_id: uuid.UUID) -> Page:
    """Take back that a note changes an answer."""
    row = corrections.find(db.session, find(interview_id), correction_id)
    if row is None:
        abort(HTTPStatus.NOT_FOUND)
    corrections.undo(db.session, row, hand())
    db.session.commit()
    flash(f"The note says nothing about the answer to {row.question_code} any more.")
    return back(row.note)


def _beside(note: Note, about: Written, form: CorrectionForm) -> str:
    return show(
        "correct",
        note.interview,
        "tidy",
        note=note,
        about=about,
        form=form,
        kinds=KINDS,
        prevailing=PREVAILING,
    )
