"""Words of a list are printed without its dash, and are still exactly what was written."""

from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import given

from synthesis.findings.quotable import unlisted
from synthesis.material import Material
from synthesis.review import draw_up, plain, verify
from tests.synthesis.small_region import AUTHORITIES, small_outline
from tests.synthesis.worlds import basis, response

POINT = "- up: the panel meets weekly and a worker rings the family."
MADE = basis([(response("Alderwick", POINT, "S01.3"), "S01 P1")], Material(AUTHORITIES, ()))


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (POINT, POINT[2:]),
        ("– down: nobody rings.", "down: nobody rings."),
        ("•\tSchools ring us.", "Schools ring us."),
        ("  * - Schools ring us.", "Schools ring us."),
        ("-5% on last year.", "-5% on last year."),
        ("Step-down - by letter.", "Step-down - by letter."),
        ("12. Schools ring us.", "12. Schools ring us."),
        ("- ", "- "),
        ("", ""),
    ],
)
def test_only_the_mark_of_a_list_goes(written: str, printed: str) -> None:
    assert unlisted(written) == printed


@given(st.text(alphabet="-–•* \tab5\n", max_size=12))
def test_what_is_left_is_a_stretch_of_what_was_written(words: str) -> None:
    left = unlisted(words)
    assert words.endswith(left)
    assert bool(left.strip()) == bool(words.strip())
    assert unlisted(left) == left


def test_the_index_prints_a_point_without_its_dash() -> None:
    review, ledger = draw_up(MADE, small_outline())
    assert verify(review, ledger, MADE.material) == []
    assert f"“{POINT[2:]}”" in plain.text(review)
    assert "“- " not in plain.text(review)


@pytest.mark.ledger
@pytest.mark.parametrize("words", [POINT, POINT[6:], POINT[2:].capitalize()])
def test_words_that_are_cut_or_written_otherwise_are_refused(words: str) -> None:
    review, ledger = draw_up(MADE, small_outline())
    rows = tuple(
        replace(row, words=words) if row.words == POINT[2:] else row for row in ledger.evidence
    )
    assert rows != ledger.evidence
    faults = verify(review, replace(ledger, evidence=rows), MADE.material)
    assert any("the words in the index are not what was said" in one for one in faults)
