"""Emergent themes, proposed from the words of a survey that no theme explains."""

import uuid
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

import sqlalchemy as sa
from sqlalchemy import insert, select
from sqlalchemy.orm import Session, sessionmaker

from surveyapp.extensions import begin_writing
from surveyapp.material import codebooks, course
from surveyapp.models import (
    Authority,
    Emerging,
    Interview,
    KeyContact,
    Passage,
    Person,
    Submission,
    Survey,
    Tag,
)
from synthesis import emerging
from synthesis.codebook import Codebook
from synthesis.emerging import Bounds, Proposal, Said
from synthesis.findings.basis import EMERGENT

AT_ONCE: Final = 1000
MUTE: Final = ("evidence", "stance")


def propose(sessions: sessionmaker[Session], survey_id: uuid.UUID) -> None:
    """Propose emergent themes afresh; a proposal keeps its key, and what was decided about it."""
    with sessions() as session:
        survey = session.get_one(Survey, survey_id)
        codebook = codebooks.current(survey)
        known = frozenset(course.proposals(session, survey))
        bounds = Bounds(
            names=frozenset(_names(session, survey)),
            settled=tuple(_settled(codebook)),
            known=known,
        )
        is_explained = _is_explained(codebook)
        found = emerging.propose(
            _unexplained(session, survey_id, is_explained),
            _explained(session, survey_id, is_explained),
            bounds,
        )
    open_ones = [one for one in found if one.key not in known]
    decided = [one for one in found if one.key in known]
    _replace(sessions, survey_id, [*open_ones[: emerging.MOST], *decided])


def _replace(
    sessions: sessionmaker[Session], survey_id: uuid.UUID, proposals: Iterable[Proposal]
) -> None:
    rows = [
        {
            "key": one.key,
            "survey_id": survey_id,
            "terms": list(one.terms),
            "passages": list(one.passages),
            "authorities": one.authorities,
            "place": place,
            "details": {"elsewhere": one.elsewhere, "times": one.times},
        }
        for place, one in enumerate(proposals)
    ]
    with sessions() as session:
        begin_writing(session)
        session.execute(sa.delete(Emerging).where(Emerging.survey_id == survey_id))
        if rows:
            session.execute(insert(Emerging), rows)
        session.commit()


def _unexplained(session: Session, survey_id: uuid.UUID, is_explained: sa.Exists) -> Iterator[Said]:
    """Yield the passages that no theme explains, in the order in which they are read."""
    asked = (
        select(Passage.key, Passage.response, Passage.authority_code, Passage.words)
        .where(*_may_be_used(survey_id), ~is_explained)
        .order_by(Passage.place, Passage.start, Passage.key)
        .execution_options(yield_per=AT_ONCE)
    )
    return (Said(*row) for row in session.execute(asked))


def _explained(session: Session, survey_id: uuid.UUID, is_explained: sa.Exists) -> Iterator[str]:
    asked = select(Passage.words).where(*_may_be_used(survey_id), is_explained)
    return iter(session.scalars(asked.execution_options(yield_per=AT_ONCE)))


def _may_be_used(survey_id: uuid.UUID) -> tuple[sa.ColumnElement[bool], ...]:
    """Leave out what is held back or withheld; what a coder drew stands in a sentence as well."""
    return (
        Passage.survey_id == survey_id,
        Passage.held.is_(False),
        Passage.use_level != "withheld",
        Passage.drawn.is_(False),
    )


def _is_explained(codebook: Codebook) -> sa.Exists:
    """Tell whether a theme explains a passage: one that a coder gave it, or may yet give it.

    A kind of evidence and a stance do not say what words are about.
    """
    mute = [theme.code for kind in MUTE for theme in codebook.of_kind(kind)]
    given = Tag.verdict.in_(("accept", "add"))
    may_be = sa.and_(Tag.verdict == "", Passage.coded.is_(False))
    return sa.exists().where(
        Tag.passage_key == Passage.key,
        Tag.theme.not_in([EMERGENT, *mute]),
        sa.or_(given, may_be),
    )


def _names(session: Session, survey: Survey) -> Iterator[str]:
    """Yield what authorities, their places and the people we know of are called."""
    submissions = Submission.survey_id == survey.id
    bodies = select(Authority).join(Submission).where(submissions)
    for one in session.scalars(bodies):
        yield from (one.name, one.official_name, *one.aliases, *one.places, *one.brands)
    calls = select(Interview.id).join(Interview.submission).where(submissions)
    yield from chain(
        session.scalars(select(Person.name)),
        session.scalars(select(Interview.interviewee).where(Interview.id.in_(calls))),
        session.scalars(select(KeyContact.name).where(KeyContact.interview_id.in_(calls))),
    )


def _settled(codebook: Codebook) -> Iterator[str]:
    """Yield the words of the emergent themes that the codebook holds already."""
    for theme in codebook.of_kind("emergent"):
        if theme.code != EMERGENT:
            yield from (theme.name, *(cue.replace("+", "").replace('"', "") for cue in theme.cues))
