"""Phrases: the words and runs of words of a text that may say what it is about.

A phrase begins and ends in a telling word and holds up to four of them, with one small word between
at most, as in “proof of income”. It goes by its stems, in whatever form it is written.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from synthesis import language
from synthesis.language import Word

LONGEST: Final = 4
"""Telling words of a phrase."""
_ARTICLES: Final = frozenset({"a", "an", "her", "his", "its", "my", "no", "our", "the", "their"})
_PREPOSITIONS: Final = frozenset({"at", "for", "from", "in", "into", "of", "on", "to", "with"})
LINKS: Final = _ARTICLES | _PREPOSITIONS | {"and", "or", "without"}
"""What may stand between two words of a phrase."""
_SAID_OF_ANYTHING: Final = """
able according act actually additional additionally address afternoon also answer apply approx apr
april aspect attach aug august author autumn begin best bit bring christmas clear come comment
consider continue current currently dec december detail different don't dozen e.g easter eg
especially etc example far feb february fifth follow following fortnight friday furthermore general
get give given go goes gone good got great happen having honest however hrs i.e ie include including
intend jan january july june kind know known last look lot made main mainly make making many march
mention monday moreover morning mths n/a na note nov november oct october ones particular
particularly please provide put question refer relate respond said saturday say saying says see sept
september set similar specific start summer sunday sure survey tell tenth thank thing things think
third thought throughout thursday today todo told try tuesday type use used using various want way
ways wednesday well winter wks yes yrs
"""
_OF_THE_SECTOR: Final = """
agencies agency area authority boy case child city council county day director district early family
father girl group half head help home hour job list local manager minute month mother need new
number old page parent people person point professional programme project provider quarter response
rest review school section sector service social staff support team time town week work worker year
young youth
"""


class Phrase(NamedTuple):
    """A phrase in a text: its stems, joined by blanks, and its words."""

    stems: str
    words: tuple[Word, ...]

    @property
    def start(self) -> int:
        """Where in the text it begins."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where in the text it ends."""
        return self.words[-1].end


def _read(words: str) -> frozenset[str]:
    stems = (word.stem for run in language.stretches(words) for word in run)
    return frozenset({*words.split(), *stems})


FILLERS: Final = _read(_SAID_OF_ANYTHING)
"""What anybody writes, whatever they speak of: in no phrase."""
COMMON: Final = _read(_OF_THE_SECTOR)
"""Words of everyone in the sector: no phrase is made of them alone."""


class Finder:
    """Finds the phrases of texts, but none with a word of these names, written as it is there."""

    def __init__(self, names: Collection[str] = ()) -> None:
        """Learn the names."""
        self._names = frozenset(
            word.written.casefold()
            for name in names
            for run in language.stretches(name)
            for word in run
            if word.written[0].isupper()
        )

    def find(self, text: str, known: Collection[str] | None = None) -> Iterator[Phrase]:
        """Yield the phrases of a text, each place of each.

        With `known` stems, a phrase is followed no further than one that is not among them.
        """
        for run in language.stretches(text):
            tells = [self._tells(word) for word in run]
            for place, is_telling in enumerate(tells):
                if is_telling:
                    yield from _from(run, tells, place, known)

    def stems(self, text: str, known: Collection[str] | None = None) -> set[str]:
        """Return the phrases of a text, by their stems."""
        return {phrase.stems for phrase in self.find(text, known)}

    def _tells(self, word: Word) -> bool:
        """Tell whether a word may be of a phrase: neither filler nor number nor of a name."""
        if word.written[0].isupper() and word.written.casefold() in self._names:
            return False
        return _is_telling(word.stem, word.written.casefold())


def size(stems: str) -> int:
    """Return how many telling words a phrase has."""
    return sum(stem not in LINKS for stem in stems.split())


def own(stems: str) -> frozenset[str]:
    """Return the words of a phrase that are not everybody's."""
    return frozenset(stems.split()) - COMMON - LINKS


def is_bound(stems: str) -> bool:
    """Tell whether a phrase holds an article, as “opening the post” does: one turn of speech."""
    return bool(_ARTICLES & set(stems.split()))


def marked(text: str, terms: Collection[str]) -> list[tuple[int, int]]:
    """Return where a text holds any of these terms, in whatever form; none overlaps another."""
    sought = {
        " ".join(word.stem for word in run) for term in terms for run in language.stretches(term)
    }
    found = sorted(
        ((phrase.start, phrase.end) for phrase in _any(text) if phrase.stems in sought),
        key=lambda place: (place[0], -place[1]),
    )
    kept: list[tuple[int, int]] = []
    for start, end in found:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _stems(words: Sequence[Word]) -> str:
    return " ".join(word.stem for word in words)


def _any(text: str) -> Iterator[Phrase]:
    """Yield every run of words of a text that is short enough to be a phrase."""
    for run in language.stretches(text):
        for first in range(len(run)):
            for last in range(first, min(first + LONGEST + 1, len(run))):
                words = run[first : last + 1]
                yield Phrase(_stems(words), tuple(words))


def _from(
    run: Sequence[Word], tells: Sequence[bool], first: int, known: Collection[str] | None
) -> Iterator[Phrase]:
    """Yield the phrases of a run that begin at a place, each going on from the one before."""
    stems, last, is_linked = run[first].stem, first, False
    for _ in range(LONGEST):
        yield Phrase(stems, tuple(run[first : last + 1]))
        step = 0 if known is not None and stems not in known else _step(run, tells, last)
        if not step or (is_linked and step > 1):
            return
        is_linked = is_linked or step > 1
        stems = f"{stems} {_stems(run[last + 1 : last + 1 + step])}"
        last += step


def _step(run: Sequence[Word], tells: Sequence[bool], last: int) -> int:
    """Return how many words further the next telling word of a phrase stands; 0 for none."""
    if last + 1 < len(run) and tells[last + 1]:
        return 1
    if last + 2 < len(run) and tells[last + 2] and run[last + 1].written.lower() in LINKS:
        return 2
    return 0


@lru_cache(maxsize=65_536)
def _is_telling(stem: str, word: str) -> bool:
    first = word.replace("’", "'").partition("'")[0]  # the I of I've
    says = len(stem) > 2 and not stem[0].isdigit() and not language.is_common(first)
    return says and not {stem, word, first} & FILLERS
