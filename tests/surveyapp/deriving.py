"""A survey whose passages are derived, for tests of what is built on them.

Many tests begin with the same survey, and deriving it takes longer than most of them do: its rows
are derived once, and put back wherever the same was said.
"""

from collections.abc import Hashable
from typing import Any, Final

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from surveyapp.derived import deriving, fingerprint
from surveyapp.extensions import begin_writing, db
from surveyapp.material import gathering
from surveyapp.models import (
    Cell,
    Clearing,
    CodebookChange,
    CodedPassage,
    Decision,
    Derivation,
    Emerging,
    Mark,
    Passage,
    Person,
    Response,
    Survey,
    Tag,
)
from synthesis import tagger
from tests.surveyapp.building import NOON

DERIVED: Final = (Response, Passage, Tag, Cell, Emerging)
# What deriving heeds and its fingerprint does not tell: where there is any, it is done afresh.
HEEDED: Final = (*DERIVED, Decision, CodedPassage, Clearing, Mark, CodebookChange)
_known: dict[Hashable, list[list[dict[str, Any]]]] = {}


def derive(session: Session, survey: Survey) -> None:
    """Have a survey's passages, tags and cells there, as the job derives them."""
    session.commit()
    if any(session.scalar(select(func.count()).select_from(one)) for one in HEEDED):
        derive_afresh(session, survey)
        return
    told = fingerprint.of(session, survey)
    # What was said may differ though it is as much, at the same time. No name is proposed as an
    # emergent theme, and a test may let fewer examples teach.
    said = repr(gathering.gather(session, survey).material)
    key = (survey.id, told, said, frozenset(session.scalars(select(Person.name))), tagger.ENOUGH)
    if key not in _known:
        derive_afresh(session, survey)
        tables = [session.execute(select(one.__table__)).mappings() for one in DERIVED]
        _known[key] = [[dict(row) for row in rows] for rows in tables]
        return
    begin_writing(session)
    for one, rows in zip(DERIVED, _known[key], strict=True):
        if rows:
            session.execute(insert(one), rows)
    _note(session, survey, told)


def derive_afresh(session: Session, survey: Survey) -> None:
    """Derive a survey's passages, tags and cells, as the job does."""
    survey_id = survey.id
    session.commit()
    told = deriving.derive(db.sessionmaker, survey_id)
    session.expire_all()
    begin_writing(session)
    _note(session, survey, told)
    assert told == fingerprint.of(session, survey)


def _note(session: Session, survey: Survey, told: str) -> None:
    """Note that a survey is derived, and from what."""
    row = session.get(Derivation, survey.id) or Derivation(survey_id=survey.id)
    row.fingerprint, row.derived_at, row.codebook_id = told, NOON, survey.codebook_id
    session.add(row)
    session.commit()
