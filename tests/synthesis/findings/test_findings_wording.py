"""Words for counts follow one scale; below the smallest base there are numbers only."""

from dataclasses import replace

import pytest

from synthesis.findings import Scale, Speech
from tests.synthesis.small_region import small_outline

SCALE: Scale = small_outline().scale
ANSWERS, DOCUMENTS = Speech(SCALE), Speech(SCALE, "documents")

NINETEEN = (
    (19, "all"),
    (18, "almost all"),
    (17, "most"),
    (15, "most"),
    (14, "the majority of"),
    (10, "the majority of"),
    (9, "fewer than half of"),
    (3, "fewer than half of"),
    (2, "two"),
    (1, "one"),
    (0, "no"),
)


@pytest.mark.parametrize(("count", "words"), NINETEEN)
def test_nineteen_authorities_in_words(count: int, words: str) -> None:
    unit = "authority" if count == 1 else "authorities"
    assert ANSWERS.share(count, 19) == f"{words} {unit} ({count} of 19 answering)"


@pytest.mark.parametrize(
    ("count", "base", "words"),
    [
        (9, 10, "most"),  # 90% exactly is not more than 90%
        (15, 20, "most"),  # 75% exactly
        (10, 20, "the majority of"),  # half exactly
        (3, 20, "few"),  # 15% exactly is not more than 15%
        (4, 20, "fewer than half of"),
    ],
)
def test_the_edges_of_the_scale(count: int, base: int, words: str) -> None:
    assert ANSWERS.share(count, base).startswith(f"{words} authorities")


@pytest.mark.parametrize(
    ("count", "base", "words"),
    [
        (5, 9, "five of the nine authorities answering"),
        (1, 6, "one of the six authorities answering"),
        (0, 6, "none of the six authorities answering"),
        (6, 6, "all six authorities answering"),
        (2, 2, "both authorities answering"),
        (1, 1, "the one authority answering"),
        (0, 1, "no authority of one answering"),
    ],
)
def test_a_small_base_has_numbers_only(count: int, base: int, words: str) -> None:
    assert ANSWERS.share(count, base) == words


def test_a_larger_smallest_base_has_numbers_too() -> None:
    large = Speech(replace(SCALE, smallest_base=15))
    assert large.share(11, 12) == "11 of the 12 authorities answering"


def test_documents_are_about_authorities_and_answer_nothing() -> None:
    assert DOCUMENTS.subject(15, 19) == "the documents on most authorities (15 of 19)"
    assert DOCUMENTS.agent(15, 19) == "in the documents on most authorities (15 of 19)"
    assert DOCUMENTS.within(2, 6) == "in the documents on two of the six authorities"


def test_what_no_document_says_stands_in_none_of_them() -> None:
    assert DOCUMENTS.subject(0, 19) == "none of the documents (0 of 19)"
    assert DOCUMENTS.agent(0, 19) == "in none of the documents (0 of 19)"
    assert DOCUMENTS.within(0, 6) == "in none of the documents on the six authorities"
    assert DOCUMENTS.share(0, 1) == "none of the documents on the one authority"


def test_answers_and_documents_together_have_their_own_base() -> None:
    share = Speech(SCALE, "both").share(15, 19)
    assert share == "most authorities (15 of 19 with answers or documents)"


def test_answers_are_given_by_authorities() -> None:
    assert ANSWERS.agent(15, 17) == "by most authorities (15 of 17 answering)"
    assert ANSWERS.within(2, 6) == "in the accounts of two of the six authorities answering"


def test_responses_of_nobody_are_counted_as_responses() -> None:
    speech = Speech(SCALE, "answers", "response")
    assert speech.share(15, 19) == "most responses (15 of 19)"
    assert speech.agent(2, 6) == "in two of the six responses"
    assert speech.within(15, 19) == "in most responses (15 of 19)"


@pytest.mark.parametrize(
    ("speech", "count", "base", "verb"),
    [
        (ANSWERS, 1, 6, "describes"),
        (ANSWERS, 2, 6, "describe"),
        (ANSWERS, 0, 6, "describe"),
        (ANSWERS, 1, 19, "describes"),  # one authority (1 of 19 answering) describes
        (ANSWERS, 0, 1, "describes"),  # no authority of one answering describes
        (DOCUMENTS, 1, 19, "describe"),  # the documents on one authority (1 of 19) describe
        (DOCUMENTS, 1, 6, "describe"),  # the documents on one of the six authorities describe
    ],
)
def test_the_verb_agrees(speech: Speech, count: int, base: int, verb: str) -> None:
    assert speech.verb(count, base, "describes", "describe") == verb
