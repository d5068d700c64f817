"""What answers and notes said before: nothing is made from it, and words can be erased from it.

It is not looked through by itself, for it says nearly the same many times over; but words that a
person knows of are found in it.
"""

import uuid
from collections.abc import Collection, Iterator
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.identifying.sources import Rows, of_call
from surveyapp.identifying.texts import EARLIER, Text, said
from surveyapp.models import Answer, AnswerRevision, Note, NoteRevision, Submission, Survey

_authority: Final = Submission.authority_code


def of(session: Session, survey: Survey, authority: str) -> Iterator[Text]:
    """Yield what an authority's answers and notes said before, the latest first; in two queries."""
    for rows in _versions(survey):
        yield from _read(session, rows.where(_authority == authority))


def at(session: Session, survey: Survey, wanted: Collection[str]) -> Iterator[Text]:
    """Yield the earlier versions at some places."""
    parts = (one.partition("/") for one in wanted)
    ids = {uuid.UUID(id) for prefix, _, id in parts if prefix == EARLIER}
    if ids:
        known = (AnswerRevision.id, NoteRevision.id)
        for id, rows in zip(known, _versions(survey), strict=True):
            yield from _read(session, rows.where(id.in_(ids)))


def _versions(survey: Survey) -> tuple[Rows, Rows]:
    answers: Rows = (
        select(AnswerRevision.id, _authority, AnswerRevision.value)
        .join(Answer, Answer.id == AnswerRevision.answer_id)
        .join(Submission, Submission.id == Answer.submission_id)
        .where(Submission.survey_id == survey.id)
        .order_by(AnswerRevision.saved_at.desc(), AnswerRevision.id)
    )
    notes: Rows = select(NoteRevision.id, _authority, NoteRevision.text).join(
        Note, Note.id == NoteRevision.note_id
    )
    notes = of_call(Note)(notes).where(Submission.survey_id == survey.id)
    return answers, notes.order_by(NoteRevision.saved_at.desc(), NoteRevision.id)


def _read(session: Session, rows: Rows) -> Iterator[Text]:
    for id, authority, value in session.execute(rows):
        words = value if isinstance(value, str) else "\n".join(text for _, text in said(value))
        if words:
            yield Text(f"{EARLIER}/{id.hex}", authority, words)
