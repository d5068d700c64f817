"""Tables of text as people save them: csv, xlsx and jsonl, read row by row with clear errors."""

import csv
import io
import json
import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, TextIO
from zipfile import BadZipFile

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell

from synthesis.errors import InputError

Row = tuple[int, dict[str, str]]
csv.field_size_limit(sys.maxsize)  # a long cell gets our own message, not the parser's
BROKEN_BOOK = (
    AttributeError,
    BadZipFile,
    EOFError,
    IndexError,
    KeyError,
    OSError,
    SyntaxError,  # the XML parsers' own errors are of this kind
    TypeError,
    ValueError,
    zlib.error,
)
"""What openpyxl raises for a file that only looks like a workbook."""
CONTROL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that XML, and so Word, cannot hold."""
UTF8 = "Open it in the program it came from and save it again as 'CSV UTF-8'."


def read(stream: BinaryIO, name: str, *, required: Sequence[str]) -> Iterator[Row]:
    """Yield each row's number, as a spreadsheet counts it, and its cells by column name.

    Column names are folded to lower case, with spaces as underscores. `stream` must be seekable.
    """
    readers = {"csv": _csv, "xlsx": _xlsx, "jsonl": _jsonl}
    ending = name.rpartition(".")[2].lower()
    if ending not in readers:
        raise InputError(
            name, "This kind of file is not read.", "Save it as .csv, .xlsx or .jsonl."
        )
    empty = True
    for number, cells in readers[ending](stream, name, required):
        empty = False
        for column, value in cells.items():
            _check_characters(value, column, f"{name}, row {number}")
        yield number, cells
    if empty:
        raise InputError(name, "The file holds no rows.", "Add at least one row below the header.")


def _check_characters(value: str, column: str, place: str) -> None:
    """Refuse words that no page and no Word file could hold."""
    found = CONTROL.search(value)
    if found:
        raise InputError(
            place,
            f"The {column} holds a control character (U+{ord(found.group()):04X}) "
            f"at place {found.start() + 1}.",
            "Delete it; it is not visible, so retype the words around it.",
        )


def _csv(stream: BinaryIO, name: str, required: Sequence[str]) -> Iterator[Row]:
    """Read comma-separated values, UTF-8 with or without a byte order mark."""
    check_encoding(stream, name)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        yield from _rows(text, name, required)
    finally:
        if not stream.closed:
            text.detach()  # or it would close the caller's file


def _rows(text: TextIO, name: str, required: Sequence[str]) -> Iterator[Row]:
    """Read the rows of comma-separated values."""
    rows = _numbered(csv.reader(text, strict=True), name)
    _, header = next(rows, (1, []))
    columns = _columns(header, name, required)
    for number, cells in rows:
        if not any(cells):
            continue
        if len(cells) != len(columns):
            raise InputError(
                f"{name}, row {number}",
                f"The row has {len(cells)} cells and the header {len(columns)}.",
                "Put quotation marks round a text that holds commas.",
            )
        yield number, dict(zip(columns, cells, strict=True))


def _numbered(rows: Iterator[list[str]], name: str) -> Iterator[tuple[int, list[str]]]:
    """Count the rows from 1, and say which one breaks off."""
    number = 0
    try:
        for number, cells in enumerate(rows, start=1):
            yield number, cells
    except csv.Error as error:
        raise InputError(
            f"{name}, row {number + 1}",
            f"The row cannot be read ({error}).",
            "Check for a quotation mark that is not closed.",
        ) from error


def read_text(stream: BinaryIO, name: str) -> str:
    """Read a whole text, UTF-8 with or without a byte order mark."""
    check_encoding(stream, name)
    return stream.read().decode("utf-8-sig")


def check_encoding(stream: BinaryIO, name: str) -> None:
    """Refuse a file that is not UTF-8 from end to end, naming the line; go back to the start."""
    for number, line in enumerate(stream, start=1):
        fault = _encoding_fault(line)
        if fault:
            raise InputError(f"{name}, line {number}", fault, UTF8)
    stream.seek(0)


def _encoding_fault(line: bytes) -> str:
    """Say why a line cannot be read, or nothing."""
    if line.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "The file is UTF-16, not UTF-8."
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"The byte 0x{line[error.start]:02X} is not UTF-8: another encoding, or a mixture."
    return "" if b"\x00" not in line else "The line holds a NUL character."


def _xlsx(stream: BinaryIO, name: str, required: Sequence[str]) -> Iterator[Row]:
    """Read the sheet called 'responses', or else the first one."""
    rows = enumerate(_sheet(stream, name), start=1)
    _, header = next(rows, (0, ()))
    columns = _columns([_cell(cell, f"{name}, row 1") for cell in header], name, required)
    for number, cells in rows:
        values = [_cell(cell, f"{name}, row {number}") for cell in cells]
        values += [""] * (len(columns) - len(values))
        if any(values):
            unnamed = (f"column_{place}" for place in range(len(columns) + 1, len(values) + 1))
            yield number, dict(zip([*columns, *unnamed], values, strict=True))


def _sheet(stream: BinaryIO, name: str) -> Iterator[tuple[Cell | MergedCell, ...]]:
    """Yield a workbook's rows of cells; InputError where it breaks off."""
    try:
        book = openpyxl.load_workbook(stream, read_only=True)
        sheet = book["responses"] if "responses" in book.sheetnames else book.worksheets[0]
        sheet.reset_dimensions()  # some programs write a size that is not so
        yield from sheet.iter_rows()
    except BROKEN_BOOK as error:
        raise InputError(
            name, "This is not an Excel workbook.", "Save it again as .xlsx, or as .csv."
        ) from error


def _cell(cell: Cell | MergedCell, place: str) -> str:
    """Read a cell as text; a formula is refused, because what it shows is not stored reliably."""
    if cell.data_type == "f":
        raise InputError(
            f"{place}, cell {cell.coordinate}",
            "The cell holds a formula.",
            "Copy the column and paste it back as values.",
        )
    value: Any = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def _jsonl(stream: BinaryIO, name: str, required: Sequence[str]) -> Iterator[Row]:
    """Read one JSON object a line."""
    check_encoding(stream, name)
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        place = f"{name}, line {number}"
        try:
            record = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            why = getattr(error, "msg", "a value is too large, or nested too deep")
            fault = f"This is not JSON: {why}."
            raise InputError(place, fault, "Write one object a line.") from error
        if not isinstance(record, dict):
            raise InputError(place, "This is not a JSON object.", "Write one object a line.")
        columns = _columns(list(record), place, required)
        yield number, dict(zip(columns, map(_plain, record.values()), strict=True))


def _plain(value: object) -> str:
    """Read a JSON value as text."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _columns(header: Iterable[str], name: str, required: Sequence[str]) -> list[str]:
    """Fold the column names and check that those needed are there, once each."""
    columns = [_fold(column) or f"column_{place}" for place, column in enumerate(header, start=1)]
    if not any(_fold(column) for column in header):
        raise InputError(name, "The file is empty.", f"It needs the columns {_list(required)}.")
    missing = [column for column in required if column not in columns]
    if missing:
        raise InputError(
            f"{name}, header",
            f"There is no column {_list(missing)}; it has {_list(columns)}.",
            f"Name the columns {_list(required)} in the first row.",
        )
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise InputError(
            f"{name}, header", f"The column {_list(twice)} stands twice.", "Rename or delete one."
        )
    return columns


def _fold(column: str) -> str:
    return column.strip().lower().replace(" ", "_")


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
