"""Responses: one a row, with what is known of it, and a plain word on every row that is faulty."""

import pytest

from synthesis import responses
from synthesis.errors import InputError
from tests.synthesis.paper import csv_bytes, jsonl_bytes, opened, xlsx_bytes


def read(content, name="file.csv"):
    return list(responses.read(opened(content), name))


def one(**cells):
    (response,) = read(csv_bytes([list(cells), list(cells.values())]))
    return response


def fault_of(*rows, header=("id", "text")):
    with pytest.raises(InputError) as caught:
        read(csv_bytes([header, *rows]))
    assert caught.value.remedy
    return caught.value


def test_only_an_id_and_a_text_are_needed():
    response = one(id="a", text="One.")

    assert (response.id, response.text) == ("a", "One.")
    assert response.authority == response.question_code == response.question == ""
    assert response.use_level == "named"
    assert dict(response.attributes) == {}


def test_what_is_known_goes_to_its_place_and_the_rest_is_kept():
    response = one(
        Team="North",
        question=" How? ",
        text=" One. ",
        question_code="S01.2 ",
        Source="Interview",
        authority=" Alderwick",
        id=" a ",
    )

    assert response.id == "a"
    assert response.text == " One. "
    assert response.authority == "Alderwick"
    assert response.source == "interview"
    assert (response.question_code, response.question) == ("S01.2", "How?")
    assert dict(response.attributes) == {"team": "North"}


@pytest.mark.parametrize(("code", "source"), [("S01.2", "questionnaire"), ("", "document")])
def test_a_source_that_is_not_told_is_read_off_the_question(code, source):
    assert one(id="a", text="One.", question_code=code).source == source


def test_offsets_into_a_text_with_line_breaks_are_exact():
    text = "One.\r\n\r\n– Two\nThree.\r\n"
    response = one(id="a", text=text)

    assert response.text == text
    assert response.text.index("Three") == text.index("Three")


@pytest.mark.parametrize(
    ("source", "verbatim", "expected"),
    [
        ("", "", True),
        ("interview", "", False),
        ("Interview", "", False),
        ("interview", "Yes", True),
        ("interview", "TRUE", True),
        ("questionnaire", "no", False),
        ("questionnaire", "0", False),
        ("document", "", True),
    ],
)
def test_a_note_is_a_paraphrase_unless_it_says_otherwise(source, verbatim, expected):
    assert one(id="a", text="One.", source=source, verbatim=verbatim).verbatim is expected


@pytest.mark.parametrize(
    ("source", "confirmed", "expected"),
    [
        ("interview", "", None),
        ("interview", "Yes", True),
        ("interview", "no", False),
        ("questionnaire", "yes", None),
        ("", "no", None),
    ],
)
def test_only_what_was_said_in_an_interview_is_confirmed_or_not(source, confirmed, expected):
    found = one(id="a", text="One.", source=source, confirmed=confirmed)

    assert found.confirmed is expected
    assert found.attributes == {}


@pytest.mark.parametrize(
    ("written", "level"),
    [("", "named"), ("Unnamed", "unnamed"), (" withheld ", "withheld"), ("NAMED", "named")],
)
def test_use_levels_are_read(written, level):
    assert one(id="a", text="One.", use_level=written).use_level == level


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("use_level", "secret", "named, unnamed, withheld"),
        ("verbatim", "perhaps", "yes or no"),
        ("confirmed", "perhaps", "yes or no"),
    ],
)
def test_a_word_that_is_not_known_is_refused_with_those_known(column, value, words):
    fault = fault_of(("a", "One.", ""), ("b", "Two.", value), header=("id", "text", column))

    assert fault.place == "file.csv, row 3"
    assert value in fault.fault
    assert words in fault.remedy


@pytest.mark.parametrize("identifier", ["", "  "])
def test_an_empty_id_is_refused(identifier):
    fault = fault_of(("a", "One."), (identifier, "Two."))

    assert fault.place == "file.csv, row 3"
    assert "id is empty" in fault.fault


@pytest.mark.parametrize("again", ["a", " a "])
def test_an_id_that_stands_twice_is_refused_by_its_row(again):
    fault = fault_of(("a", "One."), ("b", "Two."), (again, "Three."))

    assert fault.place == "file.csv, row 4"
    assert "'a'" in fault.fault


def test_ids_that_differ_in_case_are_two():
    assert len(read(b"id,text\na,One.\nA,Two.\n")) == 2


def test_numbers_in_a_workbook_that_are_one_id_are_refused():
    book = xlsx_bytes([["id", "text"], [12, "One."], [12.0, "Two."]])

    with pytest.raises(InputError, match="row 3"):
        read(book, "f.xlsx")


def test_an_empty_text_is_a_response():
    assert one(id="a", text="").text == ""


@pytest.mark.parametrize("count", [20_001, 200_000])
def test_a_cell_of_too_many_words_is_refused(count):
    fault = fault_of(("a", "word " * count))

    assert fault.place == "file.csv, row 2"
    assert f"{count:,} words" in fault.fault
    assert "Split" in fault.remedy


def test_a_cell_of_just_as_many_words_as_may_be_is_read():
    assert len(one(id="a", text="word " * responses.MAX_WORDS).text.split()) == 20_000


def test_a_text_too_long_for_other_reasons_is_refused():
    fault = fault_of(("a", f"{'x' * 1_900} " * 120))

    assert "characters" in fault.fault


@pytest.mark.parametrize("junk", ["iVBORw0KGgo" * 200, "=" * 20_000, "x" * 2_001])
def test_what_is_one_endless_word_is_no_answer(junk):
    fault = fault_of(("a", f"See {junk} here"))

    assert "without a space" in fault.fault
    assert "picture" in fault.remedy


def test_a_control_character_names_row_and_place():
    fault = fault_of(("a", "One."), ("b", "Tw\x07o."))

    assert fault.place == "file.csv, row 3"
    assert "U+0007" in fault.fault
    assert "place 3" in fault.fault


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (csv_bytes([["id", "text"], ["1", "One."], ["2", "Two."]], "utf-8-sig"), "f.csv"),
        (xlsx_bytes([["text", "id"], ["One.", 1], [None, None], ["Two.", 2]]), "f.xlsx"),
        (jsonl_bytes([{"id": 1, "text": "One."}, {"text": "Two.", "id": "2"}]), "f.jsonl"),
    ],
)
def test_the_same_responses_come_from_each_kind_of_file(content, name):
    assert [(response.id, response.text) for response in read(content, name)] == [
        ("1", "One."),
        ("2", "Two."),
    ]


def test_responses_come_with_their_rows_when_asked():
    rows = responses.numbered(opened(b"id,text\na,One.\n\n\nb,Two.\n"), "f.csv")

    assert [(row, response.id) for row, response in rows] == [(2, "a"), (5, "b")]


def test_responses_stream():
    stream = opened(csv_bytes([["id", "text"], *([str(n), "One."] for n in range(50_000))]))
    rows = responses.read(stream, "f.csv")

    next(rows)

    assert stream.tell() < len(stream.getvalue()) / 2


def test_an_unknown_source_is_refused_so_that_no_paraphrase_is_printed_as_a_quotation():
    with pytest.raises(InputError, match="questionnaire, interview, document"):
        one(id="a", text="One.", source="Interview notes")
