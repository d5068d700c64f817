"""Returns that were opened again: the last time of each, and what their answers said until then."""

import uuid
from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.models import Answer, AnswerRevision, Reopening, Submission, Survey

Value = Mapping[str, object]


def last(session: Session, submission: Submission) -> Reopening | None:
    """Return the last time that a return was opened again, with who did it."""
    return session.scalars(
        select(Reopening)
        .where(Reopening.submission_id == submission.id)
        .options(joinedload(Reopening.reopened_by))
        .order_by(Reopening.at.desc(), Reopening.id)
        .limit(1)
    ).one_or_none()


def all_of(session: Session, survey: Survey) -> list[Reopening]:
    """Return every time that a return of a survey was opened again, the earliest first."""
    return list(
        session.scalars(
            select(Reopening)
            .join(Reopening.submission)
            .where(Submission.survey_id == survey.id)
            .options(joinedload(Reopening.reopened_by))
            .order_by(Reopening.at, Reopening.id)
        )
    )


def before(
    session: Session, reopenings: Iterable[Reopening], rows: Iterable[Answer]
) -> dict[uuid.UUID, Value]:
    """Return what each answer that has changed since said when its return was submitted.

    An answer that was not there then said {}; one that says the same again is left out. It takes
    one query, however many answers there are.
    """
    versions = {one.submission_id: one.answers_before for one in reopenings}
    touched = {
        row.id: (row, versions[row.submission_id].get(str(row.id)))
        for row in rows
        if row.submission_id in versions
        and versions[row.submission_id].get(str(row.id)) != row.version
    }
    pairs = [(key, version) for key, (_, version) in touched.items() if version is not None]
    values = _values(session, pairs)
    former = {key: values.get(key, {}) for key in touched}
    return {key: one for key, one in former.items() if dict(one) != dict(touched[key][0].value)}


def before_in(session: Session, survey: Survey) -> dict[uuid.UUID, Value]:
    """Return what each answer of a survey that has changed since said, in returns opened again."""
    reopenings = all_of(session, survey)
    ids = {one.submission_id for one in reopenings}
    if not ids:
        return {}
    rows = session.scalars(select(Answer).where(Answer.submission_id.in_(ids)))
    return before(session, reopenings, rows)


def as_they_were(rows: Iterable[Answer], former: Mapping[uuid.UUID, Value]) -> list[Answer]:
    """Return answers as they were submitted, on no session."""
    return [
        Answer(
            id=row.id,
            submission_id=row.submission_id,
            question_code=row.question_code,
            entry_id=row.entry_id,
            value=dict(former.get(row.id, row.value)),
            version=row.version,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )
        for row in rows
    ]


def _values(session: Session, pairs: list[tuple[uuid.UUID, int]]) -> dict[uuid.UUID, Value]:
    if not pairs:
        return {}
    rows = session.execute(
        select(AnswerRevision.answer_id, AnswerRevision.value).where(
            sa.tuple_(AnswerRevision.answer_id, AnswerRevision.version).in_(pairs)
        )
    )
    return {row.answer_id: row.value for row in rows}
