"""How suggestions improve as decisions come in, on coded text that is not ours.

A decision is a response coded as its coders did. After 0, 25, 50, 100 and 200 of them the rest is
tagged by what they teach. Least certain first leaves what is easier, so that part of its lead is
less work left to do, and not more learnt: `test_examples_help` measures the latter.
"""

from statistics import fmean

import pytest

from synthesis import learning
from synthesis.tagger import Tagger
from tests.synthesis import coded_dev

SEEDS = range(4)
pytestmark = [pytest.mark.curve, coded_dev.needed]


@pytest.fixture(scope="module")
def coded():
    return coded_dev.examples()


@pytest.fixture(scope="module")
def tagger():
    return Tagger(coded_dev.codebook())


@pytest.fixture(scope="module")
def curves(tagger, coded):
    """The curve of each order; of random order, one a seed."""
    return {
        "arrival": [list(learning.replay(tagger, coded, "arrival"))],
        "random": [list(learning.replay(tagger, coded, "random", seed)) for seed in SEEDS],
        "least certain": [list(learning.replay(tagger, coded, "least certain"))],
    }


def mean(curves, order, part):
    """The samples-F1 at each checkpoint, the mean over the seeds."""
    return [
        fmean(getattr(point, part).samples_f1 for point in points)
        for points in zip(*curves[order], strict=True)
    ]


def test_the_curve_is_drawn_at_each_checkpoint(curves, capsys):
    with capsys.disabled():
        for order, runs in curves.items():
            for part in ("strands", "themes"):
                figures = (
                    f"{figure:.3f} ({point.low:.3f} to {point.high:.3f})"
                    for figure, point in zip(
                        mean(curves, order, part),
                        [getattr(one, part) for one in runs[0]],
                        strict=True,
                    )
                )
                print(f"\n{order}, {part}:", "; ".join(figures), end="")  # noqa: T201

    for runs in curves.values():
        for run in runs:
            assert [point.coded for point in run] == [0, 25, 50, 100, 200]


@pytest.mark.parametrize("part", ["strands", "themes"])
def test_least_certain_first_beats_random_order(curves, part):
    """On the mean over the checkpoints after the first, and at the last; all orders begin alike."""
    certain, chance = (mean(curves, order, part)[1:] for order in ("least certain", "random"))

    assert fmean(certain) > fmean(chance) + 0.005
    assert certain[-1] > chance[-1] + 0.01


def test_least_certain_first_beats_every_random_order_on_all_themes(curves):
    """No seed is lucky enough: the mean over its curve stays below."""
    best = max(fmean(one.themes.samples_f1 for one in run[1:]) for run in curves["random"])

    assert fmean(mean(curves, "least certain", "themes")[1:]) > best


@pytest.mark.parametrize("part", ["strands", "themes"])
def test_what_was_decided_makes_the_rest_better(curves, part):
    arrival = mean(curves, "arrival", part)

    assert arrival[-1] > arrival[0]
