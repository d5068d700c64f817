"""Passages, tags and cells follow from what people said, and from nothing else."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.derived import deriving, laying
from surveyapp.models import Base, Cell, Decision, Passage, Response, Survey, Tag
from tests.surveyapp.building import NOON, somebody
from tests.surveyapp.deriving import derive, derive_afresh

FRONT_DOOR = "X06000001/S01.2"


def everything(session: Session) -> list[tuple[object, ...]]:
    """Return every derived row, as plain values."""
    return [
        tuple(row)
        for model in (Response, Passage, Tag, Cell)
        for row in session.execute(
            select(*model.__table__.columns).order_by(*model.__table__.primary_key.columns)
        )
    ]


def decide(session: Session, survey: Survey, passage: Passage, theme: str, verdict: str) -> None:
    session.add(
        Decision(
            survey=survey,
            response=passage.response,
            start=passage.start,
            end=passage.end,
            words=passage.words,
            theme=theme,
            verdict=verdict,
            coder=somebody(session, "Iris Notes"),
            codebook=survey.codebook,
            made_at=NOON,
        )
    )
    session.flush()
    laying.lay(session, survey, [passage.response])


def first(session: Session) -> Passage:
    return session.scalars(select(Passage).where(Passage.response == FRONT_DOOR)).one()


def test_every_sentence_is_a_passage_in_its_response(session: Session, survey: Survey) -> None:
    derive_afresh(session, survey)

    passage = first(session)
    assert passage.words == "We count every call to the front door."
    assert (passage.authority_code, passage.question_code) == ("X06000001", "S01.2")
    response = session.get_one(Response, (survey.id, FRONT_DOOR))
    assert response.text[passage.start : passage.end] == passage.words


def test_dropped_and_derived_again_it_is_the_same(session: Session, survey: Survey) -> None:
    derive_afresh(session, survey)
    decide(session, survey, first(session), "A1", "add")
    session.commit()
    before = everything(session)

    deriving.forget(session, survey.id)
    derive_afresh(session, survey)

    assert before
    assert everything(session) == before


def test_a_decision_shows_at_once_and_counts(session: Session, survey: Survey) -> None:
    derive_afresh(session, survey)
    cell = session.get_one(Cell, (survey.id, "X06000001", "S01"))
    found, rested = cell.found, cell.rests_on

    decide(session, survey, first(session), "S01", "reject")

    session.expire_all()
    assert session.get_one(Tag, (first(session).key, "S01")).verdict == "reject"
    assert cell.found == found - 1
    assert cell.rests_on != rested


def test_a_stretch_that_is_drawn_is_a_passage_while_the_decision_is_there(
    session: Session, survey: Survey
) -> None:
    derive_afresh(session, survey)
    whole = first(session)
    drawn = Passage(response=whole.response, start=0, end=8, words=whole.words[:8])

    decide(session, survey, drawn, "A1", "add")

    found = session.scalars(select(Passage).where(Passage.drawn.is_(True))).one()
    assert (found.words, found.place) == ("We count", whole.place)
    session.delete(session.scalars(select(Decision)).one())
    laying.lay(session, survey, [whole.response])
    assert session.scalars(select(Passage).where(Passage.drawn.is_(True))).all() == []
    assert session.scalars(select(Tag).where(Tag.score.is_(None))).all() == []


def test_what_other_tests_begin_with_is_what_is_derived(session: Session, survey: Survey) -> None:
    derive(session, survey)
    deriving.forget(session, survey.id)
    derive(session, survey)
    put_back = everything(session)
    deriving.forget(session, survey.id)
    derive_afresh(session, survey)

    assert put_back
    assert everything(session) == put_back


def test_nothing_outside_refers_to_what_is_derived() -> None:
    derived = {model.__tablename__ for model in (Response, Passage, Tag, Cell)}
    referring = [
        (table.name, key.target_fullname)
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.target_fullname.partition(".")[0] in derived
    ]

    assert referring == []
