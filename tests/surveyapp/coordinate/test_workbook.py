"""Files to take away: readable by what reads such files, and harmless in a spreadsheet."""

import csv
import datetime as dt
import io
import json
import zipfile

import openpyxl
import pytest

from surveyapp import workbook
from surveyapp.tables import Cell, Table, with_dictionary

DANGEROUS = [
    "=1+1",
    "+44 20 7946 0000",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =cmd|' /C calc'!A0",
    "\u00a0=1+1",
    "＝1+1",
]
YES, NO = True, False
HARMLESS = ["", "1=1", "A-2", "it's", "'quoted'", "e-mail@tarn.example", "🙂 =", "مرحبا"]


def table(*cells: Cell) -> tuple[Table, ...]:
    columns = {f"column_{at}": "Something." for at in range(len(cells))}
    return with_dictionary([Table("Answers", "An answer.", columns, (cells,))])


def sheet(*cells: Cell) -> list[object]:
    book = openpyxl.load_workbook(
        io.BytesIO(workbook.in_memory(workbook.write_xlsx, table(*cells)))
    )
    assert book.sheetnames == ["Answers", "Data dictionary"]
    assert {cell.data_type for row in book["Answers"].iter_rows() for cell in row} <= {
        "s",
        "n",
        "d",
    }
    return [cell.value for cell in book["Answers"][2]]


def text(*cells: Cell) -> list[str]:
    with zipfile.ZipFile(
        io.BytesIO(workbook.in_memory(workbook.write_csv, table(*cells)))
    ) as archive:
        assert archive.namelist() == ["answers.csv", "data_dictionary.csv"]
        words = archive.read("answers.csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(words, newline="")))[1]


@pytest.mark.parametrize("words", DANGEROUS)
def test_what_would_run_gets_an_apostrophe(words: str) -> None:
    assert text(words) == [f"'{words}"]
    (cell,) = sheet(words)
    assert str(cell).startswith("'")


@pytest.mark.parametrize("words", HARMLESS)
def test_other_words_stay_as_they_are(words: str) -> None:
    assert text(words) == [words]
    assert sheet(words) == [words or None]


def test_numbers_and_dates_keep_their_kind() -> None:
    day = dt.date(2015, 7, 3)

    assert sheet(-3, 1.5, YES, None, day) == [-3, 1.5, "yes", None, dt.datetime(2015, 7, 3)]  # noqa: DTZ001 - what openpyxl returns
    assert text(-3, 1.5, NO, None, day) == ["-3", "1.5", "no", "", "2015-07-03"]


def test_json_holds_the_words_as_they_are() -> None:
    found = json.loads(workbook.in_memory(workbook.write_json, table("=1+1", -3, None, YES)))

    assert found["answers"] == [
        {"column_0": "=1+1", "column_1": -3, "column_2": None, "column_3": True}
    ]
    assert found["data_dictionary"][0]["meaning"] == "Something."


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    words = "a" * 40_000

    (cell,) = sheet(words)

    assert str(cell).endswith(workbook.CUT)
    assert len(str(cell)) <= 32_767
    assert text(words) == [words]


def test_control_characters_do_not_spoil_the_workbook() -> None:
    assert sheet("a\x0bb\x00c") != [None]
