"""What a return says now, and what it said at a moment in the past."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.models import Answer, AnswerRevision, Submission

Key = tuple[str, str]
Values = Mapping[Key, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Row:
    """A stored answer: its value, its version, who wrote it and when."""

    value: Mapping[str, object]
    version: int
    author: str
    at: dt.datetime


def now(session: Session, submission: Submission) -> dict[Key, Row]:
    """Return every answer as it stands, in the order in which they were begun."""
    rows = session.scalars(
        select(Answer)
        .where(Answer.submission_id == submission.id)
        .options(joinedload(Answer.author))
        .order_by(Answer.created_at, Answer.entry_id, Answer.question_code)
    )
    return {
        (row.question_code, row.entry_id): Row(
            row.value, row.version, row.author.name, row.updated_at
        )
        for row in rows
    }


def at(
    session: Session, submission: Submission, moment: dt.datetime
) -> dict[Key, dict[str, object]]:
    """Return every answer as it stood at a moment, in the same order."""
    revisions = session.execute(
        select(Answer.question_code, Answer.entry_id, AnswerRevision.value)
        .join(AnswerRevision.answer)
        .where(Answer.submission_id == submission.id, AnswerRevision.saved_at <= moment)
        .order_by(Answer.created_at, Answer.entry_id, Answer.question_code, AnswerRevision.version)
    )
    # The last revision before the moment stands.
    return {(code, entry): dict(value) for code, entry, value in revisions}


def use_levels(submission: Submission) -> dict[str, str]:
    """Return how the words of each section may be used; "" where nobody has said."""
    return {state.section_code: state.use_level or "" for state in submission.sections}
