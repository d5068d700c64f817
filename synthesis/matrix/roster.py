"""The roster: whom the review counts, in alphabetical order, and by which names they are known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Literal

from synthesis.material import (
    Authority,
    Choice,
    Figure,
    KeyContact,
    Material,
    Practice,
    Rating,
    Response,
    Return,
    SharedDocument,
)

Unit = Literal["authority", "response"]
"""What a review counts: authorities, or single responses where none says whose it is."""
_Row = Response | Return | Rating | Choice | Figure | SharedDocument | KeyContact | Practice


@dataclass(frozen=True, slots=True)
class Roster:
    """The authorities of a review; `keys` leads from any of their names to their code."""

    authorities: tuple[Authority, ...]
    keys: Mapping[str, str]
    unit: Unit = "authority"

    def __iter__(self) -> Iterator[Authority]:
        return iter(self.authorities)

    def __len__(self) -> int:
        return len(self.authorities)

    def code_of(self, name: str) -> str:
        """Return the code of the authority known by this name, code or alias; empty if none is."""
        return self.keys.get(_key(name), "")

    def name_of(self, code: str) -> str:
        """Return the name an authority has in the review."""
        return next(authority.name for authority in self.authorities if authority.code == code)

    def names_of(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return the names of several authorities, in alphabetical order."""
        wanted = frozenset(codes)
        return tuple(authority.name for authority in self if authority.code in wanted)


def call(material: Material) -> Roster:
    """Draw up the roster: the register, and whoever else the material names.

    Without returns nobody knows who was asked: of the register, only the authorities that the
    material names are counted. Where it names none, every response stands for itself.
    """
    known = {key: authority.code for authority in material.authorities for key in _keys(authority)}
    named = [name for name in _named(material) if name]
    strangers = {_key(name): name for name in named if _key(name) not in known}
    joined = [Authority(code=name, name=name) for name in strangers.values()]
    if not named:
        return _by_response(material)
    heard = {known.get(_key(name), name) for name in named}
    counted = [one for one in material.authorities if material.returns or one.code in heard]
    everyone = sorted((*counted, *joined), key=lambda one: one.name.casefold())
    return Roster(tuple(everyone), known | strangers)


def _by_response(material: Material) -> Roster:
    """Let every response stand for itself."""
    alone = [Authority(one.id, f"Response {one.id}") for one in material.responses]
    keys = {_key(one.code): one.code for one in alone}
    return Roster(tuple(alone), keys, unit="response")


def _named(material: Material) -> Iterable[str]:
    """Yield the authority named by everything in the material."""
    rows: Iterable[_Row] = chain(
        material.responses,
        material.returns,
        material.ratings,
        material.choices,
        material.figures,
        material.documents,
        material.contacts,
        material.practices,
    )
    return (row.authority for row in rows)


def _keys(authority: Authority) -> Iterator[str]:
    """Yield every name an authority is found under."""
    return map(_key, (authority.code, authority.name, *authority.aliases))


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    """Fold case, spacing and the ampersand."""
    return " ".join(name.casefold().replace("&", " and ").split())
