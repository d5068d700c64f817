"""People: finding personal names, which are printed only where somebody agreed to be a contact."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Self

from synthesis import language
from synthesis.findings.lexicon import ALSO_WORDS, is_plain
from synthesis.findings.names import REMOVED, mask, ordinary, registered
from synthesis.material import Material, UseLevel

_MARKS = re.compile('[“”„‟«»"]|‘‘|’’')
_SINGLE_MARKS = re.compile(r"(?<!\w)['‘](?=\S)(.+?)(?<=\S)['’](?!\w)")
_NAME = re.compile(r"\b[A-ZÀ-Þ][a-zß-ÿ]+(?:[A-Z][a-z]+)?\b")


@dataclass(frozen=True, slots=True)
class People:
    """What tells a person's name from other words: contacts, the register, and ordinary words.

    `published` are the full names of contacts who agreed to be printed; `colleagues` are the
    parts of the names of all contacts.
    """

    published: frozenset[str]
    colleagues: frozenset[str]
    ordinary: frozenset[str]
    registered: re.Pattern[str]

    @classmethod
    def of(cls, material: Material) -> Self:
        """Gather them from the material."""
        names = [contact.name for contact in material.contacts]
        parts = chain.from_iterable(map(_NAME.findall, names))
        return cls(
            frozenset(one.name for one in material.contacts if one.may_publish),
            frozenset(part for part in parts if not _is_word(part)),
            ordinary(material),
            registered(material),
        )

    def named_in(self, text: str) -> tuple[str, ...]:
        """Return the parts of personal names in a text that may not be printed.

        The trained model finds them, with the names of contacts beside it; its mistakes are left
        out where the register or the lexicon knows better, or somebody writes the word small.
        """
        for name in self.published:
            text = text.replace(name, " ")
        # A part of an authority's name may look like a person's: it is one only if it stands alone.
        there = frozenset(_NAME.findall(self.registered.sub(" ", text)))
        found = {part for part in self._found(text) if part.casefold() not in self.ordinary}
        return tuple(sorted(there & (found | self.colleagues)))

    def mask(self, text: str) -> str:
        """Return a text with personal names taken out."""
        kept = [re.escape(name) for name in sorted(self.published, key=len, reverse=True)]
        before = ""
        while text != before and (parts := self.named_in(text)):
            before = text
            either = "|".join(map(re.escape, parts))
            keep = "|".join((*kept, "(?!)"))
            pattern = rf"(?P<kept>{keep})|\b(?:{either})(?:\s+(?:{either}))*\b"
            text = re.sub(pattern, lambda found: found["kept"] or REMOVED, text)
        return text

    def _found(self, text: str) -> Iterator[str]:
        """Yield the words of what the trained model takes for people."""
        for entity in _people(text):
            unknown = self.registered.sub(" ", entity)
            yield from (part for part in _NAME.findall(unknown) if not _is_word(part))


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms words may be printed: named or not, and whether they are anybody's own."""

    use_level: UseLevel = "named"
    verbatim: bool = True


def shown(text: str, terms: Terms, names: re.Pattern[str], people: People) -> str:
    """Return words as they may be printed: without personal names and, if unnamed, any name.

    A paraphrase has no quotation marks, not even those that the interviewer typed.
    """
    words = text if terms.verbatim else unmarked(text)
    return people.mask(mask(words, names) if terms.use_level == "unnamed" else words)


def unmarked(text: str) -> str:
    """Return a text without its quotation marks; apostrophes stay."""
    words = _SINGLE_MARKS.sub(r"\1", _MARKS.sub("", text))
    return words if words.strip() else text


@lru_cache(maxsize=8_192)
def _people(text: str) -> tuple[str, ...]:
    """Return what the trained model takes for people; the same few passages are asked often."""
    return language.names([text], language.PEOPLE)[0]


def _is_word(part: str) -> bool:
    """Tell whether a part of a name is a word of the lexicon."""
    return is_plain(part) or part.casefold() in ALSO_WORDS
