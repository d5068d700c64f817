"""Who is who in a return, how far its sections are, and what has changed since it was sent."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp import progress, reopened
from surveyapp.definitions.questionnaire import Section
from surveyapp.interview.briefing import written
from surveyapp.interview.briefing.written import Return
from surveyapp.models import Contributor, Interview

USES: Final[Mapping[str, str]] = {
    "named": "With the authority’s name",
    "unnamed": "Without the authority’s name",
    "withheld": "Not for publication",
}
UNSAID: Final = "Not said yet"
NOT_ASKED: Final = "Not asked for this section"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who completes the return, and the sections in which they wrote something."""

    name: str
    job_title: str
    is_coordinator: bool
    has_left: bool
    is_interviewed: bool
    wrote: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One section: how far it is, how its words may be used, and who wrote them."""

    section: Section
    asked: int
    answered: int
    use: str
    wrote: tuple[str, ...]

    @property
    def is_reserved(self) -> bool:
        """Say whether its words may not be used with the authority's name."""
        return self.use in (USES["unnamed"], USES["withheld"])


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that has changed since the return was submitted: what it said, and says."""

    code: str
    text: str
    before: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Since:
    """The last time that a return was opened again: when, by whom and why, and what changed."""

    at: dt.datetime
    by: str
    reason: str
    changes: tuple[Change, ...]


def colleagues(session: Session, interview: Interview, told: Return) -> tuple[Colleague, ...]:
    """Return who completes the return, the coordinator first and those who have left last."""
    found = session.scalars(
        select(Contributor)
        .where(Contributor.submission_id == told.submission.id)
        .options(joinedload(Contributor.person))
    ).all()
    wrote = _sections_by_person(told)
    order = sorted(found, key=lambda one: (one.left_at is not None, not one.coordinator, one.name))
    return tuple(
        Colleague(
            name=one.name,
            job_title=one.job_title,
            is_coordinator=one.coordinator,
            has_left=one.left_at is not None,
            is_interviewed=one.person_id == interview.interviewee_id
            or one.name == interview.interviewee,
            wrote=tuple(wrote.get(one.person_id, ())),
        )
        for one in order
    )


def sections(told: Return) -> tuple[Part, ...]:
    """Return every section with what the interviewer may and may not make of its words."""
    counts = progress.counts(told.questionnaire, told.given)
    return tuple(
        Part(
            section,
            counts[section.code].asked,
            counts[section.code].answered,
            _use(told, section),
            tuple(dict.fromkeys(one.author for one in told.under(section) if one.author)),
        )
        for section in told.questionnaire.sections
    )


def since(session: Session, told: Return) -> Since | None:
    """Return what has changed since the return was submitted, where it was opened again."""
    last = reopened.last(session, told.submission)
    if last is None:
        return None
    former = reopened.before(session, [last], told.rows)
    then = written.stand(told.submission, reopened.as_they_were(told.rows, former), told.files)
    return Since(last.at, last.reopened_by.name, last.reason, tuple(_changes(then, told)))


def _changes(then: Return, now: Return) -> Iterator[Change]:
    for question in now.questionnaire.questions:
        was, is_now = then.written.get(question.code), now.written.get(question.code)
        before, after = (one.words if one else () for one in (was, is_now))
        if before != after:
            yield Change(question.code, question.text, before, after)


def _sections_by_person(told: Return) -> Mapping[uuid.UUID, Sequence[str]]:
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    places = {section.code: at for at, section in enumerate(told.questionnaire.sections)}
    for row in told.rows:
        if row.value and row.question_code in told.questionnaire.by_code:
            code = told.questionnaire.section(row.question_code).code
            if code not in found[row.author_id]:
                found[row.author_id].append(code)
    return {who: sorted(codes, key=lambda code: places[code]) for who, codes in found.items()}


def _use(told: Return, section: Section) -> str:
    if not section.use_level:
        return NOT_ASKED
    return USES.get(told.levels.get(section.code) or "", UNSAID)
