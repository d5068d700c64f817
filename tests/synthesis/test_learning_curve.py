"""How suggestions improve as decisions come in, on coded text that is not ours.

A decision is a response coded as its coders did. After 0, 25, 50, 100 and 200 of them the rest is
tagged by what they teach. Least certain first leaves what is easier, so that part of its lead is
less work left to do, and not more learnt: `test_examples_help` measures the latter.
"""

import csv
from pathlib import Path
from statistics import fmean

import pytest

from synthesis import learning
from synthesis.__main__ import read_codebook
from synthesis.codebook import CodedExample
from synthesis.tagger import Tagger

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpora" / "coded_dev.csv"
SEEDS = range(4)
pytestmark = [
    pytest.mark.curve,
    pytest.mark.skipif(not CORPUS.exists(), reason="the coded text is not beside the checkout"),
]


@pytest.fixture(scope="module")
def coded():
    with CORPUS.open(encoding="utf-8-sig", newline="") as lines:
        return [
            CodedExample(
                id=row["id"],
                text=row["text"],
                codes=frozenset(row["codes"].split()),
                authority=row["authority"],
                question_code=row["question_code"],
                question=row["question"],
            )
            for row in csv.DictReader(lines)
        ]


@pytest.fixture(scope="module")
def tagger():
    return Tagger(read_codebook(ROOT / "questionnaires" / "early_help" / "codebook.toml"))


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
