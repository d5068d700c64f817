"""Names: every word that would give away an authority, and taking them out of unnamed words."""

import re
from collections.abc import Iterator

from synthesis.material import Material

REMOVED = "[name removed]"
UNNAMED = "An authority (unnamed)"
ADDRESS = r"\b(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[\w-]+(?:\.[\w-]+)*\.gov\.uk\b"
_NEVER = re.compile(r"(?!)")


def pattern(material: Material) -> re.Pattern[str]:
    """Return the pattern of every name of every registered authority, place, brand and contact.

    One authority's unnamed words may name its neighbour, so no authority's names are spared.
    """
    names = {name.strip() for name in _names(material) if name.strip()}
    longest = sorted(names, key=lambda name: (-len(name), name))
    if not longest:
        return re.compile(ADDRESS)
    joined = "|".join(map(_loose, longest))
    return re.compile(rf"{ADDRESS}|(?<![^\W_])(?:{joined})(?![^\W_])", re.IGNORECASE)


def identifying(material: Material) -> re.Pattern[str]:
    """Return the pattern of the names of authorities and their aliases, places and brands only."""
    names = sorted({name.strip() for name in _identity(material) if name.strip()})
    if not names:
        return _NEVER
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(_loose, names))})(?![^\W_])", re.IGNORECASE)


def mask(text: str, names: re.Pattern[str]) -> str:
    """Return a text with the names taken out."""
    return names.sub(REMOVED, text)


def _names(material: Material) -> Iterator[str]:
    """Yield every word that names an authority or somebody who works for one."""
    yield from _identity(material)
    for contact in material.contacts:
        yield contact.name


def _identity(material: Material) -> Iterator[str]:
    """Yield every word that names an authority."""
    for one in material.authorities:
        yield from (one.code, one.name, *one.aliases, *one.places, *one.brands)
    yield from (response.authority for response in material.responses)


def _loose(name: str) -> str:
    """Write a name as a pattern that allows for hyphens, ampersands and line breaks."""
    parts = [re.escape(part) for part in re.split(r"[\W_]+", name) if part and part != "and"]
    return r"[\W_]+(?:and[\W_]+)?".join(parts) or re.escape(name)
