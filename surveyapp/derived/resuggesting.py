"""Suggestions made afresh on the passages that nobody has finished; what is decided stays.

An authority at a time is judged without holding anybody up, and then changed in a transaction of
its own, with what coders decided meanwhile laid over.
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from surveyapp.derived import laying
from surveyapp.derived.keys import passage_key
from surveyapp.extensions import begin_writing
from surveyapp.material import checked
from surveyapp.models import CodedPassage, Derivation, Passage, Response, Survey, Tag
from synthesis import material
from synthesis.findings.plain_sense import stands
from synthesis.tagger import Judged, Tagger
from synthesis.tags import Tag as Suggested


@dataclass(slots=True)
class _Open:
    """The open passages of some responses, by key, and the tags on them."""

    survey: Survey
    passages: dict[str, Passage]
    tags: dict[tuple[str, str], Tag]


def finished(session: Session, survey_id: uuid.UUID) -> list[material.Response]:
    """Return the responses of which a coder has finished some passage."""
    coded = select(CodedPassage.response).where(
        CodedPassage.survey_id == survey_id, CodedPassage.sample_id.is_(None)
    )
    return _read(session, survey_id, Response.id.in_(coded))


def authorities(session: Session, survey_id: uuid.UUID) -> Sequence[str]:
    """Return the authorities with a passage that nobody has finished."""
    return session.scalars(
        select(Passage.authority_code)
        .where(Passage.survey_id == survey_id, Passage.coded.is_(False))
        .distinct()
        .order_by(Passage.authority_code)
    ).all()


def suggest(
    sessions: sessionmaker[Session],
    survey_id: uuid.UUID,
    authority: str,
    tagger: Tagger,
    now: dt.datetime,
) -> None:
    """Suggest afresh what one authority's open passages may carry."""
    with sessions() as session:
        unfinished = select(Passage.response).where(
            Passage.survey_id == survey_id, Passage.coded.is_(False)
        )
        responses = _read(
            session,
            survey_id,
            Response.authority_code == authority,
            Response.id.in_(unfinished),
            # What carries themes of the words that it took the place of waits for a derivation.
            ~Response.id.contains(checked.CORRECTION),
        )
    judged = list(tagger.judge(responses))
    with sessions() as session:
        begin_writing(session)
        laying.hold(session, survey_id)
        survey = session.get_one(Survey, survey_id)
        _update(session, survey, judged)
        # Said each time, so that a worker at work is not taken for gone.
        session.execute(
            sa.update(Derivation).where(Derivation.survey_id == survey_id).values(started_at=now)
        )
        session.commit()


def _read(
    session: Session, survey_id: uuid.UUID, *which: sa.ColumnElement[bool]
) -> list[material.Response]:
    rows = session.scalars(
        select(Response).where(Response.survey_id == survey_id, *which).order_by(Response.place)
    )
    return [
        material.Response(
            id=row.id,
            text=row.text,
            authority=row.authority_code,
            source=row.source,
            question_code=row.question_code,
            question=row.question,
            asked=row.asked,
        )
        for row in rows
    ]


def _update(session: Session, survey: Survey, judged: Sequence[Judged]) -> None:
    ids = [one.response.id for one in judged]
    still = _open(session, survey, ids)
    touched: set[laying.Under] = set()
    kept: set[tuple[str, str]] = set()
    for one in judged:
        for passage in _passages(still, one):
            passage.doubt = one.doubt
        for tag in filter(stands, one.tags):
            known = (_key(survey, tag), tag.theme)
            if known[0] in still.passages:
                kept.add(known)
                touched |= _put(session, still, known, tag)
    for known in still.tags.keys() - kept:
        touched |= _drop(session, still, known)
    session.flush()
    # Somebody may have turned down what is suggested only now.
    laying.lay(session, survey, ids)
    laying.count(session, survey, touched)


def _open(session: Session, survey: Survey, responses: Sequence[str]) -> _Open:
    here = (
        Passage.survey_id == survey.id,
        Passage.response.in_(responses),
        Passage.coded.is_(False),
    )
    passages = session.scalars(select(Passage).where(*here))
    tags = session.scalars(select(Tag).join(Passage, Passage.key == Tag.passage_key).where(*here))
    return _Open(
        survey,
        {one.key: one for one in passages},
        {(one.passage_key, one.theme): one for one in tags},
    )


def _passages(still: _Open, one: Judged) -> Iterator[Passage]:
    return (each for each in still.passages.values() if each.response == one.response.id)


def _key(survey: Survey, tag: Suggested) -> str:
    at = tag.passage
    return passage_key(survey.id, at.response.id, at.start, at.end, at.text)


def _put(
    session: Session, still: _Open, known: tuple[str, str], tag: Suggested
) -> set[laying.Under]:
    """Have a tag suggested as it is now; one that somebody has decided on stays as it is."""
    there = still.tags.get(known)
    if there is None:
        session.add(
            Tag(
                passage_key=known[0],
                theme=tag.theme,
                survey_id=still.survey.id,
                score=tag.score,
                reason=tag.reason,
                verdict="",
            )
        )
        return {(still.passages[known[0]].authority_code, tag.theme)}
    if not there.verdict:
        there.score, there.reason = tag.score, tag.reason
    return set()


def _drop(session: Session, still: _Open, known: tuple[str, str]) -> set[laying.Under]:
    """Take away what is suggested no longer, unless somebody has decided on it."""
    there = still.tags[known]
    if there.verdict:
        return set()
    session.delete(there)
    return {(still.passages[known[0]].authority_code, known[1])}
