"""What is to be done after interviews: of one of them, or of all that a person holds."""

import uuid
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import guards
from surveyapp.extensions import db
from surveyapp.forms import DayFields
from surveyapp.interview import follow_ups
from surveyapp.interview.after import forms
from surveyapp.interview.after.forms import TaskForm
from surveyapp.interview.routes.room import bp, find, now, show
from surveyapp.interview.routes.tidying import Page, after_list, hand, note_of
from surveyapp.models import FollowUp, Interview


@bp.get("/tasks")
def tasks() -> str:
    """Show what is to be done after all of a person's interviews; a consultant sees everybody's."""
    oversees = guards.is_staff(*guards.OVERSEEING)
    found = follow_ups.mine(db.session, guards.signed_in(), now(), oversees=oversees)
    return render_template("interview/tasks.html", tasks=found, oversees=oversees)


@bp.get("/<uuid:interview_id>/follow-ups")
@bp.get("/<uuid:interview_id>/follow-ups/<uuid:task_id>")
def follow_up(interview_id: uuid.UUID, task_id: uuid.UUID | None = None) -> str:
    """Show what is to be done after an interview, and a form for one thing more, or one of them."""
    interview = find(interview_id)
    row = _task(interview, task_id) if task_id else None
    form = TaskForm(formdata=None, obj=row)
    return _show(interview, row, form, forms.as_boxes("due", row.due_on if row else None))


@bp.post("/<uuid:interview_id>/follow-ups", endpoint="keep_follow_up")
@bp.post("/<uuid:interview_id>/follow-ups/<uuid:task_id>", endpoint="keep_follow_up")
def keep(interview_id: uuid.UUID, task_id: uuid.UUID | None = None) -> Page:
    """Keep something to be done, or change it."""
    interview = find(interview_id)
    row = _task(interview, task_id) if task_id else None
    form, typed = TaskForm(), DayFields("due", request.form)
    day, problem = forms.due(typed)
    if not form.validate_on_submit() or problem:
        return _show(interview, row, form, typed, problem), HTTPStatus.UNPROCESSABLE_ENTITY
    if row is None:
        follow_ups.make(db.session, interview, forms.task_of(form, day), hand())
    else:
        follow_ups.change(db.session, row, forms.task_of(form, day), hand())
    db.session.commit()
    flash("The task is saved.")
    return redirect(url_for("interview.follow_up", interview_id=interview_id))


@bp.post("/<uuid:interview_id>/notes/<uuid:note_id>/task")
def note_task(interview_id: uuid.UUID, note_id: uuid.UUID) -> Page:
    """Make a task of a note, or of the document promised in it, in one press."""
    note = note_of(interview_id, note_id)
    asked = request.args.get("document")
    found = next((one for one in note.interview.documents if str(one.id) == asked), None)
    is_of_note = found is not None and found.note_id == note.id
    if not note.counts or (asked and not is_of_note):
        abort(HTTPStatus.NOT_FOUND)
    task = follow_ups.of_document(found, note) if found else follow_ups.of_note(note)
    follow_ups.make(db.session, note.interview, task, hand())
    return after_list(note.interview, "The task is made. You can give it a day.", "note", note)


@bp.post("/<uuid:interview_id>/follow-ups/<uuid:task_id>/done")
def done(interview_id: uuid.UUID, task_id: uuid.UUID) -> Response:
    """Note that a task is done."""
    row = _task(find(interview_id), task_id)
    follow_ups.done(db.session, row, hand())
    db.session.commit()
    flash("The task is done. It is kept below, where you can undo this.")
    return _back(interview_id)


@bp.post("/<uuid:interview_id>/follow-ups/<uuid:task_id>/not-done")
def not_done(interview_id: uuid.UUID, task_id: uuid.UUID) -> Response:
    """Note that a task is not done after all."""
    row = _task(find(interview_id), task_id)
    follow_ups.not_done(db.session, row, hand())
    db.session.commit()
    flash("The task is to be done again.")
    return _back(interview_id)


def _task(interview: Interview, task_id: uuid.UUID) -> FollowUp:
    row = db.session.get(FollowUp, task_id)
    if row is None or row.interview_id != interview.id:
        abort(HTTPStatus.NOT_FOUND)
    return row


def _back(interview_id: uuid.UUID) -> Response:
    """Return to the list on which the button stands."""
    if request.args.get("list") == "all":
        return redirect(url_for("interview.tasks"))
    return redirect(url_for("interview.follow_up", interview_id=interview_id))


def _show(
    interview: Interview, row: FollowUp | None, form: TaskForm, due: DayFields, problem: str = ""
) -> str:
    return show(
        "follow_ups",
        interview,
        "tidy",
        tasks=follow_ups.of(interview, now()),
        row=row,
        form=form,
        due=due,
        due_problem=problem,
    )
