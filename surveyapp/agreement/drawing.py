"""Drawing a sample: which authorities a second coder codes whole, by a seed that is kept."""

import datetime as dt
import hashlib
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import audit
from surveyapp.errors import SurveyError
from surveyapp.models import (
    Authority,
    CodedPassage,
    CodingAct,
    Decision,
    Interview,
    Passage,
    Person,
    Response,
    Sample,
    Submission,
    Survey,
)
from surveyapp.models.person import STAFF_ROLES
from synthesis import reliability

SECONDS_A_PASSAGE: Final = 30
"""A blind coder chooses among all themes, with no suggestion to confirm."""
FIFTH: Final = 20


class SampleError(SurveyError):
    """A sample cannot be drawn, drawn again or set aside; the words say why."""


@dataclass(frozen=True, slots=True)
class Whole:
    """An authority, and how many passages of it there are to code."""

    code: str
    name: str
    passages: int


@dataclass(frozen=True, slots=True)
class Pool:
    """The authorities that a person may be asked to code blind, and how many they may not be."""

    person: Person
    free: tuple[Whole, ...]
    known: int
    interviewed: frozenset[str] = frozenset()
    """The codes of those that the person has interviewed, or noted for."""

    def pick(self, count: int, seed: int) -> tuple[Whole, ...]:
        """Return some of the authorities, by name; the same seed picks the same from the same."""
        ordered = sorted(self.free, key=lambda one: _lot(seed, one.code))
        return tuple(sorted(ordered[:count], key=lambda one: one.name))

    def heard(self, picked: Iterable[Whole]) -> tuple[str, ...]:
        """Return the names of those among some authorities that the person has interviewed."""
        return tuple(one.name for one in picked if one.code in self.interviewed)


def stands() -> sa.ColumnElement[bool]:
    """Return when a finished passage is one that is there now, with the words that it had."""
    return sa.and_(
        CodedPassage.survey_id == Passage.survey_id,
        CodedPassage.response == Passage.response,
        CodedPassage.start == Passage.start,
        CodedPassage.end == Passage.end,
        CodedPassage.words == Passage.words,
    )


def of_sample(survey_id: uuid.UUID, authorities: Collection[str]) -> sa.ColumnElement[bool]:
    """Return which passages a blind coder of these authorities codes.

    What others drew would tell what they saw in it, and what is held back is for nobody yet.
    """
    return sa.and_(
        Passage.survey_id == survey_id,
        Passage.authority_code.in_(authorities),
        Passage.drawn.is_(False),
        Passage.held.is_(False),
    )


def pools(session: Session, survey: Survey, asking: Person) -> list[Pool]:
    """Return whom a person may ask to code blind, and what each may be given, in six queries."""
    everybody = session.scalars(
        select(Person)
        .where(Person.staff_role.in_(STAFF_ROLES), Person.id != asking.id)
        .order_by(Person.name, Person.id)
    ).all()
    there = _authorities(session, survey)
    known, heard = _known(session, survey), interviewed(session, survey)
    return [
        Pool(
            person,
            free=tuple(one for one in there if one.code not in known[person.id]),
            known=sum(one.code in known[person.id] for one in there),
            interviewed=heard.get(person.id, frozenset()),
        )
        for person in everybody
    ]


def usual(pools: Iterable[Pool]) -> str:
    """Return how much is drawn as a rule: a fifth, but as many as are needed to tell, or all."""
    free = max((len(pool.free) for pool in pools), default=0)
    if free * FIFTH >= reliability.FEWEST_AUTHORITIES * 100:
        return f"{FIFTH}%"
    return str(min(free, reliability.FEWEST_AUTHORITIES) or reliability.FEWEST_AUTHORITIES)


def interviewed(session: Session, survey: Survey) -> Mapping[uuid.UUID, frozenset[str]]:
    """Return the authorities that each person has interviewed, or taken notes for."""
    rows = session.execute(
        select(Interview.interviewer_id, Interview.note_taker_id, Submission.authority_code)
        .join(Submission, Submission.id == Interview.submission_id)
        .where(
            Submission.survey_id == survey.id,
            Interview.held_on.is_not(None),
            Interview.cancelled_at.is_(None),
        )
    )
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    for *spoke, code in rows:
        for person_id in filter(None, spoke):
            found[person_id].add(code)
    return {person_id: frozenset(codes) for person_id, codes in found.items()}


def minutes(passages: int) -> int:
    """Return about how long it takes to code some passages."""
    return max(1, round(passages * SECONDS_A_PASSAGE / 60))


def next_seed(session: Session, survey: Survey) -> int:
    """Return a seed that no sample of the survey was drawn with."""
    used = session.scalar(select(func.max(Sample.seed)).where(Sample.survey_id == survey.id))
    return (used or 0) + 1


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is to code blind, how many authorities, and by which seed they are drawn."""

    coder_id: uuid.UUID
    count: int
    seed: int


def draw(session: Session, survey: Survey, wish: Wish, by: Person, at: dt.datetime) -> Sample:
    """Draw a sample and keep it; SampleError where there is nothing to draw from."""
    session.get_one(Survey, survey.id, with_for_update=True)
    pool = next((one for one in pools(session, survey, by) if one.person.id == wish.coder_id), None)
    if pool is None:
        raise SampleError("Choose who codes the sample")
    picked = pool.pick(wish.count, wish.seed)
    if not picked:
        raise SampleError(f"There is no authority left that {pool.person.name} could code blind")
    sample = Sample(
        survey=survey,
        coder=pool.person,
        drawn_by=by,
        drawn_at=at,
        seed=wish.seed,
        authorities=[one.code for one in picked],
    )
    session.add(sample)
    audit.record(
        session,
        "sample.drawn",
        survey,
        by,
        coder=pool.person.id,
        authorities=len(picked),
        seed=wish.seed,
    )
    return sample


def draw_again(session: Session, sample: Sample, by: Person, at: dt.datetime) -> Sample:
    """Draw as many authorities by another seed in place of a sample nobody has begun."""
    if sample.dropped_at is not None or has_begun(session, sample):
        raise SampleError("The sample has been begun, so it cannot be drawn again")
    wish = Wish(sample.coder_id, len(sample.authorities), next_seed(session, sample.survey))
    sample.dropped_at = at
    session.flush()
    return draw(session, sample.survey, wish, by, at)


def set_aside(session: Session, sample: Sample, by: Person, at: dt.datetime) -> None:
    """Let a sample count no more; what was coded in it is kept."""
    if sample.dropped_at is None:
        sample.dropped_at = at
        audit.record(session, "sample.set_aside", sample.survey, by, coder=sample.coder_id)


def has_begun(session: Session, sample: Sample) -> bool:
    """Say whether the coder of a sample has done anything in it."""
    done = select(CodingAct.id).where(CodingAct.sample_id == sample.id).limit(1)
    return session.scalar(done) is not None


def names(session: Session, codes: Iterable[str]) -> Mapping[str, str]:
    """Return what authorities are called, by code."""
    rows = session.execute(
        select(Authority.code, Authority.name).where(Authority.code.in_(set(codes)))
    )
    return dict(rows.all())


def _lot(seed: int, code: str) -> str:
    """Return the lot of an authority: a hash falls the same on every machine, for ever."""
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()


def _authorities(session: Session, survey: Survey) -> Sequence[Whole]:
    """Return the authorities with passages to code, by name."""
    rows = session.execute(
        select(Passage.authority_code, Authority.name, func.count())
        .join(Authority, Authority.code == Passage.authority_code)
        .where(Passage.survey_id == survey.id, Passage.drawn.is_(False), Passage.held.is_(False))
        .group_by(Passage.authority_code, Authority.name)
        .order_by(Authority.name, Passage.authority_code)
    )
    return [Whole(code, name, count) for code, name, count in rows]


def _known(session: Session, survey: Survey) -> Mapping[uuid.UUID, set[str]]:
    """Return the authorities that each person has coded in, or is about to code blind."""
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    for model in (CodedPassage, Decision):
        rows = session.execute(
            select(model.coder_id, Response.authority_code)
            .join(
                Response,
                (Response.survey_id == model.survey_id) & (Response.id == model.response),
            )
            .where(model.survey_id == survey.id)
            .distinct()
        )
        for coder_id, code in rows:
            found[coder_id].add(code)
    waiting = select(Sample).where(Sample.survey_id == survey.id, Sample.dropped_at.is_(None))
    for sample in session.scalars(waiting):
        found[sample.coder_id].update(sample.authorities)
    return found
