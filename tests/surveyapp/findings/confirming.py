"""Passages that a coder has confirmed, for tests of what is concluded from them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.derived import laying
from surveyapp.models import Answer, Decision, Passage, Person, Survey, Tag
from tests.surveyapp.building import NOON, save, submission_of
from tests.surveyapp.deriving import derive

ALDER = "We count every call to the front door."
BIRCH = "Our front door is shared with schools."
BIRCH_AGAINST = "The front door is not yet open to schools."


def write_birch(session: Session, survey: Survey) -> None:
    """Let Birch answer too, with two sentences, and derive everything."""
    birch = submission_of(session, "Birch")
    version = session.scalar(
        select(Answer.version).where(
            Answer.submission_id == birch.id, Answer.question_code == "S01.1"
        )
    )
    save(session, birch, "S01.1", {"rating": 4}, seen=version or 0)
    save(session, birch, "S01.2", {"text": f"{BIRCH} {BIRCH_AGAINST}"})
    derive(session, survey)


def consultant(session: Session) -> Person:
    """Return a consultant, taken on once."""
    email = "con@trees.example"
    person = session.scalars(select(Person).where(Person.email == email)).one_or_none()
    if person is None:
        person = Person(name="Con Sult", email=email, staff_role="consultant")
        session.add(person)
        session.flush()
    return person


def passage(session: Session, survey: Survey, words: str) -> Passage:
    """Return the passage of just these words."""
    return session.scalars(
        select(Passage).where(Passage.survey_id == survey.id, Passage.words == words)
    ).one()


def decide(
    session: Session, survey: Survey, words: str, theme: str = "S01", verdict: str = ""
) -> str:
    """Let a coder confirm a theme on a passage, or say something else; return its key."""
    row = passage(session, survey, words)
    is_suggested = session.get(Tag, (row.key, theme)) is not None
    session.add(
        Decision(
            survey_id=survey.id,
            response=row.response,
            start=row.start,
            end=row.end,
            words=row.words,
            theme=theme,
            verdict=verdict or ("accept" if is_suggested else "add"),
            coder=consultant(session),
            codebook_id=survey.codebook_id,
            made_at=NOON,
        )
    )
    session.flush()
    laying.lay(session, survey, {row.response})
    return row.key
