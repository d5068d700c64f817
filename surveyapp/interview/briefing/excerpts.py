"""Some of an answer's own words, where the whole of it stands elsewhere in the brief."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MOST_WORDS: Final = 45
_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The beginning of an answer, or one sentence of it, under its question's code."""

    code: str
    words: str
    is_whole: bool = True


def beginning(code: str, text: str) -> Excerpt:
    """Return an answer as far as its first sentences go, or all of it where it is short."""
    words = text.split()
    if len(words) <= MOST_WORDS:
        return Excerpt(code, " ".join(words))
    kept: list[str] = []
    for sentence in sentences(text):
        if kept and len(" ".join([*kept, sentence]).split()) > MOST_WORDS:
            break
        kept.append(sentence)
    cut = " ".join(" ".join(kept).split()[:MOST_WORDS])
    return Excerpt(code, cut, is_whole=False)


def sentences(text: str) -> Iterator[str]:
    """Give the sentences of an answer, each on one line; a line break ends one too."""
    for one in _SENTENCES.split(text):
        if one.strip():
            yield " ".join(one.split())
