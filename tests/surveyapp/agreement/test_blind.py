"""Coding blind: what a second coder sees and does, and where it goes no further."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.agreement import blind, drawing, samples
from surveyapp.derived import acts, laying
from surveyapp.derived.acts import Change, Hand, On, Place
from surveyapp.derived.commands import CommandError
from surveyapp.material import gathering
from surveyapp.models import Cell, CodedPassage, Decision, Passage, Sample, Survey, Tag
from tests.surveyapp.agreement.two_coders import (
    AN_HOUR,
    code_blind,
    consultant,
    draw,
    elms,
    give,
    iris,
    speak,
    type_in,
)
from tests.surveyapp.building import NOON
from tests.surveyapp.deriving import derive


@pytest.fixture
def sample(session: Session, survey: Survey) -> Sample:
    speak(session, survey, 2)
    return draw(session, survey)


def first(session: Session) -> Passage:
    return elms(session)[0]


def given(session: Session, sample: Sample) -> list[tuple[str, str]]:
    made = session.scalars(select(Decision).where(Decision.sample_id == sample.id))
    return sorted((one.words, one.theme) for one in made)


def test_themes_are_given_and_taken_off(session: Session, sample: Sample) -> None:
    passage = first(session)

    type_in(session, sample, passage.key, "+E2 +s01")
    type_in(session, sample, passage.key, "-S01 +P1")

    assert given(session, sample) == [("Audit helps us.", "E2"), ("Audit helps us.", "P1")]


def test_enter_finishes_and_leads_to_the_next(session: Session, sample: Sample) -> None:
    one, two, *_ = elms(session)

    assert type_in(session, sample, one.key, "+E2 .") == two.key
    coded = session.scalars(select(CodedPassage)).one()
    assert (coded.words, coded.suggested, coded.sample_id) == (one.words, {}, sample.id)


def test_a_passage_may_have_no_theme(session: Session, sample: Sample) -> None:
    type_in(session, sample, first(session).key, "")

    assert given(session, sample) == []
    assert blind.is_finished(session, sample, first(session))


def test_after_the_last_come_those_left_open(session: Session, sample: Sample) -> None:
    keys = [
        one.key
        for one in session.scalars(
            select(Passage)
            .where(drawing.of_sample(sample.survey_id, sample.authorities))
            .order_by(Passage.place)
        )
    ]
    assert type_in(session, sample, keys[0], "n") == keys[1]
    for key in keys[1:-1]:
        type_in(session, sample, key, ".")

    assert type_in(session, sample, keys[-1], ".") == keys[0]
    assert type_in(session, sample, keys[0], ".") == ""


def test_the_one_before_can_be_changed(session: Session, sample: Sample) -> None:
    one, two, *_ = elms(session)
    type_in(session, sample, one.key, "+E2 .")

    assert type_in(session, sample, two.key, "p") == one.key
    type_in(session, sample, one.key, "-E2 +E1")

    assert given(session, sample) == [("Audit helps us.", "E1")]
    assert blind.is_finished(session, sample, one)


def test_what_was_done_last_is_undone(session: Session, sample: Sample) -> None:
    one, two, *_ = elms(session)
    type_in(session, sample, one.key, "+E2 .")

    assert type_in(session, sample, two.key, "u", NOON + AN_HOUR) == one.key

    assert given(session, sample) == []
    assert not blind.is_finished(session, sample, one)


def test_a_slip_changes_nothing(session: Session, sample: Sample) -> None:
    passage = first(session)

    for slip in ("+E2 +X9 .", "+E2 1", "*", "b+1", "m what others think"):
        with pytest.raises(CommandError):
            type_in(session, sample, passage.key, slip)

    assert given(session, sample) == []
    assert not blind.is_finished(session, sample, passage)


def test_nothing_of_others_is_seen(session: Session, survey: Survey, sample: Sample) -> None:
    passage = first(session)
    give(session, survey, passage, "E2 P1", consultant(session), NOON)
    stretch = Place(passage.response, 0, 5)
    drawn = Change({On(stretch, "P2"): "add"}, {stretch: {}})
    acts.perform(session, survey, Hand(consultant(session), NOON), "code", drawn)

    shown = blind.read(session, sample, passage.key)

    assert shown is not None
    assert shown.on_it == ()
    assert not [one for one in shown.beside if one.drawn]
    assert len(session.scalars(select(Passage).where(Passage.drawn.is_(True))).all()) == 1


def test_what_others_drew_is_not_in_the_sample(
    session: Session, survey: Survey, sample: Sample
) -> None:
    stretch = Place(first(session).response, 0, 5)
    drawn = Change({On(stretch, "P2"): "add"}, {stretch: {}})
    before = sum(one.passages for one in blind.shares(session, sample))
    acts.perform(session, survey, Hand(consultant(session), NOON), "code", drawn)
    (passage,) = session.scalars(select(Passage).where(Passage.drawn.is_(True)))

    assert sum(one.passages for one in blind.shares(session, sample)) == before
    assert blind.read(session, sample, passage.key) is None


def test_what_is_held_back_is_not_in_the_sample(session: Session, sample: Sample) -> None:
    passage = first(session)
    before = sum(one.passages for one in blind.shares(session, sample))
    passage.held = True
    session.flush()

    assert sum(one.passages for one in blind.shares(session, sample)) == before - 1
    assert blind.read(session, sample, passage.key) is None


def test_a_passage_of_another_authority_is_not_in_the_sample(
    session: Session, survey: Survey
) -> None:
    speak(session, survey, 2)
    sample = draw(session, survey, 1)
    outside = next(
        one
        for one in session.scalars(select(Passage))
        if one.authority_code not in sample.authorities
    )

    assert blind.read(session, sample, outside.key) is None


def test_what_is_coded_blind_goes_no_further(
    session: Session, survey: Survey, sample: Sample
) -> None:
    def told() -> object:
        session.expire_all()
        tags = [(one.passage_key, one.theme, one.verdict) for one in session.scalars(select(Tag))]
        cells = [(one.theme, one.found, one.rests_on) for one in session.scalars(select(Cell))]
        coded = [(one.key, one.coded) for one in session.scalars(select(Passage))]
        return sorted(tags), sorted(cells), sorted(coded)

    before, gathered = told(), gathering.gather(session, survey).material
    code_blind(session, sample, {"Audit": "E2 P3", "figures": "A1"})
    laying.lay(session, survey, {one.response for one in elms(session)})

    assert given(session, sample)
    assert told() == before
    assert gathering.gather(session, survey).material == gathered
    derive(session, survey)
    assert told() == before


def test_what_its_coder_has_coded_elsewhere_cannot_be_coded_blind(
    session: Session, survey: Survey, sample: Sample
) -> None:
    passage = first(session)
    give(session, survey, passage, "E2", iris(session), NOON)

    with pytest.raises(CommandError, match="elsewhere"):
        type_in(session, sample, passage.key, "+E2")


def test_a_sample_is_finished_only_when_all_its_passages_are(
    session: Session, sample: Sample
) -> None:
    type_in(session, sample, first(session).key, ".")

    with pytest.raises(blind.NotAllError, match="not finished yet"):
        blind.finish(session, sample, NOON)


def test_nothing_changes_in_a_finished_sample(session: Session, sample: Sample) -> None:
    code_blind(session, sample, {})

    for line in ("+E2", "u", "."):
        with pytest.raises(blind.ClosedError):
            type_in(session, sample, first(session).key, line)


def test_words_that_changed_are_to_be_coded_again(
    session: Session, survey: Survey, sample: Sample
) -> None:
    passage = first(session)
    type_in(session, sample, passage.key, ".")
    passage.words = "Audit harms us."
    session.flush()

    assert not blind.is_finished(session, sample, passage)
    assert sum(one.done for one in blind.shares(session, sample)) == 0


def test_what_is_held_back_since_it_was_finished_is_counted_nowhere(
    session: Session, survey: Survey, sample: Sample
) -> None:
    code_blind(session, sample, {"Audit": "E2 P3"})
    whole = samples.standing(session, sample)
    assert whole.done == whole.passages
    passage = session.scalars(
        select(Passage).where(Passage.authority_code.in_(sample.authorities)).limit(1)
    ).one()

    passage.held = True
    session.flush()

    left = samples.standing(session, sample)
    assert (left.passages, left.done) == (whole.passages - 1, whole.done - 1)
