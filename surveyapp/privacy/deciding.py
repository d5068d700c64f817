"""What a person decides about words that may identify a child: cleared, kept held, or erased."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from surveyapp import audit
from surveyapp.derived import laying
from surveyapp.models import Clearing, Mark, Person, Survey

Verdict = Literal["cleared", "held"]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict on some marks, why, and who says so."""

    verdict: Verdict
    reason: str
    by: Person
    at: dt.datetime


def decide(session: Session, survey: Survey, marks: Sequence[Mark], ruling: Ruling) -> None:
    """Record a verdict on marks, and hold back or let go the passages that they stand in."""
    session.add_all(
        Clearing(
            survey_id=survey.id,
            place=place,
            words_sha256=words,
            kind=kind,
            verdict=ruling.verdict,
            reason=ruling.reason,
            by_id=ruling.by.id,
            at=ruling.at,
        )
        for place, words, kind in sorted({(one.place, one.words_sha256, one.kind) for one in marks})
    )
    session.flush()
    laying.lay(session, survey, sorted({one.place for one in marks}))
    action = "words.cleared" if ruling.verdict == "cleared" else "words.held"
    audit.record(session, action, survey, ruling.by, marks=len(marks))
