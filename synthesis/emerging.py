"""Emerging themes: what several authorities speak of in passages that no theme explains.

Phrases that stand at least twice as often in those passages as in the others are telling. Phrases
that stand in the same passages, or are one phrase in two forms, make one proposal, called by the
most telling of them: Dunning's log-likelihood, times the logarithm of its length, as the C-value
weighs it. The proposal that most authorities speak of comes first.
"""

import hashlib
import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from synthesis import language, phrases
from synthesis.joining import Group, Groups
from synthesis.phrases import Finder, Phrase

FEWEST_AUTHORITIES: Final = 2
ALONE: Final = 3
"""Passages from which a single word is a term."""
TIMES: Final = 2.0
"""How often a term stands in unexplained passages, over how often in others, at least."""
CONSIDERED: Final = 600
MOST: Final = 30
LOOKED_AT: Final = 5
WRITTEN: Final = 50
"""How many passages are looked at for how a term is mostly written."""
PLACES_AND_PEOPLE: Final = frozenset({"PERSON", "GPE", "LOC"})
NOUNS: Final = frozenset({"NOUN", "PROPN"})
BEFORE_NOUNS: Final = NOUNS | {"ADJ", "VERB", "NUM"}


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

    One passage of every authority comes first. They stand in so many passages `elsewhere`, which
    themes explain; and `times` as often here, for as many passages.
    """

    key: str
    terms: tuple[str, ...]
    passages: tuple[str, ...]
    authorities: int
    elsewhere: int
    times: float


def propose(
    unexplained: Iterable[Said], explained: Iterable[str], bounds: Bounds
) -> list[Proposal]:
    """Return what may be themes, the one that most authorities speak of first.

    The same passages in the same order give the same proposals.
    """
    held = _Held(list(unexplained), explained, bounds)
    proposals = [held.proposal(group, bounds.known) for group in held.groups()]
    return sorted(
        (one for one in proposals if one.times >= TIMES),
        key=lambda one: (-one.authorities, -one.times, one.key),
    )


def key_of(term: str) -> str:
    """Return what a proposal is called whose first term, as stems, is this."""
    return hashlib.sha256(f"emerging\0{term}".encode()).hexdigest()[:16]


class _Held:
    """The phrases of unexplained passages that enough authorities use, and where they stand."""

    def __init__(self, said: Sequence[Said], explained: Iterable[str], bounds: Bounds) -> None:
        """Find the phrases, and in which of the other passages they stand."""
        self.said = said
        self.finder = Finder(bounds.names)
        self.here: dict[str, Sequence[int]] = self._used()
        self.there: dict[str, Sequence[int]] = {}
        self.others = self._look(explained)
        self._settled = {term for words in bounds.settled for term in Finder().stems(words)}

    def _used(self) -> dict[str, Sequence[int]]:
        """Find the places of phrases that enough authorities use.

        Longer ones are looked for only where a shorter one goes on, so that what is held grows
        with the words, and not with all that follows each of them.
        """
        used: dict[str, Sequence[int]] = {}
        for length in range(1, phrases.LONGEST + 1):
            found: dict[str, list[int]] = defaultdict(list)
            for place, one in enumerate(self.said):
                for term in self.finder.stems(one.text, used):
                    if phrases.size(term) == length:
                        found[term].append(place)
            enough = {term: places for term, places in found.items() if self._is_shared(places)}
            used |= enough
            if not enough:
                break
        return used

    def _look(self, explained: Iterable[str]) -> int:
        """Find in which of the other passages each phrase stands; return how many there are."""
        found = {term: array("L") for term in self.here}
        others = 0
        for others, text in enumerate(explained, 1):
            for term in self.finder.stems(text, self.here):
                if term in found:
                    found[term].append(others)
        self.there = dict(found)
        return others

    def _is_shared(self, places: Sequence[int]) -> bool:
        return self._authorities(places) >= FEWEST_AUTHORITIES

    def _authorities(self, places: Iterable[int]) -> int:
        return len({self.said[place].authority for place in places})

    def groups(self) -> list[Group]:
        """Put telling terms together that speak of the same, the most telling first."""
        weights = self._telling()
        longer = self._longer(weights)
        groups = Groups(self.here)
        for term in sorted(weights, key=lambda term: (-weights[term], term)):
            if term not in longer:
                groups.add(term)
        for term in longer:
            groups.go_by(term, longer)
        return groups.made

    def _telling(self) -> dict[str, float]:
        """Return how much each term tells, of those that are nouns and no names."""
        weighed = [
            (self._authorities(self.here[term]), self._weight(term), term)
            for term in self.here
            if self._may_tell(term)
        ]
        weighed.sort(key=lambda one: (-one[0], -one[1], one[2]))
        weights = {term: weight for _, weight, term in weighed[:CONSIDERED]}
        kept = self._nouns(weights)
        named = self._names(kept)
        return {term: weights[term] for term in weights if term in kept and term not in named}

    def _may_tell(self, term: str) -> bool:
        if term in self._settled or not phrases.own(term):
            return False
        here = len(self.here[term])
        enough = here >= ALONE or phrases.size(term) > 1
        return (
            enough
            and self._is_shared(self.here[term])
            and self._times(here, len(self.there[term])) >= TIMES
        )

    def _times(self, here: int, there: int) -> float:
        """Return how often something stands here over there, for as many passages.

        Half a passage more on either side, so that what stands nowhere else is no wonder.
        """
        share_here = (here + 0.5) / (len(self.said) + 1)
        return share_here / ((there + 0.5) / (self.others + 1))

    def _weight(self, term: str) -> float:
        """Return the log-likelihood of a term here against there, more for a longer one."""
        here, there = len(self.here[term]), len(self.there[term])
        share = len(self.said) / (len(self.said) + self.others)
        expected = (here + there) * share
        told = here * math.log(here / expected)
        if there:
            told += there * math.log(there / ((here + there) * (1 - share)))
        return 2 * told * math.log2(1 + phrases.size(term))

    def _nouns(self, terms: Iterable[str]) -> set[str]:
        """Return the terms that mostly end in a noun and hold no more than leads to one."""
        looked = {term: self.here[term][:LOOKED_AT] for term in terms}
        at = sorted({place for places in looked.values() for place in places})
        read = dict(
            zip(at, language.parts_of_speech([self.said[one].text for one in at]), strict=True)
        )
        votes: Counter[str] = Counter()
        for place in at:
            for phrase in self._first(place).values():
                if place in looked.get(phrase.stems, ()) and _is_noun(phrase, read[place]):
                    votes[phrase.stems] += 1
        return {term for term, places in looked.items() if 2 * votes[term] > len(places)}

    def _first(self, place: int) -> dict[str, Phrase]:
        """Return the phrases of a passage, each where it stands first."""
        found: dict[str, Phrase] = {}
        for phrase in self.finder.find(self.said[place].text, self.here):
            found.setdefault(phrase.stems, phrase)
        return found

    def _names(self, terms: Iterable[str]) -> set[str]:
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
            if 2 * sum(any(self._names_it(name, term) for name in read[text]) for text in some)
            >= len(some)
        }

    def _names_it(self, name: str, term: str) -> bool:
        """Tell whether a name holds a term, or is part of one."""
        return any(
            f" {one} " in f" {other} "
            for stems in self.finder.stems(name)
            for one, other in ((stems, term), (term, stems))
            if phrases.own(stems)
        )

    def _texts(self, term: str) -> list[str]:
        return [self.said[place].text for place in self.here[term][:LOOKED_AT]]

    def _is_capital(self, term: str) -> bool:
        words = self._form(term).split()
        return any(word[0].isupper() and not word[:2].isupper() for word in words)

    def _form(self, term: str) -> str:
        """Return how a term is mostly written, without the capital that begins a sentence."""
        forms: Counter[str] = Counter()
        for place in self.here[term][:WRITTEN]:
            text = self.said[place].text
            for phrase in self.finder.find(text, self.here):
                if phrase.stems == term:
                    forms[_written(text, phrase)] += 1
        return min(forms, key=lambda form: (-forms[form], form))

    def _longer(self, terms: Collection[str]) -> dict[str, str]:
        """Return the terms that say nothing beside longer ones, each with one of those.

        A word of a turn of speech, as “opening the post”, speaks of something else there.
        """
        around: dict[str, list[str]] = defaultdict(list)
        for term in sorted(terms):
            for part in _parts(term):
                if part in terms:
                    around[part].append(term)
        for part, holding in around.items():
            turns = [term for term in holding if phrases.is_bound(term)]
            for places in (self.here, self.there):
                places[part] = _without(places[part], [places[term] for term in turns])
        return {
            part: holding[0]
            for part, holding in around.items()
            if not _without(self.here[part], [self.here[term] for term in holding])
            or not self._may_tell(part)
        }

    def _dealt(self, places: Iterable[int]) -> list[int]:
        """Deal places so that the first of every authority come before its second ones."""
        seen: Counter[str] = Counter()
        turns: list[tuple[int, int]] = []
        for place in places:
            turns.append((seen[self.said[place].authority], place))
            seen[self.said[place].authority] += 1
        return [place for _, place in sorted(turns)]

    def proposal(self, group: Group, known: Collection[str]) -> Proposal:
        """Write a proposal as it is shown."""
        keys = [key_of(term) for term in (*group.terms, *group.aliases)]
        here = sorted({place for term in group.terms for place in self.here[term]})
        elsewhere = len({place for term in group.terms for place in self.there[term]})
        return Proposal(
            key=next((key for key in keys if key in known), keys[0]),
            terms=tuple(self._form(term) for term in group.terms),
            passages=tuple(self.said[place].key for place in self._dealt(here)),
            authorities=self._authorities(here),
            elsewhere=elsewhere,
            times=round(self._times(len(here), elsewhere), 1),
        )


def _parts(term: str) -> Iterator[str]:
    """Yield the phrases within a phrase, as stems."""
    stems = term.split()
    for first in range(len(stems)):
        for last in range(first + 1, len(stems) + 1):
            if last - first < len(stems):
                yield " ".join(stems[first:last])


def _without(places: Sequence[int], others: Iterable[Sequence[int]]) -> list[int]:
    left = set(places).difference(*others)
    return [place for place in places if place in left]


def _is_noun(phrase: Phrase, parts: Mapping[int, str]) -> bool:
    """Tell whether a phrase is a noun with what leads to it; a single one no proper name."""
    kinds = [parts.get(word.start, "") for word in phrase.words]
    if len(kinds) == 1:
        return kinds[0] == "NOUN" or phrase.words[0].written[:2].isupper()
    return kinds[-1] in NOUNS and all(
        kind in BEFORE_NOUNS or word.written.lower() in phrases.LINKS
        for kind, word in zip(kinds, phrase.words, strict=True)
    )


def _written(text: str, phrase: Phrase) -> str:
    form = " ".join(text[phrase.start : phrase.end].split())
    if text[: phrase.start].strip(" \n\t-–•*\"'“‘(") or form[:2].isupper():
        return form
    return form[0].lower() + form[1:]
