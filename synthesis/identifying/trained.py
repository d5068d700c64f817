"""The slower look, for a job: the rules, the people a trained model finds, and presidio's numbers.

A person whom the model finds counts only where the sentence speaks of one child or family, and no
job title stands beside the name.
"""

from collections.abc import Iterable, Iterator

from synthesis import language
from synthesis.identifying import library, rules
from synthesis.identifying.around import is_family, is_office, is_staff
from synthesis.identifying.hits import Hit, Kind, apart
from synthesis.identifying.words import NO_NAMES, SERVICES

VERSION = f"{rules.VERSION}.1"
"""Of both looks together."""


def find_all(texts: Iterable[str]) -> Iterator[tuple[Hit, ...]]:
    """Yield what in each text may identify a child, by the rules and by all that was learnt."""
    for text, people in language.people(texts):
        named = (_person(text, *place) for place in people)
        numbered = (_number(text, *found) for found in library.numbers(text))
        more = [hit for hit in (*named, *numbered) if hit is not None]
        yield apart([*rules.find(text), *more])


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
