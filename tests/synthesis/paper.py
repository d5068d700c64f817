"""Ways to put a table on paper: the bytes of a csv, jsonl or xlsx file, sound or spoilt."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import openpyxl

Rows = Sequence[Sequence[object]]


def csv_bytes(rows: Rows, encoding: str = "utf-8") -> bytes:
    """Return rows as comma-separated values."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def jsonl_bytes(records: Iterable[Mapping[str, object]]) -> bytes:
    """Return records as JSON, one a line."""
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def xlsx_bytes(rows: Rows, sheet: str = "Sheet") -> bytes:
    """Return rows as the only sheet of a workbook."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    return _saved(book)


def two_sheets(first: Rows, responses: Rows) -> bytes:
    """Return a workbook whose second sheet is called 'responses'."""
    book = openpyxl.Workbook()
    for title, rows in (("notes", first), ("responses", responses)):
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
    del book["Sheet"]
    return _saved(book)


def only_a_chart() -> bytes:
    """Return a workbook with a chart and no cells."""
    book = openpyxl.Workbook()
    book.create_chartsheet("chart")
    del book["Sheet"]
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def spoilt(book: bytes, part: str, spoil: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one of its parts changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(stream, "w") as new:
        assert part in old.namelist()
        for name in old.namelist():
            new.writestr(name, spoil(old.read(name)) if name == part else old.read(name))
    return stream.getvalue()


def rows_of(path: Path) -> list[list[str]]:
    """Return the rows of a csv file, the header first."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, strict=True))


def opened(content: bytes) -> BinaryIO:
    """Return bytes as a file open to be read."""
    return io.BytesIO(content)
