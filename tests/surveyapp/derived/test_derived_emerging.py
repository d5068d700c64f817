"""Emergent themes are proposed from open words, and keep their names through a rebuild."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.derived import deriving, emerging, laying
from surveyapp.extensions import db
from surveyapp.models import Decision, Emerging, Passage, Survey
from tests.surveyapp.building import NOON, grow, save, somebody, submission_of
from tests.surveyapp.deriving import derive, derive_afresh

WORDS = "Kinship carers want respite."
NAMES = ("Birch", "Elm 0", "Elm 1")


@pytest.fixture
def told(session: Session, survey: Survey) -> Survey:
    """Three authorities speak of respite, and nothing suggests a theme for it."""
    grow(session, survey, 2)
    for name in NAMES:
        text = f"{'The front door is open. ' * 12} {WORDS} Iris Notes of Birch said so."
        one = submission_of(session, name)
        save(session, one, "S01.1", {"rating": 4}, seen=int(name == "Birch"))
        save(session, one, "S01.2", {"text": text})
    derive(session, survey)
    return survey


def proposed(session: Session) -> list[Emerging]:
    session.expire_all()
    return list(session.scalars(select(Emerging).order_by(Emerging.place)))


def behind(session: Session) -> list[Passage]:
    return list(session.scalars(select(Passage).where(Passage.words == WORDS)))


def test_what_three_authorities_speak_of_is_proposed(session: Session, told: Survey) -> None:
    (one,) = [row for row in proposed(session) if "respite" in " ".join(row.terms)]

    assert one.authorities == 3
    assert one.details["elsewhere"] == 0
    assert one.details["times"] >= 2
    assert set(one.passages) == {passage.key for passage in behind(session)}
    assert not any(
        name in str(row.terms) for row in proposed(session) for name in ("Iris", "Birch")
    )


def test_a_rebuild_proposes_the_same_by_the_same_name(session: Session, told: Survey) -> None:
    before = [(row.key, row.terms, row.passages, row.place) for row in proposed(session)]

    deriving.forget(session, told.id)
    derive_afresh(session, told)

    assert before
    assert [(row.key, row.terms, row.passages, row.place) for row in proposed(session)] == before


def give(session: Session, survey: Survey, theme: str) -> None:
    """Give the passages behind the proposal a theme."""
    passages = behind(session)
    for one in passages:
        session.add(
            Decision(
                survey_id=survey.id,
                coder=somebody(session, "Iris Notes"),
                response=one.response,
                start=one.start,
                end=one.end,
                words=one.words,
                theme=theme,
                verdict="add",
                codebook=survey.codebook,
                made_at=NOON,
            )
        )
    session.flush()
    laying.lay(session, survey, {one.response for one in passages})
    session.commit()
    emerging.propose(db.sessionmaker, survey.id)


def test_what_a_coder_explains_is_proposed_no_longer(session: Session, told: Survey) -> None:
    give(session, told, "A1")

    assert "respite" not in str([row.terms for row in proposed(session)])


@pytest.mark.parametrize("theme", ["X0", "E2", "P1"])
def test_something_else_a_stance_or_a_kind_of_evidence_explains_nothing(
    session: Session, told: Survey, theme: str
) -> None:
    give(session, told, theme)

    assert "respite" in str([row.terms for row in proposed(session)])


@pytest.mark.privacy
def test_what_is_held_back_or_withheld_is_not_looked_at(session: Session, told: Survey) -> None:
    one, other, _ = behind(session)
    one.held, other.use_level = True, "withheld"
    session.commit()

    emerging.propose(db.sessionmaker, told.id)

    assert not {one.key, other.key} & {key for row in proposed(session) for key in row.passages}
    assert "respite" not in str([row.terms for row in proposed(session)])
