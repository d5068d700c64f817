"""A query put together from fields, for those who do not type one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True, slots=True)
class Fields:
    """What was chosen and typed, each empty where it does not matter."""

    words: str = ""
    phrase: str = ""
    without: str = ""
    theme: str = ""
    verdict: str = ""
    authority: str = ""
    type: str = ""
    source: str = ""
    use: str = ""
    rated: str = ""
    least: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Self:
        """Take the fields out of an address."""
        return cls(**{one.name: given.get(one.name, "").strip() for one in fields(cls)})


def compose(chosen: Fields) -> str:
    """Return the query that these fields amount to; empty where nothing was chosen."""
    return " AND ".join(_terms(chosen))


def _terms(chosen: Fields) -> Iterator[str]:
    yield from (quoted(word) for word in _unquoted(chosen.words).split())
    if _unquoted(chosen.phrase):
        yield f'"{_unquoted(chosen.phrase)}"'
    for name in ("theme", "verdict", "authority", "type", "source", "use"):
        value = _unquoted(getattr(chosen, name))
        if value:
            yield f"{name}:{quoted(value) if ' ' in value else value}"
    if chosen.rated and chosen.least:
        yield f"rating:{chosen.rated}>={chosen.least}"
    yield from (f"NOT {quoted(word)}" for word in _unquoted(chosen.without).split())


def quoted(word: str) -> str:
    """Return a word as a query takes it, whatever it is."""
    is_plain = word.isalnum() and word not in ("AND", "OR", "NOT")
    return word if is_plain else f'"{word}"'


def _unquoted(typed: str) -> str:
    return " ".join(typed.replace('"', " ").split())
