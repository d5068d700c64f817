"""What authorities said when they were shown the quotations of their words."""

from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import CheckItem, MemberCheck, Submission, Survey
from surveyapp.models.checking import CheckVerdict
from synthesis import material


def checked(session: Session, survey: Survey) -> tuple[material.Checked, ...]:
    """Return what authorities that came back said, of several answers to the same words the last.

    Silence is no answer, and is not among them.
    """
    asked = (
        select(CheckItem)
        .join(CheckItem.check)
        .join(MemberCheck.submission)
        .where(
            Submission.survey_id == survey.id,
            MemberCheck.returned_at.is_not(None),
            MemberCheck.taken_back_at.is_(None),
            CheckItem.verdict != "",
        )
        .order_by(MemberCheck.returned_at, CheckItem.place)
    )
    last = {(one.response, one.start, one.end): one for one in session.scalars(asked)}
    return tuple(
        material.Checked(
            response=one.response,
            start=one.start,
            end=one.end,
            words=one.words,
            verdict=cast(CheckVerdict, one.verdict),
            instead=one.instead,
        )
        for _, one in sorted(last.items())
    )
