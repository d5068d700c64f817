"""Quotations are whole, stand alone, and identify no child."""

import hashlib

import pytest

from synthesis.findings.quotable import is_quotable
from synthesis.findings.safeguards import may_identify_child

GOOD = (
    "Every plan is reviewed within six weeks by somebody who knows the family.",
    "There is no shared way of counting how many families come back to us.",
    "Lead professionals in schools tell us that they feel alone with the work.",
)


@pytest.mark.parametrize("words", GOOD)
def test_a_whole_sentence_may_be_quoted(words: str) -> None:
    assert is_quotable(words)


@pytest.mark.parametrize(
    "words",
    [
        "Plans are reviewed.",  # too short
        " ".join(["Every", *["long"] * 46, "plan."]),  # too long
        "every plan is reviewed within six weeks by a manager.",  # no beginning
        "Every plan is reviewed within six weeks by a manager",  # no end
        "However, plans are reviewed within six weeks by a manager.",
        "This means that plans are reviewed within six weeks by managers.",
        "In addition, plans are reviewed within six weeks by a manager.",
        "Plan reviews: done within six weeks by somebody who knows the family.",  # a label
        "Every plan is reviewed by the team-around- the-family within six weeks.",  # damaged
        "Every plan (and its review is seen by a manager within six weeks.",
        "Every plan) and its review (is seen by a manager within six weeks.",
        "Every plan is “good enough” for the manager who reviews it.",  # nested quotation
        "The plan was reviewed and she said that nobody had told her.",  # somebody
        "Plans are reviewed as described above in the previous answer.",
    ],
)
def test_what_is_broken_leaning_or_somebodys_own_is_not_quoted(words: str) -> None:
    assert not is_quotable(words)


@pytest.mark.parametrize(
    "words",
    [
        "Her NHS number is 943 476 5919.",
        "The pupil (A123456789012) moved school.",
        "He was born on 3 May.",
        "Date of birth given as 03/05/2009.",
        "They live near SO99 9ZZ in a flat.",
        "An 8-year-old was seen at home.",
        "The boy, aged 7, was seen at home.",
        "We met the girl named Ada twice.",
        "The mother Lindsey agreed.",
    ],
)
def test_marks_of_one_child_are_seen(words: str) -> None:
    assert may_identify_child(words)


@pytest.mark.parametrize(
    "words",
    [
        "Services for children aged 5 to 11 are full.",
        "The child Protection plan was reviewed.",
        "There were 1,204 requests in 2014/15.",
        "The audit of 12 files in May 2015 found three gaps.",
        "Families wait 12 weeks.",
    ],
)
def test_ordinary_words_are_let_through(words: str) -> None:
    assert not may_identify_child(words)


def test_words_that_a_person_cleared_are_let_through() -> None:
    words = "We use the tool of the mother Lindsey in every plan that we write."
    assert not is_quotable(words)
    assert is_quotable(words, (hashlib.sha256(b"Lindsey").hexdigest(),))
