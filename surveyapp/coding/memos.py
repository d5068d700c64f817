"""Memos: what a coder thinks about a passage, a theme, an authority, a cell or the survey."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from surveyapp.derived.acts import Hand
from surveyapp.errors import SurveyError
from surveyapp.models import Memo, Passage, Submission, Survey

PAGE: Final = 50
LONGEST: Final = 10_000


class Subject(NamedTuple):
    """What a memo is about: its kind, and which one of these."""

    about: str
    one: str = ""


class MemoConflictError(SurveyError):
    """Somebody changed a memo meanwhile; both texts are here, and neither is lost."""

    def __init__(self, memo: Memo, mine: str) -> None:
        """Keep both texts."""
        super().__init__(
            "Somebody has changed this memo since you opened it. Put both texts together, and save."
        )
        self.memo = memo
        self.mine = mine


def write(session: Session, survey: Survey, hand: Hand, subject: Subject, text: str) -> Memo:
    """Keep a memo."""
    memo = Memo(
        survey_id=survey.id,
        about=subject.about,
        subject=subject.one,
        text=text,
        author_id=hand.coder.id,
        at=hand.at,
    )
    session.add(memo)
    session.flush()
    return memo


def save(session: Session, memo: Memo, seen: int, text: str, at: dt.datetime) -> None:
    """Change a memo's words; MemoConflictError where somebody did so since it was seen."""
    changed = session.scalars(
        sa.update(Memo)
        .where(Memo.id == memo.id, Memo.version == seen, Memo.removed_at.is_(None))
        .values(text=text, version=seen + 1, at=at)
        .returning(Memo.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    session.expire(memo)
    if changed is None:
        raise MemoConflictError(memo, text)
    session.flush()


def remove(session: Session, memo: Memo, at: dt.datetime) -> None:
    """Take a memo off the lists."""
    memo.removed_at = at
    session.flush()


def find(session: Session, survey: Survey, memo_id: uuid.UUID) -> Memo | None:
    """Return a memo of a survey that nobody has removed."""
    return session.scalars(
        select(Memo).where(
            Memo.id == memo_id, Memo.survey_id == survey.id, Memo.removed_at.is_(None)
        )
    ).one_or_none()


def about(session: Session, survey: Survey, subject: Subject) -> Sequence[Memo]:
    """Return the memos about one thing, the latest last."""
    return session.scalars(
        select(Memo)
        .where(
            Memo.survey_id == survey.id,
            Memo.about == subject.about,
            Memo.subject == subject.one,
            Memo.removed_at.is_(None),
        )
        .options(joinedload(Memo.author))
        .order_by(Memo.at, Memo.id)
    ).all()


def last(session: Session, survey: Survey, author_id: uuid.UUID) -> Memo | None:
    """Return the last memo of somebody on a passage, as it was first written."""
    return session.scalars(
        select(Memo)
        .where(
            Memo.survey_id == survey.id,
            Memo.about == "passage",
            Memo.author_id == author_id,
            Memo.version == 1,
            Memo.removed_at.is_(None),
        )
        .order_by(Memo.at.desc(), Memo.id)
        .limit(1)
    ).one_or_none()


def count(session: Session, survey: Survey) -> int:
    """Return how many memos there are."""
    asked = select(func.count()).select_from(Memo)
    return session.scalar(asked.where(Memo.survey_id == survey.id, Memo.removed_at.is_(None))) or 0


def listed(
    session: Session, survey: Survey, kinds: Collection[str], page: int
) -> tuple[Sequence[Memo], bool]:
    """Return one page of a survey's memos, the latest first, and whether there are more."""
    rows = session.scalars(
        select(Memo)
        .where(Memo.survey_id == survey.id, Memo.removed_at.is_(None), Memo.about.in_(kinds))
        .options(joinedload(Memo.author))
        .order_by(Memo.at.desc(), Memo.id)
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    ).all()
    return rows[:PAGE], len(rows) > PAGE


def is_there(session: Session, survey: Survey, subject: Subject, themes: Collection[str]) -> bool:
    """Say whether there is what a memo is to be about."""
    if subject.about == "survey":
        return not subject.one
    if subject.about == "theme":
        return subject.one in themes
    if subject.about == "authority":
        taken_part = select(Submission.id).where(
            Submission.survey_id == survey.id, Submission.authority_code == subject.one
        )
        return session.scalar(taken_part) is not None
    if subject.about == "passage":
        passage = session.get(Passage, subject.one)
        return passage is not None and passage.survey_id == survey.id
    return False
