"""What happened in a return: who saved which question, handed over a section or commented, when.

No words are shown here: each line leads to its question, where they are.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy import literal, select
from sqlalchemy.orm import Session, aliased

from surveyapp.models import (
    Answer,
    AnswerRevision,
    Comment,
    Contributor,
    Handover,
    Person,
    Submission,
)

Kind = Literal["saved", "handed over", "taken back", "commented", "dealt with"]
LENGTH = 50  # what one page shows, before saves that follow each other become one line
Lines = sa.Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody did, or the same thing several times on end."""

    kind: Kind
    at: dt.datetime
    person_id: uuid.UUID
    name: str
    code: str
    to: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """One page of what happened, the latest first, and whether there is an earlier one."""

    number: int
    acts: tuple[Act, ...]
    has_more: bool


def page(session: Session, submission: Submission, number: int) -> Page:
    """Return a page of what happened in a return; the first shows the latest."""
    lines = sa.union_all(
        _saved(submission), _handed_over(submission), _commented(submission), _settled(submission)
    ).subquery()
    rows = session.execute(
        select(lines)
        .order_by(lines.c.at.desc(), lines.c.code, lines.c.kind)
        .limit(LENGTH + 1)
        .offset((number - 1) * LENGTH)
    ).all()
    acts = (Act(*row) for row in rows[:LENGTH])
    return Page(number, tuple(_gathered(acts)), has_more=len(rows) > LENGTH)


def _saved(submission: Submission) -> Lines:
    return (
        _lines(literal("saved"), AnswerRevision.saved_at, Answer.question_code)
        .select_from(AnswerRevision)
        .join(Answer, Answer.id == AnswerRevision.answer_id)
        .join(Person, Person.id == AnswerRevision.author_id)
        .where(Answer.submission_id == submission.id)
    )


def _handed_over(submission: Submission) -> Lines:
    giver, taker, known = aliased(Contributor), aliased(Contributor), aliased(Person)
    # As long as somebody has not come, they stand under the name they were invited by.
    is_new = sa.and_(taker.opened_at.is_(None), taker.invited_as != "")
    named = sa.func.coalesce(sa.case((is_new, taker.invited_as), else_=known.name), "")
    kind = sa.case((Handover.to_id.is_(None), "taken back"), else_="handed over")
    return (
        _lines(kind, Handover.at, Handover.section_code, named)
        .select_from(Handover)
        .join(giver, giver.id == Handover.from_id)
        .join(Person, Person.id == giver.person_id)
        .outerjoin(taker, taker.id == Handover.to_id)
        .outerjoin(known, known.id == taker.person_id)
        .where(Handover.submission_id == submission.id)
    )


def _commented(submission: Submission) -> Lines:
    return (
        _lines(literal("commented"), Comment.created_at, Comment.question_code)
        .select_from(Comment)
        .join(Person, Person.id == Comment.author_id)
        .where(Comment.submission_id == submission.id)
    )


def _settled(submission: Submission) -> Lines:
    return (
        _lines(literal("dealt with"), Comment.resolved_at, Comment.question_code)
        .select_from(Comment)
        .join(Person, Person.id == Comment.resolved_by_id)
        .where(Comment.submission_id == submission.id)
    )


def _lines(
    kind: sa.ColumnElement[str],
    at: sa.SQLColumnExpression[Any],
    code: sa.SQLColumnExpression[str],
    to: sa.ColumnElement[str] | None = None,
) -> Lines:
    """Return the columns that all kinds of acts share, in the order of an act."""
    return select(
        kind.label("kind"),
        at.label("at"),
        Person.id.label("person_id"),
        Person.name.label("name"),
        code.label("code"),
        (literal("") if to is None else to).label("to_name"),
    )


def _gathered(acts: Iterable[Act]) -> Sequence[Act]:
    """Return acts with saves of one question by one person on end, which typing makes, as one."""
    found: list[Act] = []
    for act in acts:
        last = found[-1] if found else None
        if last is not None and act.kind == "saved" and _is_same(last, act):
            found[-1] = replace(last, times=last.times + 1)
        else:
            found.append(act)
    return found


def _is_same(one: Act, other: Act) -> bool:
    same = ("kind", "person_id", "code")
    return all(getattr(one, name) == getattr(other, name) for name in same)
