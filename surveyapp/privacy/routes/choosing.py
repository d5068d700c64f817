"""What the form for marking words by hand sends: the words, whose they are, and where to mark."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from werkzeug.datastructures import MultiDict

RESEARCHERS: Final = "researchers"
FEWEST_LETTERS: Final = 2
MOST_LETTERS: Final = 5_000
MOST_OF_REASON: Final = 500
NOT_THERE: Final = "The words do not stand there. Enter them as they stand"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was typed, where it was typed about, and what is wrong with it, by field.

    `place` is the text that a link led from, and `passage` the passage; `whose` is an authority.
    """

    words: str = ""
    place: str = ""
    passage: str = ""
    whose: str = ""
    everywhere: bool = False
    reason: str = ""
    start: int = 0
    end: int = 0
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def authority(self) -> str:
        """Return the code of the authority whose words they are; "" where researchers wrote."""
        return "" if self.whose == RESEARCHERS else self.whose

    def wrong(self, box: str, problem: str) -> "Chosen":
        """Return the same with a problem told of a box."""
        return replace(self, problems={box: problem})


def asked(given: MultiDict[str, str]) -> Chosen:
    """Return what an address leads to: a text, a stretch of it, the passage that one came from."""
    return Chosen(
        place=given.get("place", "")[:200],
        passage=given.get("passage", "")[:80],
        start=_number(given.get("start", "")),
        end=_number(given.get("end", "")),
    )


def read(given: MultiDict[str, str]) -> Chosen:
    """Return what was typed."""
    words = " ".join(given.get("words", "").split())
    reason = " ".join(given.get("reason", "").split())
    typed = replace(
        asked(given),
        words=words,
        reason=reason,
        whose=given.get("whose", "")[:40],
        everywhere=given.get("where") == "everywhere",
    )
    return replace(typed, problems=dict(_problems(typed)))


def _problems(typed: Chosen) -> list[tuple[str, str]]:
    wrong = []
    if not typed.place and not typed.whose:
        wrong.append(("whose", "Choose whose words they are"))
    if sum(map(str.isalnum, typed.words)) < FEWEST_LETTERS:
        wrong.append(("words", f"Enter the words: at least {FEWEST_LETTERS} letters or digits"))
    elif len(typed.words) > MOST_LETTERS:
        wrong.append(("words", f"The words must be {MOST_LETTERS:,} letters or fewer"))
    if len(typed.reason) > MOST_OF_REASON:
        wrong.append(("reason", f"The reason must be {MOST_OF_REASON} letters or fewer"))
    return wrong


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
