"""Frequency words: how a count of authorities is put into words, from one printed scale."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import ConfigDict

from synthesis.matrix.roster import Unit

Voice = Literal["answers", "documents", "both", "all"]
"""Whose words are counted: answers and notes, published documents, a mixture of the two, or
whether there are any words at all, out of all authorities."""

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
UNITS: Mapping[Unit, tuple[str, str]] = {
    "authority": ("authority", "authorities"),
    "response": ("response", "responses"),
}
BASES: Mapping[Voice, str] = {
    "answers": " answering",
    "documents": "",
    "all": "",
    "both": " with answers or documents",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the scale: its words hold from a percentage, counted in or not."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    words: str
    at_least: float | None = None
    above: float | None = None

    def holds(self, percentage: float) -> bool:
        """Tell whether a share reaches this step."""
        if self.at_least is not None:
            return percentage >= self.at_least
        return percentage > (self.above or 0)


@dataclass(frozen=True, slots=True)
class Scale:
    """The printed scale, from the most to the fewest; below the smallest base, numbers only.

    Words that hold {base}, such as "All {base} {units}", need no count in brackets after them.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    steps: tuple[Step, ...]
    everyone: str = "All {units}"
    two: str = "Two {units}"
    one: str = "One {unit}"
    nobody: str = "No {units}"
    smallest_base: int = 10

    def words(self, count: int, base: int) -> str:
        """Return the words for a count out of a base, such as 'Most {units}'; not filled in.

        One and two are said as they are: 'few' is odd of one, and makes two sound like many.
        """
        if count == base:
            return self.everyone
        if count <= 2:
            return (self.nobody, self.one, self.two)[count]
        return next(step.words for step in self.steps if step.holds(100 * count / base))


@dataclass(frozen=True, slots=True)
class Speech:
    """How counts are spoken of in one review: its scale, whose words they are, what is counted."""

    scale: Scale
    voice: Voice = "answers"
    unit: Unit = "authority"

    def share(self, count: int, base: int) -> str:
        """Return a count in words with its base, such as 'most authorities (15 of 17 answering)'.

        Both numbers stand in it, once: words that hold the base already are left as they are.
        """
        one, many = UNITS[self.unit]
        if not count and self._documents():
            return self._no_documents(base, one, many)
        if base < self.scale.smallest_base:
            return self._few(count, base, one, many)
        words = self.scale.words(count, base)
        told = words.format(unit=one, units=many, base=base)
        numbers = "" if "{base}" in words else f" ({self.bare(count, base)}{self._base()})"
        return f"{told[:1].lower()}{told[1:]}{numbers or self._base()}"

    @staticmethod
    def bare(count: int, base: int) -> str:
        """Return a count with its base as it stands in a list, such as '15 of 17'."""
        return f"{count} of {base}"

    def uncounted(self, base: int) -> str:
        """Return the subject of a sentence whose count is not known yet."""
        return f"{self._documents()}… {UNITS[self.unit][1]} (… of {base}{self._base()})"

    def subject(self, count: int, base: int) -> str:
        """Return the share as the subject of a sentence, in lower case."""
        return f"{self._documents() if count else ''}{self.share(count, base)}"

    def agent(self, count: int, base: int) -> str:
        """Return the share as those by whom, or in which, something is said."""
        share = self.share(count, base)
        if self.unit == "response":
            return f"in {share}"
        if self._documents():
            return f"in {self.subject(count, base)}"
        return f"by {share}"

    def within(self, count: int, base: int) -> str:
        """Return the share as those in whose words something stands."""
        accounts = "" if self._documents() or self.unit == "response" else "accounts of "
        share = self.share(count, base)
        return f"in the {accounts}{share}" if accounts else self.agent(count, base)

    def verb(self, count: int, base: int, *forms: str) -> str:
        """Return the form of a verb, one or many, that agrees with the share as a subject."""
        single = not self._documents() and (count == 1 or base == 1)
        return forms[0] if single else forms[1]

    def _few(self, count: int, base: int, one: str, many: str) -> str:
        """Put a count out of a small base into numbers alone."""
        if base == 1:
            return f"{f'the one {one}' if count else f'no {one} of one'}{self._base()}"
        if count == base:
            whole = "both" if base == 2 else f"all {_spell(base)}"
            return f"{whole} {many}{self._base()}"
        part = _spell(count) if count else "none"
        return f"{part} of the {_spell(base)} {many}{self._base()}"

    def _no_documents(self, base: int, one: str, many: str) -> str:
        """Put it into words that no document says so."""
        if base < self.scale.smallest_base:
            return f"none of the documents on the {_spell(base)} {one if base == 1 else many}"
        return f"none of the documents (0 of {base})"

    def _base(self) -> str:
        """Say what the base is made of."""
        return BASES[self.voice] if self.unit == "authority" else ""

    def _documents(self) -> str:
        """Open a subject that is about authorities rather than theirs."""
        told = self.voice == "documents" and self.unit == "authority"
        return "the documents on " if told else ""


def _spell(number: int) -> str:
    """Write a small number as a word."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)
