"""Drawing a sample: by seed, authorities whole, and nothing that its coder knows already."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.agreement import drawing
from surveyapp.agreement.drawing import SampleError, Wish
from surveyapp.models import Passage, Sample, Survey
from tests.surveyapp.agreement.two_coders import (
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


def test_the_same_seed_draws_the_same_authorities(session: Session, survey: Survey) -> None:
    speak(session, survey, 9)
    (pool,) = drawing.pools(session, survey, consultant(session))

    picked = {seed: [one.code for one in pool.pick(4, seed)] for seed in range(8)}

    assert picked[1] == [one.code for one in pool.pick(4, 1)]
    assert len({tuple(codes) for codes in picked.values()}) > 4
    assert all(len(codes) == 4 for codes in picked.values())


def test_a_larger_sample_of_the_same_seed_holds_the_smaller(
    session: Session, survey: Survey
) -> None:
    speak(session, survey, 9)
    (pool,) = drawing.pools(session, survey, consultant(session))

    assert set(pool.pick(3, 7)) < set(pool.pick(5, 7))


def test_authorities_are_drawn_whole(session: Session, survey: Survey) -> None:
    speak(session, survey, 3)

    sample = draw(session, survey)

    drawn = session.scalars(
        select(Passage.authority_code).where(drawing.of_sample(survey.id, sample.authorities))
    ).all()
    assert set(drawn) == set(sample.authorities)
    assert len(drawn) == len(session.scalars(select(Passage.key)).all())


def test_nobody_draws_a_sample_for_themself(session: Session, survey: Survey) -> None:
    speak(session, survey, 1)
    me = consultant(session)

    assert me not in [one.person for one in drawing.pools(session, survey, me)]
    with pytest.raises(SampleError, match="Choose who"):
        drawing.draw(session, survey, Wish(me.id, 1, 1), me, NOON)


def test_what_a_person_has_coded_is_not_drawn_for_them(session: Session, survey: Survey) -> None:
    speak(session, survey, 2)
    passage = elms(session)[0]
    give(session, survey, passage, "", iris(session), NOON)

    (pool,) = drawing.pools(session, survey, consultant(session))

    assert pool.known == 1
    assert passage.authority_code not in {one.code for one in pool.free}


def test_what_a_person_is_coding_in_another_sample_is_not_drawn_again(
    session: Session, survey: Survey
) -> None:
    speak(session, survey, 2)
    first = draw(session, survey, 1)

    (pool,) = drawing.pools(session, survey, consultant(session))

    assert pool.known == 1
    assert first.authorities[0] not in {one.code for one in pool.free}


def test_where_nothing_is_left_nothing_is_drawn(session: Session, survey: Survey) -> None:
    speak(session, survey, 1)
    draw(session, survey)

    with pytest.raises(SampleError, match="no authority left"):
        drawing.draw(session, survey, Wish(iris(session).id, 1, 5), consultant(session), NOON)


def test_a_sample_nobody_has_begun_is_drawn_again_by_another_seed(
    session: Session, survey: Survey
) -> None:
    speak(session, survey, 9)
    sample = draw(session, survey, 4)

    other = drawing.draw_again(session, sample, consultant(session), NOON)

    assert sample.dropped_at == NOON
    assert other.seed != sample.seed
    assert len(other.authorities) == 4
    assert other.coder is sample.coder


def test_a_sample_that_is_begun_is_not_drawn_again(session: Session, survey: Survey) -> None:
    speak(session, survey, 2)
    sample = draw(session, survey)
    type_in(session, sample, elms(session)[0].key, "+E2")

    with pytest.raises(SampleError, match="begun"):
        drawing.draw_again(session, sample, consultant(session), NOON)


def test_what_was_coded_in_a_sample_set_aside_is_known(session: Session, survey: Survey) -> None:
    speak(session, survey, 2)
    sample = draw(session, survey)
    code_blind(session, sample, {"Audit": "E2"})

    drawing.set_aside(session, sample, consultant(session), NOON)

    (pool,) = drawing.pools(session, survey, consultant(session))
    assert pool.free == ()
    assert session.get_one(Sample, sample.id).dropped_at == NOON
