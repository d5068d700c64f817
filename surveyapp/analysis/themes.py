"""The themes of a survey's codebook as the pages of this room name and order them."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from surveyapp.definitions import codebook as definition
from surveyapp.models import Survey
from synthesis import codebook
from synthesis.codebook import Codebook, Kind, Theme

KINDS: Final[Mapping[Kind, str]] = {
    "strand": "Strands",
    "outcome": "Adverse outcomes",
    "evidence": "Kinds of evidence",
    "stance": "Stances",
    "emergent": "Emerging themes",
}
CHARTED: Final[tuple[Kind, ...]] = ("strand", "outcome")
"""The kinds that have cells in the matrix."""
STRENGTH, GAP = "P1", "P2"
"""The stances that say something works, and that something is missing."""


def of(survey: Survey) -> Codebook:
    """Return the codebook that a survey goes by now, without its coded examples."""
    return _read(survey.codebook.content)


def of_kinds(book: Codebook, kinds: Iterable[str]) -> tuple[Theme, ...]:
    """Return the themes of some kinds, in the codebook's order."""
    wanted = frozenset(kinds)
    return tuple(theme for theme in book if theme.kind in wanted)


def kinds_of(book: Codebook) -> dict[Kind, str]:
    """Return the kinds that a codebook has themes of, with what they are called."""
    there = {theme.kind for theme in book}
    return {kind: words for kind, words in KINDS.items() if kind in there}


@lru_cache(maxsize=16)
def _read(content: str) -> Codebook:
    """Read a codebook once: a snapshot never changes."""
    return codebook.parse(json.loads(content)[definition.NAME], definition.NAME)
