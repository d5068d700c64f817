"""Reliability: how far two coders agree on each theme, and how sure that is.

Every passage is a unit, and every theme a yes or no to it: Krippendorff's alpha (nominal) and
Cohen's kappa, a theme at a time and pooled over all pairs of a passage and a theme. The 95%
interval comes from drawing whole authorities again and again, because the passages of one
authority are alike: drawing single passages would promise more than there is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from synthesis.agreement import SAMPLES, Codes

Counts = NDArray[np.float64]
"""How many units both, only the first, only the second and neither coder gave the theme: last."""
Missing = Literal["", "unused", "few passages", "few authorities"]
# Below these a figure would say more about chance than about the coders.
FEWEST_PASSAGES: Final = 15
FEWEST_AUTHORITIES: Final = 5
# From which alpha on a word holds (Krippendorff 2004), and from which kappa (Landis and Koch 1977).
ALPHA_WORDS: Final = ((0.8, "reliable"), (0.667, "tentative"), (-1.0, "not reliable"))
KAPPA_WORDS: Final = (
    (0.81, "almost perfect"),
    (0.61, "substantial"),
    (0.41, "moderate"),
    (0.21, "fair"),
    (0.0, "slight"),
    (-1.0, "poor"),
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage that two coders have coded, each without knowing of the other."""

    authority: str
    one: Codes
    other: Codes


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95% interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far two coders agree on a theme; `theme` is empty for all of them pooled.

    `given` counts the passages that at least one of them gave it. Where there is too little to
    tell, `missing` says of what, and there is no figure.
    """

    theme: str
    passages: int
    authorities: int
    given: int
    missing: Missing
    alpha: Estimate | None = None
    kappa: Estimate | None = None


def measure(units: Sequence[Unit], themes: Sequence[str]) -> tuple[Reliability, ...]:
    """Return how far two coders agree: all themes pooled first, then each in the order given."""
    names = sorted({unit.authority for unit in units})
    counted = _count(units, themes, names)
    drawn = _draw(len(names))
    # A passage may have several themes, so how many have any is no sum over the themes.
    any_given = sum(bool(unit.one or unit.other) for unit in units)
    pooled = _told("", counted.sum(axis=0), (len(units), any_given), drawn)
    of_themes = (
        _told(theme, counts, (len(units), int(counts[:, :3].sum())), drawn)
        for theme, counts in zip(themes, counted, strict=True)
    )
    return (pooled, *of_themes)


def word(value: float, steps: Sequence[tuple[float, str]]) -> str:
    """Return the word that stands for a figure, which is read as it is printed: to two decimals."""
    printed = round(value, 2)
    return next((said for least, said in steps if printed >= round(least, 2)), steps[-1][1])


def alpha(counts: Counts) -> Counts:
    """Return Krippendorff's alpha of each set of four counts; NaN where nothing varies."""
    both, one, other, neither = np.moveaxis(counts, -1, 0)
    yes, no = 2 * both + one + other, 2 * neither + one + other
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Counts = 1 - (yes + no - 1) * (one + other) / (yes * no)
    return np.where(yes * no > 0, found, np.nan)


def kappa(counts: Counts) -> Counts:
    """Return Cohen's kappa of each set of four counts; NaN where nothing varies."""
    both, one, other, neither = np.moveaxis(counts, -1, 0)
    total = both + one + other + neither
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = (both + neither) / total
        chance = ((both + one) * (both + other) + (neither + one) * (neither + other)) / total**2
        found: Counts = (seen - chance) / (1 - chance)
    return np.where(np.isfinite(found), found, np.nan)


def _count(units: Sequence[Unit], themes: Sequence[str], names: Sequence[str]) -> Counts:
    """Count, for every theme and authority, the four ways in which two coders can answer."""
    row = {name: at for at, name in enumerate(names)}
    column = {theme: at for at, theme in enumerate(themes)}
    counted = np.zeros((len(themes), len(names), 4))
    of_authority = np.zeros(len(names))
    for unit in units:
        of_authority[row[unit.authority]] += 1
        for theme in (unit.one | unit.other) & column.keys():
            way = 0 if theme in unit.one and theme in unit.other else 1 if theme in unit.one else 2
            counted[column[theme], row[unit.authority], way] += 1
    counted[:, :, 3] = of_authority - counted.sum(axis=2)
    return counted


def _draw(authorities: int) -> Counts:
    """Draw as many authorities as there are, with repeats, a thousand times: how often each."""
    random = np.random.default_rng(0)
    if not authorities:
        return np.zeros((SAMPLES, 0))
    shares = np.full(authorities, 1 / authorities)
    return random.multinomial(authorities, shares, size=SAMPLES).astype(float)


def _told(theme: str, counts: Counts, base: tuple[int, int], drawn: Counts) -> Reliability:
    """Tell how far coders agree on a theme, if there is enough to tell."""
    passages, given = base
    missing = _missing(given, len(counts))
    return Reliability(
        theme,
        passages,
        len(counts),
        given,
        missing,
        alpha=None if missing else _estimate(alpha, counts, drawn),
        kappa=None if missing else _estimate(kappa, counts, drawn),
    )


def _missing(given: int, authorities: int) -> Missing:
    if not given:
        return "unused"
    if given < FEWEST_PASSAGES:
        return "few passages"
    return "few authorities" if authorities < FEWEST_AUTHORITIES else ""


def _estimate(of: Callable[[Counts], Counts], counts: Counts, drawn: Counts) -> Estimate | None:
    """Return a figure with its interval; None where every coder always said the same."""
    value = float(of(counts.sum(axis=0)))
    again = of(drawn @ counts)
    again = again[np.isfinite(again)]
    if not np.isfinite(value) or not len(again):
        return None
    low, high = np.percentile(again, [2.5, 97.5])
    return Estimate(value, float(low), float(high))
