"""Tables: light rules, a header row that repeats, rows that stay whole, words before colour."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from synthesis.review.blocks import Cell, Runs, Table
from synthesis.word.captions import render_caption
from synthesis.word.draft import Draft
from synthesis.word.fields import bookmark
from synthesis.word.markup import attribute, paragraph, run
from synthesis.word.palette import SHADES, TEXT_WIDTH, WIDE_TEXT_WIDTH
from synthesis.word.runs import letters, render_runs

HEADER_ROW: Final = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
KEEP_NEXT: Final = "<w:keepNext/>"
_WHOLE_ROW: Final = "<w:trPr><w:cantSplit/></w:trPr>"
_ALIGN: Final = {"left": "", "centre": '<w:jc w:val="center"/>', "right": '<w:jc w:val="right"/>'}

# A row longer than this may not fit a page, so it must be allowed to break.
_LONGEST_WHOLE_ROW: Final = 2_500
# A short table stays on one page with its caption; a longer one would leave a page half empty.
_ROWS_TOGETHER: Final = 12
_LETTERS_TOGETHER: Final = 800


def render_table(table: Table, draft: Draft) -> str:
    """Write a caption and its table."""
    widths = column_widths(table)
    size = "Small" if table.small else ""
    opening = table_opening(
        f"ReviewTable{size}",
        widths,
        (table.caption, table.description),
        row_headers=table.row_headers,
    )
    rows = "".join(_rows(table, widths, size, draft))
    caption = render_caption("Table", table.caption, table.anchor, draft)
    return f"{caption}{opening}{rows}</w:tbl>"


def column_widths(table: Table) -> tuple[int, ...]:
    """Share the width of the page among the columns, to the last twip."""
    width = WIDE_TEXT_WIDTH if table.landscape else TEXT_WIDTH
    shares = table.widths or (1.0,) * len(table.header)
    whole = sum(shares)
    edges = [round(width * sum(shares[:place]) / whole) for place in range(len(shares) + 1)]
    return tuple(right - left for left, right in pairwise(edges))


def table_opening(
    style: str, widths: tuple[int, ...], told: tuple[str, str], *, row_headers: bool
) -> str:
    """Open a table: its style, its columns, and the caption and description it is told by."""
    caption, description = told
    first_column = 1 if row_headers else 0
    look = f"{0x0620 + 0x0080 * first_column:04X}"
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{look}" w:firstRow="1" w:lastRow="0"'
        f' w:firstColumn="{first_column}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{attribute(caption)}"/>'
        f'<w:tblDescription w:val="{attribute(description)}"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )


def table_cell(width: int, content: str, fill: str = "") -> str:
    """Write a cell round its paragraphs."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{content}</w:tc>'


def row_rule(cells: Iterable[Runs]) -> str:
    """Keep a row on one page, unless it may be longer than a page."""
    longest = max((letters(runs) for runs in cells), default=0)
    return _WHOLE_ROW if longest <= _LONGEST_WHOLE_ROW else ""


def table_stays_whole(table: Table) -> bool:
    """Say whether a table is short enough to stay on one page with its caption."""
    words = sum(letters(cell.runs) for row in table.rows for cell in row)
    return len(table.rows) <= _ROWS_TOGETHER and words <= _LETTERS_TOGETHER


def rows_kept(count: int, *, whole: bool) -> list[bool]:
    """Say which of so many rows stay with the next: all, or so that none stands alone.

    What may break still has two rows under its header, and two on its last page.
    """
    alone = {0, count - 2}
    return [place < count - 1 and (whole or place in alone) for place in range(count)]


def _rows(table: Table, widths: tuple[int, ...], size: str, draft: Draft) -> Iterator[str]:
    yield f"<w:tr>{HEADER_ROW}{''.join(_header_cells(table, widths, size))}</w:tr>"
    kept = rows_kept(len(table.rows), whole=table_stays_whole(table))
    for row, stays in zip(table.rows, kept, strict=True):
        keep = KEEP_NEXT if stays else ""
        cells = "".join(
            table_cell(width, _words(cell, f"TableText{size}", keep, draft), SHADES[cell.shade])
            for cell, width in zip(row, widths, strict=True)
        )
        yield f"<w:tr>{row_rule(cell.runs for cell in row)}{cells}</w:tr>"


def _header_cells(table: Table, widths: tuple[int, ...], size: str) -> Iterator[str]:
    """Set each heading as its column is set, so that figures stand under their heading."""
    first_row = table.rows[0] if table.rows else (Cell(()),) * len(widths)
    for words, width, cell in zip(table.header, widths, first_row, strict=True):
        content = paragraph(f"TableHeading{size}", run(words), _ALIGN[cell.align])
        yield table_cell(width, content)


def _words(cell: Cell, style: str, keep: str, draft: Draft) -> str:
    words = render_runs(cell.runs, draft)
    if cell.anchor:
        words = bookmark(draft.next("bookmark"), draft.bookmarks[cell.anchor], words)
    return paragraph(style, words, keep + _ALIGN[cell.align])
