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
from surveyapp.definitions.answers import AnswerError, Problem
from surveyapp.definitions.questions import Question
from surveyapp.files import uploads
from surveyapp.files.uploads import Uploads
from surveyapp.models import Answer, Person, Submission, Unsaved
from surveyapp.respond.services import Draft
from surveyapp.respond.sheets import Kept, in_words
from surveyapp.respond.standing import Key, Standing

REASONS: Final[Mapping[str, str]] = {
    "closed": "The survey was not open.",
    "submitted": "The return had been submitted.",
    "signed out": "The session had ended.",
    "expired": "The session had ended.",
    "invalid": "They did not fit the question. While the return is open, their author finds them "
    "in its box again, to put them right.",
    "conflict": "A colleague’s words stand in place of these.",
}
NOT_SAVED: Final = "What you typed here last is not saved yet."


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
    """Keep the words for which a colleague's stand, the same ones only once; return where."""
    given = [one for one in drafts if _said(submission, one)]
    known = {
        _said_in(submission, row): row
        for row in (session.scalars(_because(submission, author, "conflict")) if given else ())
    }
    for draft in given:
        key = (draft.question_code, draft.entry_id, _said(submission, draft))
        if key not in known:
            known[key] = apart(submission, draft, author, at, "conflict")
            session.add(known[key])
    session.flush()
    wanted = {(one.question_code, one.entry_id, _said(submission, one)) for one in given}
    return [row for key, row in known.items() if key in wanted]


def refuse(
    session: Session,
    submission: Submission,
    drafts: Iterable[Draft],
    author: Person,
    at: dt.datetime,
) -> Sequence[Unsaved]:
    """Keep the words that do not fit their question, in place of those that did not before."""
    given = [one for one in drafts if _said(submission, one)]
    if not given:
        return []
    earlier = session.scalars(_because(submission, author, "invalid"))
    known = {(row.question_code, row.entry_id): row for row in earlier}
    rows = []
    for draft in given:
        row = known.get((draft.question_code, draft.entry_id))
        row = row or apart(submission, draft, author, at, "invalid")
        row.value, row.at = dict(draft.value), at
        rows.append(row)
    session.add_all(rows)
    session.flush()
    return rows


def refused(session: Session, now: Standing, person: Person) -> dict[Key, Kept]:
    """Return what a person typed last where it could not be saved, to stand in its box again."""
    rows = session.scalars(_of(now.submission, person).where(Unsaved.reason == "invalid"))
    known = [row for row in rows if row.question_code in now.questionnaire.by_code]
    return {(row.question_code, row.entry_id): _kept(now, row) for row in known}


def let_go(
    session: Session, submission: Submission, drafts: Iterable[Draft], author: Person
) -> None:
    """Keep no longer what its author has mended, or has saved after all in the same words."""
    settled = list(drafts)
    if not settled:
        return
    keys = {(one.question_code, one.entry_id) for one in settled}
    said = {(one.question_code, one.entry_id, _said(submission, one)) for one in settled}
    for row in session.scalars(_because(submission, author, "invalid", "conflict")):
        is_mended = row.reason == "invalid" and (row.question_code, row.entry_id) in keys
        if is_mended or _said_in(submission, row) in said:
            session.delete(row)
    session.flush()


def apart(
    submission: Submission, draft: Draft, author: Person, at: dt.datetime, reason: str
) -> Unsaved:
    """Return words as they are kept apart from the return, with why."""
    return Unsaved(
        submission=submission,
        person=author,
        question_code=draft.question_code,
        entry_id=draft.entry_id,
        value=dict(draft.value),
        reason=reason,
        at=at,
    )


def _kept(now: Standing, row: Unsaved) -> Kept:
    """Return words as they were typed; where a colleague has saved others since, that clashes."""
    key = (row.question_code, row.entry_id)
    stored = now.rows.get(key)
    is_seen = stored is None or stored.author_id == row.person_id or stored.updated_at <= row.at
    draft = Draft(row.question_code, row.value, now.version(*key) if is_seen else 0, row.entry_id)
    try:
        answers.read(now.questionnaire, row.question_code, row.value)
    except AnswerError as error:
        return Kept(draft, error.problems)
    first = answers.first_field(now.questionnaire, row.question_code)
    return Kept(draft, (Problem(first, NOT_SAVED),))


def _of(submission: Submission, person: Person | None) -> sa.Select[Unsaved]:
    """Find kept words, without those that their author has put right since, wherever that was."""
    mended = sa.exists().where(
        Answer.submission_id == Unsaved.submission_id,
        Answer.question_code == Unsaved.question_code,
        Answer.entry_id == Unsaved.entry_id,
        Answer.author_id == Unsaved.person_id,
        Answer.updated_at > Unsaved.at,
    )
    wanted = select(Unsaved).where(
        Unsaved.submission_id == submission.id, sa.or_(Unsaved.reason != "invalid", ~mended)
    )
    return wanted if person is None else wanted.where(Unsaved.person_id == person.id)


def _because(submission: Submission, person: Person, *reasons: str) -> sa.Select[Unsaved]:
    return select(Unsaved).where(
        Unsaved.submission_id == submission.id,
        Unsaved.person_id == person.id,
        Unsaved.reason.in_(reasons),
    )


def _said(submission: Submission, draft: Draft) -> str:
    return in_words(published.questionnaire(submission.questionnaire), draft)


def _said_in(submission: Submission, row: Unsaved) -> tuple[str, str, str]:
    """Return where words were typed and what they say, however their form put it."""
    questionnaire = published.questionnaire(submission.questionnaire)
    draft = Draft(row.question_code, row.value, entry_id=row.entry_id)
    known = row.question_code in questionnaire.by_code
    said = in_words(questionnaire, draft) if known else ""
    return row.question_code, row.entry_id, said


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
