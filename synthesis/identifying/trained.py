"""The slower look, for a job: the rules, the people a trained model finds, and presidio's numbers.

A person whom the model finds counts only where the sentence speaks of one child or family, and no
job title stands beside the name.
"""

from collections.abc import Iterable, Iterator
from itertools import tee
from typing import Final

from synthesis import language
from synthesis.identifying import library, rules
from synthesis.identifying.around import is_family, is_office, is_staff
from synthesis.identifying.hits import Hit, Kind, apart
from synthesis.identifying.words import NO_NAMES, SERVICES

VERSION = f"{rules.VERSION}.1"
"""Of both looks together."""
LONGEST: Final = 20_000
"""As many letters as the model is shown at once."""


def find_all(texts: Iterable[str]) -> Iterator[tuple[Hit, ...]]:
    """Yield what in each text may identify a child, by the rules and by all that was learnt.

    A long text, such as a file, is shown to the model a piece at a time: it needs room for each.
    """
    wanted, cut = tee(texts)
    pieces = (text[start:end] for text in cut for start, end in _pieces(text))
    read = language.people(pieces)
    for text in wanted:
        people = [
            (start + one, start + other)
            for (start, _), (_, found) in zip(_pieces(text), read, strict=False)
            for one, other in found
        ]
        named = (_person(text, *place) for place in people)
        numbered = (_number(text, *found) for found in library.numbers(text))
        more = [hit for hit in (*named, *numbered) if hit is not None]
        yield apart([*rules.find(text), *more])


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the pieces of a text begin and end: at the ends of lines, where it has any."""
    start = 0
    while len(text) - start > LONGEST:
        end = max(text.rfind(one, start, start + LONGEST) for one in ("\n", " ")) + 1
        line = text.rfind("\n", start + LONGEST // 2, start + LONGEST) + 1
        end = line or (end if end > start else start + LONGEST)
        yield start, end
        start = end
    yield start, len(text)


def _person(text: str, start: int, end: int) -> Hit | None:
    words = text[start:end]
    is_name = (
        words[:1].isupper() and words.split()[0] not in NO_NAMES and any(map(str.islower, words))
    )
    if not is_name or not SERVICES.isdisjoint(words.split()) or is_staff(text, start, end):
        return None
    if not is_family(text, start, end):
        return None
    return Hit(
        start, end, "name", "a name, as the trained model reads it, beside one child or family"
    )


def _number(text: str, start: int, end: int, kind: Kind) -> Hit | None:
    if kind == "phone number":
        is_work = is_staff(text, start, end) or is_office(text, start, end)
        if is_work or not is_family(text, start, end):
            return None
    return Hit(start, end, kind, f"reads as one: {kind}")
