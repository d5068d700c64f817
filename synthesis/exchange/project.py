"""A coding project as other programs know it: people, codes, cases, texts and what is coded where.

The shape is REFI-QDA's, project exchange 1.0 (Rotterdam Exchange Format Initiative, 2019), as far
as text goes. Places count Unicode code points from 0, as Python's strings do, and an end is the
place after the last.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

NAMESPACE = uuid5(NAMESPACE_URL, "urn:QDA-XML:project:1.0")


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who coded, or the tagger."""

    guid: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Code:
    """A theme, or a group of them, which nothing can be coded with."""

    guid: UUID
    name: str
    description: str = ""
    is_codable: bool = True
    codes: tuple["Code", ...] = ()
    notes: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Variable:
    """What is known of every case, in words."""

    guid: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody or something that texts are about: an authority."""

    guid: UUID
    name: str
    values: tuple[tuple[UUID, str], ...] = ()
    sources: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch of a text that one person gave one code, or no code but a note.

    `quote` holds the words, so that a reader can tell whether it counts places as we do.
    """

    guid: UUID
    start: int
    end: int
    quote: str
    user: UUID | None = None
    code: UUID | None = None
    at: dt.datetime | None = None
    description: str = ""
    notes: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A text, with what is selected in it."""

    guid: UUID
    name: str
    text: str
    selections: tuple[Selection, ...] = ()
    description: str = ""
    user: UUID | None = None
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A memo."""

    guid: UUID
    name: str
    text: str
    user: UUID | None = None
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """Everything one file holds."""

    name: str
    origin: str
    users: tuple[User, ...] = ()
    codes: tuple[Code, ...] = ()
    variables: tuple[Variable, ...] = ()
    cases: tuple[Case, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    description: str = ""
    at: dt.datetime | None = None

    def each_code(self) -> Iterator[Code]:
        """Yield every code, a group before what is in it."""
        yield from _each(self.codes)


def _each(codes: tuple[Code, ...]) -> Iterator[Code]:
    for code in codes:
        yield code
        yield from _each(code.codes)


def guid(*parts: str) -> UUID:
    """Return the id of what is known by these names: the same names always have the same id."""
    return uuid5(NAMESPACE, "\0".join(parts))
