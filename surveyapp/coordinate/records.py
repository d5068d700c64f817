"""What has been recorded about a survey: its mail, and its audit trail."""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.models import AuditEvent, Mail, Submission, Survey

PAGE: Final = 100


def mail(session: Session, survey: Survey, page: int) -> Sequence[Mail]:
    """Return one page of the mail of a survey, the latest first, and one more if there is more."""
    return session.scalars(
        select(Mail)
        .join(Mail.submission)
        .where(Submission.survey_id == survey.id)
        .options(joinedload(Mail.submission).joinedload(Submission.authority))
        .order_by(Mail.created_at.desc(), Mail.id)
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    ).all()


def trail(session: Session, survey: Survey, page: int) -> Sequence[AuditEvent]:
    """Return one page of what was seen and done, the latest first, and one more if there is."""
    about_survey = sa.and_(
        AuditEvent.subject_type == "survey", AuditEvent.subject_id == str(survey.id)
    )
    returns = select(Submission.id).where(Submission.survey_id == survey.id)
    return session.scalars(
        select(AuditEvent)
        .where(sa.or_(about_survey, AuditEvent.submission_id.in_(returns)))
        .options(
            joinedload(AuditEvent.person),
            joinedload(AuditEvent.submission).joinedload(Submission.authority),
        )
        .order_by(AuditEvent.at.desc(), AuditEvent.id)
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    ).all()
