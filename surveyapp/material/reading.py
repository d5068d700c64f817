"""Files read from the tables, whole or in part, in a fixed number of queries.

An answer counts in a part as it does in the whole: not where its question is not asked any more,
and not where something said on the telephone counts instead. What decides that is read with it.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import QueryableAttribute, Session, contains_eager, joinedload, selectinload

from surveyapp import published
from surveyapp.definitions import reach
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import Question
from surveyapp.files import uploads
from surveyapp.material import written
from surveyapp.material.file import File
from surveyapp.models import Answer, Correction, Interview, Note, Submission, Survey
from surveyapp.progress import Line

Wanted = Callable[[Questionnaire], Collection[str]]
"""Which questions of a questionnaire a page needs the answers to."""
Row = TypeVar("Row")
_CORRECTS: Final = Note.id.in_(select(Correction.note_id).where(Correction.undone_at.is_(None)))
CORRECTED: Final = Interview.notes.any(_CORRECTS)
"""The calls on which something was said that corrected an answer, or added to it."""
GAVE: Final = sa.or_(CORRECTED, Interview.documents.any(), Interview.contacts.any())
"""The calls that also led to documents or to people."""


def of_kinds(asked: Questionnaire, *kinds: type[Question]) -> list[str]:
    """Return the questions of some kinds, in the order in which they are asked."""
    return [code for code, one in asked.by_code.items() if isinstance(one, kinds)]


def of_examples(asked: Questionnaire) -> list[str]:
    """Return the questions that an authority describes examples worth copying under."""
    return [code for code in asked.by_code if code.startswith(f"{written.PRACTICE}.")]


@dataclass(frozen=True, slots=True)
class _Extent:
    """How much is read: the questions wanted, or all; which calls; and which of their notes."""

    wanted: Wanted | None
    calls: sa.ColumnElement[bool]
    notes: "QueryableAttribute[Any]"


_WHOLE: Final = _Extent(None, sa.true(), Interview.notes)


def whole(session: Session, survey: Survey, *which: sa.ColumnElement[bool]) -> list[File]:
    """Read everything that a survey's submissions hold, or some of them."""
    return _files(session, survey, which, _WHOLE)


def part(
    session: Session,
    survey: Survey,
    wanted: Wanted,
    *which: sa.ColumnElement[bool],
    calls: sa.ColumnElement[bool] = CORRECTED,
) -> list[File]:
    """Read the answers of a survey's submissions, or of some, under the questions wanted.

    Calls have no notes but those that corrected something.
    """
    return _files(session, survey, which, _Extent(wanted, calls, Interview.notes.and_(_CORRECTS)))


def _files(
    session: Session, survey: Survey, which: Iterable[sa.ColumnElement[bool]], extent: _Extent
) -> list[File]:
    of_survey = sa.and_(Submission.survey_id == survey.id, *which)
    submissions = session.scalars(
        select(Submission)
        .where(of_survey)
        .options(
            joinedload(Submission.authority),
            joinedload(Submission.submitted_by),
            selectinload(Submission.sections),
            selectinload(Submission.questionnaire),
        )
        .order_by(Submission.authority_code)
    ).all()
    codes = _wanted(submissions, extent.wanted)
    answers = _by_submission(_answers(session, of_survey, codes))
    calls = _by_submission((one.submission_id, one) for one in _calls(session, of_survey, extent))
    corrections = _by_submission(
        (one.note.interview.submission_id, one) for one in _corrections(session, of_survey)
    )
    names = uploads.names(uploads.of_survey(session, survey, *(codes or ())))
    return [
        File(
            one,
            tuple(answers.get(one.id, ())),
            tuple(calls.get(one.id, ())),
            names,
            tuple(corrections.get(one.id, ())),
        )
        for one in submissions
    ]


def _answers(
    session: Session, which: sa.ColumnElement[bool], codes: Collection[str] | None
) -> Iterable[tuple[uuid.UUID, Answer]]:
    """Yield the answers to some questions, or to all, each with its submission."""
    asked = (
        select(Answer.submission_id, *(getattr(Answer, name) for name in Line._fields))
        .join(Answer.submission)
        .where(which)
    )
    if codes is not None:
        asked = asked.where(Answer.question_code.in_(codes))
    for submission_id, *told in session.execute(asked):
        yield submission_id, cast(Answer, Line(*told))  # of which it needs no more


def _wanted(submissions: Sequence[Submission], wanted: Wanted | None) -> Collection[str] | None:
    """Return the questions to read of any questionnaire that is answered here; None for all."""
    if wanted is None:
        return None
    papers = {one.questionnaire_id: one.questionnaire for one in submissions}
    asked = map(published.questionnaire, papers.values())
    return set[str]().union(*(_codes(one, wanted) for one in asked))


def _codes(asked: Questionnaire, wanted: Wanted) -> set[str]:
    """Return the questions wanted, what else is in their groups, and what decides on them all."""
    codes = set(wanted(asked))
    for group in filter(None, map(asked.group_of, tuple(codes))):
        codes |= {group.code, *(part.code for part in group.questions)}
    conditions = [asked.by_code[code].show_if for code in codes]
    return codes.union(reach.involved([one for one in conditions if one], asked)[0])


def _calls(session: Session, which: sa.ColumnElement[bool], extent: _Extent) -> Iterable[Interview]:
    return session.scalars(
        select(Interview)
        .join(Interview.submission)
        .where(which, extent.calls, Interview.held_on.is_not(None))
        .where(Interview.cancelled_at.is_(None))
        .options(
            selectinload(Interview.guide),
            selectinload(extent.notes),
            selectinload(Interview.documents),
            selectinload(Interview.contacts),
        )
        .order_by(Interview.held_on, Interview.id)
    )


def _corrections(session: Session, which: sa.ColumnElement[bool]) -> Iterable[Correction]:
    """Return the corrections of some submissions that nobody has undone."""
    return session.scalars(
        select(Correction)
        .join(Correction.note)
        .join(Note.interview)
        .join(Interview.submission)
        .where(which, Correction.undone_at.is_(None))
        .options(contains_eager(Correction.note).contains_eager(Note.interview))
        .order_by(Correction.at, Correction.id)
    )


def _by_submission(rows: Iterable[tuple[uuid.UUID, Row]]) -> dict[uuid.UUID, list[Row]]:
    found: dict[uuid.UUID, list[Row]] = defaultdict(list)
    for submission_id, row in rows:
        found[submission_id].append(row)
    return found
