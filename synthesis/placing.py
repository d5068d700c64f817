"""Placing: under which prompts of the guide a passage of somebody's notes may belong, and why.

A passage may belong under a prompt that it shares telling words with, or whose theme the codebook's
cues find in it. Order then ranks what words allow: a call mostly follows its guide. Nothing is
suggested for its place in the order alone.
"""

import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log1p

import numpy as np
from numpy.typing import NDArray

from synthesis import rules
from synthesis.codebook import Codebook
from synthesis.language import is_common
from synthesis.material import Response
from synthesis.readings import Readers, Reading, as_response

MOST = 3
"""Prompts suggested for a passage, at most."""
WORDS, PROBES, THEME = 1.0, 0.6, 0.4
"""What a rare word shared with the prompt counts, one shared with a probe, and its theme's cue."""
LEAST = 0.1
"""What words must come to before anything is suggested: less is a word that everybody uses."""
TRUST = 2.0
"""How far words outweigh order."""
STAYS, NEXT, AHEAD, BACK, FADES = 1.0, 1.5, 1.0, 0.05, 0.8
"""How a call moves through its guide: on the spot, one on, further on (ever less), and back."""
NAMED = 3
"""Words that a reason names."""
_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PromptWords:
    """A prompt of the guide: its code, its theme where it has one, and every word it is put in."""

    code: str
    text: str
    theme: str = ""
    probes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A prompt that a passage may belong under: how likely beside the others, and why."""

    prompt: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Likeness:
    """What speaks for a passage under one prompt: its worth, and the words that say so."""

    worth: float = 0.0
    shared: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


def suggest(
    prompts: Sequence[PromptWords], passages: Sequence[str], codebook: Codebook
) -> tuple[tuple[Suggestion, ...], ...]:
    """Return up to three suggestions a passage, the likeliest first; none where no word speaks.

    Prompts come in the guide's order and passages in the order in which they were said.
    """
    if not prompts or not passages:
        return tuple(() for _ in passages)
    with _reading:
        likenesses = _compare(prompts, passages, codebook)
    worth = np.array([[one.worth for one in row] for row in likenesses])
    shares = _in_order(np.exp(TRUST * worth))
    return tuple(_suggestions(prompts, likenesses, shares))


def _suggestions(
    prompts: Sequence[PromptWords], likenesses: Sequence[Sequence[_Likeness]], shares: _Floats
) -> Iterator[tuple[Suggestion, ...]]:
    """Yield each passage's suggestions, and let the next one know what came first."""
    before: int | None = None
    for row, share in zip(likenesses, shares, strict=True):
        allowed = [place for place, one in enumerate(row) if one.worth >= LEAST]
        ranked = sorted(allowed, key=lambda place: -share[place])[:MOST]
        yield tuple(
            Suggestion(
                prompts[place].code,
                round(float(share[place]), 3),
                _reason(row[place], _follows(prompts, place, before)),
            )
            for place in ranked
        )
        before = ranked[0] if ranked else None


# --- what words say

_reading = threading.Lock()  # a reader is one caller's at a time


class _Knowledge:
    """What a codebook teaches about words: its cues, and how common each word is."""

    def __init__(self, codebook: Codebook) -> None:
        self.names = {theme.code: theme.name for theme in codebook}
        self.readers = Readers(codebook)
        examples = self.readers.read(map(as_response, codebook.examples))
        self._common = Counter(word for one in examples for word in _said(one))
        self._most = len(codebook.examples)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        responses = (Response(str(place), text) for place, text in enumerate(texts))
        return list(self.readers.read(responses))

    def rarity(self, stem: str, word: str) -> float:
        """Return 1 for a word that no coded example uses, and 0 for one that all of them do."""
        if self._most:
            return 1 - log1p(self._common[stem]) / log1p(self._most)
        return 0.0 if is_common(word) else 1.0

    def heard(self, reading: Reading) -> dict[str, tuple[str, ...]]:
        """Return the themes that the rules hear in a passage, each with the words of its cues."""
        themes = rules.judge(reading, self.readers.cues)
        found: dict[str, dict[str, None]] = {theme: {} for theme in themes}
        for hit in (hit for sentence in reading.sentences for hit in sentence.hits):
            if (theme := self.readers.theme_of[hit.cue]) in found:
                found[theme][reading.response.text[hit.start : hit.end]] = None
        return {theme: tuple(words) for theme, words in found.items()}


@lru_cache(maxsize=4)
def _knowledge(codebook: Codebook) -> _Knowledge:
    return _Knowledge(codebook)


def _compare(
    prompts: Sequence[PromptWords], passages: Sequence[str], codebook: Codebook
) -> list[list[_Likeness]]:
    """Compare every passage with every prompt."""
    known = _knowledge(codebook)
    worth_of = _worth_of_words(prompts, known)
    themes = Counter(prompt.theme for prompt in prompts if prompt.theme)
    rows = []
    for reading in known.read(passages):
        said, heard = _said(reading), known.heard(reading)
        row = []
        for prompt, worths in zip(prompts, worth_of, strict=True):
            cues = heard.get(prompt.theme, ())
            row.append(_likeness(said, worths, cues, THEME / (themes[prompt.theme] or 1)))
        rows.append(row)
    return rows


def _likeness(
    said: Mapping[str, str], worths: Mapping[str, float], cues: tuple[str, ...], theme: float
) -> _Likeness:
    """Weigh what one passage and one prompt share; more cues of a theme say little more."""
    shared = sorted(said.keys() & worths.keys(), key=lambda word: (-worths[word], word))
    worth = sum(worths[word] for word in shared)
    worth += theme * (1 + 0.3 * (min(len(cues), 4) - 1)) if cues else 0
    return _Likeness(worth, tuple(said[word] for word in shared), cues)


def _worth_of_words(prompts: Sequence[PromptWords], known: _Knowledge) -> list[dict[str, float]]:
    """Return, prompt by prompt, what each of its words is worth where a passage has it too.

    A word is worth the more, the fewer prompts have it and the less people use it anyway.
    """
    asked = known.read([prompt.text for prompt in prompts])
    probed = known.read([" \n".join(prompt.probes) for prompt in prompts])
    texts, probes = [_said(one) for one in asked], [_said(one) for one in probed]
    having = Counter(
        stem for pair in zip(texts, probes, strict=True) for stem in set().union(*pair)
    )
    rare = [1 - log1p(count - 1) / log1p(len(prompts)) for count in range(1, len(prompts) + 1)]
    return [
        {
            stem: (WORDS if stem in text else PROBES)
            * known.rarity(stem, word)
            * rare[having[stem] - 1]
            for stem, word in (probe | text).items()
        }
        for text, probe in zip(texts, probes, strict=True)
    ]


def _said(reading: Reading) -> dict[str, str]:
    """Return the stems of a text's telling words, each with a word as it is written there."""
    pairs = (
        pair
        for sentence in reading.sentences
        for pair in zip(sentence.terms, sentence.words, strict=True)
    )
    return {stem: word for stem, word in pairs if len(stem) > 2 and stem.isalpha()}


# --- what order says


def _in_order(worth: _Floats) -> _Floats:
    """Return each passage's shares over the prompts, given what comes before it and after it."""
    moves = _moves(worth.shape[1])
    forth = np.empty_like(worth)
    back = np.ones_like(worth)
    came = np.ones(worth.shape[1])
    for place, row in enumerate(worth):
        forth[place] = _shares(row * came)
        came = forth[place] @ moves
    for place in range(len(worth) - 2, -1, -1):
        back[place] = _shares(moves @ (worth[place + 1] * back[place + 1]))
    return np.array([_shares(row) for row in forth * back])


def _moves(count: int) -> _Floats:
    """Return how likely a call is to go from each prompt to each other."""
    steps = np.arange(count)[None, :] - np.arange(count)[:, None]
    further = AHEAD * FADES ** np.maximum(steps - 2, 0)
    moves = np.select([steps == 0, steps == 1, steps > 1], [STAYS, NEXT, further], BACK)
    return np.asarray(moves / moves.sum(axis=1, keepdims=True), dtype=np.float64)


def _shares(row: _Floats) -> _Floats:
    return np.asarray(row / row.sum(), dtype=np.float64)


# --- what is said for it


def _follows(prompts: Sequence[PromptWords], place: int, before: int | None) -> str:
    """Say where the passage before belongs, if it is under this prompt or the one before it."""
    if before is None or place - before not in (0, 1):
        return ""
    also = " too" if place == before else ""
    return f"the passage before seems to belong under {prompts[before].code}{also}"


def _reason(likeness: _Likeness, follows: str) -> str:
    """Say in words why a prompt is suggested."""
    shared = likeness.shared[:NAMED]
    parts = (
        f"shares {_named(shared)} with the prompt or its probes" if shared else "",
        f"says {_named(likeness.cues[:NAMED])}, which the codebook knows for its theme"
        if likeness.cues
        else "",
        follows,
    )
    return "; ".join(part for part in parts if part)


def _named(words: Sequence[str]) -> str:
    return f"‘{'’, ‘'.join(words)}’"
