"""The way into a return: its blueprint, whose it is, and who may write in it."""

import datetime as dt
import uuid

from flask import Blueprint, request

from surveyapp import audit, guards
from surveyapp.extensions import db
from surveyapp.models import Contributor, Submission
from surveyapp.respond import standing
from surveyapp.respond.standing import Standing

MOST_TYPED = 16 * 1024 * 1024  # a very long paste is refused by its question, not by the server
MOST_FIELDS = 20_000

bp = Blueprint(
    "respond",
    "surveyapp.respond",
    url_prefix="/r/<uuid:submission_id>",
    template_folder="templates",
)
guards.contributors_only(bp)


@bp.url_value_preprocessor
def _take_long_texts(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    request.max_form_memory_size = MOST_TYPED
    # A form that carries files counts its fields; a long section with many entries has thousands.
    request.max_form_parts = MOST_FIELDS


def opened(submission_id: uuid.UUID) -> Submission:
    """Return the submission of this address, if the person may read it."""
    return guards.submission(submission_id)


def writing(submission_id: uuid.UUID) -> Contributor:
    """Return the person's part in the submission of this address; others may only read it."""
    contributor = guards.contributor(opened(submission_id))
    if contributor is None:
        raise guards.NotYoursError
    return contributor


def may_write(submission: Submission) -> bool:
    """Say whether the person completes this return, and it can still be changed."""
    is_open = submission.submitted_at is None and submission.survey.is_open
    return is_open and guards.contributor(submission) is not None


def is_looking(submission: Submission) -> bool:
    """Say whether the person looks at the return as staff, and has no part in it."""
    return guards.contributor(submission) is None and guards.is_staff()


def note_reading(submission: Submission) -> None:
    """Note that staff read the answers; who writes them may read them without a note."""
    if is_looking(submission):
        audit.note_reading(db.sessionmaker, submission, guards.signed_in())


def standing_of(submission: Submission) -> Standing:
    """Return the return of this address as it stands."""
    return standing.read(db.session, submission)


def now() -> dt.datetime:
    """Return this moment."""
    return dt.datetime.now(dt.UTC)
