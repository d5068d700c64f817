"""Codebooks as published, read once: a snapshot never changes, and is large."""

import uuid
from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import published
from surveyapp.definitions import codebook
from surveyapp.models import Snapshot, Survey
from synthesis import codebook as themes
from synthesis.codebook import Codebook

MOST_KEPT: Final = 64
_KNOWN: dict[uuid.UUID, Codebook] = {}


def current(survey: Survey) -> Codebook:
    """Return the themes that a survey goes by now, without the examples; mostly no query."""
    known = _KNOWN.get(survey.codebook_id)
    return known or _keep(survey.codebook)


def versions(session: Session, ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Codebook]:
    """Return the themes of several versions, in one query at most."""
    unknown = set(ids) - _KNOWN.keys()
    found = {one: _KNOWN[one] for one in set(ids) - unknown}
    if unknown:
        rows = session.scalars(select(Snapshot).where(Snapshot.id.in_(unknown)))
        found |= {one.id: _keep(one) for one in rows}
    return found


def _keep(snapshot: Snapshot) -> Codebook:
    if len(_KNOWN) >= MOST_KEPT:
        _KNOWN.clear()
    text = published.files(snapshot)[codebook.NAME]
    _KNOWN[snapshot.id] = themes.parse(text, codebook.NAME)
    return _KNOWN[snapshot.id]
