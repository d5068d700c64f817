"""The register: authorities with their dates and names, and what may not stand in it."""

import datetime as dt

import pytest

from surveyapp.definitions import register
from surveyapp.definitions.faults import DefinitionError

HEADER = "code,name,official_name,type,valid_from,valid_to,successor,aliases,places,brands\n"
TARN = "X06000001,Tarnside,Tarnside Borough Council,Unitary,1998-04-01,,,TBC; Tarn,Tarnham,\n"
GILL = "X06000002,Gillmoor,Gillmoor Council,County,1974-04-01,2019-03-31,X06000003,,,\n"
NEW = "X06000003,North Gillmoor,North Gillmoor Council,Unitary,2019-04-01,,,,,\n"


def faults(rows):
    return [
        (fault.item, fault.fault) for fault in register.understand(HEADER + rows, "register.csv")[1]
    ]


def test_authorities_are_read():
    tarn, gill, new = register.parse((HEADER + TARN + GILL + NEW).encode("utf-8-sig"))

    assert tarn.valid_from == dt.date(1998, 4, 1)
    assert tarn.aliases == ("TBC", "Tarn")
    assert (gill.valid_to, gill.successor) == (dt.date(2019, 3, 31), "X06000003")
    assert (new.valid_to, new.brands) == (None, ())


def test_columns_may_stand_in_any_order():
    order = list(reversed(register.COLUMNS))
    row = {"code": "X06000001", "name": "Tarnside", "valid_from": "1998-04-01"}
    text = ",".join(order) + "\n" + ",".join(row.get(column, "") for column in order) + "\n"

    assert register.parse(text)[0].name == "Tarnside"


@pytest.mark.parametrize(
    ("rows", "line", "words"),
    [
        (TARN + TARN.replace("Tarn", "Fell"), "line 2", "X06000001 is on 2 rows"),
        (TARN.replace("X06000001", "Tarn 1"), "line 2", "is not an authority's code"),
        (TARN.replace("Tarnside,", ",", 1), "line 2", "The name is missing"),
        (TARN.replace("Tarnham", "Tarn\x00ham"), "line 2", "that nobody can see"),
        (TARN.replace("1998-04-01", ""), "line 2", "`valid_from` is missing"),
        (TARN.replace("1998-04-01", "1/4/1998"), "line 2", "“1/4/1998”, which is not a date"),
        (GILL.replace("2019-03-31", "2019-02-30") + NEW, "line 2", "`valid_to` is “2019-02-30”"),
        (GILL.replace("2019-03-31", "1974-04-01") + NEW, "line 2", "ends (1974-04-01) before"),
        (GILL, "line 2", "successor X06000003 is not in the register"),
        (NEW.replace("2019-04-01,,", "2019-04-01,,X06000003"), "line 2", "succeeds itself"),
        (
            TARN + TARN.replace("X06000001", "X06000009").replace(",TBC; Tarn,", ",,"),
            "line 3",
            "also a name of Tarnside (line 2) at the same time",
        ),
        (
            TARN + NEW.replace("North Gillmoor,", "tbc,", 1),
            "line 3",
            "“tbc” is also a name of Tarnside",
        ),
    ],
)
def test_a_row_that_cannot_be_is_named_by_its_line(rows, line, words):
    found = faults(rows)

    assert any(item == line and words in fault for item, fault in found), found


def test_a_name_may_pass_from_one_authority_to_its_successor():
    heir = NEW.replace("North Gillmoor", "Gillmoor")

    assert faults(GILL + heir) == []
    assert faults(GILL + heir.replace("2019-04-01", "2019-03-31")) == []
    assert faults(GILL + heir.replace("2019-04-01", "2018-04-01")) != []


def test_a_successor_that_is_only_a_name_is_taken_as_it_is():
    (gill,) = register.parse(HEADER + GILL.replace("X06000003", "East Gillmoor and West Gillmoor"))

    assert gill.successor == "East Gillmoor and West Gillmoor"


def test_all_that_is_wrong_is_said_at_once():
    rows = TARN.replace("1998-04-01", "soon") + GILL.replace("X06000002", "G")

    assert [item for item, _ in faults(rows)] == ["line 2", "line 3", "line 3"]
    with pytest.raises(DefinitionError) as caught:
        register.parse(HEADER + rows)
    assert len(caught.value.faults) == 3


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", "line 1", "`places` and `brands` are missing"),
        (HEADER.replace("aliases,", ""), "line 1", "`aliases` is missing"),
        (HEADER.replace("aliases", "alaises"), "line 1", "“alaises” is not a column"),
        (HEADER.replace("places", "aliases"), "line 1", "`aliases` is there twice"),
        (HEADER + TARN.replace("Tarnham", "Tarnham, Upper Tarn"), "line 2", "more or fewer cells"),
        (HEADER + 'X06000001,"Tarnside', "line 2", "cannot be read"),
    ],
)
def test_what_is_no_such_table_is_refused(text, line, words):
    with pytest.raises(DefinitionError) as caught:
        register.parse(text)

    assert any(f.item == line and words in f.fault for f in caught.value.faults), caught.value


def test_a_file_that_is_no_register_gets_one_sentence():
    with pytest.raises(DefinitionError) as caught:
        register.understand("authority,name,email\nAlder,Ann\n", "contacts.csv")

    (fault,) = caught.value.faults
    assert fault.place == "contacts.csv, line 1"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (TARN.replace("Unitary", "Kingdom"), "“Kingdom” is not a type of authority"),
        (TARN.replace(",,,TBC", ",,E99,TBC"), "Its successor E99 is not in the register"),
        (TARN.replace("X06000001", "X06000008"), "is the name of X06000001 in the register"),
    ],
)
def test_what_the_register_holds_is_looked_at_too(row, words):
    known = {one.code: one for one in register.parse(HEADER + TARN)}

    rows, faults = register.understand(HEADER + row, known=known)

    assert any(words in fault.fault for fault in faults)
    assert rows == ()


def test_a_successor_may_be_in_the_register_already():
    known = {one.code: one for one in register.parse(HEADER + NEW)}

    assert register.understand(HEADER + GILL, known=known)[1] == []


def test_empty_rows_and_rows_over_several_lines_do_not_upset_the_count():
    tarn = TARN.replace("Tarnside Borough", '"Tarnside\nBorough').replace("Council,", 'Council",')
    rows = f"\n{tarn},,,,,,,,,\nx,,,,,,,,,\n"

    assert register.parse(HEADER + tarn)[0].official_name == "Tarnside Borough Council"
    assert {item for item, _ in faults(rows)} == {"line 6"}
