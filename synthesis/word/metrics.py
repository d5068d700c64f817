"""How wide words are in Arial, and so how many lines they take."""

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

LINE: Final = 1.149
"""The height of a line of Arial, as a share of its size."""

BOLD: Final = 1.07
"""How much wider bold letters are."""

_ORDINARY: Final = 556
_SPACE: Final = 278

# Widths in thousandths of the type's size; letters not listed are of ordinary width.
_WIDTHS: Final = {
    letter: width
    for width, letters in (
        (191, "'"),
        (222, "ijl‘’"),
        (278, "!,./:;[]\\ftI"),
        (333, "()-r“”"),
        (355, '"•'),
        (500, "cksvxyzJ"),
        (584, "+<=>"),
        (611, "FTZ"),
        (667, "&ABEKPSVXY"),
        (722, "CDHNRUw"),
        (778, "GOQ"),
        (833, "Mm"),
        (889, "%"),
        (944, "W"),
        (1000, "—…@"),
    )
    for letter in letters
}


def lines(text: str, size: float, width: float) -> int:
    """Count the lines that text of this size takes across this width (both in one unit)."""
    room = 1000 * width / size
    return sum(_wrapped(paragraph, room) for paragraph in text.split("\n"))


def _wrapped(text: str, room: float) -> int:
    count, used = 1, 0.0
    for word in _widths(text):
        if used and used + word > room:
            count, used = count + 1, 0.0
        count += math.ceil(word / room) - 1 if word > room else 0
        used += word % room + _SPACE
    return count


def _widths(text: str) -> Iterator[int]:
    return (_width(word) for word in text.split())


@lru_cache(maxsize=50_000)
def _width(word: str) -> int:
    return sum(_WIDTHS.get(letter, _ORDINARY) for letter in word)
