"""Joining terms that speak of the same: a phrase in two forms, or phrases of the same passages."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from synthesis import phrases

TERMS: Final = 6
"""How many terms make a proposal at most."""
TOGETHER: Final = 0.4
"""The cosine of the passages that two terms stand in, from which they speak of the same."""
WITHIN: Final = 0.8


@dataclass(slots=True)
class Group:
    """Terms as stems, the first the most telling; `aliases` are those it goes without."""

    terms: list[str]
    aliases: list[str] = field(default_factory=list)


class Groups:
    """Terms put together one after the other, each to the first that it goes with, or alone."""

    def __init__(self, places: Mapping[str, Sequence[int]]) -> None:
        """Begin with none."""
        self.made: list[Group] = []
        self._places = places
        self._at: dict[int, list[int]] = defaultdict(list)
        self._home: dict[str, Group] = {}

    def add(self, term: str) -> None:
        """Put a term where it belongs; a group that is full goes by it without holding it."""
        places = self._places[term]
        shared = Counter(number for place in places for number in self._at[place])
        fitting = (
            one for number, one in enumerate(self.made) if self._fits(term, one, shared[number])
        )
        home = next(fitting, None)
        if home is None:
            home = Group([])
            for place in places:
                self._at[place].append(len(self.made))
            self.made.append(home)
        (home.terms if len(home.terms) < TERMS else home.aliases).append(term)
        self._home[term] = home

    def go_by(self, term: str, longer: Mapping[str, str]) -> None:
        """Let a longer term speak for one that says nothing beside it."""
        speaks = term
        while speaks in longer:
            speaks = longer[speaks]
        self._home[speaks].aliases.append(term)

    def _fits(self, term: str, group: Group, shared: int) -> bool:
        """Tell whether a term is another form of a group's first, or stands in its passages."""
        first = group.terms[0]
        if _is_form(term, first):
            return True
        one, other = len(self._places[term]), len(self._places[first])
        within = shared >= WITHIN * min(one, other)
        return shared > 1 and (within or shared >= TOGETHER * math.sqrt(one * other))


def _is_form(one: str, other: str) -> bool:
    """Tell whether one phrase is the other with more or fewer words, and no turn of speech."""
    if phrases.is_bound(one) or phrases.is_bound(other):
        return False
    mine, theirs = phrases.own(one), phrases.own(other)
    return mine <= theirs or theirs <= mine
