"""What an authority said in the last round: its ratings then and now, its calls, its summary."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import earlier
from surveyapp.interview.briefing import written
from surveyapp.interview.briefing.doubts import rating_words
from surveyapp.interview.briefing.written import Return, Written
from surveyapp.models import Answer, Interview, Note, Submission, Summary


@dataclass(frozen=True, slots=True)
class Move:
    """One rating then and now; `by` is how far it went up, nothing where either is missing."""

    code: str
    text: str
    then: str
    now: str
    by: int | None
    is_asked_alike: bool

    @property
    def change(self) -> str:
        """Say in words how a rating has changed."""
        if self.by is None:
            return "Cannot be compared"
        points = f"{abs(self.by)} {'point' if abs(self.by) == 1 else 'points'}"
        return f"{'Up' if self.by > 0 else 'Down'} by {points}" if self.by else "The same"


@dataclass(frozen=True, slots=True)
class Spoken:
    """How much was noted in the calls of the last round, and how much of it was confirmed."""

    calls: int = 0
    notes: int = 0
    confirmed: int = 0


@dataclass(frozen=True, slots=True)
class Former:
    """One return of the last round: the authority's own, or one of those it came from."""

    submission: Submission
    moves: tuple[Move, ...]
    spoken: Spoken
    summaries: tuple[Summary, ...]


def last_round(session: Session, told: Return) -> tuple[Former, ...]:
    """Return what was returned in the survey before this one, in a fixed number of queries."""
    found = earlier.returns(session, told.submission)
    if not found:
        return ()
    rows, spoken = _answers(session, found), _spoken(session, found)
    summaries = _summaries(session, found)
    return tuple(
        _former(
            told,
            written.stand(one, [row for row in rows if row.submission_id == one.id]),
            spoken.get(one.id, Spoken()),
            [each for each in summaries if each.authority_code == one.authority_code],
        )
        for one in found
    )


def _former(told: Return, then: Return, spoken: Spoken, summaries: Iterable[Summary]) -> Former:
    apart = _kept_apart(told, then)
    themes = {section.theme for section in then.questionnaire.sections if section.code in apart}
    return Former(
        then.submission,
        tuple(_moves(told, then, apart)),
        spoken,
        tuple(one for one in summaries if one.theme not in themes and one.text.strip()),
    )


def _kept_apart(told: Return, then: Return) -> frozenset[str]:
    """Return the sections that are another authority's secret: a predecessor withheld them."""
    if then.submission.authority_code == told.submission.authority_code:
        return frozenset()
    return frozenset(code for code, level in then.levels.items() if level == "withheld")


def _moves(told: Return, then: Return, apart: frozenset[str]) -> Iterator[Move]:
    for code, now in told.written.items():
        was = then.written.get(code)
        is_rated = told.questionnaire.question(code).type == "maturity"
        if was is not None and is_rated and was.words and was.section_code not in apart:
            yield _move(told, then, was, now)


def _move(told: Return, then: Return, was: Written, now: Written) -> Move:
    is_known = was.rating is not None and now.rating is not None
    return Move(
        code=now.code,
        text=now.text,
        then=rating_words(then, was.rating) or was.words[0],
        now=rating_words(told, now.rating) or next(iter(now.words), "Not answered"),
        by=(now.rating or 0) - (was.rating or 0) if is_known else None,
        is_asked_alike=was.text == now.text,
    )


def _answers(session: Session, found: Sequence[Submission]) -> Sequence[Answer]:
    ids = [one.id for one in found]
    return session.scalars(
        select(Answer)
        .where(Answer.submission_id.in_(ids))
        .options(sa.orm.joinedload(Answer.author))
    ).all()


def _spoken(session: Session, found: Sequence[Submission]) -> Mapping[uuid.UUID, Spoken]:
    counts = (
        sa.func.count(sa.distinct(Interview.id)),
        sa.func.count(Note.id),
        sa.func.count(sa.case((Note.confirmed_version == Note.version, 1))),
    )
    rows = session.execute(
        select(Interview.submission_id, *counts)
        .outerjoin(Note, sa.and_(Note.interview_id == Interview.id, Note.struck_at.is_(None)))
        .where(
            Interview.submission_id.in_([one.id for one in found]),
            Interview.held_on.is_not(None),
            Interview.cancelled_at.is_(None),
        )
        .group_by(Interview.submission_id)
    )
    return {row[0]: Spoken(*row[1:]) for row in rows}


def _summaries(session: Session, found: Sequence[Submission]) -> Sequence[Summary]:
    return session.scalars(
        select(Summary)
        .where(
            Summary.survey_id == found[0].survey_id,
            Summary.authority_code.in_([one.authority_code for one in found]),
        )
        .order_by(Summary.theme)
    ).all()
