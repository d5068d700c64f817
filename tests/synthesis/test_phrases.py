"""Phrases: what words of a text may say what it is about, and where they stand."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from synthesis import phrases
from synthesis.phrases import Finder


def found(text, names=()):
    return {text[one.start : one.end] for one in Finder(names).find(text)}


def test_phrases_are_words_and_runs_of_words_between_marks():
    assert found("Kinship carers, respite") == {"Kinship", "Kinship carers", "carers", "respite"}


def test_one_small_word_may_stand_within_a_phrase():
    assert "bed and breakfast" in found("They live in bed and breakfast.")
    assert "proof of income" in found("They want proof of income.")
    assert not [one for one in found("Rooms in houses of students") if one.count(" ") > 3]


def test_a_phrase_holds_neither_fillers_nor_numbers_nor_names():
    assert found("Please see above, e.g. 2014 in Brackmere.", ["Brackmere"]) == set()
    assert found("The mere is deep.", ["Deep Mere Hub"]) == {"mere", "deep"}


def test_a_phrase_of_common_words_has_no_words_of_its_own():
    assert not phrases.own("earli help servic")
    assert phrases.own("young carer") == {"carer"}


def test_with_known_stems_only_those_are_followed():
    text = "Kinship carers need respite"

    assert Finder().stems(text, {"kinship"}) == {
        "kinship",
        "kinship carer",
        "carer",
        "need",
        "respit",
    }
    assert "kinship carer need" in Finder().stems(text)


def test_terms_are_marked_in_whatever_form_they_stand():
    text = "A carer for kin; Kinship carers, kinship-carer. Bed and\nbreakfast!"

    places = phrases.marked(text, ["kinship carers", "bed and breakfast", "carers"])

    assert [text[start:end] for start, end in places] == [
        "carer",
        "Kinship carers",
        "kinship-carer",
        "Bed and\nbreakfast",
    ]


@given(st.text(alphabet="kinship carers'’-.é😀 \n", max_size=60))
def test_marks_are_in_order_and_apart(text):
    places = phrases.marked(text, ["kinship carers", "kinship", "carers kin"])

    assert all(start < end for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
