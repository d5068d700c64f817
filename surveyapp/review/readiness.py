"""What whoever signs a build off should know first: what is open, unasked, or still a draft."""

import datetime as dt
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Final, Self

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from surveyapp.material import held, standing_texts
from surveyapp.material.standing_texts import Place
from surveyapp.models import (
    Build,
    Finding,
    MemberCheck,
    Passage,
    StandingText,
    Submission,
    Survey,
    Tag,
)
from surveyapp.pages import ENGLAND
from surveyapp.review import causes, texts
from surveyapp.review.called import Names
from surveyapp.review.causes import Latest, Window
from surveyapp.review.texts import Standing

# Of acts that are newer than a build, so many are told.
SHOWN: Final = 50
# How a text says that it is not done: the status on the cover, or a remark in brackets.
_STATUS: Final = re.compile(r"\bdraft\b", re.IGNORECASE)
_REMARK: Final = re.compile(r"\[[^\]]*\bdraft\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """How many authorities were never asked to check, and how many of those asked are silent.

    Silent is whoever's time has run out; who can still answer is not. `days` are the first and the
    last day of those who can. Of the silence of some the build does not tell: it is older.
    """

    never: int
    silent: int
    untold: int
    waiting: int
    days: tuple[dt.date, dt.date] | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that calls itself a draft in the build; `is_mended` says that it does not any more."""

    place: Place
    is_mended: bool


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands open in a survey, counted; `status` is what the cover of the build says.

    `newer` tells the last of what people did since the build read what there was: it is not in it.
    """

    drafts: tuple[Draft, ...]
    status: str
    own_texts: int
    texts: int
    suggestions: int
    held: int
    asked: Asked
    not_looked_against: int
    newer: Latest


def of(session: Session, survey: Survey, build: Build, names: Names, now: dt.datetime) -> Readiness:
    """Return how ready a build is to be signed off, in a fixed number of queries."""
    standings = texts.standings(session, survey)
    marks = held.held(session, survey)
    since = Window(build.started_at or build.asked_at, now)
    then = standing_texts.latest(session, survey, until=since.start)
    pages = [_Page.of(one, then, {mark.response for mark in marks}) for one in standings]
    return Readiness(
        drafts=tuple(Draft(one.place, one.is_mended) for one in pages if one.is_draft),
        status=next((one.then for one in pages if one.place.is_status), ""),
        own_texts=sum(one.is_own for one in standings),
        texts=len(standings),
        suggestions=_suggestions(session, survey),
        held=len(marks),
        asked=_asked(session, survey, since),
        not_looked_against=_not_looked_against(session, survey),
        newer=causes.latest(session, survey, since, names, SHOWN),
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """What a place of the review says in a build, and what it would say now."""

    place: Place
    then: str
    now: str

    @classmethod
    def of(cls, one: Standing, then: Mapping[str, StandingText], held_back: Set[str]) -> Self:
        """Put both together; a text that is held back gives way to the outline's own."""

        def printed(row: StandingText | None) -> str:
            if row is None or not row.text.strip() or f"standing/{row.id.hex}" in held_back:
                return one.place.own
            return row.text

        return cls(one.place, printed(then.get(one.place.place)), printed(one.row))

    @property
    def is_draft(self) -> bool:
        """Say whether the build calls it a draft, or the next would."""
        return self._says(self.then) or self._says(self.now)

    @property
    def is_mended(self) -> bool:
        """Say whether it does not call itself a draft any more."""
        return not self._says(self.now)

    def _says(self, text: str) -> bool:
        pattern = _STATUS if self.place.is_status else _REMARK
        return bool(pattern.search(text))


def _suggestions(session: Session, survey: Survey) -> int:
    """Count the themes that are only suggested, on passages that nobody has finished.

    They are found from those passages: from all tags there are, each would look for its own.
    """
    counted = (
        select(func.count())
        .select_from(Passage)
        .join(Tag, Tag.passage_key == Passage.key)
        .where(Passage.survey_id == survey.id, Passage.coded.is_(False), Tag.verdict == "")
    )
    return session.scalar(counted) or 0


def _asked(session: Session, survey: Survey, since: Window) -> Asked:
    """Count the authorities that were never asked, that are silent and that have time still."""
    read, on = (moment.astimezone(ENGLAND).date() for moment in (since.start, since.end))
    ended = session.scalar(
        select(func.min(Build.signed_off_at)).where(
            Build.survey_id == survey.id, Build.forgotten_at.is_(None)
        )
    )
    # What ended with a signature had not run out.
    on = min(on, ended.astimezone(ENGLAND).date()) if ended else on
    # Whoever has answered can be asked again.
    due_on = case((MemberCheck.returned_at.is_(None), MemberCheck.due_on))
    silent_on = case((MemberCheck.returned_at.is_(None), MemberCheck.silent_on))
    answers = func.count(MemberCheck.returned_at)
    rows = session.execute(
        select(func.count(MemberCheck.id), answers, func.max(due_on), func.max(silent_on))
        .select_from(Submission)
        .outerjoin(
            MemberCheck,
            (MemberCheck.submission_id == Submission.id) & MemberCheck.taken_back_at.is_(None),
        )
        .where(Submission.survey_id == survey.id)
        .group_by(Submission.id)
    ).all()
    days = sorted(day for _, _, day, _ in rows if day is not None and day >= on)
    silent = [
        noted for _, answers, day, noted in rows if day is not None and day < on and not answers
    ]
    return Asked(
        never=sum(not asked for asked, *_ in rows),
        silent=len(silent),
        untold=sum(noted is None or noted > read for noted in silent),
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
