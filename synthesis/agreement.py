"""Agreement between two codings of the same texts: machine and person, or person and person.

F1 is the mean over texts of the F1 of two sets of codes; texts where both sets are empty are left
out, and the 95% interval comes from 1,000 bootstrap samples of texts. Those are the definitions
that the UK government's published evaluations of theme mapping use (Incubator for AI, 2025).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import krippendorff
import numpy as np
from numpy.typing import NDArray

Codes = frozenset[str]
Coding = Mapping[str, Codes]
SAMPLES = 1_000


@dataclass(frozen=True, slots=True)
class Scores:
    """How well a coding matches the gold over `n` texts that have a code on either side."""

    n: int
    samples_f1: float
    low: float
    high: float
    micro_f1: float
    macro_f1: float
    exact: float


@dataclass(frozen=True, slots=True)
class ThemeScores:
    """One theme: `n` texts carry it in the gold; alpha and kappa may be NaN."""

    theme: str
    n: int
    precision: float
    recall: float
    f1: float
    alpha: float
    kappa: float


def score(gold: Coding, given: Coding) -> Scores:
    """Compare a coding with the gold; a text that `given` lacks counts as given no code."""
    pairs = [(codes, given.get(key, Codes())) for key, codes in sorted(gold.items())]
    coded = [pair for pair in pairs if pair[0] or pair[1]]
    f1s = np.array([f1(*pair) for pair in coded])
    low, high = interval(f1s)
    themes = sorted({code for pair in coded for codes in pair for code in codes})
    return Scores(
        n=len(coded),
        samples_f1=_mean(f1s),
        low=low,
        high=high,
        micro_f1=_micro(coded),
        macro_f1=_mean([_f1_of_theme(coded, theme) for theme in themes]),
        exact=_mean([one == other for one, other in coded]),
    )


def by_theme(gold: Coding, given: Coding) -> list[ThemeScores]:
    """Compare theme by theme, in order of code."""
    keys = sorted(gold)
    pairs = [(gold[key], given.get(key, Codes())) for key in keys]
    themes = sorted({code for pair in pairs for codes in pair for code in codes})
    return [_theme(pairs, theme) for theme in themes]


def _theme(pairs: Sequence[tuple[Codes, Codes]], theme: str) -> ThemeScores:
    one = np.array([theme in gold for gold, _ in pairs])
    other = np.array([theme in given for _, given in pairs])
    both = int((one & other).sum())
    return ThemeScores(
        theme=theme,
        n=int(one.sum()),
        precision=_share(both, int(other.sum())),
        recall=_share(both, int(one.sum())),
        f1=_share(2 * both, int(one.sum() + other.sum())),
        alpha=alpha(one, other),
        kappa=kappa(one, other),
    )


def f1(one: Codes, other: Codes) -> float:
    """Return the F1 of two sets of codes, 0 to 1; at least one must hold a code."""
    return 2 * len(one & other) / (len(one) + len(other))


def alpha(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    """Return Krippendorff's alpha (nominal) of two coders' yes and no to the same units."""
    ratings = np.array([one, other], dtype=float)
    if len(np.unique(ratings)) < 2:
        return float("nan")
    return float(krippendorff.alpha(ratings, level_of_measurement="nominal"))


def pooled_alpha(gold: Coding, given: Coding, themes: Iterable[str]) -> float:
    """Return alpha over every pair of a text and a theme, each pair one unit."""
    units = [(key, theme) for key in sorted(gold) for theme in sorted(themes)]
    one = np.array([theme in gold[key] for key, theme in units])
    other = np.array([theme in given.get(key, Codes()) for key, theme in units])
    return alpha(one, other)


def kappa(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    """Return Cohen's kappa of two coders' yes and no to the same units."""
    seen = float((one == other).mean())
    chance = float(one.mean() * other.mean() + (1 - one.mean()) * (1 - other.mean()))
    return (seen - chance) / (1 - chance) if chance < 1 else float("nan")


def interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """Return the 95% bootstrap interval of the mean; always the same for the same values."""
    if not len(values):
        return float("nan"), float("nan")
    random = np.random.default_rng(0)
    picks = random.integers(0, len(values), size=(SAMPLES, len(values)))
    low, high = np.percentile(values[picks].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def only(coding: Coding, keep: Callable[[str, str], bool]) -> dict[str, Codes]:
    """Return the coding with only the codes that `keep(text id, code)` passes."""
    return {
        key: frozenset(code for code in codes if keep(key, code)) for key, codes in coding.items()
    }


def _micro(pairs: Sequence[tuple[Codes, Codes]]) -> float:
    both = sum(len(one & other) for one, other in pairs)
    return _share(2 * both, sum(len(one) + len(other) for one, other in pairs))


def _f1_of_theme(pairs: Sequence[tuple[Codes, Codes]], theme: str) -> float:
    both = sum(theme in one and theme in other for one, other in pairs)
    return _share(2 * both, sum((theme in one) + (theme in other) for one, other in pairs))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def _mean(values: Sequence[float] | NDArray[np.float64]) -> float:
    return float(np.mean(values)) if len(values) else float("nan")
