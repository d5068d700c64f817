"""The page of one return: how far it is, who completes it, its mail and what happened."""

import uuid

from surveyapp.coordinate import people
from surveyapp.coordinate import returns as reading
from surveyapp.coordinate.routes.room import bp, now, show, survey, today
from surveyapp.extensions import db


@bp.get("/<code>/returns/<uuid:submission_id>/", endpoint="return")
def one_return(code: str, submission_id: uuid.UUID) -> str:
    """Show everything about one return, and lead to its answers."""
    found = survey(code)
    submission = people.find_submission(db.session, found, submission_id)
    look = reading.Look(today(found), now())
    return show(
        "return",
        found,
        "tracker",
        one=reading.read(db.session, found, submission, look),
        today=look.today,
    )
