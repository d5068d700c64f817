"""Sentences of a text: nothing said is lost, and no sentence runs over a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthesis import sentences

BREAKS = "\n\r\x0b\x0c\x1c\x85\u2028"
# Half a surrogate pair is no character: forms and files are read without them.
TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(f'Aa. !?-•’)"{BREAKS}'))
)


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences.split(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" \n\t ", []),
        ("One worker does it.", ["One worker does it."]),
        ("It waits. We know! Why?", ["It waits.", "We know!", "Why?"]),
        ("no stop here\nand a new line", ["no stop here", "and a new line"]),
        ("One line.\r\nAnother.", ["One line.", "Another."]),
        ("a\u2028b", ["a", "b"]),
        ("- three hubs\n- two workers", ["- three hubs", "- two workers"]),
        ("approx. 40 families, e.g. Eastside.", ["approx. 40 families, e.g. Eastside."]),
        ("She said “We wait.” Then it came.", ["She said “We wait.”", "Then it came."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(TEXTS)
def test_every_character_that_says_something_stands_in_exactly_one_sentence(text: str) -> None:
    places = sentences.split(text)

    held = [place for start, end in places for place in range(start, end)]
    said = [place for place, character in enumerate(text) if not character.isspace()]
    assert held == sorted(set(held))
    assert [place for place in held if not text[place].isspace()] == said


@given(TEXTS)
def test_no_sentence_is_blank_at_an_end_or_runs_over_a_line(text: str) -> None:
    for found in words(text):
        assert found == found.strip() != ""
        assert len(found.splitlines()) == 1
