"""Decisions come back as the file of tags with a verdict beside each."""

import pytest

from synthesis import decisions
from synthesis.errors import InputError
from synthesis.material import Decision
from tests.synthesis.paper import csv_bytes, opened

HEADER = ["id", "start", "end", "passage", "theme", "score", "reason", "verdict", "coder"]
CODES = frozenset({"S01", "P1"})


def read(*rows, header=HEADER):
    stream = opened(csv_bytes([header, *rows]))
    return list(decisions.read(stream, "decisions.csv", CODES))


def row(**changed):
    cells = dict(zip(HEADER, ["a", "0", "4", "One.", "S01", "0.7", "says", "accept", "Kim"],
                     strict=True))  # fmt: skip
    return list((cells | changed).values())


def fault_of(**changed):
    with pytest.raises(InputError) as caught:
        read(row(), row(**changed))
    assert caught.value.place == "decisions.csv, row 3"
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("written", "verdict"), [("accept", "accept"), (" Reject ", "reject"), ("ADD", "add")]
)
def test_each_verdict_is_read(written, verdict):
    assert read(row(verdict=written)) == [Decision("a", 0, 4, "One.", "S01", verdict, "Kim")]


def test_a_row_without_a_verdict_is_still_open():
    assert [d.verdict for d in read(row(verdict=""), row(verdict=" "), row())] == ["accept"]


def test_the_words_are_kept_to_the_letter():
    (decision,) = read(row(passage=' "One,\r\ntwo" ', end="13"))

    assert decision.words == ' "One,\r\ntwo" '


def test_a_verdict_that_is_not_known_is_refused():
    fault = fault_of(verdict="yes")

    assert "'yes'" in fault.fault
    assert "accept, reject or add" in fault.remedy


@pytest.mark.parametrize("column", ["start", "end"])
@pytest.mark.parametrize("value", ["", "-1", "1.5", "four", "²"])
def test_a_place_that_is_no_whole_number_is_refused(column, value):
    fault = fault_of(**{column: value})

    assert column in fault.fault
    assert "whole number" in fault.remedy


@pytest.mark.parametrize("theme", ["S99", "", "s01"])
def test_a_theme_that_the_codebook_does_not_have_is_refused(theme):
    assert "not in the codebook" in fault_of(theme=theme).fault


def test_an_open_row_is_not_looked_at_further():
    assert read(row(), row(verdict="", theme="S99", start="x")) == read(row())


def test_a_file_of_tags_without_verdicts_is_refused():
    with pytest.raises(InputError, match="'verdict'"):
        read(row()[:7], header=HEADER[:7])


def test_a_decision_remembers_where_it_was_read():
    first, second = read(row(), row(theme="P1"))

    assert (first.place, second.place) == ("decisions.csv, row 2", "decisions.csv, row 3")
