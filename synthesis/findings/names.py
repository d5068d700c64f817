"""Names: every word that would give away an authority, and taking them out of unnamed words."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from synthesis.findings.lexicon import ALSO_WORDS, is_plain
from synthesis.findings.practices import told
from synthesis.material import Material

REMOVED = "[name removed]"
UNNAMED = "An authority (unnamed)"
ADDRESS = r"(?i:\b(?:https?://|www\.)\S*[^\s.,;:)\]]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[\w-]+(?:\.[\w-]+)*\.gov\.uk\b)"
_NAMELIKE = re.compile(
    r"\b[A-Z][a-z]+[A-Z]\w*"  # a capital inside the word: a system, a brand
    r"|(?<=[a-z,] )[A-Z][a-z]{3,}\b"  # a capital inside the sentence: a place, a person
    r"|\b[A-Z]{3,}\b"  # capitals alone
)
_PLAIN = re.compile(r"\b[a-z]+\b")
_OPENINGS = "".join(rf"(?<=\b{word} )|" for word in ("[Ii]n", "[Aa]t", "[Oo]f", "[Ff]rom"))
"""What stands before a place, even where a sentence opens with it."""
_INSIDE = r"(?<=[\w,;/(&’”\]] )|(?<=\w [-–] )|(?<=[\w,]  )|(?<=[/(&])"
"""What stands before a word inside a sentence."""
_BODY = (
    r"['’]s\b|[ -]+(?:and [A-Z]|(?i:council|borough|county|city|district|unitary|metropolitan|town"
    r"|lscb|authority|centre|hub|team|schools?|hospital)\b)"
)
"""What follows a name that opens a sentence and is one: a body, or what belongs to it."""


def pattern(material: Material) -> re.Pattern[str]:
    """Return the pattern of everything that would give away whose words these are.

    That is every registered name, place and brand of every authority, for one may speak of its
    neighbour; colleagues' names; addresses; and names that only one authority uses.
    """
    contacts = _joined((contact.name for contact in material.contacts), re.IGNORECASE)
    parts = (registered(material), contacts, _joined(telltales(material)))
    return re.compile("|".join((ADDRESS, *(part.pattern for part in parts))))


def registered(material: Material) -> re.Pattern[str]:
    """Return the pattern of the registered names of authorities, their places and brands.

    A name that is also a word, such as Reading, counts only where it is written as a name.
    """
    names = frozenset(name.strip() for name in _registered(material))
    words = frozenset(name for name in names if name.casefold() in ALSO_WORDS)
    plain = _joined(names - words, re.IGNORECASE).pattern
    return re.compile("|".join((plain, *map(_as_a_name, sorted(words)))))


def telltales(material: Material) -> tuple[str, ...]:
    """Return words that look like names and that one authority alone uses.

    A register never holds every village and every local system. A capital inside a sentence, or
    inside a word, tells a name; a word that anyone writes in lower case, and one of the lexicon,
    is none.
    """
    users: dict[str, set[str]] = {}
    for authority, text in texts(material):
        for name in _NAMELIKE.findall(text):
            users.setdefault(name, set()).add(authority)
    plain = ordinary(material)
    return tuple(
        name
        for name, authorities in users.items()
        if len(authorities) == 1 and name.casefold() not in plain and not is_plain(name)
    )


def ordinary(material: Material) -> frozenset[str]:
    """Return every word that somebody writes in lower case, in a question or in an answer."""
    asked = {response.question for response in material.responses}
    said = (text for _, text in texts(material))
    return frozenset(chain.from_iterable(map(_PLAIN.findall, chain(asked, said))))


def mask(text: str, names: re.Pattern[str]) -> str:
    """Return a text with the names taken out."""
    return names.sub(REMOVED, text)


def _registered(material: Material) -> Iterator[str]:
    """Yield every word that names an authority."""
    for one in material.authorities:
        yield from (one.code, one.name, *one.aliases, *one.places, *one.brands)
    yield from (response.authority for response in material.responses)


def texts(material: Material) -> Iterator[tuple[str, str]]:
    """Yield everything that authorities wrote, with whose it is."""
    for response in material.responses:
        yield response.authority, response.text
    for practice in material.practices:
        yield practice.authority, ". ".join(told(practice))
    for document in material.documents:
        yield document.authority, document.title


def _joined(names: Iterable[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Return a pattern of whole names, the longest first; it matches nothing if there are none."""
    longest = sorted({name.strip() for name in names} - {""}, key=lambda name: (-len(name), name))
    if not longest:
        return re.compile("(?!)")
    ignore = "i" if flags & re.IGNORECASE else ""
    opening = f"(?{ignore}:" if ignore else "(?:"
    return re.compile(rf"(?<![^\W_]){opening}{'|'.join(map(_loose, longest))})(?![^\W_])")


def _as_a_name(word: str) -> str:
    """Return the pattern of a word of the language where it is written as a name.

    That is with a capital, and not merely because a sentence opens with it.
    """
    either = "|".join(map(re.escape, (word.capitalize(), word.upper())))
    return rf"(?:(?:{_OPENINGS}{_INSIDE})(?:{either})(?![^\W_])|(?<![^\W_])(?:{either})(?={_BODY}))"


def _loose(name: str) -> str:
    """Write a name as a pattern that allows for hyphens, ampersands and line breaks."""
    parts = [re.escape(part) for part in re.split(r"[\W_]+", name) if part and part != "and"]
    return r"[\W_]+(?:and[\W_]+)?".join(parts) or re.escape(name)
