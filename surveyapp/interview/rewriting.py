"""Sentences changed in a text or taken out of it, and where the others stand afterwards."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from synthesis.sentences import split

_BLANKS: Final = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Edit:
    """One sentence of a text, by its place, and the words instead of it; "" takes it out."""

    start: int
    end: int
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text with its edits made; `kept` are the stretches that stayed: where, and where now."""

    text: str
    kept: tuple[tuple[int, int, int], ...]

    def now_at(self, start: int, end: int) -> int | None:
        """Return where a stretch begins now; None where any of it was changed."""
        found = (now + start - was for was, until, now in self.kept if was <= start <= end <= until)
        return next(found, None)


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text as words."""
    return tuple(text[start:end] for start, end in split(text))


def rewrite(text: str, edits: Iterable[Edit]) -> Rewritten:
    """Make edits; around what is taken out, the text closes up."""
    pieces: list[str] = []
    kept: list[tuple[int, int, int]] = []
    at = length = 0
    for edit in _joined(text, sorted(edits, key=lambda one: one.start)):
        start, end = (edit.start, edit.end) if edit.instead else _with_gap(text, edit)
        start = max(start, at)
        kept.append((at, start, length))
        pieces += (text[at:start], edit.instead)
        length += start - at + len(edit.instead)
        at = end
    kept.append((at, len(text), length))
    made = ("".join(pieces) + text[at:]).rstrip()
    return Rewritten(made, tuple(kept))


def without(text: str, unwanted: Iterable[tuple[int, int]]) -> str:
    """Return a text without some of its sentences."""
    return rewrite(text, [Edit(start, end) for start, end in unwanted]).text


def _joined(text: str, edits: Sequence[Edit]) -> list[Edit]:
    """Take sentences that follow one another out as one, so that nothing stays between them."""
    made: list[Edit] = []
    for edit in edits:
        last = made[-1] if made else None
        follows = last is not None and not text[last.end : edit.start].strip()
        if last is not None and follows and not last.instead and not edit.instead:
            made[-1] = Edit(last.start, edit.end)
        else:
            made.append(edit)
    return made


def _with_gap(text: str, edit: Edit) -> tuple[int, int]:
    """Add to a sentence the blanks on one side of it; the end of a line outlives a space."""
    before = edit.start - len(_blanks(text[: edit.start][::-1]))
    after = edit.end + len(_blanks(text[edit.end :]))
    ends_line = "\n" in text[edit.end : after] and "\n" not in text[before : edit.start]
    if after == len(text) or (ends_line and before > 0):
        return before, edit.end
    return edit.start, after


def _blanks(text: str) -> str:
    found = _BLANKS.match(text)
    return found.group() if found else ""
