"""Agreement, against numbers worked out by hand and examples whose answer is published."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthesis import agreement


def coding(**codes):
    return {key: frozenset(written.split()) for key, written in codes.items()}


GOLD = coding(a="S1 S2", b="S1", c="", d="S2")
GIVEN = coding(a="S1", b="S1 S3", c="", d="")


def test_scores_are_as_worked_out_by_hand():
    scores = agreement.score(GOLD, GIVEN)

    assert scores.n == 3
    assert scores.samples_f1 == pytest.approx((2 / 3 + 2 / 3 + 0) / 3)
    assert scores.micro_f1 == pytest.approx(2 * 2 / (4 + 3))
    assert scores.macro_f1 == pytest.approx((1 + 0 + 0) / 3)
    assert scores.exact == 0
    assert 0 <= scores.low <= scores.samples_f1 <= scores.high <= 1


def test_exact_shares_count_only_texts_with_a_code():
    scores = agreement.score(coding(a="S1", b="S2", c=""), coding(a="S1", b="S1", c=""))

    assert scores.exact == 0.5


def test_texts_that_neither_codes_are_left_out():
    fewer = {key: codes for key, codes in GOLD.items() if key != "c"}

    assert agreement.score(GOLD, GIVEN) == agreement.score(fewer, GIVEN)


def test_a_text_that_only_the_gold_has_was_given_no_code():
    lacking = {key: codes for key, codes in GIVEN.items() if key != "d"}

    assert agreement.score(GOLD, lacking) == agreement.score(GOLD, GIVEN)


def test_a_text_that_only_the_other_has_is_not_scored():
    assert agreement.score(GOLD, GIVEN | coding(z="S9")) == agreement.score(GOLD, GIVEN)


def test_a_text_coded_by_one_side_alone_counts_against_it():
    assert agreement.score(coding(a="", b="S1"), coding(a="S1", b="S1")).samples_f1 == 0.5


def test_equal_codings_agree_wholly():
    scores = agreement.score(GOLD, GOLD)

    assert (scores.samples_f1, scores.low, scores.high) == (1, 1, 1)
    assert (scores.micro_f1, scores.macro_f1, scores.exact) == (1, 1, 1)


@pytest.mark.parametrize("empty", [{}, coding(a="", b="")])
def test_where_there_is_nothing_to_score_there_is_no_score(empty):
    scores = agreement.score(empty, empty)

    assert scores.n == 0
    for figure in (scores.samples_f1, scores.low, scores.micro_f1, scores.macro_f1, scores.exact):
        assert math.isnan(figure)


def test_themes_are_scored_one_by_one_in_order():
    one, two, three = agreement.by_theme(GOLD, GIVEN)

    assert (one.theme, two.theme, three.theme) == ("S1", "S2", "S3")
    assert (one.n, one.precision, one.recall, one.f1) == (2, 1, 1, 1)
    assert (one.alpha, one.kappa) == (1, 1)
    assert (two.n, two.recall, two.f1) == (2, 0, 0)
    assert math.isnan(two.precision)
    assert (three.n, three.precision, three.f1) == (0, 0, 0)
    assert math.isnan(three.recall)


def test_precision_and_recall_are_not_mixed_up():
    (line,) = agreement.by_theme(
        coding(a="S1", b="S1", c="S1", d="S1", e=""), coding(a="S1", b="", c="", d="", e="S1")
    )

    assert (line.precision, line.recall) == (1 / 2, 1 / 4)
    assert line.f1 == pytest.approx(1 / 3)


def test_a_theme_that_everybody_gives_everything_has_no_kappa():
    (line,) = agreement.by_theme(coding(a="S1", b="S1"), coding(a="S1", b="S1"))

    assert math.isnan(line.alpha)
    assert math.isnan(line.kappa)
    assert line.f1 == 1


def units(counts):
    """Return two coders' yes and no from counts of yes-yes, yes-no, no-yes and no-no."""
    pairs = [(True, True), (True, False), (False, True), (False, False)]
    drawn = [pair for pair, count in zip(pairs, counts, strict=True) for _ in range(count)]
    return np.array([one for one, _ in drawn]), np.array([other for _, other in drawn])


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((20, 5, 10, 15), 0.4),
        ((45, 15, 25, 15), 6 / 46),
        ((25, 35, 5, 35), 14 / 54),
        ((10, 0, 0, 10), 1),
        ((5, 5, 5, 5), 0),
        ((0, 5, 5, 0), -1),
        ((8, 2, 0, 0), 0),
    ],
)
def test_kappa_is_what_the_textbooks_say(counts, expected):
    assert agreement.kappa(*units(counts)) == pytest.approx(expected)


def test_alpha_is_what_krippendorff_worked_out():
    # His example of two observers and ten articles: alpha 0.095.
    one = np.array([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], dtype=bool)
    other = np.array([1, 1, 1, 0, 0, 1, 0, 0, 0, 0], dtype=bool)

    assert agreement.alpha(one, other) == pytest.approx(1 - 19 * 8 / (2 * 14 * 6))
    assert agreement.alpha(one, other) == pytest.approx(0.095, abs=0.0005)


@pytest.mark.parametrize("counts", [(5, 0, 0, 0), (0, 0, 0, 5)])
def test_where_nothing_varies_there_is_no_alpha_and_no_kappa(counts):
    assert math.isnan(agreement.alpha(*units(counts)))
    assert math.isnan(agreement.kappa(*units(counts)))


def test_pooled_alpha_takes_each_text_and_theme_as_a_unit():
    # Units a-S1 yes yes, a-S2 yes no, b-S1 no no, b-S2 no yes.
    gold, given_codes = coding(a="S1 S2", b=""), coding(a="S1", b="S2")

    expected = agreement.alpha(*units((1, 1, 1, 1)))
    assert agreement.pooled_alpha(gold, given_codes, ["S1", "S2"]) == pytest.approx(expected)
    assert expected == pytest.approx(1 - 7 * 4 / (2 * 4 * 4))


def test_the_interval_is_the_same_every_time_and_holds_the_mean():
    values = np.array([0.0, 0.5, 1.0, 1.0, 0.25] * 8)

    low, high = agreement.interval(values)

    assert (low, high) == agreement.interval(values.copy())
    assert low < values.mean() < high
    # The normal approximation for 40 values: the mean and 1.96 standard errors either side.
    error = 1.96 * values.std() / math.sqrt(len(values))
    assert (low, high) == pytest.approx((values.mean() - error, values.mean() + error), abs=0.02)


def test_the_interval_narrows_with_more_texts():
    few, many = np.array([0.0, 1.0] * 5), np.array([0.0, 1.0] * 500)

    assert np.diff(agreement.interval(many)) < np.diff(agreement.interval(few)) / 5


def test_no_values_have_no_interval():
    assert all(map(math.isnan, agreement.interval(np.array([]))))


def test_codes_are_kept_by_text_and_code():
    kept = agreement.only(GOLD, lambda key, code: (key, code) != ("a", "S2"))

    assert kept == coding(a="S1", b="S1", c="", d="S2")


CODINGS = st.dictionaries(
    st.sampled_from("abcdefgh"), st.frozensets(st.sampled_from(["S1", "S2", "A1", "P1"]))
)


@given(CODINGS, CODINGS)
def test_scores_lie_between_nought_and_one_and_do_not_care_who_is_gold(one, other):
    other = {key: other.get(key, frozenset()) for key in one}

    scores, turned = agreement.score(one, other), agreement.score(other, one)

    assert scores == turned or scores.n == 0
    if scores.n:
        assert 0 <= scores.low <= scores.high <= 1
        assert scores.exact <= scores.samples_f1 + 1e-12
        assert 0 <= scores.micro_f1 <= 1
