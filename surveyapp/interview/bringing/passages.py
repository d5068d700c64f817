"""What a file that was brought in is cut into: passages, each with its speaker and its time."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from surveyapp.errors import SurveyError

Source = Literal["docx", "txt", "vtt"]
LONGEST: Final = 2_500
"""The most letters of a passage: more are hard to read, and to place under one prompt."""

MOST: Final = 1_500_000
"""The most letters of a file: a day of talking is not as much."""

MOST_PASSAGES: Final = 4_000

# So many letters of a sentence may be looked back over for a place to cut.
_LOOK_BACK: Final = 800
_ENDS: Final = re.compile(r"[.!?…]['\"’”)]*\s+")


class UnreadableFileError(SurveyError):
    """A file of notes that cannot be read; the words say what to do instead."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a file; `under` is what stands over it: a heading, or a comment's author.

    `prompt` is the prompt whose code stood before the words.
    """

    text: str
    speaker: str = ""
    second: int | None = None
    under: str = ""
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """A file read: its passages in order, and what a person must know of what was left out."""

    source: Source
    passages: tuple[Passage, ...]
    warnings: tuple[str, ...] = ()


def fit(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """Cut passages that are too long, and leave out those without words."""
    return tuple(piece for one in passages for piece in _pieces(one))


def _pieces(passage: Passage) -> Iterator[Passage]:
    for text in cut(passage.text):
        yield replace(passage, text=text)


def cut(text: str, longest: int = LONGEST) -> Iterator[str]:
    """Cut a text where a sentence ends, or between words, so that no piece is too long."""
    rest = text.strip()
    while len(rest) > longest:
        at = _place(rest, longest)
        yield rest[:at].rstrip()
        rest = rest[at:].lstrip()
    if rest:
        yield rest


def _place(text: str, longest: int) -> int:
    start = max(1, longest - _LOOK_BACK)
    ends = [one.end() for one in _ENDS.finditer(text, start, longest)]
    if ends:
        return ends[-1]
    spaces = [one.end() for one in re.finditer(r"\s", text[start:longest])]
    return start + spaces[-1] if spaces else longest
