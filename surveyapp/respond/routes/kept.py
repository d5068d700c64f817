"""Words that are no part of the return, shown to whom they belong; what every page may tell."""

import uuid

from flask import render_template

from surveyapp import guards, people, published, reopened
from surveyapp.extensions import db
from surveyapp.models import Reopening, Submission
from surveyapp.respond import kept
from surveyapp.respond.routes import doorway
from surveyapp.respond.routes.doorway import bp


@bp.get("/kept", endpoint="kept")
def show_kept(submission_id: uuid.UUID) -> str:
    """Show a person their own words that are kept apart; a consultant sees everybody's."""
    submission = doorway.opened(submission_id)
    sees_all = guards.is_staff(*guards.OVERSEEING)
    person = None if sees_all else guards.signed_in()
    return render_template(
        "respond/kept.html",
        submission=submission,
        kept=kept.of(db.session, submission, person),
        sees_all=sees_all,
    )


@bp.context_processor
def _notices() -> dict[str, object]:
    """Give every page of a return what its notices ask for; nothing is read before they do."""
    return {"reopening_of": _reopening_of, "count_kept": _count_kept, "whom_to_ask": _whom_to_ask}


def _reopening_of(submission: Submission) -> Reopening | None:
    """Return why a return is open again; None where it is submitted or never was."""
    if submission.submitted_at is not None:
        return None
    return reopened.last(db.session, submission)


def _count_kept(submission: Submission) -> int:
    return kept.count(db.session, submission, guards.signed_in())


def _whom_to_ask(submission: Submission) -> str:
    """Return whom the person may ask for help: who runs the survey, or else who invited them."""
    contact = published.privacy(submission).contact
    return contact or people.invited_by(db.session, submission, guards.signed_in())
