"""Warning whoever types: the words that may identify a child, and what they look like."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from surveyapp.identifying.texts import said
from synthesis import identifying

# So many are enough to know what is meant.
MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Warning:
    """Words that may identify a child, and what they look like.

    The last of several says how many `more` there are that are not told of one by one.
    """

    words: str
    kind: str
    more: int = 0


def of(text: str) -> tuple[Warning, ...]:
    """Return what of a text its writer should look at again, by the rules alone."""
    return first(every(text))


def of_answer(value: Mapping[str, object]) -> tuple[Warning, ...]:
    """Return what of an answer its writer should look at again."""
    return first(one for _, words in said(value) for one in every(words))


def every(text: str) -> Iterator[Warning]:
    """Yield everything in a text that its writer should look at again."""
    for hit in identifying.find(text):
        yield Warning(text[hit.start : hit.end], hit.kind)


def first(found: Iterable[Warning]) -> tuple[Warning, ...]:
    """Return as many warnings as are told of, the last with how many more there are."""
    unlike = tuple(dict.fromkeys(found))
    told, more = unlike[:MOST], len(unlike[MOST:])
    return (*told[:-1], replace(told[-1], more=more)) if more else told


def told(warnings: Iterable[Warning]) -> list[dict[str, str | int]]:
    """Return warnings as a page's script is told of them."""
    return [
        {"words": one.words, "kind": one.kind} | ({"more": one.more} if one.more else {})
        for one in warnings
    ]
