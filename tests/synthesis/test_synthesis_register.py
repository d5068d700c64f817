"""The register names every authority; a response from anywhere else is told the nearest."""

import pytest

from synthesis import register
from synthesis.errors import InputError
from synthesis.material import Authority, Response
from tests.synthesis.paper import csv_bytes, opened

HEADER = ["code", "name", "official_name", "type", "aliases", "places", "brands"]
ROWS = [
    HEADER,
    ["X1", "Alderwick", "Alderwick Borough Council", "Unitary", "ABC; Wick", "Mossgate;", ""],
    ["X2", "Tarn and Vale", "", "County", "", "", "Brightpath ; Lantern"],
]


def read(rows=ROWS):
    return register.read(opened(csv_bytes(rows)), "authorities.csv")


def enrolled(*names, roll=None):
    rows = [(row, Response(f"r{row}", "One.", name)) for row, name in enumerate(names, start=2)]
    done = register.enrol(rows, read() if roll is None else roll, "answers.csv")
    return [response.authority for response in done]


def fault_of(*names, roll=None):
    with pytest.raises(InputError) as caught:
        enrolled(*names, roll=roll)
    return caught.value


def test_an_authority_is_read_with_every_word_that_would_name_it():
    first, second = read()

    assert first == Authority(
        "X1",
        "Alderwick",
        "Unitary",
        aliases=("Alderwick Borough Council", "ABC", "Wick"),
        places=("Mossgate",),
    )
    assert second.brands == ("Brightpath", "Lantern")


def test_code_and_name_are_enough():
    assert read([["name", "code"], ["Alderwick", "X1"]]) == (Authority("X1", "Alderwick"),)


def test_of_an_authority_that_stands_twice_the_last_row_holds():
    (only,) = read([["code", "name", "type"], ["X1", "Tarn", "District"], ["X9", "Tarn", "County"]])

    assert (only.code, only.type) == ("X9", "County")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Alderwick", "X1"),
        ("  alderwick ", "X1"),
        ("ALDERWICK  BOROUGH COUNCIL", "X1"),
        ("abc", "X1"),
        ("x1", "X1"),
        ("Tarn & Vale", "X2"),
        ("Tarn  and Vale", "X2"),
    ],
)
def test_an_authority_is_known_by_code_name_and_alias(written, code):
    assert enrolled(written) == [code]


def test_an_unknown_authority_names_the_row_and_the_nearest_name():
    fault = fault_of("Alderwick", "Aldrwick")

    assert fault.place == "answers.csv, row 3 (id r3)"
    assert "'Aldrwick' is not in the register" in fault.fault
    assert "Did you mean Alderwick?" in fault.remedy


def test_an_authority_like_none_gets_no_guess():
    fault = fault_of("Zzyzx")

    assert "Did you mean" not in fault.remedy
    assert "--authorities" in fault.remedy


def test_a_response_of_no_authority_is_refused():
    fault = fault_of("Alderwick", "")

    assert "row 3" in fault.place
    assert "'authority'" in fault.remedy


def test_nobody_is_known_to_an_empty_register():
    assert "not in the register" in fault_of("Alderwick", roll=()).fault


def test_a_register_without_codes_is_refused():
    with pytest.raises(InputError, match="'code'"):
        read([["name"], ["Alderwick"]])


def test_the_rows_of_the_file_are_named_not_counted_again():
    rows = [(9, Response("r", "One.", "Nowhere"))]

    with pytest.raises(InputError, match="row 9"):
        list(register.enrol(rows, read(), "answers.csv"))
