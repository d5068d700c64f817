"""Comparing two coders: what each gave is set down before anybody sees where they differ.

A passage is a sentence here. What the first coder drew within it counts for it, and the blind
coder, who draws nothing, codes whole sentences.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import audit
from surveyapp.agreement.drawing import SampleError, of_sample, stands
from surveyapp.derived import context
from surveyapp.material import agreed, codebooks, course, decided
from surveyapp.material.agreed import Both, Comparison
from surveyapp.models import CodedPassage, CodingAct, Decision, Passage, Person, Response, Sample
from synthesis import reliability
from synthesis.agreement import Codes
from synthesis.reliability import Reliability, Unit

Stretch = tuple[int, int]
Whose = Literal["first", "second"]
Row = TypeVar("Row", CodedPassage, Decision)


@dataclass(frozen=True, slots=True)
class Ready:
    """How many passages of a sample there are, and how many of them each coder has finished."""

    passages: int
    first: int
    both: int


@dataclass(frozen=True, slots=True)
class Beside:
    """How far three codings of the same passages agree, two and two."""

    coders: Reliability
    machine_first: Reliability
    machine_second: Reliability


def compare(session: Session, sample: Sample, by: Person, at: dt.datetime) -> int:
    """Set down what both coders gave the passages that both finished; return how many are new.

    From then on the differences are shown, and can be settled. Passages that the first coder
    finishes later can be compared later: until then nobody sees what the second gave them.
    """
    session.refresh(sample, with_for_update=True)
    if sample.finished_at is None or sample.dropped_at is not None:
        raise SampleError("Only a sample that its coder has finished can be compared")
    if by.id == sample.coder_id:
        raise SampleError("You coded this sample, so somebody else compares it")
    before = agreed.comparison(session, sample)
    known = {one.key for one in before.passages} if before else set()
    found = _Codings(session, sample)
    new = [one for one in found.both() if one.key not in known]
    if not new:
        raise SampleError("There is no more passage that both coders have finished")
    choosable = found.choosable(session, {one.key for one in new})
    themes = [one.code for one in codebooks.current(sample.survey) if one.code in choosable]
    session.add(
        CodingAct(
            survey_id=sample.survey_id,
            coder_id=by.id,
            sample_id=sample.id,
            kind=agreed.COMPARED,
            before={},
            after=agreed.kept(themes, new, found.first_coders()),
            at=at,
        )
    )
    audit.record(session, "sample.compared", sample.survey, by, passages=len(new))
    return len(new)


def ready(session: Session, sample: Sample) -> Ready:
    """Return how far both coders of a sample are, in one query."""
    second = sa.exists().where(CodedPassage.sample_id == sample.id, stands())
    first = sa.exists().where(CodedPassage.sample_id.is_(None), stands())
    row = session.execute(
        select(
            func.count(),
            func.count(sa.case((first, 1))),
            func.count(sa.case((sa.and_(first, second), 1))),
        ).where(of_sample(sample.survey_id, sample.authorities))
    ).one()
    return Ready(*row)


def beside(found: Comparison) -> tuple[Beside, ...]:
    """Return how far two coders and the tagger agree: on all themes pooled, then on each used."""
    themes = found.used
    coders = agreed.between_coders(found, themes)
    first, second = (
        reliability.measure([Unit(one.authority, one.machine, to) for one, to in pairs], themes)
        for pairs in (
            [(one, one.first) for one in found.passages],
            [(one, one.second) for one in found.passages],
        )
    )
    return tuple(Beside(*three) for three in zip(coders, first, second, strict=True))


def coders(session: Session, people: Iterable[uuid.UUID]) -> str:
    """Return the names of those who coded first."""
    names = session.scalars(
        select(Person.name).where(Person.id.in_(set(people))).order_by(Person.name, Person.id)
    ).all()
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


class _Codings:
    """What coders did with the passages of a sample, read in a few queries."""

    def __init__(self, session: Session, sample: Sample) -> None:
        self._sample = sample
        here = Response.survey_id == sample.survey_id
        responses = select(Response.id).where(here, Response.authority_code.in_(sample.authorities))
        self._known = agreed.known_first(session, sample.survey)
        self._passages = session.scalars(
            select(Passage)
            .where(of_sample(sample.survey_id, sample.authorities))
            .order_by(Passage.place, Passage.start)
        ).all()
        self._finished: dict[tuple[str, Stretch, Whose], CodedPassage] = {}
        for one in session.scalars(_made(CodedPassage, sample, responses, CodedPassage.at)):
            whose: Whose = "second" if one.sample_id else "first"
            self._finished[one.response, (one.start, one.end), whose] = one
        self._rulings: dict[tuple[str, uuid.UUID], list[Decision]] = defaultdict(list)
        for made in session.scalars(_made(Decision, sample, responses, Decision.made_at)):
            self._rulings[made.response, made.coder_id].append(made)
        self._texts = _texts(session, sample)
        self._gone = course.read(session, sample.survey)

    def both(self) -> Iterable[Both]:
        """Yield the passages that both coders have finished, in order."""
        for passage in self._passages:
            first, second = (self._coded(passage, whose) for whose in ("first", "second"))
            if first is None or second is None:
                continue
            known = self._known.get(passage.key)
            yield Both(
                key=passage.key,
                authority=passage.authority_code,
                first=self._now(known.first) if known else self._given(first),
                second=self._given(second),
                machine=self._now(known.machine if known else first.suggested),
                versions_differ=first.codebook_id != second.codebook_id,
            )

    def choosable(self, session: Session, keys: Collection[str]) -> frozenset[str]:
        """Return the themes that stood in the codebook whenever one of these was coded.

        What a coder did not know of says nothing of how far two agree.
        """
        coded = [
            self._coded(passage, whose)
            for passage in self._passages
            if passage.key in keys
            for whose in ("first", "second")
        ]
        books = codebooks.versions(session, {one.codebook_id for one in coded if one})
        return frozenset.intersection(
            *(frozenset(theme.code for theme in book) for book in books.values())
        )

    def first_coders(self) -> set[uuid.UUID]:
        """Return who coded the passages first."""
        return {one.coder_id for key, one in self._finished.items() if key[2] == "first"}

    def _coded(self, passage: Passage, whose: Whose) -> CodedPassage | None:
        found = self._finished.get((passage.response, (passage.start, passage.end), whose))
        return found if found is not None and found.words == passage.words else None

    def _now(self, themes: Iterable[str]) -> Codes:
        """Return what themes are called in the codebook of now; what was split is none of them."""
        gone = self._gone
        whole = (theme for theme in themes if not gone.is_split(theme))
        return frozenset(end for theme in whole for end in gone.ends(theme))

    def _given(self, coded: CodedPassage) -> Codes:
        """Return the themes that whoever finished a passage gave to any of its words.

        Of several rulings on the same theme the last holds, as where they are laid over tags.
        """
        holds: dict[str, bool] = {}
        for one in decided.carry(self._rulings[coded.response, coded.coder_id], self._gone):
            row = one.row
            if one.stands(self._texts) and row.start < coded.end and coded.start < row.end:
                holds[one.theme] = one.verdict in context.GIVEN
        return frozenset(theme for theme, is_given in holds.items() if is_given)


def _made(
    model: type[Row],
    sample: Sample,
    responses: sa.Select[str],
    when: sa.orm.InstrumentedAttribute[dt.datetime],
) -> sa.Select[Row]:
    """Return what was done in some responses, in a sample or for the review, in order."""
    return (
        select(model)
        .where(
            model.survey_id == sample.survey_id,
            model.response.in_(responses),
            sa.or_(model.sample_id.is_(None), model.sample_id == sample.id),
        )
        .order_by(when, model.id)
    )


def _texts(session: Session, sample: Sample) -> Mapping[str, str]:
    rows = session.execute(
        select(Response.id, Response.text).where(
            Response.survey_id == sample.survey_id, Response.authority_code.in_(sample.authorities)
        )
    )
    return dict(rows.all())
