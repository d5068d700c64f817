"""Comparing two coders: on what each gave alone, whatever happens to the passages afterwards."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.agreement import comparing, differing
from surveyapp.agreement.differing import Ruling
from surveyapp.agreement.drawing import SampleError
from surveyapp.derived import acts
from surveyapp.derived.acts import Change, Hand, On, Place
from surveyapp.material import agreed, codebooks, gathering
from surveyapp.material.agreed import Comparison
from surveyapp.models import CodingAct, Decision, Memo, Sample, Survey, Tag
from synthesis.codebook import Theme
from tests.surveyapp.agreement.two_coders import (
    AN_HOUR,
    code_blind,
    consultant,
    draw,
    elms,
    give,
    iris,
    place_of,
    speak,
    type_in,
)
from tests.surveyapp.building import NOON

LATER = NOON + AN_HOUR
MUCH_LATER = LATER + AN_HOUR
FIRST = {"Audit": "E2 P1", "figures": "E1", "front door": ""}
SECOND = {"Audit": "E2", "figures": "A1", "front door": "S01"}


def of(told: dict[str, str], words: str) -> str:
    return next(themes for part, themes in told.items() if part in words)


@pytest.fixture
def sample(session: Session, survey: Survey) -> Sample:
    """Six authorities that both have coded; Iris has finished."""
    speak(session, survey, 6)
    drawn = draw(session, survey)
    for passage in elms(session):
        give(session, survey, passage, of(FIRST, passage.words), consultant(session), NOON)
    code_blind(session, drawn, SECOND, LATER)
    return drawn


def compared(session: Session, sample: Sample) -> Comparison:
    comparing.compare(session, sample, consultant(session), LATER)
    found = agreed.comparison(session, sample)
    assert found is not None
    return found


def settle(
    session: Session, sample: Sample, key: str, keeps: dict[str, bool], **by: object
) -> None:
    found = agreed.comparison(session, sample)
    assert found is not None
    one = differing.queue(session, sample, found).find(key)
    assert one is not None
    hand = Hand(by.get("by", consultant(session)), by.get("at", MUCH_LATER))
    differing.settle(session, sample, one, Ruling(keeps, by.get("reason", "")), hand)


def test_what_both_gave_stands_beside_what_was_suggested(session: Session, sample: Sample) -> None:
    found = compared(session, sample)

    one, two, three = (
        next(both for both in found.passages if both.key == passage.key)
        for passage in elms(session)[:3]
    )
    assert (one.first, one.second) == ({"E2", "P1"}, {"E2"})
    assert (two.first, two.second) == ({"E1"}, {"A1"})
    assert (three.first, three.second) == (frozenset(), {"S01"})
    assert one.machine == {tag.theme for tag in _tags(session, one.key) if tag.score is not None}
    assert not one.versions_differ
    assert found.first == (consultant(session).id,)


def _tags(session: Session, key: str) -> list[Tag]:
    return list(session.scalars(select(Tag).where(Tag.passage_key == key)))


def test_only_passages_that_both_finished_are_compared(session: Session, sample: Sample) -> None:
    ready = comparing.ready(session, sample)

    found = compared(session, sample)

    # Alder is in the sample too, and the consultant has coded nothing of it.
    assert (ready.first, ready.both) == (18, 18)
    assert ready.passages > 18
    assert len(found.passages) == 18


def test_nothing_is_compared_before_it_is_finished(session: Session, survey: Survey) -> None:
    speak(session, survey, 1)
    sample = draw(session, survey)

    with pytest.raises(SampleError, match="finished"):
        comparing.compare(session, sample, consultant(session), NOON)


def test_its_coder_does_not_compare(session: Session, sample: Sample) -> None:
    with pytest.raises(SampleError, match="somebody else"):
        comparing.compare(session, sample, iris(session), NOON)


def test_passages_finished_later_are_compared_later(
    session: Session, survey: Survey, sample: Sample
) -> None:
    found = compared(session, sample)
    with pytest.raises(SampleError, match="no more passage"):
        comparing.compare(session, sample, consultant(session), LATER)
    alder = next(one for one in _of_alder(session) if one.words.startswith("We count"))
    give(session, survey, alder, "S01", consultant(session), LATER)

    assert comparing.compare(session, sample, consultant(session), MUCH_LATER) == 1

    more = agreed.comparison(session, sample)
    assert more is not None
    assert more.passages[:-1] == found.passages
    assert more.passages[-1].key == alder.key


def _of_alder(session: Session) -> list[comparing.Passage]:
    told = select(comparing.Passage).where(comparing.Passage.authority_code == "X06000001")
    return list(session.scalars(told))


def test_a_stretch_counts_for_the_sentence_it_is_in(
    session: Session, survey: Survey, sample: Sample
) -> None:
    passage = elms(session)[0]
    stretch = Place(passage.response, passage.start, passage.start + 5)
    change = Change({On(stretch, "P2"): "add"}, {stretch: {}})
    acts.perform(session, survey, Hand(consultant(session), NOON), "code", change)

    found = compared(session, sample)

    assert found.passages[_place(found, passage.key)].first == {"E2", "P1", "P2"}
    assert len(found.passages) == 18


def _place(found: Comparison, key: str) -> int:
    return [one.key for one in found.passages].index(key)


def test_agreement_is_that_of_the_independent_coding(
    session: Session, survey: Survey, sample: Sample
) -> None:
    found = compared(session, sample)
    before = agreed.agreement(session, survey)
    passage = elms(session)[0]

    settle(session, sample, passage.key, {"P1": False})
    give(session, survey, elms(session)[1], "A1", consultant(session), MUCH_LATER)

    assert agreed.comparison(session, sample) == found
    assert agreed.agreement(session, survey) == before


def test_a_second_sample_measures_what_was_given_before_differences_were_seen(
    session: Session, survey: Survey, sample: Sample
) -> None:
    compared(session, sample)
    passage = elms(session)[0]
    settle(session, sample, passage.key, {"P1": False})
    third = consultant(session, "Third Coder")
    other = draw_for(session, survey, third)
    key = passage.key
    for one in elms(session):
        type_in(session, other, one.key, ".", MUCH_LATER)
    for one in _of_alder(session):
        type_in(session, other, one.key, ".", MUCH_LATER)
    other.finished_at = MUCH_LATER

    found = compared(session, other)

    assert found.passages[_place(found, key)].first == {"E2", "P1"}


def draw_for(session: Session, survey: Survey, person: comparing.Person) -> Sample:
    from surveyapp.agreement import drawing

    wish = drawing.Wish(person.id, 7, 3)
    return drawing.draw(session, survey, wish, iris(session), NOON)


def test_the_review_prints_agreement_in_the_order_of_the_codebook(
    session: Session, survey: Survey, sample: Sample
) -> None:
    assert gathering.gather(session, survey).agreement == ()
    compared(session, sample)

    told = gathering.gather(session, survey).agreement

    codes = [theme.code for theme in gathering.read_codebook(survey)]
    assert [one.theme for one in told] == codes
    assert {one.n for one in told} == {18}
    # Six passages each: too few to tell, and said so by leaving the figures out.
    assert {(one.alpha, one.kappa) for one in told} == {(None, None)}


def test_a_sample_set_aside_is_not_printed(
    session: Session, survey: Survey, sample: Sample
) -> None:
    compared(session, sample)
    sample.dropped_at = MUCH_LATER
    session.flush()

    assert agreed.agreement(session, survey) == ()


def test_agreement_on_a_theme_used_often_is_worked_out(session: Session, survey: Survey) -> None:
    speak(session, survey, 16)
    sample = draw(session, survey)
    for at, passage in enumerate(elms(session)):
        themes = "E2" if "Audit" in passage.words or at % 12 == 1 else ""
        give(session, survey, passage, themes, consultant(session), NOON)
    code_blind(session, sample, {"Audit": "E2"}, LATER)
    compared(session, sample)

    e2 = next(one for one in agreed.agreement(session, survey) if one.theme == "E2")

    # Both 16, only the first 4, neither 28, of 48.
    assert e2.n == 48
    chance = (20 * 16 + 28 * 32) / 48**2
    assert e2.kappa == pytest.approx((44 / 48 - chance) / (1 - chance))
    assert e2.alpha == pytest.approx(1 - 95 * 4 / (36 * 60))


def test_the_machine_stands_beside_each_coder(session: Session, sample: Sample) -> None:
    pooled, *of_themes = comparing.beside(compared(session, sample))

    assert pooled.coders.theme == ""
    assert [one.coders.theme for one in of_themes] == ["S01", "A1", "E1", "E2", "P1"]
    assert pooled.coders.alpha is not None
    assert pooled.machine_first.passages == pooled.machine_second.passages == 18


def test_the_most_common_confusion_comes_first(
    session: Session, survey: Survey, sample: Sample
) -> None:
    give(session, survey, elms(session)[1], "E1 P2", consultant(session), LATER)
    for passage in elms(session)[3::3]:
        give(session, survey, passage, "E2", consultant(session), LATER)

    queue = differing.queue(session, sample, compared(session, sample))

    assert queue.confusions[:2] == ((("", "S01"), 6), (("E1", "A1"), 6))
    assert queue.confusions[2:] == ((("P1", ""), 1), (("P2", "A1"), 1))
    assert [one.often for one in queue.open] == [6] * 12 + [1]
    assert queue.open[-1].themes == ("P1",)


def test_a_settled_difference_leaves_the_queue(session: Session, sample: Sample) -> None:
    found = compared(session, sample)
    key = elms(session)[1].key

    settle(session, sample, key, {"A1": True, "E1": False}, reason="It is about harm.")

    queue = differing.queue(session, sample, found)
    assert len(queue.open) == 17
    assert [(one.both.key, one.chosen) for one in queue.settled] == [
        (key, {"A1": True, "E1": False})
    ]
    memo = session.scalars(select(Memo)).one()
    assert (memo.about, memo.subject, memo.text) == ("passage", key, "It is about harm.")


def test_what_is_chosen_is_laid_over_the_suggestions(session: Session, sample: Sample) -> None:
    compared(session, sample)
    one, two, three = elms(session)[:3]

    settle(session, sample, one.key, {"P1": False})
    settle(session, sample, two.key, {"A1": True, "E1": False})
    settle(session, sample, three.key, {"S01": True})

    def standing(key: str) -> set[str]:
        session.expire_all()
        return {tag.theme for tag in _tags(session, key) if tag.verdict in ("accept", "add")}

    assert standing(one.key) == {"E2"}
    assert standing(two.key) == {"A1"}
    assert standing(three.key) == {"S01"}


def test_what_stands_already_needs_no_decision(session: Session, sample: Sample) -> None:
    compared(session, sample)
    before = session.scalars(select(Decision.id)).all()

    settle(session, sample, elms(session)[0].key, {"P1": True})

    assert session.scalars(select(Decision.id)).all() == before
    assert session.scalars(select(CodingAct).where(CodingAct.kind == "settled")).one()


def test_another_person_settles(session: Session, survey: Survey, sample: Sample) -> None:
    compared(session, sample)
    passage = elms(session)[0]

    settle(session, sample, passage.key, {"P1": False}, by=consultant(session, "Third Person"))

    told = gathering.gather(session, survey).material.decisions
    (last,) = [one for one in told if one.theme == "P1" and one.verdict == "reject"][-1:]
    assert (last.coder, place_of(passage).start) == ("Third Person", last.start)
    assert "P1" not in {tag.theme for tag in _tags(session, passage.key)}


def test_what_is_settled_can_be_settled_otherwise(session: Session, sample: Sample) -> None:
    compared(session, sample)
    key = elms(session)[0].key
    settle(session, sample, key, {"P1": False})

    settle(session, sample, key, {"P1": True}, at=MUCH_LATER + AN_HOUR)

    session.expire_all()
    assert {tag.verdict for tag in _tags(session, key) if tag.theme == "P1"} <= {"accept", "add"}
    assert "P1" in {tag.theme for tag in _tags(session, key)}


def test_undone_where_the_review_is_coded_it_is_to_be_settled_again(
    session: Session, survey: Survey, sample: Sample
) -> None:
    found = compared(session, sample)
    key = elms(session)[0].key
    settle(session, sample, key, {"P1": False})

    acts.undo(session, survey, Hand(consultant(session), MUCH_LATER + AN_HOUR))

    assert differing.queue(session, sample, found).settled == ()
    assert "P1" in {tag.theme for tag in _tags(session, key)}


@pytest.mark.parametrize("keeps", [{}, {"E2": True}, {"P1": True, "E2": True}])
def test_every_theme_is_chosen_and_no_other(
    session: Session, sample: Sample, keeps: dict[str, bool]
) -> None:
    compared(session, sample)

    with pytest.raises(SampleError, match="Choose"):
        settle(session, sample, elms(session)[0].key, keeps)


def test_the_blind_coder_does_not_settle(session: Session, sample: Sample) -> None:
    compared(session, sample)

    with pytest.raises(SampleError, match="somebody else"):
        settle(session, sample, elms(session)[2].key, {"S01": True}, by=iris(session))


def test_passages_whose_words_changed_cannot_be_settled(session: Session, sample: Sample) -> None:
    found = compared(session, sample)
    session.delete(elms(session)[0])
    session.flush()

    queue = differing.queue(session, sample, found)

    assert queue.gone == 1
    assert len(queue.open) == 17


def test_a_theme_that_came_after_both_had_coded_is_not_compared(
    session: Session, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = codebooks.current(sample.survey)
    newer = replace(book, themes=(*book.themes, Theme("X1", "emergent", "Front door", "New.")))
    monkeypatch.setattr(codebooks, "current", lambda _: newer)

    found = compared(session, sample)

    assert "X1" not in found.themes
    assert set(found.themes) == {theme.code for theme in book}
