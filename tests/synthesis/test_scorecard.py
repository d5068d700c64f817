"""The scorecard: every kind of theme on a line, the strands not asked about on their own."""

import pytest

from synthesis import scorecard
from synthesis.errors import InputError
from tests.synthesis.paper import csv_bytes, opened

HEADER = ("id", "codes", "question_code")


def coded(*rows, header=HEADER):
    return scorecard.read_coding(opened(csv_bytes([header, *rows])), "coded.csv")


GOLD = coded(
    ("a", "S01 S05 P1", "S01.2"),
    ("b", "S01", "S01.2"),
    ("c", "", "A1.1"),
    ("d", "S11 A1", ""),
)
GIVEN = coded(("a", "S01", ""), ("b", "S01 S05", ""), ("d", "S11 A1 E2", ""), ("z", "S01", ""))


def card(gold=GOLD, given=GIVEN):
    return scorecard.draw(gold, given)


def row(text, name):
    """Return the figures on the line of a name."""
    (line,) = [line for line in text.splitlines() if line[:24].rstrip() == name]
    return line.removeprefix(name).replace(" to ", "-").split()


def test_codes_come_a_row_a_text():
    assert GOLD.codes["a"] == {"S01", "S05", "P1"}
    assert GOLD.codes["c"] == frozenset()
    assert GOLD.asked == {"a": "S01", "b": "S01", "c": "A1", "d": ""}


def test_tags_come_a_row_a_passage_and_are_put_together():
    given = coded(("a", "S01"), ("a", "P1"), ("b", "S01"), ("a", "S01"), header=("id", "theme"))

    assert given.codes == {"a": {"S01", "P1"}, "b": {"S01"}}


def test_a_file_with_neither_column_is_refused():
    with pytest.raises(InputError, match=r"coded\.csv, header.*'codes'.*'theme'"):
        coded(("a", "One."), header=("id", "text"))


def test_a_row_without_an_id_is_refused():
    with pytest.raises(InputError, match="row 3"):
        coded(("a", "S01", ""), (" ", "S01", ""))


def test_the_card_says_how_many_texts_it_rests_on():
    assert card().splitlines()[0] == "4 texts in the gold; 1 more in the other file, left out"


def test_each_kind_of_theme_has_a_line_in_a_fixed_order():
    kinds = [line.split("  ")[0] for line in card().split("\n\n")[1].splitlines()]

    assert kinds == [
        "kind",
        "strands",
        "outcomes",
        "evidence kinds",
        "stances",
        "strands not asked about",
    ]


def test_strands_are_scored_as_worked_out_by_hand():
    n, samples, _, micro, macro, exact, _ = row(card(), "strands")

    # a: 2/3, b: 2/3, d: 1.
    assert (n, samples) == ("3", f"{7 / 9:.3f}")
    assert micro == f"{6 / 8:.3f}"
    assert macro == f"{2 / 3:.3f}"
    assert exact == f"{1 / 3:.3f}"


def test_strands_not_asked_about_leave_the_asked_one_out_on_both_sides():
    n, samples, _, micro, *_ = row(card(), "strands not asked about")

    # Of the answers, a was coded S05 beside the question and b was given it.
    assert (n, samples, micro) == ("2", "0.000", "0.000")


def test_the_asked_strand_alone_counts_for_nothing():
    gold = coded(("a", "S01 S05", "S01.1"), ("b", "S01", "S01.1"))
    given = coded(("a", "S01 S05", ""), ("b", "S01", ""))

    assert row(card(gold, given), "strands not asked about")[:2] == ["1", "1.000"]


def test_where_nothing_was_asked_there_is_no_such_line():
    assert "not asked about" not in card(gold=coded(("a", "S01", "")))


def test_each_theme_has_a_line():
    figures = row(card(), "S05")

    assert figures[:4] == ["1", "0.000", "0.000", "0.000"]
    assert row(card(), "S01") == ["2", "1.000", "1.000", "1.000", "1.000", "1.000"]
    assert row(card(), "P1")[:3] == ["1", "nan", "0.000"]


def test_codes_of_another_kind_are_shown_as_such():
    assert "codes in Q " in card(gold=coded(("a", "Q1 X2", "")), given=coded(("a", "Q1", "")))
    assert "emergent " in card(gold=coded(("a", "X2", "")))


def test_a_gold_without_codes_still_makes_a_card():
    text = card(gold=coded(("a", "", "S01.1")), given=coded(("a", "", "")))

    assert text.startswith("1 texts in the gold")
    assert row(text, "strands not asked about")[:2] == ["0", "nan"]


def test_columns_stand_under_one_another():
    first, second = card().split("\n\n")[1:]

    for block in (first, second):
        header, *lines = [line for line in block.splitlines() if line]
        end = header.index("  n ") + 3 if "  n " in header else header.index(" n") + 2
        assert {line[end - 1].isdigit() and line[end] == " " for line in lines} == {True}


def test_the_card_is_the_same_every_time():
    assert card() == card()
