"""What a survey holds, told in one query and a few numbers: as it changes, they change.

Decisions and clearings are not among them. Whoever records one lays it over what was derived in
the same transaction (`surveyapp.derived.laying`).
"""

import hashlib
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from surveyapp.models import (
    Answer,
    ConsentAnswer,
    Correction,
    Interview,
    KeyContact,
    MemberCheck,
    Note,
    SectionState,
    SharedDocument,
    Submission,
    Survey,
    Upload,
)

# What suggests tags from the same words has changed: everything is derived afresh.
VERSION = "1"


def of(session: Session, survey: Survey) -> str:
    """Return the fingerprint of what a survey's passages are derived from."""
    parts = [told.subquery() for told in _told(survey)]
    # Each has one row. Every page asks for them, so that no table is gone through twice.
    together: sa.FromClause = parts[0]
    for part in parts[1:]:
        together = sa.join(together, part, sa.true())
    columns = (column for part in parts for column in part.c)
    row = session.execute(select(*columns).select_from(together)).one()
    told = [VERSION, survey.codebook_id.hex, *map(str, row)]
    return hashlib.sha256("|".join(told).encode()).hexdigest()


def _told(survey: Survey) -> list[sa.Select[Any]]:
    """Return what is asked of each table: how many rows there are, and what moves as they do."""
    submissions = select(Submission.id).where(Submission.survey_id == survey.id)
    calls = select(Interview.id).where(Interview.submission_id.in_(submissions))
    notes = Note.interview_id.in_(calls)
    corrected = Correction.note_id.in_(select(Note.id).where(notes))
    return [
        select(func.count(), func.count(Submission.submitted_at)).where(
            Submission.survey_id == survey.id
        ),
        select(func.count(), func.sum(Answer.version), func.max(Answer.updated_at)).where(
            Answer.submission_id.in_(submissions)
        ),
        select(
            func.count(),
            func.sum(Note.version + 1000 * func.coalesce(Note.confirmed_version, 0)),
            func.count(Note.struck_at),
            func.max(Note.updated_at),
        ).where(notes),
        select(*_levels(SectionState.use_level), func.max(SectionState.last_activity_at)).where(
            SectionState.submission_id.in_(submissions)
        ),
        select(
            *_levels(Interview.use_level),
            func.count(Interview.held_on),
            func.count(Interview.cancelled_at),
            *(_answered(one) for one in (Interview.consent_notes, Interview.consent_quotes)),
        ).where(Interview.submission_id.in_(submissions)),
        select(func.count(), func.max(ConsentAnswer.at)).where(
            ConsentAnswer.interview_id.in_(calls)
        ),
        select(func.count(), func.count(Correction.undone_at)).where(corrected),
        *(
            select(func.count()).where(kept.interview_id.in_(calls))
            for kept in (SharedDocument, KeyContact)
        ),
        select(
            func.count(MemberCheck.returned_at),
            func.max(MemberCheck.returned_at),
            func.count(MemberCheck.taken_back_at),
        ).where(MemberCheck.submission_id.in_(submissions)),
        select(func.count(Upload.removed_at)).where(Upload.submission_id.in_(submissions)),
    ]


def _levels(level: InstrumentedAttribute[str | None]) -> list[sa.ColumnElement[int]]:
    """Count how often each use level is chosen."""
    return [
        func.count(sa.case((level == chosen, 1))) for chosen in ("named", "unnamed", "withheld")
    ]


def _answered(question: InstrumentedAttribute[bool | None]) -> sa.ColumnElement[int]:
    """Count the yes and the no to a question, told apart."""
    return func.sum(sa.case((question.is_(True), 1), (question.is_(False), 1000), else_=0))
