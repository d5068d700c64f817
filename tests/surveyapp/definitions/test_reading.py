"""Reading: files that are not TOML or not UTF-8, and faults in shape, said in plain words."""

import pytest

from surveyapp.definitions import interview, mending, questionnaire, reading
from surveyapp.definitions.faults import DefinitionError, listed, suggestion
from surveyapp.definitions.questionnaire import Questionnaire


def fault_of(text):
    with pytest.raises(DefinitionError) as caught:
        reading.table(text, "file.toml")
    (fault,) = caught.value.faults
    return fault


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('code = "a"\ncode = "b"\n', "line 2", "this setting is written twice"),
        ('title = Early help\n', "line 1", "not text in quotation marks"),
        ('code = "a"\n\ntitle = "b\n', "line 3", "cannot be read"),
        ('code = "a"\noptions = [ { code = "b",\n text = "c" } ]\n', "line 2", "on one line"),
        ("just words\n", "line 1", "expected '='"),
        ('x = """unclosed\n\n\n', "line 4", "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_toml_is_named_by_its_line(text, line, words):
    fault = fault_of(text)

    assert fault.item == line
    assert words in fault.fault
    assert fault.remedy


def test_bytes_that_are_not_utf_8_are_named_by_their_line():
    fault = fault_of('code = "a"\ntitle = "naïve"\n'.encode("cp1252"))

    assert fault.place == "file.toml, line 2"


@pytest.mark.parametrize("source", ['\ufeffcode = "a"', b'\xef\xbb\xbfcode = "a"'])
def test_a_mark_before_the_text_is_passed_over(source):
    assert reading.table(source, "file.toml") == {"code": "a"}


def test_brackets_without_end_are_refused():
    fault = fault_of("a = " + "[" * 5000 + "]" * 5000)

    assert "too often" in fault.fault


def test_dates_are_read_as_text():
    tables = reading.table("a = 2015-03-01\nb = [{ c = 2015-03-01T09:00:00 }]", "file.toml")

    assert tables == {"a": "2015-03-01", "b": [{"c": "2015-03-01T09:00:00"}]}


@pytest.mark.parametrize(
    ("questions", "place", "words"),
    [
        ('[{ code = "S01.1", text = "How?" }]', "question S01.1", "`type` is missing."),
        ('[{ type = "date", text = "How?" }]', "question number 1 of section S01", "`code` is"),
        ('["How?"]', "question number 1 of section S01", "should be a table"),
        ('"How?"', "section S01", "`questions` should be a list in square brackets"),
        (
            '[{ code = "S01.1", type = "date", text = 3 }]',
            "question S01.1",
            "`text` should be text in quotation marks",
        ),
        (
            '[{ code = "S01.1", type = "date", text = "When?", required = "yes" }]',
            "question S01.1",
            "`required` should be true or false",
        ),
        (
            '[{ code = "S01.1", type = "number", text = "How many?", minimum = "3" }]',
            "question S01.1",
            "`minimum` should be a number, without quotation marks",
        ),
        (
            '[{ code = "S01.1", type = "number", text = "How many?", maximum = inf }]',
            "question S01.1",
            "`maximum` should be a number",
        ),
        (
            '[{ code = "S01.1", type = "single", text = "Who?", '
            'options = [{ code = 3, text = "T" }] }]',
            "question S01.1",
            "`code` of option number 1 should be text",
        ),
        (
            '[{ code = "S01.1", type = "date", text = "When?", show_if = "S01.1" }]',
            "question S01.1",
            "`show_if` should be a table",
        ),
        (
            '[{ code = "S01.1", type = "date", text = "When?", '
            'show_if = { all = [{ question = "S01.1", equals = [3] }] } }]',
            "question S01.1",
            "`equals` of `show_if` should be a number, or text in quotation marks",
        ),
        (
            '[{ code = "S01.1", type = "date", text = "When?", '
            'show_if = { question = "S01.1", equal = 3 } }]',
            "question S01.1",
            "`equal` of `show_if` does not belong here",
        ),
    ],
)
def test_a_fault_in_shape_names_its_place_and_setting(questions, place, words):
    text = (
        f'code = "t"\ntitle = "T"\n[[sections]]\ncode = "S01"\ntitle = "S"\nquestions = {questions}'
    )

    with pytest.raises(DefinitionError) as caught:
        questionnaire.parse(text)

    (fault,) = caught.value.faults
    assert fault.item == place
    assert words in fault.fault


@pytest.mark.parametrize(
    ("scale", "words"),
    [
        ('0 = { lable = "No" }', ["`label` of “0” is missing", "`lable` of “0” does not belong"]),
        ('low = "No"', ["`low` of “low” should be a whole number"]),
        ('10 = "Ten"\n2 = 2', ["`2` of “2” should be"]),
    ],
)
def test_a_fault_in_the_scale_names_its_point(scale, words):
    with pytest.raises(DefinitionError) as caught:
        questionnaire.parse(f'code = "t"\ntitle = "T"\n[scales.maturity]\n{scale}\n')

    assert [fault.item for fault in caught.value.faults] == ["scales"] * len(words)
    for fault, wanted in zip(caught.value.faults, words, strict=True):
        assert wanted in fault.fault


def test_a_misspelt_setting_is_offered_its_spelling():
    with pytest.raises(DefinitionError) as caught:
        interview.parse('code = "t"\ntitle = "T"\nintrodction = "Hello"\n')

    (fault,) = caught.value.faults
    assert fault.remedy.endswith("Did you mean “introduction”?")


def test_what_can_be_understood_is_kept_beside_what_cannot():
    tables = {
        "code": "t",
        "sections": [
            {
                "code": "S01",
                "questions": [
                    {"code": "S01.1", "type": "likert", "text": "How well?"},
                    {"code": "S01.2", "type": "date", "text": "When?", "hnit": "Soon"},
                    {"code": "S01.3", "type": "date", "text": "When?", "show_if": {"all": [{}]}},
                    {"type": "date", "text": "When?"},
                ],
            },
            {"title": "No code", "questions": []},
            "S02",
        ],
    }

    asked, faults = mending.understand(Questionnaire, tables, "file.toml")

    assert [question.code for question in asked.questions] == ["S01.2", "S01.3"]
    assert asked.question("S01.3").show_if is None
    assert [section.code for section in asked.sections] == ["S01"]
    assert [fault.item for fault in faults] == [
        "",
        "section S01",
        "question S01.1",
        "question S01.2",
        "question S01.3",
        "question number 4 of section S01",
        "section number 2",
        "section number 3",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_listed_as_in_a_sentence(words, sentence):
    assert listed(words) == sentence


def test_only_what_is_near_is_suggested():
    assert suggestion("S01.11", ["S01.1", "S13.2"]) == " Did you mean “S01.1”?"
    assert suggestion("front", ["S01.1"]) == ""
