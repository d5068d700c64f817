"""Safeguards: words that might identify a child are never printed."""

import hashlib
from collections.abc import Collection

from synthesis.identifying import find

HELD = "Words held back until a person has checked that they identify no child."


def may_identify_child(text: str, cleared: Collection[str] = ()) -> bool:
    """Tell whether words carry a mark of one particular child: a number, a birth date, a story.

    `cleared` are the hashes of words of which a person has said that they identify no child.
    """
    return any(_known_by(text[hit.start : hit.end]) not in cleared for hit in find(text))


def _known_by(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
