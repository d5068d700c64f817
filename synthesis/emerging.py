"""Emerging themes: what several authorities speak of in words that no theme explains.

Words and pairs of neighbouring words are weighed by how much oftener they stand in unexplained
passages than in others: log-odds with an informative prior (Monroe, Colaresi and Quinn 2008), over
its standard error. Those that keep company with each other make one proposal.
"""

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from synthesis import language

FEWEST_AUTHORITIES: Final = 3
SURE: Final = 1.96
"""Standard errors from which a term is telling."""
PRIOR: Final = 10.0
"""How many passages what is known beforehand weighs."""
CONSIDERED: Final = 300
MOST: Final = 30
TERMS: Final = 6
"""How many terms of a proposal are shown."""
TOGETHER: Final = 0.4
"""The cosine of the responses that two terms stand in, from which they speak of the same."""
WITHIN: Final = 0.8
LOOKED_AT: Final = 5
PLACES_AND_PEOPLE: Final = frozenset({"PERSON", "GPE", "LOC"})
_SAID_OF_ANYTHING = """
able according act actually additional additionally address afternoon also answer apply april area
aspect attach august author begin bring clear come comment consider continue council county
current currently december detail different don't e.g eg especially etc example far february
follow following friday furthermore general get give given good got great happen having help howev
however i.e ie include including intend january july june kind know known look lot made main
mainly make making march mention monday month moreover morning n/a na need new note november
number october particular particularly people please point provide put question refer relate
response review said saturday say saying see september service set similar specific start sunday
sure survey team tell thank thing think thought throughout thursday time today todo told try
tuesday type use various want way wednesday week well work year yes
"""
_FILLERS = frozenset(_SAID_OF_ANYTHING.split())
"""Words that anybody writes, whatever they speak of."""


class Said(NamedTuple):
    """An unexplained passage, with the response and the authority that it is of."""

    key: str
    response: str
    authority: str
    text: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is no emerging theme: `names` of places, people and bodies, and `settled` phrases.

    A proposal that holds a term with one of the `known` keys goes by that key, so that what was
    decided about it is found again.
    """

    names: Collection[str] = ()
    settled: Collection[str] = ()
    known: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Terms that may point to a theme, the telling one first, and the passages they stand in.

    `sure` is how many standard errors the first one is above what chance would give.
    """

    key: str
    terms: tuple[str, ...]
    passages: tuple[str, ...]
    authorities: int
    sure: float


@dataclass(slots=True)
class _Group:
    """Terms as stems, the first the most telling, and the places of passages that hold any."""

    terms: list[str]
    sure: float
    passages: set[int]


def propose(
    unexplained: Iterable[Said], explained: Iterable[str], bounds: Bounds
) -> list[Proposal]:
    """Return what may be themes, the one that most authorities speak of first.

    The same passages in the same order give the same proposals.
    """
    said = list(unexplained)
    held = _Held(said, bounds)
    against, others = held.count(explained)
    telling = sorted(
        ((_sure(len(places), against[term], len(said), others), term) for term, places in held),
        key=lambda pair: (-pair[0], pair[1]),
    )
    chosen = [(sure, term) for sure, term in telling if sure >= SURE][:CONSIDERED]
    named = held.names(term for _, term in chosen)
    groups = held.grouped([pair for pair in chosen if pair[1] not in named])
    proposals = [held.proposal(group, bounds.known) for group in groups]
    return sorted(proposals, key=lambda one: (-one.authorities, -one.sure, one.key))


def key_of(term: str) -> str:
    """Return what a proposal is called whose first term, as stems, is this."""
    return hashlib.sha256(f"emerging\0{term}".encode()).hexdigest()[:16]


class _Held:
    """The terms of unexplained passages that enough authorities use, and where they stand."""

    def __init__(self, said: Sequence[Said], bounds: Bounds) -> None:
        """Find the terms."""
        self.said = said
        self._name_words = frozenset(
            word.casefold()
            for name in bounds.names
            for run in language.runs(name)
            for _, word in run
            if word[0].isupper()
        )
        settled = {term for phrase in bounds.settled for term in self.terms(phrase)}
        found: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(said):
            for term in self.terms(one.text):
                found[term].append(place)
        self._places = {
            term: places
            for term, places in found.items()
            if len(places) >= FEWEST_AUTHORITIES
            and term not in settled
            and len({said[place].authority for place in places}) >= FEWEST_AUTHORITIES
        }

    def __iter__(self) -> Iterator[tuple[str, list[int]]]:
        return iter(self._places.items())

    def terms(self, text: str) -> set[str]:
        """Return a text's words and pairs of words, as stems."""
        return {term for term, _ in self._written(text)}

    def _written(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield a text's words and pairs of words, as stems and as written."""
        for run in language.runs(text):
            kept = [pair if self._says(*pair) else ("", "") for pair in run]
            yield from (pair for pair in kept if pair[0])
            for (stem, word), (after, next_word) in pairwise(kept):
                if stem and after:
                    yield f"{stem} {after}", f"{word} {next_word}"

    def _says(self, stem: str, word: str) -> bool:
        """Tell whether a word may be of a theme: neither filler nor number nor of a name."""
        if word[0].isupper() and word.casefold() in self._name_words:
            return False
        return _is_telling(stem, word.casefold())

    def count(self, explained: Iterable[str]) -> tuple[Counter[str], int]:
        """Count in how many other passages each term stands, and how many there are."""
        against: Counter[str] = Counter()
        others = 0
        for text in explained:
            others += 1
            against.update(term for term in self.terms(text) if term in self._places)
        return against, others

    def names(self, terms: Iterable[str]) -> set[str]:
        """Return the terms that are mostly names, as the trained model reads them in passages.

        Only what is mostly written with a capital, and not as an abbreviation, is looked at.
        """
        suspects = {term: self._texts(term) for term in terms if self._is_capital(term)}
        texts = list(dict.fromkeys(text for some in suspects.values() for text in some))
        read = (
            dict(zip(texts, language.names(texts, PLACES_AND_PEOPLE), strict=True)) if texts else {}
        )
        return {
            term
            for term, some in suspects.items()
            if 2 * sum(any(term in self.terms(name) for name in read[text]) for text in some)
            >= len(some)
        }

    def _texts(self, term: str) -> list[str]:
        return [self.said[place].text for place in self._places[term][:LOOKED_AT]]

    def _is_capital(self, term: str) -> bool:
        first, _ = self._forms(term).most_common(1)[0]
        return any(word[0].isupper() and not word.isupper() for word in first.split())

    def _forms(self, term: str) -> Counter[str]:
        """Count how a term is written in passages, without the capital that begins a sentence."""
        forms: Counter[str] = Counter()
        for place in self._places[term][:50]:
            text = self.said[place].text
            for stems, written in self._written(text):
                if stems == term:
                    forms[_uncapped(written) if text.lstrip().startswith(written) else written] += 1
        return forms

    def grouped(self, chosen: Sequence[tuple[float, str]]) -> list[_Group]:
        """Put terms that stand in the same responses together, the most telling first."""
        groups: list[tuple[_Group, set[str]]] = []
        for sure, term in chosen:
            places = self._places[term]
            responses = {self.said[place].response for place in places}
            home = next((group for group, theirs in groups if _alike(responses, theirs)), None)
            if home is None:
                groups.append((_Group([term], sure, set(places)), responses))
            else:
                home.terms.append(term)
                home.passages.update(places)
        return [group for group, _ in groups[:]]

    def proposal(self, group: _Group, known: Collection[str]) -> Proposal:
        """Write a proposal as it is shown."""
        keys = [key_of(term) for term in group.terms]
        passages = [self.said[place] for place in sorted(group.passages)]
        return Proposal(
            key=next((key for key in keys if key in known), keys[0]),
            terms=tuple(self._shown(group.terms)),
            passages=tuple(one.key for one in passages),
            authorities=len({one.authority for one in passages}),
            sure=round(group.sure, 2),
        )

    def _shown(self, terms: Sequence[str]) -> list[str]:
        """Return terms as they are mostly written, without those that are part of another."""
        kept = [
            term
            for term in terms
            if not any(term in other.split() for other in terms if other != term)
        ]
        forms = (self._forms(term) for term in kept[:TERMS])
        return [min(form, key=lambda one: (-form[one], one)) for form in forms]


@lru_cache(maxsize=65_536)
def _is_telling(stem: str, word: str) -> bool:
    first = word.replace("’", "'").partition("'")[0]  # the I of I've
    says = len(stem) > 2 and not stem[0].isdigit() and not language.is_common(first)
    return says and not {stem, word, first} & _FILLERS


def _uncapped(written: str) -> str:
    first, _, rest = written.partition(" ")
    return written if first.isupper() else f"{first.lower()} {rest}".strip()


def _sure(here: int, there: int, passages: int, others: int) -> float:
    """Return the log-odds of a term here over there, in standard errors."""
    prior = PRIOR * (here + there) / (passages + others)
    one, other = here + prior, there + prior
    # Half a passage more without the term, so that one that is in all of them has odds too.
    without, without_other = passages + PRIOR - one + 0.5, others + PRIOR - other + 0.5
    odds = math.log(one / without) - math.log(other / without_other)
    return odds / math.sqrt(1 / one + 1 / other)


def _alike(one: set[str], other: set[str]) -> bool:
    """Tell whether two terms stand in much the same responses, or one mostly beside the other."""
    both = len(one & other)
    within = both >= WITHIN * min(len(one), len(other))
    return within or both >= TOGETHER * math.sqrt(len(one) * len(other))
