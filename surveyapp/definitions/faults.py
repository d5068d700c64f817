"""Faults in a definition: where each one is, what is wrong and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file: an error stops publication, a warning is to be weighed."""

    file: str
    item: str
    fault: str
    remedy: str
    severity: Severity = "error"

    @property
    def place(self) -> str:
        """Return the file, and the item in it where there is one."""
        return f"{self.file}, {self.item}" if self.item else self.file

    def __str__(self) -> str:
        return f"{self.place}: {self.fault} {self.remedy}"


class DefinitionError(ValueError):
    """A definition that cannot be used, with every fault found in it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults apart, and show one a line."""
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def errors(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return the faults that stop publication."""
    return tuple(fault for fault in faults if fault.severity == "error")


def listed(words: Iterable[str]) -> str:
    """Return words as a sentence lists them: a, b and c."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return a question that offers the nearest known word, or nothing where none is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.7)
    return f" Did you mean “{near[0]}”?" if near else ""
