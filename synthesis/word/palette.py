"""The review's looks in one place: one accent colour, calm greys, one typeface and the page.

Sizes are in half-points and lengths in twips (twentieths of a point), as Word counts them.
"""

from typing import Final

FONT: Final = "Arial"

INK: Final = "1D2B31"
MUTED: Final = "4F5F67"
ACCENT: Final = "0B4A55"
LINK: Final = "0A4A58"
PAPER: Final = "FFFFFF"
TINT: Final = "F1F6F7"
RULE: Final = "C9D5D8"

SHADES: Final = ("", "EAF3F4", "D9EAEC", "C5DFE2", "AED2D7", "97C5CC")
"""Fills for a cell's shade, 0 to 5: one hue, and ink and links stay legible on the fullest."""

PAGE_SHORT: Final = 11906
PAGE_LONG: Final = 16838
"""A4, 21.0 by 29.7 centimetres."""

MARGIN: Final = 1417
TOP_MARGIN: Final = 1474
BOTTOM_MARGIN: Final = 1304
"""Two and a half centimetres at the sides, which leaves a measure of sixteen."""

TEXT_WIDTH: Final = PAGE_SHORT - 2 * MARGIN
WIDE_TEXT_WIDTH: Final = PAGE_LONG - 2 * MARGIN

TEXT_HEIGHT: Final = PAGE_LONG - TOP_MARGIN - BOTTOM_MARGIN
WIDE_TEXT_HEIGHT: Final = PAGE_SHORT - TOP_MARGIN - BOTTOM_MARGIN
"""What a page holds between its margins."""

AFTER_TABLE: Final = 260
"""The air below a table, in twips, where what follows leaves none of its own."""

TWIPS_PER_POINT: Final = 20
TWIPS_PER_CM: Final = 1440 / 2.54
EMU_PER_CM: Final = 360_000
EMU_PER_TWIP: Final = 635
