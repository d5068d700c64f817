"""The review's styles as data: how each kind of paragraph and word is set.

The style sheet is written from this, and the guess at page numbers reckons with it.
"""

from dataclasses import dataclass
from typing import Final, Literal

from synthesis.word.palette import ACCENT, INK, MUTED, PAPER, TINT


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: type in half-points, space in twips, leading in 240ths of a line."""

    id: str
    name: str
    size: int = 22
    line: int = 276
    before: int = 0
    after: int = 0
    left: int = 0
    right: int = 0
    hanging: int = 0
    colour: str = INK
    fill: str = ""
    bar: int = 0
    box: str = ""
    bold: bool = False
    keep: Literal["", "lines", "next"] = ""
    level: int | None = None
    bulleted: bool = False
    tab: Literal["", "left", "right", "dotted"] = ""
    next: str = ""


BODY_LINE: Final = 310

_READING: Final = (
    Style("BodyText", "Body Text", line=BODY_LINE, after=170),
    Style("Lead", "Lead", 26, BODY_LINE, after=220, colour=ACCENT, keep="next", next="BodyText"),
    Style("Note", "Note", 20, before=80, after=170, colour=MUTED, next="BodyText"),
    Style(
        "KeyPoint",
        "Key Point",
        line=BODY_LINE,
        before=140,
        after=260,
        left=270,
        right=160,
        fill=TINT,
        bar=36,
        keep="lines",
    ),
    Style("ListBullet", "List Bullet", line=300, after=90, left=454, hanging=454, bulleted=True),
    Style("ListNumber", "List Number", line=300, after=90, left=454, hanging=454),
)

_QUOTATIONS: Final = (
    Style(
        "Quote",
        "Quote",
        line=BODY_LINE,
        before=120,
        after=40,
        left=454,
        right=454,
        colour=ACCENT,
        bar=12,
        keep="next",
        next="QuoteSource",
    ),
    Style(
        "QuoteSource",
        "Quote Source",
        20,
        after=240,
        left=454,
        right=454,
        colour=MUTED,
        keep="lines",
        next="BodyText",
    ),
)

_HEADINGS: Final = (
    Style(
        "Heading1",
        "heading 1",
        48,
        252,
        before=480,
        after=220,
        colour=ACCENT,
        bold=True,
        keep="next",
        level=0,
        next="BodyText",
    ),
    Style(
        "Heading2",
        "heading 2",
        32,
        259,
        before=400,
        after=130,
        colour=ACCENT,
        bold=True,
        keep="next",
        level=1,
        next="BodyText",
    ),
    Style(
        "Heading3",
        "heading 3",
        25,
        264,
        before=300,
        after=100,
        bold=True,
        keep="next",
        level=2,
        next="BodyText",
    ),
)

_COVER: Final = (
    Style(
        "Title",
        "Title",
        72,
        250,
        before=3800,
        left=510,
        colour=ACCENT,
        bar=64,
        bold=True,
        keep="lines",
        next="Subtitle",
    ),
    Style("Subtitle", "Subtitle", 32, before=200, left=510, colour=MUTED, bar=64, keep="lines"),
    Style("CoverDetail", "Cover Detail", line=288, after=110, left=3060, hanging=2550, tab="left"),
)

_CONTENTS: Final = (
    Style(
        "TOCHeading",
        "TOC Heading",
        48,
        252,
        after=280,
        colour=ACCENT,
        bold=True,
        keep="next",
        next="BodyText",
    ),
    Style("TOC1", "toc 1", before=190, after=50, colour=ACCENT, bold=True, tab="right"),
    Style("TOC2", "toc 2", after=50, left=284, tab="dotted"),
    Style("TOC3", "toc 3", 20, after=40, left=567, colour=MUTED, tab="dotted"),
)

_TABLES: Final = (
    Style(
        "Caption",
        "caption",
        20,
        before=280,
        after=120,
        bold=True,
        keep="next",
        next="BodyText",
    ),
    Style("Figure", "Figure", line=240, after=280, next="BodyText"),
    Style("TableText", "Table Text", 20, 264),
    Style("TableTextSmall", "Table Text Small", 18, 259),
    Style("TableHeading", "Table Heading", 20, 264, colour=ACCENT, bold=True, keep="next"),
    Style(
        "TableHeadingSmall", "Table Heading Small", 18, 259, colour=ACCENT, bold=True, keep="next"
    ),
    Style("BoxLabel", "Box Label", 22, 264, colour=PAPER, bold=True, keep="next"),
    Style("BoxTitle", "Box Title", 24, 264, colour=PAPER, bold=True, keep="next"),
    Style("BoxField", "Box Field", 20, 276, colour=ACCENT, bold=True),
    Style("BoxText", "Box Text", 21, 288),
)

_FORMS: Final = (
    Style("FormLabel", "Form Label", 22, before=200, after=60, bold=True, keep="next"),
    Style("FormHint", "Form Hint", 20, after=100, colour=MUTED, keep="next"),
    Style(
        "FormAnswer", "Form Answer", line=300, before=80, after=220, left=140, right=140, box=MUTED
    ),
    Style("FormOption", "Form Option", line=300, after=50, left=454, hanging=454, tab="left"),
    Style(
        "FormEntry",
        "Form Entry",
        24,
        264,
        before=320,
        after=80,
        colour=ACCENT,
        bold=True,
        keep="next",
        next="FormLabel",
    ),
)

_EDGES: Final = (
    Style("Header", "header", 18, 240, colour=MUTED, tab="right"),
    Style("Footer", "footer", 18, 240, colour=MUTED, tab="right"),
)

PARAGRAPH_STYLES: Final = (
    *_READING,
    *_QUOTATIONS,
    *_HEADINGS,
    *_COVER,
    *_CONTENTS,
    *_TABLES,
    *_FORMS,
    *_EDGES,
)

SETTINGS: Final = {style.id: style for style in PARAGRAPH_STYLES}
"""Every paragraph style by its id."""
