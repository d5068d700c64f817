"""What whoever signs a build off should know first: what is open, unasked, or still a draft."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from surveyapp.material import held
from surveyapp.models import Build, Finding, MemberCheck, Passage, Submission, Survey, Tag
from surveyapp.pages import ENGLAND
from surveyapp.review import causes, texts
from surveyapp.review.called import Names
from surveyapp.review.causes import Cause, Window
from surveyapp.review.texts import Standing

# How a text says that it is not done: the status on the cover, or a remark in brackets.
_STATUS: Final = re.compile(r"\bdraft\b", re.IGNORECASE)
_REMARK: Final = re.compile(r"\[[^\]]*\bdraft\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """How many authorities were never asked to check, and how many of those asked are silent.

    Silent is whoever's time has run out; who can still answer is not. `days` are the first and the
    last day of those who can.
    """

    never: int
    silent: int
    waiting: int
    days: tuple[dt.date, dt.date] | None


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
    asked: Asked
    not_looked_against: int
    newer: Sequence[Cause]


def of(session: Session, survey: Survey, build: Build, names: Names, now: dt.datetime) -> Readiness:
    """Return how ready a build is to be signed off, in a fixed number of queries."""
    standings = texts.standings(session, survey)
    since = Window(build.started_at or build.asked_at, now)
    return Readiness(
        drafts=tuple(one for one in standings if _is_draft(one)),
        own_texts=sum(one.is_own for one in standings),
        texts=len(standings),
        suggestions=_suggestions(session, survey),
        held=len(held.held(session, survey)),
        asked=_asked(session, survey, now.astimezone(ENGLAND).date()),
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


def _asked(session: Session, survey: Survey, on: dt.date) -> Asked:
    """Count the authorities that were never asked, that are silent and that have time still."""
    ended = session.scalar(
        select(func.min(Build.signed_off_at)).where(
            Build.survey_id == survey.id, Build.forgotten_at.is_(None)
        )
    )
    # What ended with a signature had not run out.
    on = min(on, ended.astimezone(ENGLAND).date()) if ended else on
    # Whoever has answered can be asked again.
    due_on = case((MemberCheck.returned_at.is_(None), MemberCheck.due_on))
    rows = session.execute(
        select(func.count(MemberCheck.id), func.count(MemberCheck.returned_at), func.max(due_on))
        .select_from(Submission)
        .outerjoin(
            MemberCheck,
            (MemberCheck.submission_id == Submission.id) & MemberCheck.taken_back_at.is_(None),
        )
        .where(Submission.survey_id == survey.id)
        .group_by(Submission.id)
    ).all()
    days = sorted(day for _, _, day in rows if day is not None and day >= on)
    return Asked(
        never=sum(not asked for asked, _, _ in rows),
        silent=sum(day is not None and day < on and not answered for _, answered, day in rows),
        waiting=len(days),
        days=(days[0], days[-1]) if days else None,
    )


def _not_looked_against(session: Session, survey: Survey) -> int:
    counted = select(func.count()).where(
        Finding.survey_id == survey.id,
        Finding.removed_at.is_(None),
        Finding.looked_against_at.is_(None),
    )
    return session.scalar(counted) or 0
