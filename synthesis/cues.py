"""Cues: the phrases that suggest a theme, as a codebook writes them.

`step down`      every word also matches its other endings; a hyphen and a space are the same
`"MASH"`         in double quotes: just this, though capitals do not matter
`wait + family`  all parts in one sentence, in any order, each at most `REACH` words from the next
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from synthesis.codebook import Codebook, Theme
from synthesis.errors import InputError

REACH = 10
Strength = Literal["cue", "hint"]


@dataclass(frozen=True, slots=True)
class Part:
    """A phrase to look for; `exact` takes only the words as written."""

    words: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """A theme's cue or hint: one phrase, or several that must stand near each other."""

    theme: str
    written: str
    strength: Strength
    parts: tuple[Part, ...]


def of(codebook: Codebook) -> tuple[Cue, ...]:
    """Return the codebook's cues and hints; InputError where one cannot be read."""
    return tuple(cue for theme in codebook for cue in _of_theme(theme))


def _of_theme(theme: Theme) -> Iterator[Cue]:
    for written in theme.cues:
        yield Cue(theme.code, written, "cue", _parts(written, theme.code))
    for written in theme.hints:
        yield Cue(theme.code, written, "hint", _parts(written, theme.code))


def _parts(written: str, code: str) -> tuple[Part, ...]:
    """Read one cue's notation."""
    parts = tuple(_part(piece.strip()) for piece in written.split(" + "))
    if not all(part.words for part in parts):
        raise InputError(
            f"theme {code}, cue {written!r}",
            "The cue is neither a phrase nor phrases joined by ' + '.",
            "Write words, or 'these words + those words'.",
        )
    return parts


def _part(piece: str) -> Part:
    exact = len(piece) > 2 and piece.startswith('"') and piece.endswith('"')
    words = piece.strip('"') if exact else piece.replace("-", " ")
    return Part(" ".join(words.split()), exact)
