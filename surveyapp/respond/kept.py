"""Words that are no part of a return and are kept all the same: they came too late, or gave way."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp import published
from surveyapp.definitions import answers
from surveyapp.definitions.questions import Question
from surveyapp.files import uploads
from surveyapp.files.uploads import Uploads
from surveyapp.models import Person, Submission, Unsaved
from surveyapp.respond.services import Draft
from surveyapp.respond.sheets import in_words

REASONS: Final[Mapping[str, str]] = {
    "closed": "The survey was not open.",
    "submitted": "The return had been submitted.",
    "signed out": "The session had ended.",
    "expired": "The session had ended.",
    "invalid": "They did not fit the question.",
    "conflict": "A colleague’s words were kept in place of these.",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody typed that is no part of the return: under which question, when and why."""

    code: str
    question: Question | None
    text: str
    author: str
    at: dt.datetime
    reason: str


def of(session: Session, submission: Submission, person: Person | None) -> tuple[Words, ...]:
    """Return the kept words of one person in a return, or of everybody; the latest first."""
    rows = session.scalars(
        _of(submission, person)
        .options(joinedload(Unsaved.person))
        .order_by(Unsaved.at.desc(), Unsaved.question_code, Unsaved.id)
    )
    files = uploads.of_submission(session, submission)
    return tuple(_words(submission, row, files) for row in rows)


def count(session: Session, submission: Submission, person: Person) -> int:
    """Count the kept words of one person in a return."""
    found = _of(submission, person).with_only_columns(sa.func.count(Unsaved.id))
    return session.execute(found).scalar_one()


def give_way(
    session: Session,
    submission: Submission,
    drafts: Iterable[Draft],
    author: Person,
    at: dt.datetime,
) -> Sequence[Unsaved]:
    """Keep the words that a person gave up for a colleague's; the same words only once."""
    known = [
        (row.question_code, row.entry_id, dict(row.value))
        for row in session.scalars(_of(submission, author).where(Unsaved.reason == "conflict"))
    ]
    rows = [
        Unsaved(
            submission=submission,
            person=author,
            question_code=draft.question_code,
            entry_id=draft.entry_id,
            value=dict(draft.value),
            reason="conflict",
            at=at,
        )
        for draft in drafts
        if (draft.question_code, draft.entry_id, dict(draft.value)) not in known
        and _says_something(submission, draft)
    ]
    session.add_all(rows)
    session.flush()
    return rows


def _of(submission: Submission, person: Person | None) -> sa.Select[Unsaved]:
    wanted = select(Unsaved).where(Unsaved.submission_id == submission.id)
    return wanted if person is None else wanted.where(Unsaved.person_id == person.id)


def _says_something(submission: Submission, draft: Draft) -> bool:
    return bool(in_words(published.questionnaire(submission.questionnaire), draft))


def _words(submission: Submission, row: Unsaved, files: Uploads) -> Words:
    questionnaire = published.questionnaire(submission.questionnaire)
    question = questionnaire.by_code.get(row.question_code)
    text = (
        in_words(questionnaire, Draft(row.question_code, row.value, entry_id=row.entry_id), files)
        if question
        else answers.as_text(questionnaire, row.question_code, row.value)
    )
    return Words(
        code=row.question_code,
        question=question,
        text=text,
        author=row.person.name,
        at=row.at,
        reason=REASONS[row.reason],
    )
