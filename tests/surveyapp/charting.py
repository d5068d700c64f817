"""What tests of the analysis do to passages: decide on them, hold them back, add more."""

import hashlib
import uuid

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.derived import laying
from surveyapp.models import Decision, Mark, Passage, Person, Survey
from tests.surveyapp.building import NOON

ALDER, BIRCH, CEDAR = "X06000001", "X06000002", "X06000003"
ROOM = "/analysis/tiny-survey-2015/"
FRONT_DOOR = "We count every call to the front door."


def passage(session: Session, words: str) -> Passage:
    """Return the passage with these words."""
    return session.scalars(select(Passage).where(Passage.words == words)).one()


def decide(
    session: Session, survey: Survey, words: str, theme: str, verdict: str, coder: Person
) -> Passage:
    """Let a coder decide on a theme of a passage."""
    one = passage(session, words)
    session.add(
        Decision(
            survey=survey,
            response=one.response,
            start=one.start,
            end=one.end,
            words=one.words,
            theme=theme,
            verdict=verdict,
            coder=coder,
            codebook_id=survey.codebook_id,
            made_at=NOON,
        )
    )
    session.flush()
    laying.lay(session, survey, [one.response])
    session.commit()
    return one


def undo(session: Session, survey: Survey, words: str) -> None:
    """Take back what was decided on a passage."""
    one = passage(session, words)
    session.execute(sa.delete(Decision).where(Decision.words == words))
    laying.lay(session, survey, [one.response])
    session.commit()


def hold(session: Session, survey: Survey, words: str) -> Passage:
    """Let words look as if they identified a child."""
    one = passage(session, words)
    session.add(
        Mark(
            id=uuid.uuid4(),
            survey_id=survey.id,
            place=one.response,
            start=one.start,
            end=one.end,
            kind="name",
            reason="looks like a name",
            words_sha256=hashlib.sha256(one.words.encode()).hexdigest(),
            authority_code=one.authority_code,
            found_at=NOON,
        )
    )
    session.flush()
    laying.lay(session, survey, [one.response])
    session.commit()
    return one
