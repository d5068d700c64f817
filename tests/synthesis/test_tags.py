"""Decisions laid over suggestions: what a coder said holds, and only where it was said."""

from dataclasses import replace

import pytest

from synthesis.errors import InputError
from synthesis.material import Decision, Finished, Response
from synthesis.passages import Passage
from synthesis.tags import Tag, decide

TEXT = "One front door. Two front doors. Three."
SAID = Response("r", TEXT, "Alderwick")
ONE, TWO, THREE = (0, 15), (16, 32), (33, 39)


def tag(place, theme="S01"):
    return Tag(Passage(SAID, *place), theme, 0.7, "says so")


def decision(place, verdict, theme="S01", words=None, response="r"):
    return Decision(
        response, *place, TEXT[slice(*place)] if words is None else words, theme, verdict, "Kim"
    )


def decided(suggested, *decisions):
    made = decide(suggested, decisions, {"r": SAID})
    return [
        (tag.theme, (tag.passage.start, tag.passage.end), "kept" if tag.decided else "open")
        for tag in made
    ]


SUGGESTED = (tag(ONE), tag(ONE, "P1"), tag(TWO))
OPEN = [("S01", ONE, "open"), ("P1", ONE, "open"), ("S01", TWO, "open")]


def test_without_decisions_nothing_changes():
    assert decided(SUGGESTED) == OPEN


def test_an_accepted_theme_is_decided_where_it_was_accepted():
    assert decided(SUGGESTED, decision(ONE, "accept")) == [("S01", ONE, "kept"), *OPEN[1:]]


def test_a_rejected_theme_goes_where_it_was_rejected_and_nowhere_else():
    assert decided(SUGGESTED, decision(TWO, "reject")) == OPEN[:2]


def test_an_added_theme_joins_and_says_who_added_it():
    (*_, added) = decide(SUGGESTED, [decision(THREE, "add", "E1")], {"r": SAID})

    assert (added.theme, added.passage.text, added.score) == ("E1", "Three.", 1.0)
    assert added.decided
    assert "Kim" in added.reason


def test_several_decisions_on_one_theme_hold_each_in_its_place():
    made = decided(SUGGESTED, decision(ONE, "reject"), decision(TWO, "accept"))

    assert made == [OPEN[1], ("S01", TWO, "kept")]
    assert decided(SUGGESTED, decision(TWO, "accept"), decision(ONE, "reject")) == made


def test_of_two_decisions_on_the_same_words_the_last_holds():
    assert decided(SUGGESTED, decision(TWO, "reject"), decision(TWO, "accept"))[-1] == (
        "S01", TWO, "kept",
    )  # fmt: skip
    assert decided(SUGGESTED, decision(TWO, "accept"), decision(TWO, "reject")) == OPEN[:2]


def test_a_decision_on_part_of_a_passage_touches_it():
    assert decided(SUGGESTED, decision((4, 14), "reject")) == OPEN[1:]


def test_passages_that_only_meet_do_not_touch():
    before, after = tag((0, 4)), tag((9, 15))

    assert decided([before, after], decision((4, 9), "reject")) == [
        ("S01", (0, 4), "open"),
        ("S01", (9, 15), "open"),
    ]


def test_what_was_added_and_is_suggested_too_stands_once():
    assert decided([tag(ONE)], decision(ONE, "add")) == [("S01", ONE, "kept")]


def test_what_was_added_elsewhere_leaves_a_suggestion_open():
    assert decided([tag(ONE)], decision(TWO, "add")) == [("S01", ONE, "open"), ("S01", TWO, "kept")]


def test_a_verdict_on_what_is_not_suggested_any_more_is_harmless():
    assert decided(SUGGESTED, decision(ONE, "accept", "E1"), decision(THREE, "reject")) == OPEN


@pytest.mark.parametrize("verdict", ["accept", "reject", "add"])
@pytest.mark.parametrize(
    ("place", "words"),
    [(ONE, "One back door."), (ONE, "one front door."), ((1, 16), TEXT[0:15]), ((30, 99), "x"),
     ((5, 5), ""), ((15, 16), " "), ((9, 3), "")],
)  # fmt: skip
def test_stale_words_are_refused(place, words, verdict):
    with pytest.raises(InputError) as caught:
        decided(SUGGESTED, decision(place, verdict, words=words))

    assert "decision on r, S01" in caught.value.place
    assert "not at" in caught.value.fault
    assert "Decide again" in caught.value.remedy


def test_a_decision_on_a_response_that_is_gone_is_refused():
    with pytest.raises(InputError, match="not there"):
        decided(SUGGESTED, decision(ONE, "accept", response="gone"))


def test_a_fault_in_a_decision_names_the_row_it_was_read_from():
    stale = replace(decision(ONE, "accept", words="x"), place="decisions.csv, row 7")
    with pytest.raises(InputError) as caught:
        decided(SUGGESTED, stale)

    assert caught.value.place == "decisions.csv, row 7, decision on r, S01"


def test_stale_decisions_are_refused_before_the_first_tag():
    made = decide(iter(SUGGESTED), [decision(ONE, "accept", words="x")], {"r": SAID})

    with pytest.raises(InputError):
        next(made)


def test_words_that_a_coder_has_finished_carry_what_they_were_given_and_no_more() -> None:
    response = Response(id="a", text="We count calls. We ask families.")
    first, second = Passage(response, 0, 15), Passage(response, 16, 32)
    suggested = [Tag(first, "S01", 0.9, ""), Tag(first, "E1", 0.9, ""), Tag(second, "S01", 0.9, "")]
    accepted = Decision("a", 0, 15, "We count calls.", "S01", "accept")

    left = decide(suggested, [accepted], {"a": response}, [Finished("a", 0, 15)])

    assert [(tag.passage.start, tag.theme) for tag in left] == [(0, "S01"), (16, "S01")]
