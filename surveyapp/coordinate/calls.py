"""The telephone interviews of a survey, as the tracker and a return's page show them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from surveyapp.coordinate.nextsteps import Call
from surveyapp.models import FollowUp, Interview, Note, SentenceVerdict, Submission, Survey
from surveyapp.standing import AFTER, now_in, state

SURVEY: Final = sa.bindparam("survey", type_=sa.Uuid())
Calls = Mapping[str, Sequence[Call]]


def of_survey(session: Session, survey: Survey, at: dt.datetime) -> Calls:
    """Return the interviews of every authority, by its code, the earliest first."""
    now = now_in(survey, at)
    found: dict[str, list[Call]] = defaultdict(list)
    rows = session.execute(_all(), {"survey": survey.id})
    for one, authority, is_tidied, has_come_back, first_due in rows:
        call = Call(
            id=one.id,
            state=state(one, now),
            interviewee=one.interviewee,
            starts_at=one.starts_at,
            held_on=one.held_on,
            answer_by=one.answer_by,
            is_given_up=one.unanswered_at is not None,
            is_tidied=is_tidied,
            has_come_back=has_come_back,
            first_due=first_due,
        )
        found[authority].append(call)
    return found


def held_on(calls: Iterable[Call]) -> dt.date | None:
    """Return the day of the first interview that took place."""
    days = (one.held_on for one in calls if one.state in AFTER and one.held_on is not None)
    return min(days, default=None)


# Put together once: building a statement takes as long as running it.
@cache
def _all() -> sa.Select[*tuple[Any, ...]]:
    was_touched = sa.or_(Note.struck_at.is_not(None), Note.text != Note.original_text)
    is_tidied = sa.exists().where(Note.interview_id == Interview.id, was_touched)
    first_due = (
        select(sa.func.min(FollowUp.due_on))
        .where(FollowUp.interview_id == Interview.id, FollowUp.done_at.is_(None))
        .correlate(Interview)
        .scalar_subquery()
    )
    return (
        select(Interview, Submission.authority_code, is_tidied, _has_come_back(), first_due)
        .join(Interview.submission)
        .where(Submission.survey_id == SURVEY)
        .options(
            load_only(
                Interview.interviewee,
                Interview.starts_at,
                Interview.cancelled_at,
                Interview.held_on,
                Interview.started_at,
                Interview.ended_at,
                Interview.offered_at,
                Interview.answer_by,
                Interview.confirmed_at,
                Interview.unanswered_at,
            )
        )
        .order_by(Interview.held_on.nulls_last(), Interview.starts_at.nulls_last(), Interview.id)
    )


def _has_come_back() -> sa.Exists:
    """Return whether words were changed or taken out since the record was last offered."""
    return sa.exists().where(
        SentenceVerdict.interview_id == Interview.id,
        SentenceVerdict.verdict.in_(("corrected", "withdrawn")),
        SentenceVerdict.sent_at >= Interview.offered_at,
    )
