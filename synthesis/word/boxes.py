"""Practice boxes: what a box is and its title in the header row, then a field a row."""

from collections.abc import Iterator
from typing import Final

from synthesis.review.blocks import Box
from synthesis.word.draft import Draft
from synthesis.word.markup import paragraph, run
from synthesis.word.palette import ACCENT, TEXT_WIDTH, TINT
from synthesis.word.runs import letters, render_runs
from synthesis.word.tables import (
    HEADER_ROW,
    KEEP_NEXT,
    row_rule,
    rows_kept,
    table_cell,
    table_opening,
)

_LABELS_WIDTH: Final = 2551
BOX_WIDTHS: Final = (_LABELS_WIDTH, TEXT_WIDTH - _LABELS_WIDTH)
"""The columns of a practice box, in twips."""

# A longer box breaks between its rows, under its title once more, rather than leave a page empty.
_LETTERS_TOGETHER: Final = 450


def render_box(box: Box, draft: Draft) -> str:
    """Write a practice box as a plain table of two columns, which reads well aloud."""
    opening = table_opening(
        "PracticeBox",
        BOX_WIDTHS,
        (f"{box.label}: {box.title}", "What is said under each heading of the box."),
        row_headers=True,
    )
    return f"{opening}{_header(box)}{''.join(_fields(box, draft))}</w:tbl>"


def box_stays_whole(box: Box) -> bool:
    """Say whether a box is short enough to stay on one page."""
    return sum(letters(runs) for _, runs in box.fields) <= _LETTERS_TOGETHER


def _header(box: Box) -> str:
    label = paragraph("BoxLabel", run(box.label))
    title = paragraph("BoxTitle", run(box.title))
    cells = table_cell(BOX_WIDTHS[0], label, ACCENT) + table_cell(BOX_WIDTHS[1], title, ACCENT)
    return f"<w:tr>{HEADER_ROW}{cells}</w:tr>"


def _fields(box: Box, draft: Draft) -> Iterator[str]:
    kept = rows_kept(len(box.fields), whole=box_stays_whole(box))
    for (label, runs), stays in zip(box.fields, kept, strict=True):
        keep = KEEP_NEXT if stays else ""
        name = paragraph("BoxField", run(label), keep)
        words = paragraph("BoxText", render_runs(runs, draft), keep)
        cells = table_cell(BOX_WIDTHS[0], name, TINT) + table_cell(BOX_WIDTHS[1], words, TINT)
        yield f"<w:tr>{row_rule([runs])}{cells}</w:tr>"
