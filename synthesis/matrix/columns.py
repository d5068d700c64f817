"""Columns: where passages are and which themes they carry, a few bytes each, however many."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Place = tuple[int, int, int]
"""The number of a response, and where in it a passage begins and ends."""
PLACE: Final = ["voice", "start", "end"]
_NO_THEME: Final = -1


def _whole() -> "array[int]":
    return array("i")


def _real() -> "array[float]":
    return array("d")


@dataclass(slots=True)
class Entries:
    """Tags by their numbers, as they come in."""

    voice: "array[int]" = field(default_factory=_whole)
    start: "array[int]" = field(default_factory=_whole)
    end: "array[int]" = field(default_factory=_whole)
    theme: "array[int]" = field(default_factory=_whole)
    score: "array[float]" = field(default_factory=_real)

    def add(self, place: Place, theme: int | None, score: float) -> None:
        """Enter a theme on a passage, or a passage without one."""
        self.voice.append(place[0])
        self.start.append(place[1])
        self.end.append(place[2])
        self.theme.append(_NO_THEME if theme is None else theme)
        self.score.append(score)

    def laid(self) -> "Columns":
        """Return them as columns, passages numbered in the order in which they first came in."""
        whole = (self.voice, self.start, self.end, self.theme)
        tags = pd.DataFrame(
            dict(zip((*PLACE, "theme"), map(np.asarray, whole), strict=True))
            | {"score": np.asarray(self.score)}
        )
        passage = tags.groupby(PLACE, sort=False).ngroup().to_numpy(np.int32)
        first = np.unique(passage, return_index=True)[1]
        carried = np.flatnonzero(tags["theme"] != _NO_THEME)
        carried = carried[np.argsort(passage[carried], kind="stable")]
        return Columns(
            tags[PLACE].to_numpy(np.int32)[first],
            passage[carried].astype(np.int32),
            tags["theme"].to_numpy(np.int32)[carried],
            tags["score"].to_numpy()[carried],
        )


class Columns:
    """Passages by their numbers, and the tags on them in the order of their passages."""

    def __init__(
        self,
        places: NDArray[np.int32],
        passage: NDArray[np.int32],
        theme: NDArray[np.int32],
        score: NDArray[np.float64],
    ) -> None:
        """Hold the columns: a row a passage, and a row a tag."""
        # One number at a time is read faster from these than from numpy's.
        self._voice, self._start, self._end = (array("i", column.tobytes()) for column in places.T)
        self._theme, self._score = array("i", theme.tobytes()), array("d", score.tobytes())
        self._passage = passage
        begins = np.searchsorted(passage, np.arange(len(places) + 1))
        self._begins = array("i", begins.astype(np.int32).tobytes())
        # The numbers of the passages, response by response, in the order of their places.
        in_place = np.lexsort(places.T[::-1])
        self._in_place = array("i", in_place.astype(np.int32).tobytes())

    def __len__(self) -> int:
        return len(self._voice)

    def place(self, number: int) -> Place:
        """Return where a passage is."""
        return self._voice[number], self._start[number], self._end[number]

    def carried(self, number: int) -> Iterator[tuple[int, float]]:
        """Yield the themes on a passage with their scores, in the order in which they came in."""
        tags = slice(self._begins[number], self._begins[number + 1])
        return zip(self._theme[tags], self._score[tags], strict=True)

    def under(self, theme: int) -> NDArray[np.int32]:
        """Return the numbers of the passages that carry a theme."""
        return np.unique(self._passage[np.asarray(self._theme) == theme])

    def find(self, voice: int, start: int, end: int) -> int | None:
        """Return the number of the passage at a place, or None where there is none."""
        at = bisect_left(self._in_place, (voice, start, end), key=self.place)
        number = self._in_place[at] if at < len(self) else None
        return number if number is not None and self.place(number) == (voice, start, end) else None

    def tags(self) -> pd.DataFrame:
        """Return a row a tag: the passage, the number of its response, and the theme."""
        voices = np.asarray(self._voice)[self._passage]
        return pd.DataFrame({"passage": self._passage, "voice": voices, "theme": self._theme})
