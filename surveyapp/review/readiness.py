"""What whoever signs a build off should know first: what is open, unasked, or still a draft."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.material import held
from surveyapp.models import Build, Finding, MemberCheck, Passage, Submission, Survey, Tag
from surveyapp.review import causes, texts
from surveyapp.review.called import Names
from surveyapp.review.causes import Cause, Window
from surveyapp.review.texts import Standing

# How a text says that it is not done: the status on the cover, or a remark in brackets.
_STATUS: Final = re.compile(r"\bdraft\b", re.IGNORECASE)
_REMARK: Final = re.compile(r"\[[^\]]*\bdraft\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands open in a survey, counted; `drafts` are texts that still call themselves so.

    `newer` is what people did since the build read what there was: it is not in it.
    """

    drafts: tuple[Standing, ...]
    own_texts: int
    texts: int
    suggestions: int
    held: int
    never_asked: int
    silent: int
    not_looked_against: int
    newer: Sequence[Cause]


def of(session: Session, survey: Survey, build: Build, names: Names, now: dt.datetime) -> Readiness:
    """Return how ready a build is to be signed off, in a fixed number of queries."""
    standings = texts.standings(session, survey)
    never_asked, silent = _asked(session, survey)
    since = Window(build.started_at or build.asked_at, now)
    return Readiness(
        drafts=tuple(one for one in standings if _is_draft(one)),
        own_texts=sum(one.is_own for one in standings),
        texts=len(standings),
        suggestions=_suggestions(session, survey),
        held=len(held.held(session, survey)),
        never_asked=never_asked,
        silent=silent,
        not_looked_against=_not_looked_against(session, survey),
        newer=causes.between(session, survey, since, names),
    )


def _is_draft(one: Standing) -> bool:
    pattern = _STATUS if one.place.is_status else _REMARK
    return bool(pattern.search(one.text))


def _suggestions(session: Session, survey: Survey) -> int:
    """Count the themes that are only suggested, on passages that nobody has finished."""
    counted = (
        select(func.count())
        .select_from(Tag)
        .join(Passage, Passage.key == Tag.passage_key)
        .where(Tag.survey_id == survey.id, Tag.verdict == "", Passage.coded.is_(False))
    )
    return session.scalar(counted) or 0


def _asked(session: Session, survey: Survey) -> tuple[int, int]:
    """Return how many authorities were never asked to check, and how many have not answered."""
    rows = session.execute(
        select(Submission.id, func.count(MemberCheck.id), func.count(MemberCheck.returned_at))
        .outerjoin(
            MemberCheck,
            (MemberCheck.submission_id == Submission.id) & MemberCheck.taken_back_at.is_(None),
        )
        .where(Submission.survey_id == survey.id)
        .group_by(Submission.id)
    ).all()
    never = sum(not asked for _, asked, _ in rows)
    return never, sum(bool(asked) and not answered for _, asked, answered in rows)


def _not_looked_against(session: Session, survey: Survey) -> int:
    counted = select(func.count()).where(
        Finding.survey_id == survey.id,
        Finding.removed_at.is_(None),
        Finding.looked_against_at.is_(None),
    )
    return session.scalar(counted) or 0
