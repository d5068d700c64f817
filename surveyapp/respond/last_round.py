"""What an authority said last time, beside the same question of this time.

It is there to be read. Nothing copies it into the new answer: what held last time has to be said
again by somebody who knows that it still does.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import earlier
from surveyapp.definitions.questions import Question
from surveyapp.files import uploads
from surveyapp.models import Answer, Submission
from surveyapp.respond import handing_in, standing
from surveyapp.respond.standing import Standing

ENGLAND: Final = ZoneInfo("Europe/London")
_WORDS: Final = ("short", "long")


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was said under a question last time: by whom, where and when, and to what question."""

    authority: str
    survey_title: str
    month: str
    question: Question
    texts: tuple[str, ...]
    is_submitted: bool
    is_asked_alike: bool


@dataclass(frozen=True, slots=True)
class LastRound:
    """The returns of the survey before this one: the authority's own, and its predecessors'."""

    returns: tuple[Standing, ...]
    current: Standing

    def under(self, code: str) -> tuple[Earlier, ...]:
        """Return what was said under a question, if it asks for the same kind of answer."""
        question = self.current.questionnaire.by_code.get(code)
        if question is None:
            return ()
        return tuple(one for then in self.returns for one in self._said(then, question))

    def _said(self, then: Standing, question: Question) -> Iterator[Earlier]:
        former = then.questionnaire.by_code.get(question.code)
        if former is None or not _is_like(former, question) or not self._may_see(then, former):
            return
        texts = tuple(handing_in.texts(then, former))
        if texts:
            submission = then.submission
            yield Earlier(
                authority=submission.authority.name,
                survey_title=submission.survey.title,
                month=f"{_day(submission):%B %Y}",
                question=former,
                texts=texts,
                is_submitted=submission.submitted_at is not None,
                is_asked_alike=former.text == question.text,
            )

    def _may_see(self, then: Standing, former: Question) -> bool:
        """Say whether words may be shown: a predecessor's stay apart if it withheld them."""
        if then.submission.authority_code == self.current.submission.authority_code:
            return True
        section = then.questionnaire.section(former.code).code
        levels = {state.section_code: state.use_level for state in then.submission.sections}
        return levels.get(section) != "withheld"


def before(session: Session, now: Standing) -> LastRound:
    """Return what the authority, or those it came from, said in the survey before this one.

    It takes the same few queries however many answers there are.
    """
    latest = earlier.returns(session, now.submission)
    rows = _answers(session, latest)
    returns = (
        _stand(session, one, [row for row in rows if row.submission_id == one.id]) for one in latest
    )
    return LastRound(tuple(returns), now)


def _stand(session: Session, one: Submission, rows: list[Answer]) -> Standing:
    has_files = any("file" in row.value for row in rows)
    files = uploads.of_submission(session, one) if has_files else uploads.NONE
    return standing.stand(one, rows, files)


def _day(submission: Submission) -> dt.date:
    at = submission.submitted_at
    return at.astimezone(ENGLAND).date() if at else submission.survey.closes_on


def _answers(session: Session, submissions: Iterable[Submission]) -> list[Answer]:
    ids = [one.id for one in submissions]
    if not ids:
        return []
    return list(session.scalars(select(Answer).where(Answer.submission_id.in_(ids))))


def _is_like(former: Question, question: Question) -> bool:
    """Say whether two questions ask for the same kind of answer; words are words."""
    return former.type == question.type or {former.type, question.type} <= set(_WORDS)
