"""Reliability, against published examples, the krippendorff library and a bootstrap by hand."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthesis import agreement, reliability
from synthesis.reliability import Unit

NONE = frozenset()
S1 = frozenset({"S1"})


def units(counts, authority="X1"):
    """Return units by how many both, one, the other and neither gave S1."""
    ways = ((S1, S1), (S1, NONE), (NONE, S1), (NONE, NONE))
    return [
        Unit(authority, *way) for way, count in zip(ways, counts, strict=True) for _ in range(count)
    ]


def many(authorities=8, counts=(6, 1, 2, 11)):
    return [unit for at in range(authorities) for unit in units(counts, f"X{at}")]


def test_alpha_is_what_krippendorff_worked_out():
    # Krippendorff 2011, "Computing Krippendorff's alpha-reliability", A: two observers, ten units.
    assert reliability.alpha(np.array([1.0, 1, 3, 5])) == pytest.approx(0.095, abs=0.0005)


def test_kappa_is_what_the_textbook_says():
    # Cohen's kappa of 50 grant proposals read by two: 20 yes and 15 no agreed on, 5 and 10 not.
    assert reliability.kappa(np.array([20.0, 5, 10, 15])) == pytest.approx(0.4)


@given(st.tuples(*[st.integers(0, 40)] * 4).filter(any))
def test_counts_give_what_the_libraries_give_for_the_units(counts):
    one = np.array([unit.one == S1 for unit in units(counts)])
    other = np.array([unit.other == S1 for unit in units(counts)])
    told = np.array(counts, dtype=float)

    assert reliability.alpha(told) == pytest.approx(agreement.alpha(one, other), nan_ok=True)
    assert reliability.kappa(told) == pytest.approx(agreement.kappa(one, other), nan_ok=True)


def test_pooled_counts_every_pair_of_a_passage_and_a_theme():
    both = frozenset({"S1", "S2"})
    coded = [Unit(f"X{at % 7}", both, S1 if at % 3 else both) for at in range(30)]
    coded += [Unit(f"X{at % 7}", NONE, NONE) for at in range(30)]
    gold = {str(at): unit.one for at, unit in enumerate(coded)}
    other = {str(at): unit.other for at, unit in enumerate(coded)}

    pooled, *_ = reliability.measure(coded, ("S1", "S2"))

    assert pooled.theme == ""
    assert pooled.given == 30
    assert pooled.alpha.value == pytest.approx(agreement.pooled_alpha(gold, other, ("S1", "S2")))


def test_the_base_stands_beside_every_figure():
    _, one = reliability.measure(many(), ("S1",))

    assert (one.theme, one.passages, one.authorities, one.given) == ("S1", 160, 8, 72)
    assert one.missing == ""
    assert one.alpha.low <= one.alpha.value <= one.alpha.high
    assert one.kappa.low <= one.kappa.value <= one.kappa.high


def test_authorities_that_are_all_alike_leave_no_doubt():
    _, one = reliability.measure(many(), ("S1",))

    assert one.kappa.low == pytest.approx(one.kappa.high)


def test_authorities_are_drawn_whole():
    agreeing = [unit for at in range(4) for unit in units((10, 0, 0, 10), f"X{at}")]
    differing = [unit for at in range(4, 8) for unit in units((0, 10, 10, 0), f"X{at}")]

    _, one = reliability.measure(agreeing + differing, ("S1",))

    # Of 160 single passages the interval would be about 0.3 wide.
    assert one.alpha.high - one.alpha.low > 0.9


def test_the_interval_is_the_same_every_time_and_in_any_order():
    coded = many(6) + units((1, 5, 0, 2), "X9")

    assert reliability.measure(coded, ("S1",)) == reliability.measure(coded[::-1], ("S1",))


@pytest.mark.parametrize(
    ("coded", "missing"),
    [
        ([], "unused"),
        (units((0, 0, 0, 90)), "unused"),
        (many(7, (1, 1, 0, 20)), "few passages"),
        (many(4), "few authorities"),
    ],
)
def test_where_there_is_too_little_to_tell_there_is_no_figure(coded, missing):
    _, one = reliability.measure(coded, ("S1",))

    assert one.missing == missing
    assert (one.alpha, one.kappa) == (None, None)


def test_a_theme_that_everybody_gives_everything_has_no_figure_either():
    _, one = reliability.measure(many(6, (5, 0, 0, 0)), ("S1",))

    assert (one.missing, one.alpha, one.kappa) == ("", None, None)


@pytest.mark.parametrize(
    ("value", "said"), [(0.8, "reliable"), (0.7996, "reliable"), (0.67, "tentative")]
)
def test_a_figure_is_called_what_its_printed_form_is_called(value, said):
    assert reliability.word(value, reliability.ALPHA_WORDS) == said


def test_every_figure_has_a_word():
    assert reliability.word(0.66, reliability.ALPHA_WORDS) == "not reliable"
    assert reliability.word(-0.4, reliability.ALPHA_WORDS) == "not reliable"
    assert reliability.word(0.2, reliability.KAPPA_WORDS) == "slight"
    assert reliability.word(-0.2, reliability.KAPPA_WORDS) == "poor"
    assert reliability.word(1, reliability.KAPPA_WORDS) == "almost perfect"


def test_a_large_sample_is_measured_while_a_page_is_asked_for():
    random = np.random.default_rng(1)
    themes = tuple(f"T{at}" for at in range(26))
    coded = [
        Unit(
            f"X{at % 30}",
            frozenset(random.choice(themes, 2)),
            frozenset(random.choice(themes, 2)),
        )
        for at in range(2_000)
    ]
    reliability.measure(coded[:10], themes)

    began = time.perf_counter()
    reliability.measure(coded, themes)

    assert time.perf_counter() - began < 0.3
