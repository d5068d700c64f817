"""What a review is made of: headings, paragraphs, lists, tables, pictures and practice boxes.

Blocks know nothing of Word. A test compares them as text; `synthesis.word` renders them.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Text:
    """A run of words."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Words that open a web page or a mail; `text` must make sense alone."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class EvidenceReference:
    """A claim's reference, such as E12; it jumps to that row of the evidence index."""

    id: str


@dataclass(frozen=True, slots=True)
class CrossReference:
    """Words that jump to the block with this anchor (a heading, table or picture)."""

    text: str
    anchor: str


Run = Text | Link | EvidenceReference | CrossReference
Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """The title page."""

    title: str
    subtitle: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents of headings to `depth`; links alone where it is not `numbered`.

    Page numbers are a guess until Word counts: where a program never counts, better none.
    """

    title: str = "Contents"
    depth: int = 2
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; `anchor` is unique in the review."""

    level: Literal[1, 2, 3]
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `style` is what it is, not how it looks."""

    runs: Runs
    style: Literal["body", "lead", "note", "key"] = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points; numbered where the order matters."""

    items: tuple[Runs, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, set apart. A paraphrase is printed without quotation marks."""

    words: str
    attribution: str
    reference: str
    verbatim: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `shade` (0 none to 5 full) repeats in colour what the words already say."""

    runs: Runs
    shade: int = 0
    anchor: str = ""
    align: Literal["left", "centre", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row; `widths` are relative; `landscape` asks for a wide page."""

    anchor: str
    caption: str
    description: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...] = ()
    row_headers: bool = True
    small: bool = False
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as PNG bytes, with a caption and the same facts in words; width in centimetres."""

    anchor: str
    caption: str
    description: str
    png: bytes
    width_cm: float = 16.0


@dataclass(frozen=True, slots=True)
class Box:
    """A practice box: a title and labelled fields, set apart from the running text."""

    title: str
    label: str
    fields: tuple[tuple[str, Runs], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts a new page."""


Block = Cover | Contents | Heading | Paragraph | Bullets | Quote | Table | Picture | Box | PageBreak


@dataclass(frozen=True, slots=True)
class Review:
    """A whole review: its properties and its blocks in order."""

    title: str
    subject: str
    author: str
    version: str
    blocks: tuple[Block, ...]
