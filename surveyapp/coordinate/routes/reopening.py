"""Opening a submitted return again, with a reason that its people read."""

import uuid
from http import HTTPStatus

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import guards
from surveyapp.coordinate import people, reopening
from surveyapp.coordinate.reopening import LONGEST, Request
from surveyapp.coordinate.routes.room import bp, now, settings, show, survey
from surveyapp.errors import NotSubmittedError, SurveyClosedError
from surveyapp.extensions import db
from surveyapp.forms import ButtonForm
from surveyapp.models import Submission, Survey

Page = str | tuple[str, int] | Response


@bp.get("/<code>/returns/<uuid:submission_id>/reopen")
def reopen(code: str, submission_id: uuid.UUID) -> Page:
    """Ask why a return is to be opened again."""
    found = survey(code)
    return _ask(found, people.find_submission(db.session, found, submission_id), "")


@bp.post("/<code>/returns/<uuid:submission_id>/reopen")
def reopened(code: str, submission_id: uuid.UUID) -> Page:
    """Open a return again and write to its coordinator."""
    found = survey(code)
    submission = people.find_submission(db.session, found, submission_id)
    problem = _wrong(_typed())
    if problem:
        return _ask(found, submission, problem), HTTPStatus.UNPROCESSABLE_ENTITY
    wanted = Request(guards.signed_in(), _typed(), now())
    try:
        done = reopening.reopen(db.session, submission, wanted)
    except (NotSubmittedError, SurveyClosedError):
        # The page says which, and what to do about it; the reason is still in its box.
        return _ask(found, submission, ""), HTTPStatus.CONFLICT
    told = reopening.tell(db.session, settings(), done)
    name, whom = submission.authority.name, told.name if told else ""
    db.session.commit()
    flash(f"The return of {name} is open again. {_news(whom)}")
    back = url_for("coordinate.return", code=code, submission_id=submission_id)
    return redirect(back, HTTPStatus.SEE_OTHER)


def _news(whom: str) -> str:
    return f"A message to {whom} is on its way." if whom else "Nobody has been written to."


def _typed() -> str:
    return request.form.get("reason", "").strip()


def _wrong(reason: str) -> str:
    if not reason:
        return "Enter why the return is opened again"
    too_long = len(reason) > LONGEST
    return f"Shorten the reason to {LONGEST:,} characters or fewer" if too_long else ""


def _ask(found: Survey, submission: Submission, problem: str) -> str:
    hindrance = reopening.hindrance(submission)
    return show(
        "reopen",
        found,
        "people",
        submission=submission,
        form=ButtonForm(formdata=None),
        is_submitted=submission.submitted_at is not None,
        is_hindered=hindrance is not None,
        reason=_typed(),
        problem=problem,
    )
