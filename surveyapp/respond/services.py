"""Answers saved so that no word is lost, sections finished, the return submitted."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from surveyapp import progress, published
from surveyapp.definitions import answers
from surveyapp.errors import (
    AnswerConflictError,
    NotInTheQuestionnaireError,
    ReturnClosedError,
    Saved,
    UnansweredError,
    UseLevelConflictError,
)
from surveyapp.extensions import begin_writing
from surveyapp.models import Answer, Person, SectionState, Submission, Survey
from surveyapp.progress import Line
from surveyapp.respond import references, statements

Value = Mapping[str, object]
_A_WHILE: Final = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Before:
    """What an answer said before it is written, and since when."""

    value: Value
    at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person wrote under a question, and the version they were looking at (0 for none)."""

    question_code: str
    value: Value
    seen: int = 0
    entry_id: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A return that others wait for, who writes in it, and when."""

    submission: Submission
    author: Person
    at: dt.datetime
    # Whether the survey takes answers.
    is_open: bool


def save_answer(
    session: Session, submission: Submission, draft: Draft, author: Person, at: dt.datetime
) -> Answer:
    """Save an answer, its revision and the state of the sections, in one transaction.

    An empty value clears the answer. Raises AnswerError where the question does not take such a
    value, and AnswerConflictError, with both texts, when somebody else has changed the answer since
    the author saw it; saving the same words twice is no conflict.
    """
    held = hold(session, submission, author, at)
    return write(session, held, draft, _find(session, submission, draft))


def hold(session: Session, submission: Submission, author: Person, at: dt.datetime) -> Held:
    """Make other saves in a return wait until this transaction is over."""
    return Held(submission, author, at, _hold(session, submission))


def write(session: Session, held: Held, draft: Draft, known: Answer | None) -> Answer:
    """Write an answer of a return that is held.

    `known` may have been read before it was held: it is read again unless it is what the author
    saw, and then the version tells whether somebody has changed it since.
    """
    _refuse_when_closed(held.submission, draft.value, is_open=held.is_open)
    draft = replace(draft, value=_read(held.submission, draft))
    if known is None or known.version != draft.seen:
        known = _find(session, held.submission, draft)
    before = _Before({}, None) if known is None else _Before(dict(known.value), known.updated_at)
    if known is None and draft.seen == 0:
        known = _begin(session, held, draft)
    elif known is None or before.value == dict(draft.value):
        return _unchanged(draft, known)
    elif not _change(session, held, draft, known):
        return _unchanged(draft, _find(session, held.submission, draft))
    _keep(session, known)
    _note(session, held, draft, before)
    return known


def set_use_level(
    session: Session,
    submission: Submission,
    section_code: str,
    use_level: str,
    seen: str | None = None,
) -> SectionState:
    """Record how the words of a section may be used.

    `seen` is what the author was shown ("" where nobody had said): UseLevelConflictError where
    somebody else has said otherwise since. Without it, the last word stands.
    """
    is_open = _hold(session, submission)
    _refuse_when_closed(submission, {"use_level": use_level}, is_open=is_open)
    state = _state(session, submission, section_code)
    stands = state.use_level or ""
    if seen is not None and stands not in (seen, use_level):
        raise UseLevelConflictError(stands)
    state.use_level = use_level
    session.flush()
    return state


def finish_section(
    session: Session, submission: Submission, section_code: str, at: dt.datetime
) -> SectionState:
    """Mark a section as finished, once everything that must be answered is."""
    is_open = _hold(session, submission)
    _refuse_when_closed(submission, {}, is_open=is_open)
    state = _state(session, submission, section_code)
    waiting = unanswered(session, submission, section_code)
    if waiting:
        raise UnansweredError(waiting)
    state.status = "finished"
    state.last_activity_at = _latest(state.last_activity_at, at)
    submission.last_activity_at = _latest(submission.last_activity_at, at)
    session.flush()
    return state


def reopen_section(
    session: Session, submission: Submission, section_code: str, at: dt.datetime
) -> SectionState:
    """Mark a section as not finished after all."""
    is_open = _hold(session, submission)
    _refuse_when_closed(submission, {}, is_open=is_open)
    state = _state(session, submission, section_code)
    state.status = "in progress" if state.answered else "not started"
    state.last_activity_at = _latest(state.last_activity_at, at)
    session.flush()
    return state


def unanswered(session: Session, submission: Submission, section_code: str) -> tuple[str, ...]:
    """Return the questions of a section that must be answered before it can be finished."""
    questionnaire = published.questionnaire(submission.questionnaire)
    given = progress.collect(questionnaire, _answers(session, submission))
    return progress.waiting(questionnaire, given, section_code)


def submit(session: Session, submission: Submission, person: Person, at: dt.datetime) -> None:
    """Hand the return in under its reference; from now on its answers stand."""
    is_open = _hold(session, submission)
    _refuse_when_closed(submission, {}, is_open=is_open)
    references.give(session, submission)
    submission.submitted_at = at
    submission.submitted_by = person
    submission.last_activity_at = _latest(submission.last_activity_at, at)
    session.flush()


def _hold(session: Session, submission: Submission) -> bool:
    """Make other saves in this submission wait, so that sections are counted on what they saved.

    Return whether the survey is open: it may have closed while we waited. Rows that refer to the
    submission may be written meanwhile: whoever wrote one and then saves must not wait for another
    who did the same.
    """
    session.flush()
    begin_writing(session)
    now = session.execute(statements.HOLD, {"id": submission.id}).one()
    for name in statements.OF_SUBMISSION:
        set_committed_value(submission, name, getattr(now, name))
    survey = session.identity_map.get(identity_key(Survey, submission.survey_id))
    for name in statements.OF_SURVEY if survey else ():
        set_committed_value(survey, name, getattr(now, name))
    return now.opened_at is not None and now.closed_at is None


def _refuse_when_closed(submission: Submission, words: Value, *, is_open: bool) -> None:
    if submission.submitted_at is not None:
        raise ReturnClosedError("This return has been submitted already.", words)
    if not is_open:
        raise ReturnClosedError("This survey is not open.", words)


def _read(submission: Submission, draft: Draft) -> Value:
    """Return the value as it is stored; a group is saved part by part."""
    questionnaire = published.asked(submission)
    question = questionnaire.by_code.get(draft.question_code)
    if question is None or question.type == "group":
        raise NotInTheQuestionnaireError(draft.question_code)
    return answers.read(questionnaire, draft.question_code, draft.value)


def _find(session: Session, submission: Submission, draft: Draft) -> Answer | None:
    return session.scalars(
        select(Answer)
        .where(
            Answer.submission_id == submission.id,
            Answer.question_code == draft.question_code,
            Answer.entry_id == draft.entry_id,
        )
        .execution_options(populate_existing=True)
    ).one_or_none()


def _begin(session: Session, held: Held, draft: Draft) -> Answer:
    answer = Answer(
        submission=held.submission,
        question_code=draft.question_code,
        entry_id=draft.entry_id,
        value=dict(draft.value),
        version=1,
        author=held.author,
        created_at=held.at,
        updated_at=held.at,
    )
    session.add(answer)
    session.flush()
    return answer


def _change(session: Session, held: Held, draft: Draft, answer: Answer) -> bool:
    """Write the next version over the one that was seen; say whether it was still there."""
    new = {
        "new_value": dict(draft.value),
        "new_version": draft.seen + 1,
        "new_author_id": held.author.id,
        "new_updated_at": held.at,
    }
    asked = {"answer": answer.id, "seen": draft.seen, **new}
    changed = session.execute(statements.NEXT_VERSION, asked).one_or_none()
    if changed is not None:
        for name, value in new.items():
            set_committed_value(answer, name.removeprefix("new_"), value)
        session.expire(answer, ["author"])
    return changed is not None


def _unchanged(draft: Draft, stored: Answer | None) -> Answer:
    """Return what stands where it says what the author wrote; it is a conflict where it does not.

    Two people who write the same words, or one who sends them twice, are not in each other's way.
    """
    if stored is None or dict(stored.value) != dict(draft.value):
        raise AnswerConflictError(draft.question_code, draft.value, _saved(stored))
    return stored


def _saved(answer: Answer | None) -> Saved:
    if answer is None:
        return Saved(value={}, version=0, author="", at=None)
    return Saved(answer.value, answer.version, answer.author.name, answer.updated_at)


def _keep(session: Session, answer: Answer) -> None:
    session.execute(
        statements.REVISION,
        {
            "answer_id": answer.id,
            "version": answer.version,
            "value": dict(answer.value),
            "author_id": answer.author_id,
            "saved_at": answer.updated_at,
        },
    )


def _answers(session: Session, submission: Submission) -> list[Line]:
    """Read the answers, and no row that we may know from before others changed it."""
    columns = (Answer.question_code, Answer.entry_id, Answer.value, Answer.created_at)
    rows = session.execute(select(*columns).where(Answer.submission_id == submission.id))
    return [Line(*row) for row in rows]


def _note(session: Session, held: Held, draft: Draft, before: _Before) -> None:
    """Write down that somebody was here, and how far the sections are where that can change.

    While somebody types on in one answer, when they were here is kept to the minute.
    """
    submission, at = held.submission, held.at
    questionnaire = published.asked(submission)
    change = draft.question_code, before.value, draft.value
    if progress.only_adds_one(questionnaire, *change):
        _touch(session, held, draft, statements.ADD_ONE)
    elif progress.may_move(questionnaire, *change):
        _count(session, submission)
        _touch(session, held, draft, statements.TOUCH)
    elif before.at is None or abs(at - before.at) >= _A_WHILE:
        _touch(session, held, draft, statements.TOUCH)
    last = submission.last_activity_at
    if last is None or at - last >= _A_WHILE:
        submission.last_activity_at = at
        session.flush()


def _touch(session: Session, held: Held, draft: Draft, statement: sa.Update) -> None:
    """Write down when somebody was in a section; a section that is known already is read again."""
    submission = held.submission
    touched = published.asked(submission).section(draft.question_code).code
    given = {"submission": submission.id, "section": touched, "at": held.at}
    session.execute(statement, given)
    known = session.identity_map.get(identity_key(SectionState, (submission.id, touched)))
    if known is not None:
        session.expire(known)


def _count(session: Session, submission: Submission) -> None:
    """Write down how far every section is: an answer can open or close questions in another."""
    questionnaire = published.asked(submission)
    given = progress.collect(questionnaire, _answers(session, submission))
    counts = progress.counts(questionnaire, given)
    for state in _states(session, submission):
        count = counts[state.section_code]
        state.asked, state.answered = count.asked, count.answered
        state.status = _status(state, is_waiting=count.waits)
    session.flush()


def _latest(before: dt.datetime | None, at: dt.datetime) -> dt.datetime:
    return at if before is None else max(before, at)


def _status(state: SectionState, *, is_waiting: bool) -> str:
    if state.status == "finished" and not is_waiting:
        return "finished"
    return "in progress" if state.answered else "not started"


def _states(session: Session, submission: Submission) -> Sequence[SectionState]:
    """Read the sections again: somebody may have changed them while we waited."""
    return session.scalars(
        select(SectionState)
        .where(SectionState.submission_id == submission.id)
        .execution_options(populate_existing=True)
    ).all()


def _state(session: Session, submission: Submission, section_code: str) -> SectionState:
    for state in _states(session, submission):
        if state.section_code == section_code:
            return state
    raise NotInTheQuestionnaireError(section_code)
