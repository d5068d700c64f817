"""Terms: finding the words an approach, a tool or a partner goes by."""

import re
from functools import lru_cache

from synthesis.findings.basis import Term


def mentions(text: str, term: Term) -> bool:
    """Tell whether a text mentions a term by any of its words."""
    return _pattern(term.words).search(text) is not None


@lru_cache(maxsize=1024)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Write the words as one pattern: whole words, a plural s, hyphen and space the same.

    Capitals alone, such as MASH, are matched as they stand; everything else in either case.
    """
    return re.compile("|".join(map(_alternative, words)))


def _alternative(words: str) -> str:
    """Write one of a term's wordings as a pattern."""
    parts = r"[\s\-–]+".join(re.escape(part) for part in re.split(r"[\s-]+", words))
    pattern = rf"\b{parts}(?:s|es|'s|’s)?\b"
    return pattern if words.isupper() else f"(?i:{pattern})"
