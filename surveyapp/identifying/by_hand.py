"""Words that a person marked: what no rule and no model knew may identify a child.

Marks are made afresh whenever a text is looked through, and what a person decided holds no words.
So the decision says how long the words are, beside their hash, and they are found again by both.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Final

KIND: Final = "marked by a person"
"""A kind of mark."""
REASON: Final = "a person marked these words"
Known = tuple[str, int]
"""The hash of words, and how many letters they have."""


def noted(words: str) -> str:
    """Return what a decision notes as the kind of words that a person marked."""
    return f"{KIND}:{len(words)}"


def known(kind: str, words_sha256: str) -> Known | None:
    """Return what words that a person marked are found by; None where it was no person."""
    name, _, length = kind.partition(":")
    is_noted = name == KIND and length.isascii() and length.isdigit()
    return (words_sha256, int(length)) if is_noted else None


def places(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand as whole words, in whatever capitals and on however many lines."""
    shape = r"\s+".join(map(re.escape, words.split()))
    for at in re.finditer(rf"(?<!\w){shape}(?!\w)", text, re.IGNORECASE) if shape else ():
        yield at.span()


def standing(text: str, wanted: Iterable[Known]) -> Iterator[tuple[int, int]]:
    """Yield where words stand that are known by hash and length alone."""
    for words_sha256, length in wanted:
        for start in range(len(text) - length + 1):
            if start and text[start - 1].isalnum() and text[start].isalnum():
                continue
            said = text[start : start + length]
            if hashlib.sha256(said.encode()).hexdigest() == words_sha256:
                yield start, start + length
