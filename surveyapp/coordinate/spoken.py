"""The tables of an export that tell of the telephone: interviews, and all that came of them."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeVar

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from surveyapp.coordinate import spoken_columns as columns
from surveyapp.models import (
    Authority,
    ConsentAnswer,
    Correction,
    FollowUp,
    Interview,
    KeyContact,
    Note,
    SharedDocument,
    Submission,
    Survey,
)
from surveyapp.standing import now_in, state
from surveyapp.tables import Row

Rows = Iterable[Row]
# Rows that come in crowds are fetched in parts, so that memory does not grow with them.
IN_PARTS: Final = {"yield_per": 500}
OfInterview = TypeVar("OfInterview", ConsentAnswer, FollowUp, KeyContact, Note, SharedDocument)


def _interviews(session: Session, survey: Survey) -> Iterator[Row]:
    now = now_in(survey, dt.datetime.now(dt.UTC))
    people = (joinedload(Interview.interviewer), joinedload(Interview.note_taker))
    rows = session.scalars(_in_order(select(Interview), survey).options(*people))
    for row in rows:
        yield *_about(row), state(row, now), *_when(row), *_who(row), *_agreed(row)


def _when(row: Interview) -> Row:
    return (
        row.starts_at,
        row.lasts_minutes,
        row.held_on,
        row.started_at,
        row.ended_at,
        row.cancelled_at,
    )


def _who(row: Interview) -> Row:
    taker = row.note_taker.name if row.note_taker else None
    return row.interviewer.name, taker, row.interviewee, row.interviewee_role


def _agreed(row: Interview) -> Row:
    consent = (row.consent_notes, row.consent_quotes, row.use_level)
    return *consent, row.offered_at, row.answer_by, row.confirmed_at, row.unanswered_at


def _notes(session: Session, survey: Survey) -> Iterator[Row]:
    order = (Note.second.nulls_last(), Note.created_at)
    for row in session.scalars(_of(Note, survey, *order).options(joinedload(Note.author))):
        yield (
            *_about(row.interview),
            str(row.id),
            row.prompt_code,
            row.theme,
            row.second,
            row.verbatim,
            row.text,
            row.original_text,
            row.origin,
            row.is_confirmed,
            row.struck_at is not None,
            row.follow_up,
            row.version,
            row.author.name,
            row.updated_at,
        )


def _consent(session: Session, survey: Survey) -> Iterator[Row]:
    asked = _of(ConsentAnswer, survey, ConsentAnswer.at)
    for row in session.scalars(asked.options(joinedload(ConsentAnswer.recorded_by))):
        said = (row.at, row.notes, row.quotes, row.use_level, row.recorded_by.name)
        yield *_about(row.interview), *said


def _follow_ups(session: Session, survey: Survey) -> Iterator[Row]:
    tasks = _of(FollowUp, survey, FollowUp.created_at)
    people = (joinedload(FollowUp.made_by), joinedload(FollowUp.done_by))
    for row in session.scalars(tasks.options(*people)):
        yield (
            *_about(row.interview),
            str(row.note_id) if row.note_id else None,
            row.text,
            row.due_on,
            row.made_by.name,
            row.created_at,
            row.done_at,
            row.done_by.name if row.done_by else None,
        )


def _corrections(session: Session, survey: Survey) -> Iterator[Row]:
    made = select(Correction).join(Correction.note).join(Note.interview)
    loaded = contains_eager(Correction.note).contains_eager(Note.interview)
    for row in session.scalars(
        _in_order(made, survey, Correction.at, Correction.id).options(
            loaded, joinedload(Correction.made_by)
        )
    ):
        which = (row.question_code, row.entry_id, row.kind, row.prevails)
        made_by = (row.made_by.name, row.at, row.undone_at)
        yield *_about(row.note.interview), str(row.note_id), *which, *made_by


def _documents(session: Session, survey: Survey) -> Iterator[Row]:
    for row in session.scalars(_of(SharedDocument, survey)):
        about = (row.theme, row.title, row.kind, row.url, row.dated, row.owner, row.may_share)
        yield *_about(row.interview), *about


def _contacts(session: Session, survey: Survey) -> Iterator[Row]:
    for row in session.scalars(_of(KeyContact, survey)):
        about = (row.theme, row.name, row.role, row.email, row.phone, row.may_publish)
        yield *_about(row.interview), *about


def _of(
    model: type[OfInterview], survey: Survey, *order: sa.ColumnExpressionArgument[object]
) -> sa.Select[OfInterview]:
    found = select(model).join(model.interview).options(contains_eager(model.interview))
    return _in_order(found, survey, *order, model.id).execution_options(**IN_PARTS)


Found = TypeVar("Found")


def _in_order(
    found: sa.Select[Found], survey: Survey, *order: sa.ColumnExpressionArgument[object]
) -> sa.Select[Found]:
    """Keep what is of one survey, authority by authority and call by call."""
    by_call = (Authority.name, Authority.code, Interview.held_on.nulls_last(), Interview.id)
    return (
        found.join(Interview.submission)
        .join(Submission.authority)
        .where(Submission.survey_id == survey.id)
        .order_by(*by_call, *order)
    )


def _about(one: Interview) -> Row:
    return one.submission.authority_code, one.submission.authority.name, str(one.id)


KINDS: Final[tuple[tuple[str, str, Mapping[str, str], Callable[[Session, Survey], Rows]], ...]] = (
    ("Interviews", "A telephone interview.", columns.INTERVIEWS, _interviews),
    ("Notes", "A note of an interview.", columns.NOTES, _notes),
    ("Consent history", "What was agreed to, each time.", columns.CONSENT, _consent),
    ("Follow-ups", "A task that came of an interview.", columns.FOLLOW_UPS, _follow_ups),
    (
        "Corrections",
        "A note that corrects or deepens an answer.",
        columns.CORRECTIONS,
        _corrections,
    ),
    ("Documents", "A document offered on the telephone.", columns.DOCUMENTS, _documents),
    ("Contacts", "A contact named on the telephone.", columns.CONTACTS, _contacts),
)
