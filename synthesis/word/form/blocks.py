"""What a form is made of: headings, words to read, and fields to fill in."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["text", "line", "choice", "choices", "date", "number"]

NO_ANSWER: Final = "No answer"
"""The entry of a list that takes an answer back."""

PLACEHOLDERS: Final[dict[Kind, str]] = {
    "text": "Type your answer here",
    "line": "Type your answer here",
    "choice": "Choose an answer from the list",
    "choices": "",
    "date": "Choose or type a date, such as 27 March 2015",
    "number": "Type a number",
}
"""What an empty field says."""

# Word refuses the whole file for a longer tag or title, and a longer entry of a list.
LONGEST_TAG: Final = 64
LONGEST_ENTRY: Final = 255


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a choice: its code, and the words people read."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 starts a section, on a new page."""

    level: Literal[1, 2]
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words to read: guidance, a hint, the name of an entry, or a question within one."""

    text: str
    style: Literal["body", "hint", "entry", "label"] = "body"


@dataclass(frozen=True, slots=True)
class Field:
    """One answer to fill in: a `text` of several lines, a `line`, choices, a date or a number.

    `label` is what a screen reader says; `caption` stands above the field where it is given.
    Options that are `inline` stand on one line.
    """

    tag: str
    label: str
    kind: Kind = "text"
    caption: str = ""
    hint: str = ""
    text: str = ""
    options: tuple[Choice, ...] = ()
    chosen: tuple[str, ...] = ()
    inline: bool = False


Block = Heading | Words | Field


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form; `reference` travels unseen in the file and comes back with it."""

    title: str
    subtitle: str
    version: str
    author: str
    introduction: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    reference: str = ""

    def fields(self) -> Iterator[Field]:
        """Give the fields in order."""
        yield from (block for block in self.blocks if isinstance(block, Field))


def known_as(tag: str) -> str:
    """Give a tag as Word may hold it: itself, or shortened with a digest."""
    if len(tag) <= LONGEST_TAG:
        return tag
    return f"{tag[:40]}~{_digest(tag)}"


def bookmark_of(tag: str) -> str:
    """Name the bookmark round a control.

    Some programs drop the tags of controls when they save a file; bookmarks they keep.
    """
    return f"answer_{_digest(tag)}"


def option_tag(field: Field, option: Choice) -> str:
    """Give the tag of one option's box to tick."""
    return f"{field.tag}={option.code}"


def entry_text(text: str) -> str:
    """Give an option's words as an entry of a list: one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_ENTRY else f"{line[: LONGEST_ENTRY - 1]}…"


def _digest(tag: str) -> str:
    return hashlib.blake2b(tag.encode("utf-8", "replace"), digest_size=8).hexdigest()
