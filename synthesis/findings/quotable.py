"""Quotable words: complete sentences that stand on their own and are safe to print."""

import re
from collections.abc import Collection

from synthesis.findings.plain_sense import Sense, reads_as
from synthesis.findings.safeguards import may_identify_child

__all__ = ["Sense", "is_quotable", "reads_as", "unlisted"]

SHORTEST, LONGEST = 8, 45
LEANING = re.compile(
    r"(?:this|these|that|those|they|their|them|it|its|he|she|his|her|him|however|also|but|and|or"
    r"|so|such|both|then|therefore|thus|consequently|similarly|nevertheless|nonetheless"
    r"|furthermore|moreover|additionally|otherwise|instead|likewise|hence|here|which|while"
    r"|whilst|although|because|since|yes|no|further|another|others|some|where|when|as"
    r"|(?:in|as|for|by|at) (?:addition|a result|contrast|this|these|such|turn))\b",
    re.IGNORECASE,
)
"""A sentence that opens so leans on the one before it."""
_BACKWARD = re.compile(
    r"\b(?:see above|as above|above-mentioned|the latter|the former|this (?:review|report)|"
    r"previous (?:question|answer)|paragraph \d|page \d|section \d)",
    re.IGNORECASE,
)
_DAMAGED = re.compile(r"\w[-–] \w|\.\.\.|…|\s[•·]\s|[\n\t|\[\]{}<>_]|[“”\"]|\w{2}\.\w{2}|\s,|\(\s")
_BRACKETS = re.compile(r"[()\[\]]")
_LIST_MARK = re.compile(r"\s*(?:[-–—•·*‣▪◦●]\s+)+(?=\S)")
_SOMEBODY = re.compile(r"\b(?:she|he|her|him|his|hers)\b", re.IGNORECASE)
"""One person, whom the reader has not met and perhaps should not."""
_LABEL = re.compile(r"(?:\S+ ){0,3}\S+:\s")


def is_quotable(words: str, cleared: Collection[str] = ()) -> bool:
    """Tell whether words make a quotation: whole, self-standing, of a fair length, and harmless.

    `cleared` are the hashes of words that identify no child, as a person has said.
    """
    return (
        SHORTEST <= len(words.split()) <= LONGEST
        and _is_whole(words)
        and _stands_alone(words)
        and not may_identify_child(words, cleared)
    )


def unlisted(words: str) -> str:
    """Return words without the mark of a list that they open with, such as a dash.

    What is left is cut from them and changed in nothing, so it still stands in its answer.
    """
    mark = _LIST_MARK.match(words)
    return words[mark.end() :] if mark else words


def _is_whole(words: str) -> bool:
    """Tell whether words are one undamaged sentence."""
    ends_well = words[-1] in ".!?’" and not words.endswith((":.", " etc."))
    whole = is_balanced(words) and not _DAMAGED.search(words)
    return words[0].isupper() and ends_well and whole


def is_balanced(words: str) -> bool:
    """Tell whether every bracket that is opened is closed again, and none is closed unopened."""
    depth = 0
    for mark in _BRACKETS.findall(words):
        depth += 1 if mark in "([" else -1
        if depth < 0:
            return False
    return depth == 0


def _stands_alone(words: str) -> bool:
    """Tell whether a sentence makes sense without the one before it."""
    patterns = (LEANING.match(words), _LABEL.match(words))
    return not any((*patterns, _BACKWARD.search(words), _SOMEBODY.search(words)))
