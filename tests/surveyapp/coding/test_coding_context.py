"""A passage in its context: what stands around it, and what a blind coder does not see."""

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.derived import acts, context
from surveyapp.derived.acts import Change, Hand, On, Place
from surveyapp.derived.context import AFTER, BEFORE
from surveyapp.models import Decision, Sample, Survey, Tag
from tests.surveyapp.building import NOON, queries
from tests.surveyapp.coding.at_work import WORDS, Coder, consultant, everything


def sample(session: Session, kay: Coder) -> Sample:
    """Draw everything for a second coder."""
    drawn = Sample(
        survey_id=kay.survey.id,
        coder=consultant(session, "Lee Other"),
        drawn_by=kay.person,
        drawn_at=NOON,
        seed=1,
        authorities=["X06000002"],
    )
    session.add(drawn)
    session.flush()
    return drawn


def test_what_stands_around(kay: Coder, schools: str) -> None:
    shown = kay.see(schools)
    assert shown.before + shown.words + shown.after == WORDS
    assert shown.far == ("", "")
    assert shown.near == (shown.before, shown.after)
    assert shown.beside[0].words == "Our front door works well."
    assert [(one.number, one.theme, one.sureness) for one in shown.on_it] == [
        (1, "E1", "likely"),
        (2, "E2", "likely"),
        (3, "P2", "likely"),
    ]


def test_numbers_stay_as_decisions_are_made(kay: Coder, schools: str) -> None:
    kay.type(schools, "-1 3 +A1")
    assert [one.theme for one in kay.see(schools).on_it] == ["E1", "E2", "P2", "A1"]


def test_what_is_far_off_is_folded_away(session: Session, kay: Coder, schools: str) -> None:
    shown = kay.see(schools)
    long = "Much to say. " * 400
    shown.response.text = long + WORDS + long
    moved = shown.taking(len(long) + 27, len(long) + 88)
    far, near = moved.far, moved.near
    assert far[0] + near[0] == moved.before
    assert near[1] + far[1] == moved.after
    assert abs(len(near[0]) - BEFORE) < 20
    assert abs(len(near[1]) - AFTER) < 20
    session.expire_all()


def test_what_stands_near_begins_with_a_sentence(
    kay: Coder, schools: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "BEFORE", 40)
    fine = next(one for one in kay.see(schools).beside if one.words == "Fine.")
    shown = kay.see(fine.key)
    assert shown.near[0].strip() == "but the audit is not yet there."
    monkeypatch.setattr(context, "BEFORE", 70)
    shown = kay.see(fine.key)
    assert shown.far[0] == "Our front door works well. "
    assert shown.near[0].startswith("Schools ring us")


def test_a_blind_coder_sees_only_their_own(session: Session, kay: Coder, schools: str) -> None:
    drawn = kay.type(schools, "1 e-7 +E1 .")
    theirs = sample(session, kay)
    blind = context.read(session, kay.survey, schools, theirs)
    assert blind is not None
    assert [one.key for one in blind.beside if one.drawn] == []
    assert not any(blind.tags.values())

    before = everything(session)["tags"]
    place = Place(blind.passage.response, blind.passage.start, blind.passage.end)
    change = Change({On(place, "P2"): "add"}, {place: {}})
    acts.perform(session, kay.survey, Hand(theirs.coder, NOON, theirs.id), "finish", change)

    seen = context.read(session, kay.survey, schools, theirs)
    assert seen is not None
    assert [(one.theme, one.verdict, one.score) for one in seen.on_it] == [("P2", "add", None)]
    assert everything(session)["tags"] == before
    assert drawn.key in {one.key for one in kay.see(schools).beside}
    acts.undo(session, kay.survey, Hand(theirs.coder, NOON, theirs.id))
    made = select(Decision).where(Decision.sample_id == theirs.id)
    assert session.scalars(made).all() == []


def test_a_passage_of_another_survey_is_none(session: Session, kay: Coder, schools: str) -> None:
    assert context.read(session, kay.survey, "guessed") is None
    other = Survey(id=uuid.uuid4())
    assert context.read(session, other, schools) is None


@pytest.mark.queries
def test_reading_takes_two_queries(session: Session, kay: Coder, schools: str) -> None:
    kay.see(schools)
    assert session.scalars(select(Tag)).all()
    with queries(session) as sent:
        kay.see(schools)
    assert len(sent) == 2
