"""Lines: a fault points to the line that a person has to change."""

from surveyapp.definitions import lines
from surveyapp.definitions.faults import Fault

TEXT = """code = "t"

[[sections]]
code = "S01"

[[sections.questions]]
code = "S01.1"

[[sections.questions]]
code = "S01.2"
options = [{ code = "S01.9", text = "x" }]

[[sections]]
code = "S02"

[[sections.questions]]
code = "S01.1"

[[sections.questions]]
code = 'S02.2'
"""


def line(item: str) -> int:
    fault = Fault("questionnaire.toml", item, "Wrong.", "Mend it.")
    return lines.find({"questionnaire.toml": TEXT.encode()}, [fault]).get(fault, 0)


def test_an_item_stands_where_its_code_is_given() -> None:
    wanted = {"section S02": 14, "question S01.2": 10, "question S02.2": 20}

    assert {item: line(item) for item in wanted} == wanted


def test_of_two_with_one_code_the_one_out_of_place_is_meant() -> None:
    assert line("question S01.1") == 17


def test_what_stands_nowhere_has_no_line() -> None:
    assert [line(item) for item in ("", "question S09.9", "question S01.9", "line 7")] == [0] * 4
