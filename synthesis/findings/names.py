"""Names: every word that would give away an authority, and taking them out of unnamed words."""

import re
from collections.abc import Iterable, Iterator

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
_COMMON = frozenset(
    (
        *("January", "February", "March", "April", "June", "July", "August", "September"),
        *("October", "November", "December", "Monday", "Tuesday", "Wednesday", "Thursday"),
        *("Friday", "Saturday", "Sunday", "Christmas", "Easter", "English", "Ofsted", "NHS"),
        *("MASH", "LSCB", "LSCP", "CAF", "EHA", "TAF", "TAC", "CAMHS", "SDQ", "NEET", "JSNA"),
        *(
            "SEND",
            "NFA",
            "FTE",
            "ASB",
            "YOT",
            "YOS",
            "FNP",
            "NCMP",
            "GCP",
            "VCS",
            "PBR",
            "NOT",
            "SMART",
        ),
    )
)
"""Capitals that tell nobody's secret."""


def pattern(material: Material) -> re.Pattern[str]:
    """Return the pattern of everything that would give away whose words these are.

    That is every registered name, place and brand of every authority, for one may speak of its
    neighbour; colleagues' names; addresses; and names that only one authority uses.
    """
    contacts = [contact.name for contact in material.contacts]
    names = _joined((*_registered(material), *contacts), re.IGNORECASE)
    return re.compile(f"{ADDRESS}|{names.pattern}|{_joined(telltales(material)).pattern}")


def registered(material: Material) -> re.Pattern[str]:
    """Return the pattern of the registered names of authorities, their places and brands."""
    return _joined(_registered(material), re.IGNORECASE)


def telltales(material: Material) -> tuple[str, ...]:
    """Return words that look like names and that one authority alone uses.

    A register never holds every village and every local system. A capital inside a sentence, or
    inside a word, tells a name; a word that anyone writes in lower case is none.
    """
    users: dict[str, set[str]] = {}
    plain: set[str] = set()
    for authority, text in _texts(material):
        for name in _NAMELIKE.findall(text):
            users.setdefault(name, set()).add(authority)
        plain.update(_PLAIN.findall(text))
    return tuple(
        name
        for name, authorities in users.items()
        if len(authorities) == 1 and name.casefold() not in plain and name not in _COMMON
    )


def mask(text: str, names: re.Pattern[str]) -> str:
    """Return a text with the names taken out."""
    return names.sub(REMOVED, text)


def _registered(material: Material) -> Iterator[str]:
    """Yield every word that names an authority."""
    for one in material.authorities:
        yield from (one.code, one.name, *one.aliases, *one.places, *one.brands)
    yield from (response.authority for response in material.responses)


def _texts(material: Material) -> Iterator[tuple[str, str]]:
    """Yield everything that authorities wrote, with whose it is."""
    for response in material.responses:
        yield response.authority, response.text
    for practice in material.practices:
        yield practice.authority, f"{practice.title}. {practice.what} {practice.lessons}"
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


def _loose(name: str) -> str:
    """Write a name as a pattern that allows for hyphens, ampersands and line breaks."""
    parts = [re.escape(part) for part in re.split(r"[\W_]+", name) if part and part != "and"]
    return r"[\W_]+(?:and[\W_]+)?".join(parts) or re.escape(name)
