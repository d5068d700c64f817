"""Sentences of a text, as places in it: so that each can be confirmed, corrected or withdrawn."""

import re
from collections.abc import Iterator

from synthesis import language

_LINE = re.compile("[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
"""What stands between two ends of a line; a sentence never runs over one."""


def split(text: str) -> tuple[tuple[int, int], ...]:
    """Return where each sentence begins and ends, in order.

    Every character that is not blank stands in exactly one of them, and no sentence begins or ends
    with a blank.
    """
    return tuple(
        place for start, end in language.sentence_places(text) for place in _lines(text, start, end)
    )


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence wherever a line ends in it."""
    for line in _LINE.finditer(text, start, end):
        words = line.group()
        begins = line.start() + len(words) - len(words.lstrip())
        if words.strip():
            yield begins, begins + len(words.strip())
