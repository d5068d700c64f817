"""The outline of a review: its particulars, its standing text and what it tells us to look for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from synthesis.codebook import Codebook, load_toml
from synthesis.errors import InputError
from synthesis.findings.basis import Frame, Notes, Term
from synthesis.findings.wording import Scale

CHAPTERS = (
    "foreword",
    "summary",
    "practice",
    "proposals",
    "background",
    "method",
    "tagging",
    "use",
    "wording",
    "limits",
    "region",
    "matrix",
    "strands",
    "outcomes",
    "evidence",
    "next_steps",
    "questionnaire",
    "interview",
    "codebook",
    "documents",
    "contacts",
    "counts",
    "index",
)
"""Every place in the review that takes standing text, in the order they are printed."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """The title and standing text of one place.

    `documents` stands in where documents are all there is, and `table` where nobody knows who was
    asked, or where what `text` speaks of was not offered.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    title: str
    text: str = ""
    documents: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """What a researcher decides about a review before there is anything to put in it."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    title: str
    scale: Scale
    chapters: Mapping[str, Chapter]
    subtitle: str = ""
    status: str = ""
    version: str = "1"
    commissioner: str = ""
    author: str = ""
    register: str = ""
    questionnaire: str = ""
    interview: str = ""
    strands: tuple[Notes, ...] = ()
    outcomes: tuple[Notes, ...] = ()
    tools: tuple[Term, ...] = ()
    partners: tuple[Term, ...] = ()

    @property
    def frame(self) -> Frame:
        """Return what the findings should look for."""
        return Frame(self.scale, self.strands, self.outcomes, self.tools, self.partners)


def parse(text: str, name: str) -> Outline:
    """Read an outline from TOML; `name` is the file's name, for errors.

    Raises InputError where an entry is missing, misspelt or of the wrong kind.
    """
    table = load_toml(text, name)
    try:
        outline = TypeAdapter(Outline).validate_python(table)
    except ValidationError as error:
        raise InputError(name, _fault(error, table), "Mend the entry.") from error
    for fault in _faults(outline):
        raise InputError(name, fault, "See docs/questionnaires.md for the outline's format.")
    return outline


def check(outline: Outline, codebook: Codebook) -> tuple[str, ...]:
    """Return what is wrong with an outline beside a codebook: notes on themes it does not have."""
    strands = {theme.code for theme in codebook.of_kind("strand")}
    outcomes = {theme.code for theme in codebook.of_kind("outcome")}
    return (
        *(f"strands: {n.code} is no strand." for n in outline.strands if n.code not in strands),
        *(f"outcomes: {n.code} is no outcome." for n in outline.outcomes if n.code not in outcomes),
    )


def _faults(outline: Outline) -> Iterator[str]:
    """Yield what the types cannot see."""
    for key in CHAPTERS:
        if key not in outline.chapters:
            yield f"The chapter {key} is missing."
    for key in outline.chapters:
        if key not in CHAPTERS:
            yield f"There is no place for a chapter called {key}."
    last = outline.scale.steps[-1] if outline.scale.steps else None
    if last is None or last.at_least or last.above:
        yield "The scale of words does not reach down to the smallest count."


def _fault(error: ValidationError, table: Mapping[str, Any]) -> str:
    """Say where the first fault stands, by an entry's code or name, and what it is."""
    first = error.errors()[0]
    top, *rest = first["loc"]
    entries = table.get(str(top))
    if rest and isinstance(entries, list) and isinstance(entries[int(rest[0])], dict):
        entry = entries[int(rest[0])]
        rest[0] = entry.get("code") or entry.get("name") or f"number {int(rest[0]) + 1}"
    return f"{', '.join(map(str, (top, *rest)))}: {first['msg']}."
