"""Lessons: coded examples, counted. How right each cue has been, and what each question draws."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthesis.cues import Cue
from synthesis.readings import Reading

Array = NDArray[np.float64]
Rows = NDArray[np.intp]
TRUST = {"cue": 0.6, "hint": 0.3}
"""How often a cue or hint is right, before anything is known of it."""
DOUBT = 3.0
"""How many examples it takes to weigh as much as what is assumed beforehand."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A reading with the themes a coder gave it; `weight` says how much it counts."""

    reading: Reading
    codes: frozenset[str]
    weight: float = 1.0


class Record:
    """What a set of lessons shows of cues and questions, for the themes in order."""

    def __init__(
        self, lessons: Sequence[Lesson], cues: Sequence[Cue], themes: Sequence[str]
    ) -> None:
        """Count the lessons."""
        self.cues = cues
        self.place = {theme: place for place, theme in enumerate(themes)}
        self.met: dict[int, float] = defaultdict(float)
        self.right: dict[int, float] = defaultdict(float)
        self.drawn: dict[tuple[str, ...], Array] = defaultdict(lambda: np.zeros(len(themes)))
        self.asked: dict[tuple[str, ...], float] = defaultdict(float)
        for lesson in lessons:
            self._count(lesson)
        self.prior = self.drawn[()] / max(self.asked[()], 1.0)
        self._weighed = self._weigh()
        self._rates: dict[tuple[str, ...], Array] = {}

    def _count(self, lesson: Lesson) -> None:
        for cue in lesson.reading.cues:
            self.met[cue] += lesson.weight
            self.right[cue] += lesson.weight * (self.cues[cue].theme in lesson.codes)
        codes = np.array([theme in lesson.codes for theme in self.place], dtype=float)
        for key in _keys(lesson.reading):
            self.drawn[key] += lesson.weight * codes
            self.asked[key] += lesson.weight

    def precision(self, cue: int) -> float:
        """Return how often the cue is right, smoothed towards what is assumed of its kind."""
        assumed = DOUBT * TRUST[self.cues[cue].strength]
        return (self.right.get(cue, 0.0) + assumed) / (self.met.get(cue, 0.0) + DOUBT)

    def _weigh(self) -> tuple[Rows, Array, Array]:
        """Return, a cue an entry, its theme's row (or -1), its precision and its weight."""
        rows = np.array([self.place.get(cue.theme, -1) for cue in self.cues], dtype=int)
        precisions = np.array([self.precision(cue) for cue in range(len(self.cues))])
        priors = self.prior[rows].clip(0.01, 0.99)
        return rows, precisions, (_odds(precisions) - _odds(priors)).clip(0.0)

    def support(self, readings: Sequence[Reading]) -> tuple[Array, Array, Array]:
        """Return, as readings x themes: the best cue's precision, the cues' weight and number."""
        shape = (len(readings), len(self.place))
        best, weight, number = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        pairs = [(row, cue) for row, reading in enumerate(readings) for cue in reading.cues]
        found = np.array(pairs, dtype=int).reshape(-1, 2)
        rows, precisions, weights = self._weighed
        found = found[rows[found[:, 1]] >= 0]
        places = (found[:, 0], rows[found[:, 1]])
        np.maximum.at(best, places, precisions[found[:, 1]])
        np.add.at(weight, places, weights[found[:, 1]])
        np.add.at(number, places, 1.0)
        return best, weight, number

    def rates(self, reading: Reading) -> Array:
        """Return how often answers to the same question, or the same strand, carry each theme."""
        keys = _keys(reading)
        if keys[-1] not in self._rates:
            rates = self.prior
            for key in keys[1:]:
                if key in self.drawn:
                    rates = (self.drawn[key] + DOUBT * rates) / (self.asked[key] + DOUBT)
            self._rates[keys[-1]] = rates
        return self._rates[keys[-1]]


def _keys(reading: Reading) -> list[tuple[str, ...]]:
    """Name the groups a reading belongs to, from all to those that answer its question."""
    keys: list[tuple[str, ...]] = [(), (reading.asked,)]
    return [*keys, reading.question] if reading.asked else keys


def _odds(share: Array) -> Array:
    return np.log(share / (1 - share))
