"""A return that was submitted, opened again: with a reason, and with what it said until then."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import audit, links, mail
from surveyapp.config import Settings
from surveyapp.errors import NotSubmittedError, SurveyClosedError, SurveyError
from surveyapp.models import Answer, Contributor, Person, Reopening, Submission

LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Request:
    """Who opens a return again, why and when."""

    by: Person
    reason: str
    at: dt.datetime


def hindrance(submission: Submission) -> SurveyError | None:
    """Return what stands in the way of opening a return again, if anything does."""
    if submission.submitted_at is None:
        return NotSubmittedError("This return is open: it has not been submitted.")
    if not submission.survey.is_open:
        return SurveyClosedError("The survey is closed. Extend it first.")
    return None


def reopen(session: Session, submission: Submission, request: Request) -> Reopening:
    """Open a return again; its reference stays, and so does what it said until now.

    Of two people who do so at once one succeeds: NotSubmittedError for the other. Nothing can be
    changed while the survey is closed: SurveyClosedError.
    """
    session.flush()
    session.refresh(submission, with_for_update=True)
    hindered = hindrance(submission)
    if hindered is not None:
        raise hindered
    reopening = Reopening(
        submission=submission,
        reopened_by=request.by,
        reason=request.reason.strip(),
        at=request.at,
        answers_before=_versions(session, submission),
    )
    session.add(reopening)
    submission.submitted_at = submission.submitted_by = None
    count = len(reopening.answers_before)
    audit.record(session, "return.reopened", reopening, request.by, answers=count)
    return reopening


def tell(session: Session, settings: Settings, reopening: Reopening) -> Person | None:
    """Write to the coordinator that the return is open again; return who is told, if anybody is.

    Nobody of an example is written to, except in a demonstration's outbox.
    """
    submission = reopening.submission
    coordinator = session.scalars(
        select(Person)
        .join(Contributor, Contributor.person_id == Person.id)
        .where(Contributor.submission_id == submission.id, Contributor.coordinator)
    ).one_or_none()
    if coordinator is None or (submission.survey.is_example and settings.mail != "outbox"):
        return None
    token = links.invite(session, coordinator, submission, reopening.at)
    mail.queue(
        session,
        kind="reopened",
        to=coordinator,
        key=f"reopened:{reopening.id}",
        context={
            "survey_title": submission.survey.title,
            "authority": submission.authority.name,
            "link": links.address(settings, token),
            "reason": reopening.reason,
            "reopened_by": reopening.reopened_by.name,
            "closes_on": submission.survey.closes_on,
        },
        submission=submission,
    )
    return coordinator


def _versions(session: Session, submission: Submission) -> dict[str, int]:
    rows = session.execute(
        select(Answer.id, Answer.version).where(Answer.submission_id == submission.id)
    )
    return {str(row.id): row.version for row in rows}
