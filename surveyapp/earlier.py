"""What an authority returned in the survey before this one: its own return, its predecessors'."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from surveyapp.models import Authority, Submission, Survey


def returns(session: Session, submission: Submission) -> Sequence[Submission]:
    """Return what was handed in, or begun, in the latest earlier survey that has anything."""
    found = session.scalars(_earlier(submission)).unique().all()
    return [one for one in found if one.survey_id == found[0].survey_id]


def _earlier(submission: Submission) -> Select[Submission]:
    """Ask for earlier returns of an authority and of those that became part of it."""
    line = select(Authority.code).where(Authority.code == submission.authority_code)
    family = line.cte("family", recursive=True)
    family = family.union(
        select(Authority.code).join(family, Authority.successor_code == family.c.code)
    )
    survey = submission.survey
    return (
        select(Submission)
        .join(Submission.survey)
        .join(Submission.authority)
        .where(
            Submission.authority_code.in_(select(family.c.code)),
            Submission.last_activity_at.is_not(None),
            Survey.opens_on < survey.opens_on,
            Survey.is_example == survey.is_example,
        )
        .options(
            contains_eager(Submission.survey),
            contains_eager(Submission.authority),
            joinedload(Submission.questionnaire),
            selectinload(Submission.sections),
        )
        .order_by(Survey.opens_on.desc(), Survey.code, Authority.name)
    )
