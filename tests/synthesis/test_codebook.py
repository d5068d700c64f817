"""A codebook is read whole or refused with the theme that is at fault."""

import dataclasses

import pytest

from synthesis import codebook
from synthesis.codebook import CodedExample, Theme
from synthesis.errors import InputError
from tests.synthesis.paper import csv_bytes, opened

THEME = """
[[themes]]
code = "S01"
kind = "strand"
name = "Needs"
definition = "How needs come to notice."
"""
OTHER = THEME.replace("S01", "A1").replace("strand", "outcome")


def parse(text, **examples):
    return codebook.parse(text, "codebook.toml", examples)


def fault_of(text, **examples):
    with pytest.raises(InputError) as caught:
        parse(text, **examples)
    assert caught.value.remedy
    return caught.value


def test_a_theme_is_read_with_what_it_has():
    (theme,) = parse(THEME + 'cues = ["front door"]\nhints = ["hub"]\ninclude = ["schools"]\n')

    assert theme == Theme(
        "S01",
        "strand",
        "Needs",
        "How needs come to notice.",
        include=("schools",),
        cues=("front door",),
        hints=("hub",),
    )


def test_themes_keep_their_order_and_are_found_by_code_and_kind():
    book = parse('title = "T"\nversion = 3\n' + OTHER + THEME)

    assert [theme.code for theme in book] == ["A1", "S01"]
    assert (book.title, book.version) == ("T", "3")
    assert book["S01"].kind == "strand"
    assert "S01" in book
    assert "S02" not in book
    assert [theme.code for theme in book.of_kind("outcome")] == ["A1"]
    with pytest.raises(KeyError):
        book["S02"]


def test_a_codebook_cannot_be_changed_once_it_is_read():
    with pytest.raises(dataclasses.FrozenInstanceError):
        parse(THEME).version = "2"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no themes"),
        ("themes = []", "no themes"),
        (THEME + THEME, "S01 stands twice"),
        (THEME.replace("strand", "strnad"), "Theme S01, kind"),
        (THEME.replace('name = "Needs"\n', ""), "Theme S01, name"),
        (OTHER + THEME + 'cue = ["typo"]\n', "Theme S01, cue"),
        (THEME + 'cues = "front door"\n', "Theme S01, cues"),
        (THEME + "cues = [1]\n", "Theme S01, cues.0"),
        (OTHER + "[[themes]]\n", "Theme number 2"),
        ('themes = "S01"', "not a list"),
        ('[themes]\ncode = "S01"\n', "[[themes]]"),
        ("themes = [1]", "Theme list"),
        ("[[themes]\n", "not TOML"),
    ],
)
def test_a_fault_is_named_with_its_theme(text, words):
    fault = fault_of(text)

    assert fault.place == "codebook.toml"
    assert words in fault.fault


def test_what_is_not_toml_is_named_by_its_line():
    assert "line 3" in fault_of('title = "T"\nversion = "1"\nthemes = \n').fault


def test_coded_examples_come_with_it():
    rows = [["id", "text", "codes", "authority"], ["x1", "One.", "S01  A1", "Tarn"]]
    text = 'examples = "coded.csv"\n' + THEME + OTHER

    book = parse(text, **{"coded.csv": csv_bytes(rows).decode()})

    assert book.examples == (CodedExample("x1", "One.", frozenset({"S01", "A1"}), "Tarn"),)


def test_examples_that_it_names_and_are_not_there_are_missed():
    fault = fault_of('examples = "coded.csv"\n' + THEME, **{"other.csv": ""})

    assert fault.place == "coded.csv"
    assert "missing" in fault.fault


def examples(*rows, header=("id", "text", "codes")):
    stream = opened(csv_bytes([header, *rows]))
    return list(codebook.read_examples(stream, "coded.csv", frozenset({"S01", "A1"})))


def test_an_example_may_have_no_codes():
    assert examples(("a", "One.", " "))[0].codes == frozenset()


def test_an_example_keeps_what_it_answers():
    (example,) = examples(
        ("a", "One.", "S01", "Tarn", "S01.2", "How?"),
        header=("id", "text", "codes", "authority", "question_code", "question"),
    )

    assert (example.authority, example.question_code, example.question) == ("Tarn", "S01.2", "How?")


@pytest.mark.parametrize("codes", ["S99", "S01,A1", "S01 s01"])
def test_a_code_that_is_not_in_the_codebook_names_its_row(codes):
    with pytest.raises(InputError) as caught:
        examples(("a", "One.", "S01"), ("b", "Two.", codes))

    assert caught.value.place == "coded.csv, row 3"
    assert "A1 S01" in caught.value.remedy


def test_examples_without_codes_are_refused():
    with pytest.raises(InputError, match="'codes'"):
        examples(("a", "One."), header=("id", "text"))
