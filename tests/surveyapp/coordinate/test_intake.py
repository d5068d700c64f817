"""A spreadsheet of contacts is checked row by row, and every refusal says why."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from surveyapp.coordinate import intake, spreadsheets
from surveyapp.coordinate.intake import Contact, Known
from surveyapp.coordinate.spreadsheets import SpreadsheetError

ANN = Contact(
    "X06000001", "Ann Alder", "ann@alder.example", "Head of early help", is_coordinator=True
)
KNOWN = Known(
    authorities={"X06000001": "Alder", "X06000002": "Birch"},
    asked=frozenset({"X06000001"}),
    staff=frozenset({"kay@trees.example"}),
    contacts={("X06000001", "ann@alder.example"): ANN},
    names={"ann@alder.example": "Ann Alder"},
    aliases={"Ash and Alder": "X06000001"},
    gone={"Oak": "Oak ended on 31 March 2009. Its successor is Birch."},
)
HEADER = "authority,name,email,job_title,coordinator"

ROWS = [
    ("Alder,Bo,bo@alder.example,,", "add", "Bo is added at Alder."),
    ("x06000001,Bo,BO@alder.example,,no", "add", "Bo is added at Alder."),
    (
        "Birch,Bo,bo@birch.example,,yes",
        "add",
        "Birch is brought into the survey. Bo is added at Birch. Bo coordinates.",
    ),
    ("Alder,Ann Alder,ann@alder.example,,yes", "same", "Nothing changes."),
    (
        "Alder,Ann Ash,ann@alder.example,Director,yes",
        "change",
        "The name Ann Alder becomes Ann Ash. The job title Head of early help becomes Director.",
    ),
    ("Alder,Ann Alder,ann@alder.example,,no", "change", "Ann Alder no longer coordinates."),
    (
        "Alder,Bo,bo@alder.example,,yes",
        "add",
        "Bo is added at Alder. Bo coordinates instead of Ann Alder.",
    ),
    (",Bo,bo@alder.example,,", "refuse", "The authority is missing."),
    ("Ash & Alder,Bo,bo@alder.example,,", "add", "Bo is added at Alder."),
    (
        "oak,Bo,bo@oak.example,,",
        "refuse",
        "Oak ended on 31 March 2009. Its successor is Birch.",
    ),
    (
        "Aldr,Bo,bo@alder.example,,",
        "refuse",
        "“Aldr” is not an authority in the register. Did you mean “Alder”?",
    ),
    ("Alder,,bo@alder.example,,", "refuse", "The name is missing."),
    ("Alder,Bo,,,", "refuse", "The e-mail address is missing."),
    ("Alder,Bo,bo at alder,,", "refuse", "“bo at alder” is not an e-mail address."),
    ("Alder,Bo,bo@alder,,", "refuse", "“bo@alder” is not an e-mail address."),
    (
        "Alder,Kay,kay@trees.example,,",
        "refuse",
        "kay@trees.example belongs to a member of staff, who cannot complete a return.",
    ),
    ("Alder,Bo,bo@alder.example,,maybe", "refuse", "“maybe” is neither yes nor no."),
    ("Alder,,bo@,,", "refuse", "The name is missing. “bo@” is not an e-mail address."),
]


def check(*rows: str, header: str = HEADER) -> intake.Check:
    return intake.check(spreadsheets.parse("\r\n".join([header, *rows])), KNOWN)


@pytest.mark.parametrize(("row", "verdict", "words"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_is_judged(row: str, verdict: str, words: str) -> None:
    (checked,) = check(row).rows

    assert (checked.verdict, checked.words) == (verdict, words)


def test_only_what_was_not_refused_is_written() -> None:
    found = check(
        "Alder,Bo,bo@alder.example,,", "Alder,,x,,", "Alder,Ann Alder,ann@alder.example,,yes"
    )

    assert [one.email for one in found.contacts] == ["bo@alder.example"]
    assert (found.count("add"), found.count("same"), found.count("refuse")) == (1, 1, 1)


def test_whom_the_rows_bring_in_is_summed_up() -> None:
    found = check(
        "Birch,Bo,bo@birch.example,,", "Birch,Di,di@birch.example,,", "Alder,Bo,b@a.example,,"
    )

    assert found.brought_in == ("Birch",)


def test_rows_that_contradict_each_other_are_refused() -> None:
    found = check(
        "Birch,Bo,bo@birch.example,,yes",
        "Birch,Bo,bo@birch.example,,",
        "Birch,Di,di@birch.example,,yes",
    )

    assert [row.verdict for row in found.rows] == ["add", "refuse", "refuse"]
    assert found.rows[1].words == "This person is on line 2 already."
    assert found.rows[2].words == "Line 2 names another coordinator for this authority."


def test_lines_are_those_of_the_file() -> None:
    found = check("", ",,,,", "Alder,Bo,bo@alder.example,,")

    assert [row.line for row in found.rows] == [4]


def test_columns_that_are_not_used_are_named() -> None:
    found = check("Alder,Bo,bo@alder.example,07700", header="Authority,Name,E-mail,Telephone")

    assert found.unused == ("telephone",)
    assert found.rows[0].verdict == "add"


def test_a_column_left_out_changes_nothing() -> None:
    found = check("Alder,Ann Alder,ann@alder.example", header="authority,name,email")

    assert found.rows[0].verdict == "same"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name,email\r\nBo,bo@alder.example", "Missing: authority"),
        ("authority,name,email\r\n", "no rows"),
        ("", "no rows"),
        ('authority,name,email\r\n"Alder', "cannot be read"),
        ("authority,name,email\r\n" + "Alder,Bo,bo@alder.example\r\n" * 2001, "more than 2,000"),
    ],
)
def test_a_table_that_is_none_is_refused_whole(text: str, words: str) -> None:
    with pytest.raises(SpreadsheetError, match=words):
        intake.check(spreadsheets.parse(text), KNOWN)


def excel(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_excel_and_csv_read_alike() -> None:
    content = excel(("authority", "name", "email"), ("Alder", "Zoë", "zoe@alder.example"))

    for given in (content, "authority,name,email\r\nAlder,Zoë,zoe@alder.example".encode("cp1252")):
        rows = spreadsheets.parse(spreadsheets.as_text(given)).rows
        assert rows == ((2, {"authority": "Alder", "name": "Zoë", "email": "zoe@alder.example"}),)


def test_numbers_and_dates_of_excel_are_text() -> None:
    content = excel(("a", "b", "c"), (3.0, dt.datetime(2015, 7, 3, tzinfo=None), None))  # noqa: DTZ001 - Excel has no zones

    assert spreadsheets.as_text(content).splitlines()[1].rstrip(",") == "3,2015-07-03"


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 not really", "cannot be opened"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file"),
        (b"%PDF\x00\x01", "not a spreadsheet"),
        (b"a" * 1_000_001, "larger than 1 MB"),
        (bomb(), "too large when it is unpacked"),
    ],
    ids=["archive", "old", "binary", "large", "explodes"],
)
def test_other_files_are_refused(content: bytes, words: str) -> None:
    with pytest.raises(SpreadsheetError, match=words):
        spreadsheets.as_text(content)
