"""What a survey holds, told in one query and a few numbers: as it changes, they change.

Decisions and clearings are not among them. Whoever records one lays it over what was derived in
the same transaction (`surveyapp.derived.laying`).
"""

import hashlib
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session

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
    row = session.execute(select(*(column.scalar_subquery() for column in _told(survey)))).one()
    told = [VERSION, survey.codebook_id.hex, *map(str, row)]
    return hashlib.sha256("|".join(told).encode()).hexdigest()


def _told(survey: Survey) -> list[sa.Select[Any]]:
    """Return what is asked of each table: how many rows there are, and what moves as they do."""
    submissions = select(Submission.id).where(Submission.survey_id == survey.id)
    calls = select(Interview.id).where(Interview.submission_id.in_(submissions))
    answers = Answer.submission_id.in_(submissions)
    notes = Note.interview_id.in_(calls)
    sections = SectionState.submission_id.in_(submissions)
    held = Interview.submission_id.in_(submissions)
    theirs = MemberCheck.submission_id.in_(submissions)
    corrections = Correction.note_id.in_(select(Note.id).where(notes))
    return [
        select(func.count()).select_from(Submission).where(Submission.survey_id == survey.id),
        select(func.count(Submission.submitted_at)).where(Submission.survey_id == survey.id),
        select(func.count()).select_from(Answer).where(answers),
        select(func.sum(Answer.version)).where(answers),
        select(func.max(Answer.updated_at)).where(answers),
        select(func.count()).select_from(Note).where(notes),
        select(func.sum(Note.version + 1000 * func.coalesce(Note.confirmed_version, 0))).where(
            notes
        ),
        select(func.count(Note.struck_at)).where(notes),
        select(func.max(Note.updated_at)).where(notes),
        *_levels(sections, SectionState.use_level),
        select(func.max(SectionState.last_activity_at)).where(sections),
        *_levels(held, Interview.use_level),
        select(func.count())
        .select_from(ConsentAnswer)
        .where(ConsentAnswer.interview_id.in_(calls)),
        select(func.max(ConsentAnswer.at)).where(ConsentAnswer.interview_id.in_(calls)),
        select(func.count(Interview.held_on)).where(held),
        select(func.count(Interview.cancelled_at)).where(held),
        *(
            select(
                func.sum(sa.case((column.is_(True), 1), (column.is_(False), 1000), else_=0))
            ).where(held)
            for column in (Interview.consent_notes, Interview.consent_quotes)
        ),
        select(func.count()).select_from(Correction).where(corrections),
        select(func.count(Correction.undone_at)).where(corrections),
        *(
            select(func.count()).select_from(kept).where(kept.interview_id.in_(calls))
            for kept in (SharedDocument, KeyContact)
        ),
        select(func.count(MemberCheck.returned_at)).where(theirs),
        select(func.max(MemberCheck.returned_at)).where(theirs),
        select(func.count(MemberCheck.taken_back_at)).where(theirs),
        select(func.count(Upload.removed_at)).where(Upload.submission_id.in_(submissions)),
    ]


def _levels(
    rows: sa.ColumnElement[bool], level: sa.orm.InstrumentedAttribute[str | None]
) -> list[sa.Select[Any]]:
    """Count how often each use level is chosen."""
    return [
        select(func.count(level)).where(rows, level == chosen)
        for chosen in ("named", "unnamed", "withheld")
    ]
