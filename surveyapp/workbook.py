"""Tables written as files: a workbook, CSV files in one archive, or JSON.

A cell of words that a spreadsheet would take for a formula (it begins with =, +, -, @, a tab or a
line end, also after spaces) gets an apostrophe before it, in the workbook and in CSV. Numbers and
dates are written as such, so a negative number keeps its sign. JSON holds the words as they are.
"""

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from typing import IO, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from surveyapp.tables import Cell, Table

Writer = Callable[[Iterable[Table], IO[bytes]], None]
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST: Final = 32_000
"""Characters: Excel takes 32,767 in a cell, and drops a cell that has more."""
CUT: Final = " … (cut here for the spreadsheet; the CSV and JSON files hold all of it)"
WIDEST: Final = 60
STAMP: Final = (1980, 1, 1, 0, 0, 0)
MADE: Final = dt.datetime(*STAMP, tzinfo=dt.UTC)


def neutral(words: str) -> str:
    """Return words that no spreadsheet takes for a formula."""
    is_formula = words.startswith(FORMULA) or words.lstrip(" \u00a0").startswith(FORMULA)
    return f"'{words}" if is_formula else words


def write_xlsx(tables: Iterable[Table], file: IO[bytes]) -> None:
    """Write a workbook with a sheet a table, row by row."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        # No clock: the same tables give the same bytes.
        book.set_properties({"created": MADE})
        heading = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        for table in tables:
            _write_sheet(book.add_worksheet(table.name), table, (heading, wrapped, day))


def write_csv(tables: Iterable[Table], file: IO[bytes]) -> None:
    """Write an archive with a CSV file a table, each marked as UTF-8 for Excel."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            name = zipfile.ZipInfo(f"{_slug(table.name)}.csv", STAMP)
            name.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(name, "w", force_zip64=True) as packed:
                text = io.TextIOWrapper(packed, encoding="utf-8-sig", newline="")
                writer = csv.writer(text)
                writer.writerow(table.columns)
                writer.writerows([_flat(cell) for cell in row] for row in table.rows)
                text.flush()


def write_json(tables: Iterable[Table], file: IO[bytes]) -> None:
    """Write the tables as JSON: by table, a list of rows by column name."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    for at, table in enumerate(tables):
        text.write(",\n" if at else "{\n")
        text.write(f"{json.dumps(_slug(table.name))}: [")
        for number, row in enumerate(table.rows):
            named = {column: _plain(cell) for column, cell in zip(table.columns, row, strict=True)}
            text.write((",\n " if number else "\n ") + json.dumps(named, ensure_ascii=False))
        text.write("]")
    text.write("\n}\n")
    text.flush()
    # The file is its owner's to close.
    text.detach()


def in_memory(write: Writer, tables: Iterable[Table]) -> bytes:
    """Return a small file as bytes."""
    file = io.BytesIO()
    write(tables, file)
    return file.getvalue()


def _write_sheet(sheet: Worksheet, table: Table, formats: tuple[Format, Format, Format]) -> None:
    heading, wrapped, day = formats
    sheet.freeze_panes(1, 0)
    widths = [len(name) + 3 for name in table.columns]
    last = 1
    for at, name in enumerate(table.columns):
        sheet.write_string(0, at, name, heading)
    for last, row in enumerate(table.rows, start=1):
        for at, cell in enumerate(row):
            _write(sheet, (last, at), cell, (wrapped, day))
            widths[at] = max(widths[at], len(_words(cell)) + 1)
    for at, width in enumerate(widths):
        sheet.set_column(at, at, min(WIDEST, width))
    sheet.autofilter(0, 0, last, len(widths) - 1)


def _write(
    sheet: Worksheet, place: tuple[int, int], cell: Cell, formats: tuple[Format, Format]
) -> None:
    wrapped, day = formats
    match cell:
        case None | "":
            return
        case bool():
            sheet.write_string(*place, "yes" if cell else "no", wrapped)
        case int() | float():
            sheet.write_number(*place, cell, wrapped)
        case dt.date() if not isinstance(cell, dt.datetime):
            sheet.write_datetime(*place, cell, day)
        case _:
            sheet.write_string(*place, _cut(neutral(_words(cell))), wrapped)


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else words[:LONGEST] + CUT


def _flat(cell: Cell) -> str | int | float:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell
    return neutral(_words(cell))


def _words(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case dt.datetime():
            return cell.astimezone(dt.UTC).isoformat(sep=" ", timespec="seconds")
        case dt.date():
            return cell.isoformat()
    return str(cell)


def _plain(cell: Cell) -> str | int | float | bool | None:
    return cell if cell is None or isinstance(cell, bool | int | float) else _words(cell)


def _slug(name: str) -> str:
    return name.lower().replace(" ", "_")
