"""The codebook: the list of themes that passages are tagged with."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["strand", "outcome", "evidence", "stance", "emergent"]
KINDS: tuple[Kind, ...] = ("strand", "outcome", "evidence", "stance", "emergent")


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: what it means, and the words that suggest it."""

    code: str
    kind: Kind
    name: str
    definition: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    example: str = ""
    cues: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodedExample:
    """A text with the themes a coder gave it; the question is the one it answers, if any."""

    id: str
    text: str
    codes: frozenset[str]
    authority: str = ""
    question_code: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """The themes of one version, in the order they are printed."""

    title: str
    version: str
    themes: tuple[Theme, ...]
    examples: tuple[CodedExample, ...] = field(default=(), repr=False)

    def __iter__(self) -> Iterator[Theme]:
        return iter(self.themes)

    def __contains__(self, code: str) -> bool:
        return any(theme.code == code for theme in self.themes)

    def __getitem__(self, code: str) -> Theme:
        """Return the theme with this code; KeyError where there is none."""
        for theme in self.themes:
            if theme.code == code:
                return theme
        raise KeyError(code)

    def of_kind(self, kind: Kind) -> tuple[Theme, ...]:
        """Return the themes of one kind."""
        return tuple(theme for theme in self.themes if theme.kind == kind)
