"""Tables as people save them: what is sound is read to the letter, what is not is named."""

import pytest

from synthesis import tables
from synthesis.errors import InputError
from tests.synthesis.paper import (
    csv_bytes,
    jsonl_bytes,
    only_a_chart,
    opened,
    spoilt,
    two_sheets,
    xlsx_bytes,
)

GOOD = [["id", "text"], ["a", "One."], ["b", "Two."]]
EXPECTED = [(2, {"id": "a", "text": "One."}), (3, {"id": "b", "text": "Two."})]
SHEET = "xl/worksheets/sheet1.xml"


def read(content, name="file.csv", required=("id", "text")):
    return list(tables.read(opened(content), name, required=required))


def fault_of(content, name="file.csv"):
    with pytest.raises(InputError) as caught:
        read(content, name)
    assert caught.value.remedy.endswith((".", "'."))
    return caught.value


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (csv_bytes(GOOD), "file.csv"),
        (csv_bytes(GOOD, "utf-8-sig"), "file.csv"),
        (csv_bytes(GOOD), "FILE.CSV"),
        (csv_bytes(GOOD).replace(b"\r\n", b"\n"), "file.csv"),
        (csv_bytes(GOOD).replace(b"\r\n", b"\r"), "file.csv"),
        (csv_bytes(GOOD).rstrip(), "a.file.csv"),
        (xlsx_bytes(GOOD), "file.xlsx"),
        (xlsx_bytes(GOOD, sheet="Responses 2015"), "file.xlsx"),
    ],
)
def test_one_table_saved_in_several_ways_is_one_table(content, name):
    assert read(content, name) == EXPECTED


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_line_of_json_is_numbered_as_an_editor_numbers_it(mark):
    content = mark + b'{"id": 7, "text": "One."}\n\n{"text": null, "id": "b"}\n'

    assert read(content, "file.jsonl") == [
        (1, {"id": "7", "text": "One."}),
        (3, {"text": "", "id": "b"}),
    ]


def test_json_that_is_not_text_is_kept_as_json():
    ((_, cells),) = read(b'{"id": 1, "text": ["a", 1.50, true]}', "file.jsonl")

    assert cells["text"] == '["a", 1.5, true]'


def test_columns_stand_in_any_order_and_spelling():
    rows = [["Text", " ID ", "Question code", ""], ["One.", "a", "S01.1", "more"]]

    for content, name in ((csv_bytes(rows), "f.csv"), (xlsx_bytes(rows), "f.xlsx")):
        ((_, cells),) = read(content, name)
        assert cells == {"text": "One.", "id": "a", "question_code": "S01.1", "column_4": "more"}


def test_line_breaks_inside_quotes_are_kept_as_they_are():
    ((_, cells),) = read(b'id,text\r\na,"One.\r\nTwo.\nThree.\rFour ""5""."\r\n')

    assert cells["text"] == 'One.\r\nTwo.\nThree.\rFour "5".'


def test_rows_are_numbered_as_a_spreadsheet_numbers_them():
    text = b'id,text\na,"One.\nTwo."\n\n,\nb,Three.\n'

    assert [number for number, _ in read(text)] == [2, 5]


def test_blank_rows_of_a_workbook_are_passed_over_and_counted():
    rows = [["id", "text"], [None, None], ["a", "One."], [], ["b", None]]

    assert read(xlsx_bytes(rows), "f.xlsx") == [
        (3, {"id": "a", "text": "One."}),
        (5, {"id": "b", "text": ""}),
    ]


def test_the_sheet_called_responses_is_the_one_that_is_read():
    book = two_sheets([["nothing", "here"]], GOOD)

    assert read(book, "f.xlsx") == EXPECTED


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (123456789012345, "123456789012345"),
        (2015.0, "2015"),
        (1.5, "1.5"),
        (True, "True"),
        ("007", "007"),
        (" kept ", " kept "),
    ],
)
def test_a_number_in_a_workbook_reads_as_it_shows(value, text):
    ((_, cells),) = read(xlsx_bytes([["id", "text"], [value, "One."]]), "f.xlsx")

    assert cells["id"] == text


def test_a_huge_number_is_written_out_not_in_powers_of_ten():
    ((_, cells),) = read(xlsx_bytes([["id", "text"], [1e300, "One."]]), "f.xlsx")

    assert cells["id"].isdigit()
    assert len(cells["id"]) == 301


def test_a_workbook_that_lies_about_its_size_is_read_whole():
    book = xlsx_bytes(GOOD)
    lying = spoilt(book, SHEET, lambda page: page.replace(b'ref="A1:B3"', b'ref="A1"'))

    assert lying != book
    assert read(lying, "f.xlsx") == EXPECTED


def test_a_cell_beside_the_table_is_kept_under_its_place():
    rows = [["id", "text"], ["a", "One."], ["b", "Two.", None, "a note"]]

    (_, plain), (_, noted) = read(xlsx_bytes(rows), "f.xlsx")

    assert plain == {"id": "a", "text": "One."}
    assert noted["column_4"] == "a note"


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([["id", "text"], ["a", "One."], ["b", "=A2"]], "row 3, cell B3"),
        ([["=1", "text"], ["a", "One."]], "row 1, cell A1"),
        ([["id", "text"], [None, None], ["=A1&1", "One."]], "row 3, cell A3"),
    ],
)
def test_a_formula_is_refused_by_its_cell(rows, place):
    fault = fault_of(xlsx_bytes(rows), "f.xlsx")

    assert fault.place == f"f.xlsx, {place}"
    assert "formula" in fault.fault
    assert "values" in fault.remedy


def test_words_that_only_look_like_a_formula_in_a_csv_are_words():
    ((_, cells),) = read(b"id,text\na,=A1\n")

    assert cells["text"] == "=A1"


BOOK = xlsx_bytes(GOOD)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"id,text\na,One.\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        BOOK[: len(BOOK) // 2],
        spoilt(BOOK, SHEET, lambda page: page[: len(page) // 2]),
        spoilt(BOOK, SHEET, lambda _: b""),
        spoilt(BOOK, "xl/workbook.xml", lambda part: part[:60]),
        spoilt(BOOK, "[Content_Types].xml", lambda _: b"<Types/>"),
        only_a_chart(),
    ],
    ids=["empty", "text", "old xls", "cut off", "half a sheet", "no sheet", "half a book",
         "no types", "only a chart"],
)  # fmt: skip
def test_what_is_not_a_workbook_is_refused(content):
    fault = fault_of(content, "f.xlsx")

    assert fault.fault == "This is not an Excel workbook."
    assert ".csv" in fault.remedy


@pytest.mark.parametrize("name", ["file.xls", "file.ods", "file.txt", "file", "csv.", ".docx"])
def test_an_unknown_ending_is_refused_with_those_known(name):
    fault = fault_of(csv_bytes(GOOD), name)

    assert fault.place == name
    assert ".csv, .xlsx or .jsonl" in fault.remedy


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n", xlsx_bytes([])])
def test_an_empty_file_is_told_what_it_needs(content):
    name = "f.xlsx" if content.startswith(b"PK") else "f.csv"

    fault = fault_of(content, name)

    assert "empty" in fault.fault
    assert "'id', 'text'" in fault.remedy


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"id,text\n", "f.csv"),
        (b"id,text\n,\n\n", "f.csv"),
        (xlsx_bytes([["id", "text"]]), "f.xlsx"),
        (b"\n\n", "f.jsonl"),
        (b"", "f.jsonl"),
    ],
)
def test_a_header_alone_is_no_table(content, name):
    assert "no rows" in fault_of(content, name).fault


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"id;text\na;One.\n", "f.csv"),
        (b"name,answer\na,One.\n", "f.csv"),
        (xlsx_bytes([["name", "answer"], ["a", "One."]]), "f.xlsx"),
    ],
)
def test_wrong_columns_are_told_beside_those_there(content, name):
    fault = fault_of(content, name)

    assert fault.place == f"{name}, header"
    assert "'text'" in fault.fault
    assert "it has '" in fault.fault
    assert "first row" in fault.remedy


def test_a_line_of_json_without_a_column_is_named():
    fault = fault_of(b'{"id": 1, "text": "One."}\n{"id": 2}\n', "f.jsonl")

    assert fault.place.startswith("f.jsonl, line 2")
    assert "'text'" in fault.fault


@pytest.mark.parametrize("header", [b"id,text,Text", b"id,text,a b,a_b"])
def test_a_column_that_stands_twice_is_refused(header):
    assert "twice" in fault_of(header + b"\n1,2,3,4\n").fault


@pytest.mark.parametrize("row", [b"a,One, two.", b"a"])
def test_a_ragged_row_is_named_with_its_count(row):
    fault = fault_of(b"id,text\nx,y\n" + row + b"\n")

    assert fault.place == "file.csv, row 3"
    assert "the header 2" in fault.fault


@pytest.mark.parametrize("row", [b'b,"Two.\nc,Three.\n', b'b,"Two." more\n'])
def test_a_quotation_mark_that_is_not_closed_is_named_where_it_opens(row):
    fault = fault_of(b"id,text\na,One.\n" + row)

    assert fault.place == "file.csv, row 3"
    assert "quotation mark" in fault.remedy


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("id,text\na,One.\n".encode("utf-16"), 1, "UTF-16"),
        ("id,text\na,One.\n".encode("utf-16-le"), 1, "NUL"),
        ("id,text\na,naïve\n".encode("cp1252"), 2, "0xEF"),
        ("id,text\na,é\n".encode() + "b,£5\n".encode("cp1252"), 3, "0xA3"),
        (b"id,text\na,One.\nb,Two\x00.\n", 3, "NUL"),
        (b"id,text\na,\xed\xa0\x80\n", 2, "0xED"),
    ],
)
def test_another_encoding_is_named_by_its_line(content, line, words):
    for name in ("f.csv", "f.jsonl"):
        fault = fault_of(content, name)
        assert fault.place == f"{name}, line {line}"
        assert words in fault.fault
        assert "CSV UTF-8" in fault.remedy


@pytest.mark.parametrize("character", ["\x01", "\x0b", "\x1b", "\ufffe", "\uffff"])
@pytest.mark.parametrize("column", ["id", "text", "Other"])
def test_a_control_character_is_refused_in_every_column(character, column):
    rows = [["id", "text", "Other"], ["a", "One.", ""], ["b", "Two.", ""]]
    rows[2][rows[0].index(column)] = f"abc{character}d"

    fault = fault_of(csv_bytes(rows))

    assert fault.place == "file.csv, row 3"
    assert f"The {column.lower()} holds" in fault.fault
    assert f"U+{ord(character):04X}" in fault.fault
    assert "at place 4" in fault.fault
    assert "Delete" in fault.remedy


def test_half_a_character_written_in_json_is_refused():
    fault = fault_of(rb'{"id": "\ud83d", "text": "One."}', "f.jsonl")

    assert "U+D83D" in fault.fault


@pytest.mark.parametrize(
    "text",
    ["tab\tline\r\nend", "\x7f\x85\u2028", "e\u0301 \U0001f469\u200d\U0001f467", "\ufeff"],
)
def test_odd_but_lawful_characters_are_kept(text):
    ((_, cells),) = read(csv_bytes([["id", "text"], ["a", text]]))

    assert cells["text"] == text


@pytest.mark.parametrize(
    "line",
    [b"{", b"id,text", b'["a"]', b"7", b'{"id": 1 "text": 2}', b"[" * 100_000,
     b'{"id": ' + b"1" * 5_000 + b', "text": ""}', b"{}"],
    ids=["brace", "csv", "list", "number", "comma", "deep", "long number", "nothing in it"],
)  # fmt: skip
def test_a_line_that_is_no_json_object_is_named(line):
    fault = fault_of(b'{"id": 1, "text": "One."}\n' + line + b"\n", "f.jsonl")

    assert fault.place.startswith("f.jsonl, line 2")


def test_rows_come_one_by_one_and_those_before_a_fault_are_read():
    rows = tables.read(opened(b"id,text\na,One.\nb\n"), "f.csv", required=("id",))

    assert next(rows)[1]["id"] == "a"
    with pytest.raises(InputError):
        next(rows)


def test_a_long_cell_reaches_the_caller():
    text = "word " * 200_000

    ((_, cells),) = read(csv_bytes([["id", "text"], ["a", text]]))

    assert cells["text"] == text


def test_records_and_rows_of_one_table_read_alike():
    records = [dict(zip(GOOD[0], row, strict=True)) for row in GOOD[1:]]

    as_json = [cells for _, cells in read(jsonl_bytes(records), "f.jsonl")]

    assert as_json == [cells for _, cells in EXPECTED]


def test_a_whole_text_is_read_with_or_without_its_mark():
    assert tables.read_text(opened(b"\xef\xbb\xbfa\r\nb"), "f.toml") == "a\r\nb"
    with pytest.raises(InputError, match=r"f\.toml, line 2"):
        tables.read_text(opened(b"a\n\xff"), "f.toml")
