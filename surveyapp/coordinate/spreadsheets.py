"""A spreadsheet somebody sends, read as rows of text: CSV or Excel, within limits."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from surveyapp.errors import SurveyError

LARGEST: Final = 1_000_000
UNPACKED: Final = 20_000_000
"""Bytes: what an Excel file, which is an archive, may grow to when it is opened."""
MOST_ROWS: Final = 2_000
MOST_COLUMNS: Final = 40
LONGEST: Final = 500


class SpreadsheetError(SurveyError):
    """A file that cannot be read as a table of rows."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first sheet of a file: its column names, and its rows by line."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def as_text(content: bytes) -> str:
    """Return the first sheet of a file as CSV text, or raise SpreadsheetError."""
    if len(content) > LARGEST:
        raise SpreadsheetError("The file is larger than 1 MB. Send only the rows you need.")
    if content.startswith(b"PK"):
        return _written(_excel(content))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise SpreadsheetError("This is an old Excel file. Save it as .xlsx or .csv.")
    if b"\x00" in content:
        raise SpreadsheetError("The file is not a spreadsheet. Save it as .xlsx or .csv.")
    return _decoded(content)


def parse(text: str) -> Sheet:
    """Return CSV text as rows by column name, or raise SpreadsheetError."""
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        lines = [
            (reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)
        ]
    except csv.Error as error:
        raise SpreadsheetError(f"The file cannot be read: {error}.") from error
    if len(lines) < 2:
        raise SpreadsheetError("The file has no rows under its column names.")
    if len(lines) > MOST_ROWS + 1:
        raise SpreadsheetError(f"The file has more than {MOST_ROWS:,} rows. Send it in parts.")
    columns = tuple(_column(cell) for cell in lines[0][1])
    return Sheet(columns, tuple((at, _row(columns, cells)) for at, cells in lines[1:]))


def _row(columns: Iterable[str], cells: list[str]) -> dict[str, str]:
    return {
        column: " ".join(cell.split())[:LONGEST]
        for column, cell in zip(columns, cells, strict=False)
        if column
    }


def _column(cell: str) -> str:
    return "_".join(cell.casefold().replace("-", "").split())


def _decoded(content: bytes) -> str:
    """Read text as UTF-8, or as Excel on Windows saves it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _excel(content: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size > UNPACKED:
            raise SpreadsheetError("The file is too large when it is unpacked.")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return list(_cells(book))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise SpreadsheetError("The file cannot be opened as an Excel workbook.") from error


def _cells(book: openpyxl.Workbook) -> Iterator[list[str]]:
    sheet = book.worksheets[0]
    # One row more than may be sent, so that the reader sees that there are too many.
    rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
    for row in rows:
        yield [_cell(value) for value in row]


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case dt.datetime():
            return value.date().isoformat()
        case float() if value.is_integer():
            return str(int(value))
    return str(value)


def _written(rows: Iterable[list[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()
