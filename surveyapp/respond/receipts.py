"""The receipt of a return by mail: to its coordinator, and to whoever submitted it."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy.orm import Session

from surveyapp import links, mail
from surveyapp.config import Settings
from surveyapp.models import Mail, Person, Submission


def write(
    session: Session, settings: Settings, submission: Submission, at: dt.datetime
) -> list[Mail]:
    """Write the receipts of a return that has just been submitted.

    There is one a person each time it is submitted: a return that was opened again and handed in
    once more gets another. Nobody of an example is written to, except in a demonstration's outbox.
    """
    if submission.survey.is_example and settings.mail != "outbox":
        return []
    return [_write(session, settings, submission, one, at) for one in _wanted(submission)]


def _wanted(submission: Submission) -> Iterator[Person]:
    coordinators = [one.person for one in submission.contributors if one.coordinator]
    by = [submission.submitted_by] if submission.submitted_by else []
    yield from dict.fromkeys([*coordinators, *by])


def _write(
    session: Session, settings: Settings, submission: Submission, to: Person, at: dt.datetime
) -> Mail:
    submitted_at, by = submission.submitted_at, submission.submitted_by
    token = links.invite(session, to, submission, at)
    return mail.queue(
        session,
        kind="receipt",
        to=to,
        key=f"receipt:{submission.id}:{submitted_at}:{to.id}",
        context={
            "survey_title": submission.survey.title,
            "authority": submission.authority.name,
            "link": links.address(settings, token),
            "reference": submission.reference,
            "submitted_at": submitted_at,
            "submitted_by": by.name if by else "",
        },
        submission=submission,
    )
