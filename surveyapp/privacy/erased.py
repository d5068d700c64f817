"""Words taken out of a text: what it says then, and where everything else in it stands then."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

INSTEAD: Final = "[removed]"
# What of an answer names somebody to ask.
COLLEAGUES: Final = frozenset({"name", "email", "phone"})


@dataclass(frozen=True)
class Eraser:
    """Takes words out of texts, as they were written or all in capitals."""

    words: frozenset[str]

    @classmethod
    def of(cls, words: Iterable[str]) -> "Eraser":
        """Return what takes out these words."""
        return cls(frozenset(one for one in words if one.strip()))

    @cached_property
    def shape(self) -> re.Pattern[str]:
        """Return what the words look like; the longest first, for one may hold another."""
        wanted = {part for one in self.words for part in (one, one.upper())}
        longest = sorted(wanted, key=lambda one: (-len(one), one))
        shapes = (r"\s+".join(map(re.escape, one.split())) for one in longest)
        return re.compile("|".join(rf"(?<!\w){shape}(?!\w)" for shape in shapes) or "(?!)")

    @cached_property
    def careful(self) -> "Eraser":
        """Return what leaves single names: a colleague may be called as a child is."""
        return Eraser.of(one for one in self.words if not one.isalpha())

    def without(self, text: str) -> str:
        """Return a text without the words."""
        return self.shape.sub(INSTEAD, text)

    def value(self, value: object) -> object:
        """Return what JSON carries, without the words in any of its texts."""
        if isinstance(value, str):
            return self.without(value)
        if isinstance(value, dict):
            return {
                key: (self.careful if key in COLLEAGUES else self).value(one)
                for key, one in value.items()
            }
        if isinstance(value, list):
            return [self.value(one) for one in value]
        return value

    def places(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return where in a text the words stand."""
        return tuple(at.span() for at in self.shape.finditer(text))


@dataclass(frozen=True, slots=True)
class Moved:
    """A text before and after words were taken out, and where they stood."""

    before: str
    after: str
    gone: tuple[tuple[int, int], ...]

    @classmethod
    def by(cls, eraser: Eraser, text: str) -> "Moved":
        """Take words out of a text."""
        return cls(text, eraser.without(text), eraser.places(text))

    def now_at(self, place: int, *, is_end: bool = False) -> int:
        """Return where a place of the text is now; within words that are gone, at their edge."""
        moved = place
        for start, end in self.gone:
            if end <= place:
                moved += len(INSTEAD) - (end - start)
            elif start < place:
                moved += (len(INSTEAD) if is_end else 0) - (place - start)
        return moved

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch is now; it holds all that stands for what was in it."""
        return self.now_at(start), self.now_at(end, is_end=True)
