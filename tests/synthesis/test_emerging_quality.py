"""Whether proposals bring back a theme that is taken out of a codebook.

Every strand is taken out in turn. What only it explained stands unexplained then, beside what no
theme explained before. What counts is how much of the best of ten proposals is of that strand, and
how much of the strand is in proposals that are mostly of it; by chance, with as many passages
drawn at random, much of the former comes about as well.
"""

import random
from statistics import mean
from typing import NamedTuple

import pytest

from synthesis import emerging
from synthesis.emerging import Bounds, Said
from tests.synthesis import coded_dev

pytestmark = pytest.mark.quality

LOOKED_AT = 10
FEWEST = 3
DRAWN = 20


class Back(NamedTuple):
    """What of a theme came back, over all themes that were taken out."""

    best: float
    by_chance: float
    covered: float


def content(codes):
    return {code for code in codes if code[0] in "SA"}


def brought_back(examples):
    """Take out every strand in turn, and return what comes back on average."""
    names = {one.authority for one in examples}
    strands = sorted({code for one in examples for code in one.codes if code[0] == "S"})
    found = [one for strand in strands if (one := back(examples, strand, names))]
    assert len(found) == len(strands) == 13
    return Back(*(mean(column) for column in zip(*found, strict=True)))


def back(examples, strand, names):
    said, hidden, explained = [], set(), []
    for number, one in enumerate(examples):
        if content(one.codes) - {strand}:
            explained.append(one.text)
            continue
        said.append(Said(str(number), one.id, one.authority, one.text))
        if strand in one.codes:
            hidden.add(str(number))
    if len(hidden) < FEWEST:
        return None
    proposals = emerging.propose(said, explained, Bounds(names=names))[:LOOKED_AT]
    behind = [set(one.passages) for one in proposals]
    dice = random.Random(0)  # noqa: S311 - no secret
    others = [set(dice.sample([one.key for one in said], len(hidden))) for _ in range(DRAWN)]
    mostly = set().union(*(one for one in behind if 2 * len(one & hidden) >= len(one)))
    return Back(
        best(behind, hidden),
        mean(best(behind, other) for other in others),
        len(mostly & hidden) / len(hidden),
    )


def best(behind, hidden):
    return max((len(one & hidden) / len(one) for one in behind), default=0.0)


@coded_dev.needed
def test_a_theme_taken_out_comes_back_on_short_text():
    found = brought_back(coded_dev.examples())

    assert found.best >= 0.6, found
    assert found.best > found.by_chance + 0.1, found
    assert found.covered >= 0.4, found


def test_a_theme_taken_out_comes_back_on_the_codebooks_own_examples():
    found = brought_back(coded_dev.codebook().examples)

    assert found.best >= 0.95, found
    assert found.best > found.by_chance, found
    assert found.covered >= 0.7, found
