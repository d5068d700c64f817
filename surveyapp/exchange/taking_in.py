"""Coding that was done in another program, taken in: looked at first, then made decisions of."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import audit
from surveyapp.derived import laying
from surveyapp.material import gathering
from surveyapp.models import Decision, Person, Survey
from synthesis import exchange
from synthesis.exchange import Given, Unplaced

LARGEST: Final = 50_000_000
"""Bytes that a file may have, as it is sent."""
AT_ONCE: Final = 200
"""Responses that are brought up to date together."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds for a survey: codings to take in, those here already, and the rest."""

    new: tuple[Given, ...]
    known: int
    unplaced: tuple[Unplaced, ...]

    @property
    def by_coder(self) -> Mapping[str, int]:
        """Count what is new by who coded it."""
        return Counter(one.by or "somebody unnamed" for one in self.new)


def look(session: Session, survey: Survey, content: bytes, name: str) -> Found:
    """Return what a REFI-QDA project holds that is new here. Raises InputError for another file."""
    project = exchange.read_project(content, name)
    gathered = gathering.gather(session, survey)
    placed, unplaced = exchange.find(project, gathered.material, gathered.codebook)
    texts = {one.id: one.text for one in gathered.material.responses}
    here = _here(session, survey)
    last = {(one.response, one.start, one.end, one.theme): one for one in placed}
    new = tuple(
        one
        for key, one in sorted(last.items())
        if key not in here and texts[one.response][one.start : one.end].strip()
    )
    return Found(new, len(last) - len(new), tuple(unplaced))


def take_in(
    session: Session, survey: Survey, found: Found, person: Person, at: dt.datetime
) -> None:
    """Make a decision of every new coding, in this person's name, who answers for them."""
    texts = {one.id: one.text for one in gathering.gather(session, survey).material.responses}
    session.add_all(
        Decision(
            id=uuid.uuid4(),
            survey_id=survey.id,
            response=one.response,
            start=one.start,
            end=one.end,
            words=texts[one.response][one.start : one.end],
            theme=one.theme,
            verdict="add",
            coder_id=person.id,
            codebook_id=survey.codebook_id,
            made_at=at,
        )
        for one in found.new
    )
    session.flush()
    responses = sorted({one.response for one in found.new})
    for first in range(0, len(responses), AT_ONCE):
        laying.lay(session, survey, responses[first : first + AT_ONCE])
    audit.record(session, "coding.taken_in", survey, person, codings=len(found.new))


def _here(session: Session, survey: Survey) -> set[tuple[str, int, int, str]]:
    """Return the places and themes that somebody decided on already."""
    rows = session.execute(
        select(Decision.response, Decision.start, Decision.end, Decision.theme).where(
            Decision.survey_id == survey.id, Decision.sample_id.is_(None)
        )
    )
    return {(row[0], row[1], row[2], row[3]) for row in rows}
