"""Warning whoever types: the words that may identify a child, and what they look like."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from surveyapp.identifying.texts import said
from synthesis import identifying

# So many are enough to know what is meant.
MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Warning:
    """Words that may identify a child, and what they look like."""

    words: str
    kind: str


def of(text: str) -> tuple[Warning, ...]:
    """Return what of a text its writer should look at again, by the rules alone."""
    hits = identifying.find(text)[:MOST]
    return tuple(Warning(text[hit.start : hit.end], hit.kind) for hit in hits)


def of_answer(value: Mapping[str, object]) -> tuple[Warning, ...]:
    """Return what of an answer its writer should look at again."""
    return tuple(one for _, words in said(value) for one in of(words))[:MOST]


def told(warnings: Iterable[Warning]) -> list[dict[str, str]]:
    """Return warnings as a page's script is told of them."""
    return [{"words": one.words, "kind": one.kind} for one in warnings]
