"""Marks that outlast an erasure: held until somebody decides, though no rule may find them now.

What was found often leans on the words around it. Once those are erased, a look through the text
would find nothing more in it, and so let go what nobody has decided about. The decision to erase
therefore also notes what else was open in the text: how long it is, beside its hash.
"""

from typing import Final, NamedTuple

from surveyapp.identifying import by_hand
from surveyapp.identifying.by_hand import Known

KIND: Final = "still open"
"""How the kind of such a note begins; nobody has decided anything by it."""
REASON: Final = "found before other words of this text were erased"


class Lasting(NamedTuple):
    """Words that are marked again wherever they still stand, and what the mark says of them."""

    known: Known
    kind: str
    reason: str


def noted(words: str, kind: str) -> str:
    """Return what is noted as the kind of words that stay open."""
    return f"{KIND}:{len(words)}:{kind}"


def read(kind: str, words_sha256: str) -> Lasting | None:
    """Return what words are marked again by; None where a note says nothing of that."""
    marked = by_hand.known(kind, words_sha256)
    if marked:
        return Lasting(marked, by_hand.KIND, by_hand.REASON)
    name, _, rest = kind.partition(":")
    length, _, found_as = rest.partition(":")
    if name != KIND or not (length.isascii() and length.isdigit()) or not found_as:
        return None
    return Lasting((words_sha256, int(length)), found_as, REASON)
