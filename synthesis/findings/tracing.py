"""Tracing: telling whether unnamed words could be matched with named ones of the same authority."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from synthesis.findings.names import texts
from synthesis.findings.practices import printable, told
from synthesis.language import telling
from synthesis.material import Material, Practice
from synthesis.matrix import Roster

RARE = 2
"""A word is rare if no more authorities than this use it at all."""
ENOUGH = 3
"""Two accounts that share so many rare words tell the same story."""
Account = tuple[str, str]
"""An authority's code, and words of its own that are printed under its name."""


@dataclass(frozen=True, slots=True)
class Tracer:
    """What a reader could match: how many authorities use each telling word."""

    roster: Roster
    users: Mapping[str, int]

    @classmethod
    def of(cls, material: Material, roster: Roster) -> Self:
        """Count who uses which words in the whole material."""
        users: dict[str, set[str]] = {}
        for authority, text in texts(material):
            for word in telling(text):
                users.setdefault(word, set()).add(roster.code_of(authority))
        return cls(roster, {word: len(codes) for word, codes in users.items()})

    def gives_away(self, unnamed: str, named: str, title: str = "") -> bool:
        """Tell whether named words give away who said the unnamed: they tell the same story.

        So they do if they share a few rare words, or hold every telling word of an example's title.
        """
        shared, called = telling(unnamed) & telling(named), telling(title)
        rare = [word for word in shared if self.users.get(word, 0) <= RARE]
        return len(rare) >= ENOUGH or (len(called) > 1 and called <= telling(named))

    def traces(self, authority: str, unnamed: str, accounts: Iterable[Account]) -> bool:
        """Tell whether any of the authority's named accounts gives its unnamed words away."""
        theirs = (words for code, words in accounts if code == authority)
        return any(self.gives_away(unnamed, words) for words in theirs)

    def traces_example(self, example: Practice, accounts: Iterable[Account]) -> bool:
        """Tell whether any named account gives away whose an unnamed example is."""
        code, words = self.roster.code_of(example.authority), ". ".join(told(example))
        theirs = [named for owner, named in accounts if owner == code]
        return any(self.gives_away(words, named, example.title) for named in theirs)


def unnamed_examples(material: Material) -> tuple[Practice, ...]:
    """Return the examples that may be printed without their authority's name."""
    return tuple(one for one in printable(material) if one.use_level == "unnamed")


def offered(material: Material, roster: Roster) -> Iterator[Account]:
    """Yield what the review prints under names besides its evidence: documents and examples."""
    for document in material.documents:
        if document.may_share:
            yield roster.code_of(document.authority), document.title
    for practice in printable(material):
        if practice.use_level == "named":
            yield roster.code_of(practice.authority), ". ".join(told(practice))
