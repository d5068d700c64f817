"""Tables and practice boxes: read in order, told in words, whole across pages."""

from dataclasses import replace
from typing import Any

import pytest
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table as WordTable

from synthesis.errors import InputError
from synthesis.review.blocks import Box, Cell, Link, Table, Text
from synthesis.word import write
from synthesis.word.palette import SHADES, TEXT_WIDTH, WIDE_TEXT_WIDTH
from synthesis.word.tables import rows_kept
from tests.synthesis.word.opening import opened, words, written
from tests.synthesis.word.sample import review_of

RETURNS = Table(
    anchor="t",
    caption="Returns",
    description="One row an authority.",
    header=("Authority", "Number"),
    rows=tuple(
        (Cell((Text(name),)), Cell((Text("3"),), shade=shade, align="right"))
        for shade, name in enumerate(("Tarnshire", "Hallowby", "Oxcombe"))
    ),
)


def table(**changes: Any) -> Table:
    """Give a small table, changed as asked."""
    return replace(RETURNS, **changes)


def only(block: Table | Box) -> WordTable:
    """Write one block and give its table."""
    return opened(write(review_of(block))).tables[0]


def test_the_header_row_repeats_and_rows_stay_whole() -> None:
    header, *rows = only(table())._tbl.tr_lst

    assert header.xpath("./w:trPr/w:tblHeader")
    assert all(row.xpath("./w:trPr/w:cantSplit") for row in (header, *rows))
    assert not any(row.xpath("./w:trPr/w:tblHeader") for row in rows)


def test_a_row_that_may_outgrow_a_page_may_break() -> None:
    rows = ((Cell((Text("word " * 5_000),)), Cell((Text("3"),))),)
    _, row = only(table(rows=rows))._tbl.tr_lst

    assert not row.xpath("./w:trPr/w:cantSplit")


def test_a_table_is_told_by_its_caption_and_description() -> None:
    properties = only(table())._tbl.tblPr

    assert properties.xpath("./w:tblCaption/@w:val") == ["Returns"]
    assert properties.xpath("./w:tblDescription/@w:val") == ["One row an authority."]


@pytest.mark.parametrize(("row_headers", "first_column"), [(True, "1"), (False, "0")])
def test_the_first_column_heads_its_rows_if_asked(*, row_headers: bool, first_column: str) -> None:
    (look,) = only(table(row_headers=row_headers))._tbl.tblPr.xpath("./w:tblLook")

    assert look.get(qn("w:firstColumn")) == first_column
    assert look.get(qn("w:firstRow")) == "1"
    assert bool(int(look.get(qn("w:val")), 16) & 0x80) is row_headers


@pytest.mark.parametrize(("landscape", "width"), [(False, TEXT_WIDTH), (True, WIDE_TEXT_WIDTH)])
def test_columns_share_the_page_to_the_last_twip(*, landscape: bool, width: int) -> None:
    columns = only(table(widths=(1, 2), landscape=landscape))._tbl.xpath("./w:tblGrid/w:gridCol")
    widths = [int(column.xpath("@w:w")[0]) for column in columns]

    assert sum(widths) == width
    assert widths[1] == pytest.approx(2 * widths[0], abs=2)


def test_figures_and_their_heading_stand_alike() -> None:
    written_table = only(table())
    second = [row.cells[1].paragraphs[0].alignment for row in written_table.rows]

    assert len(set(second)) == 1
    assert second[0] is not None
    assert written_table.rows[0].cells[0].paragraphs[0].alignment is None


def test_shades_are_laid_under_the_words() -> None:
    cells = [row.cells[1]._tc for row in only(table()).rows]
    fills = [cell.xpath("./w:tcPr/w:shd/@w:fill") for cell in cells]

    assert fills == [[], [], [SHADES[1]], [SHADES[2]]]


def test_small_tables_are_set_smaller() -> None:
    plain, small = only(table()), only(table(small=True))
    sizes = [one.rows[1].cells[0].paragraphs[0].style.font.size for one in (plain, small)]

    assert sizes[0] > sizes[1]
    assert plain.style.name != small.style.name


def test_a_short_table_stays_on_one_page() -> None:
    body = written(table())
    kept = [bool(row.xpath(".//w:pPr/w:keepNext")) for row in body.xpath(".//w:tr")]

    assert kept == [False, True, True, False]


def test_ragged_rows_are_refused() -> None:
    with pytest.raises(InputError, match="Table 'Returns'"):
        write(review_of(table(rows=((Cell(()),),))))


def test_wrong_widths_are_refused() -> None:
    with pytest.raises(InputError, match="Table 'Returns'"):
        write(review_of(table(widths=(1, 2, 3))))


def test_two_tables_in_a_row_do_not_grow_together() -> None:
    box = Box("Ten calls", "Practice", (("What", (Text("They ring."),)),))
    body = written(box, box)

    assert [child.tag.split("}")[1] for child in body] == ["tbl", "p", "tbl", "p", "sectPr"]


def test_a_box_is_a_plain_table_of_labels_and_words() -> None:
    fields = (
        ("What they do", (Text("They ring."),)),
        ("Documents", (Link("The script", "https://tarn.example/s"),)),
    )
    box = only(Box("Ten calls", "Promising practice", fields))

    assert [[cell.text for cell in row.cells] for row in box.rows] == [
        ["Promising practice", "Ten calls"],
        ["What they do", "They ring."],
        ["Documents", "The script"],
    ]
    assert box._tbl.xpath("./w:tr[1]/w:trPr/w:tblHeader")
    assert box._tbl.tblPr.xpath("./w:tblCaption/@w:val") == ["Promising practice: Ten calls"]


def test_the_words_of_a_cell_with_an_anchor_are_its_bookmark() -> None:
    rows = ((Cell((Text("E12"),), anchor="E12"), Cell((Text("said"),))),)
    (cell,) = written(table(rows=rows)).xpath(".//w:tc[.//w:bookmarkStart]")

    assert words(cell) == "E12"
    order = [child.tag.split("}")[1] for child in cell.p_lst[0]]
    assert order == ["pPr", "bookmarkStart", "r", "bookmarkEnd"]


def rows_staying(body: BaseOxmlElement) -> list[bool]:
    return [bool(row.xpath(".//w:pPr/w:keepNext")) for row in body.xpath(".//w:tr")][1:]


def test_a_table_of_few_rows_and_many_words_may_break_but_leaves_no_row_alone() -> None:
    long = tuple((Cell((Text("word " * 40),)), Cell(())) for _ in range(6))
    kept = [True, False, False, False, True, False]
    assert rows_staying(written(table(rows=long))) == kept


@pytest.mark.parametrize(("letters", "kept"), [(20, [True] * 4), (400, [True, False, False, True])])
def test_a_long_box_breaks_between_its_rows_and_a_short_one_does_not(
    letters: int, kept: list[bool]
) -> None:
    fields = tuple((f"Field {turn}", (Text("w" * letters),)) for turn in range(5))
    assert rows_staying(written(Box("Ten calls", "Practice", fields))) == [*kept, False]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_row_or_two_stay_together(count: int) -> None:
    kept = [[], [False], [True, False]][count]
    assert rows_kept(count, whole=True) == rows_kept(count, whole=False) == kept
