"""Answers of every type: what is read, what is refused and why, and how each reads as text."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.definitions import answers, questionnaire
from surveyapp.definitions.answers import AnswerError

TINY = Path(__file__).parents[2] / "questionnaires"
ASKED = questionnaire.parse((TINY / "types/every_type.toml").read_bytes())
CODES = sorted(ASKED.by_code)

READ = [
    # Ratings, from a form and from a file; nought is a rating.
    ("S01.1", "2", {"rating": 2}),
    ("S01.1", 0, {"rating": 0}),
    ("S01.1", {"rating": " 1 "}, {"rating": 1}),
    # Choices, and words beside something else.
    ("S01.2", "school", {"option": "school"}),
    ("S01.2", {"other": "  The   police "}, {"option": "other", "other": "The police"}),
    ("S01.2", {"option": "other", "other": "Police"}, {"option": "other", "other": "Police"}),
    ("S01.3", ["health", "school", "health"], {"options": ["school", "health"]}),
    ("S01.3", "health", {"options": ["health"]}),
    (
        "S01.3",
        {"options": ["school"], "other": "GPs"},
        {"options": ["school", "other"], "other": "GPs"},
    ),
    # Numbers, as people write them.
    ("S01.4", "12.5%", {"number": 12.5}),
    ("S01.4", " 12 ", {"number": 12}),
    ("S01.4", 12.0, {"number": 12}),
    ("S01.4", {"number": ".5", "period": " 2013-14 "}, {"number": 0.5, "period": "2013-14"}),
    ("S01.11", "1,250 families", {"number": 1250}),
    ("S01.11", "-3", {"number": -3}),
    ("S01.11", 1e-9, {"number": 1e-9}),
    # Dates, likewise.
    ("S01.5", dt.date(2015, 3, 1), {"date": "2015-03-01"}),
    ("S01.5", dt.datetime(2015, 3, 1, 9, 0, tzinfo=dt.UTC), {"date": "2015-03-01"}),
    ("S01.5", "2015-03-01", {"date": "2015-03-01"}),
    ("S01.5", "1/3/2015", {"date": "2015-03-01"}),
    ("S01.5", "1st March 2015", {"date": "2015-03-01"}),
    ("S01.5", "01 mar 2015", {"date": "2015-03-01"}),
    ("S01.5", {"date": {"day": "1", "month": "3", "year": "2015"}}, {"date": "2015-03-01"}),
    # Words: a short text is one line, a long one keeps its paragraphs.
    ("S01.6", " Tarn\r\nTogether ", {"text": "Tarn Together"}),
    ("S01.7", "First.\r\n\r\nSecond.\x00\x07\ud800 ", {"text": "First.\n\nSecond."}),
    ("S01.7", "Ça va – “naïve” 😀", {"text": "Ça va – “naïve” 😀"}),
    # Documents and contacts.
    (
        "S01.8",
        {
            "title": "Strategy 2015",
            "kind": "strategy",
            "url": "www.tarn.example/early help.pdf",
            "dated": "1/9/2014",
            "may_share": "yes",
        },
        {
            "title": "Strategy 2015",
            "kind": "Strategy",
            "url": "https://www.tarn.example/early%20help.pdf",
            "dated": "2014-09-01",
            "may_share": True,
        },
    ),
    ("S01.8", {"title": "A", "file": "f-1"}, {"title": "A", "file": "f-1", "may_share": False}),
    ("S01.8", "Audit", {"title": "Audit", "may_share": False}),
    (
        "S01.9",
        {"name": "Jo", "email": "jo@tarn.example", "phone": "01632 960 001", "strands": "S01"},
        {
            "name": "Jo",
            "email": "jo@tarn.example",
            "phone": "01632 960 001",
            "strands": ["S01"],
            "may_publish": False,
        },
    ),
    # A group takes its parts by code or by last letter.
    (
        "S01.10",
        {"a": "Tarn Together", "S01.10.b": "£1,200", "c": {"missing": "don't know"}},
        {
            "S01.10.a": {"text": "Tarn Together"},
            "S01.10.b": {"number": 1200},
            "S01.10.c": {"missing": "don't know"},
        },
    ),
]  # fmt: skip
REFUSED = [
    ("S01.1", "3", "rating", "Choose a rating from the scale."),
    ("S01.1", True, "rating", "Enter this in words."),
    ("S01.1", {"rating": 1, "missing": "don't know"}, "missing", "not both"),
    ("S01.1", {"rating": 0, "missing": "don't know"}, "missing", "not both"),
    ("S01.1", {"missing": "no idea"}, "missing", "don't know"),
    ("S01.1", {"raiting": 1}, "raiting", "not part of the answer"),
    ("S01.2", "shool", "option", "Choose from the options."),
    ("S01.2", "other", "other", "Say what you mean"),
    ("S01.2", {"option": "school", "other": "Police"}, "other", "take out your own words"),
    ("S01.3", ["school", "nobody"], "options", "Choose from the options."),
    ("S01.3", [["school"]], "options", "Enter this in words."),
    ("S01.12", {"option": "", "other": "Perhaps"}, "other", "Choose one of the options."),
    ("S01.12", "other", "option", "Choose from the options."),
    ("S01.4", "about twelve", "number", "in figures"),
    ("S01.4", "1,2", "number", "in figures"),
    ("S01.4", "101", "number", "100% or less"),
    ("S01.4", "-1", "number", "0% or more"),
    ("S01.4", "12.55", "number", "at most 1 decimal"),
    ("S01.4", {"period": "2014"}, "number", "Enter a number."),
    ("S01.11", float("nan"), "number", "not so large"),
    ("S01.11", 10**13, "number", "not so large"),
    ("S01.5", "31 2 2015", "date", "real date"),
    ("S01.5", "1 Mai 2015", "date", "real date"),
    ("S01.5", "1 3 15", "date", "real date"),
    ("S01.5", "March 2015", "date", "a day, a month and a year"),
    ("S01.5", {"date": {"day": "1", "month": "", "year": "2015"}}, "date", "include a month"),
    ("S01.6", "one two three four five six", "text", "6 words. Shorten it to 5 words"),
    ("S01.7", ["a"], "text", "Enter this in words."),
    ("S01.8", {"url": "https://www.tarn.example"}, "title", "title of the document"),
    ("S01.8", {"title": "T", "kind": "Poem"}, "kind", "from the list"),
    ("S01.8", {"title": "T", "url": "javascript:alert(1)"}, "url", "web address"),
    ("S01.8", {"title": "T", "url": "see our website www.tarn.example"}, "url", "web address"),
    ("S01.8", {"title": "T", "url": "S:/shared/audit.doc"}, "url", "web address"),
    ("S01.8", {"title": "T", "dated": "soon"}, "dated", "a day, a month and a year"),
    ("S01.8", {"title": "T" * 501}, "title", "500 characters"),
    ("S01.8", {"title": "T", "may_share": "perhaps"}, "may_share", "yes or no"),
    ("S01.8", {"may_share": True}, "title", "title of the document"),
    ("S01.9", {"email": "jo@tarn.example"}, "name", "person's name"),
    ("S01.9", {"name": "Jo", "email": "jo at tarn"}, "email", "email address"),
    ("S01.9", {"name": "Jo", "phone": "ext 42"}, "phone", "area code"),
    ("S01.9", {"name": "Jo", "strands": ["S99"]}, "strands", "strands"),
    ("S01.10", {"a": "one two three four five six"}, "S01.10.a", "6 words"),
    ("S01.10", {"z": "stray"}, "z", "not part of the answer"),
]
NOTHING = [None, "", "  ", {}, {"missing": ""}]
AS_TEXT = [
    ("S01.1", {"rating": 1}, "1 (Emerging)"),
    ("S01.1", {"missing": "don't know"}, "Don't know"),
    ("S01.2", {"option": "health"}, "Health visitors"),
    ("S01.2", {"option": "other", "other": "The police"}, "Other: The police"),
    ("S01.3", {"options": ["school", "other"], "other": "GPs"}, "Schools; Other: GPs"),
    ("S01.4", {"number": 12.5}, "12.5% (2014 to 2015)"),
    ("S01.4", {"number": 12, "period": "2013 to 2014"}, "12% (2013 to 2014)"),
    ("S01.11", {"number": 1250}, "1,250 families"),
    ("S01.5", {"date": "2015-03-01"}, "1 March 2015"),
    ("S01.7", {"text": "First.\n\nSecond."}, "First.\n\nSecond."),
    (
        "S01.8",
        {
            "title": "Strategy",
            "kind": "Strategy",
            "dated": "2014-09-01",
            "owner": "Board",
            "url": "https://tarn.example/s",
            "may_share": True,
        },
        "Strategy (Strategy; Board; dated 1 September 2014) https://tarn.example/s",
    ),
    ("S01.8", {"title": "Audit", "may_share": False}, "Audit"),
    ("S01.9", {"name": "Jo Marsh", "role": "Head", "may_publish": True}, "Jo Marsh, Head"),
    (
        "S01.10",
        {"S01.10.a": {"text": "Tarn"}, "S01.10.b": {"missing": "not applicable"}},
        "Its name? Tarn\nIts cost? Not applicable",
    ),
    ("S01.1", {}, ""),
    ("S01.1", None, ""),
    # What no longer fits its question is shown as it stands.
    ("S01.1", {"text": "We changed the type."}, "We changed the type."),
    ("S01.99", {"option": "gone"}, "gone"),
]


@pytest.mark.parametrize(("code", "raw", "stored"), READ)
def test_an_answer_is_read(code, raw, stored):
    assert answers.read(ASKED, code, raw) == stored
    assert json.loads(json.dumps(stored)) == stored


@pytest.mark.parametrize(("code", "raw", "field", "words"), REFUSED)
def test_an_answer_is_refused_at_its_field(code, raw, field, words):
    with pytest.raises(AnswerError) as caught:
        answers.read(ASKED, code, raw)

    (problem,) = caught.value.problems
    assert problem.field == field
    assert words in problem.message


@pytest.mark.parametrize("raw", NOTHING)
@pytest.mark.parametrize("code", CODES)
def test_nothing_given_is_no_answer(code, raw):
    assert answers.read(ASKED, code, raw) == {}


@pytest.mark.parametrize("word", ["don't know", "not applicable"])
@pytest.mark.parametrize("code", CODES)
def test_every_type_can_be_left_unknown_or_not_applicable(code, word):
    typed = {"missing": word.replace("'", "’").capitalize()}

    assert answers.read(ASKED, code, typed) == {"missing": word}
    assert answers.problems(ASKED, code, {"missing": word}) == ()


@pytest.mark.parametrize(("code", "value", "words"), AS_TEXT)
def test_an_answer_reads_as_plain_text(code, value, words):
    assert answers.as_text(ASKED, code, value) == words


def test_every_type_is_tried():
    types = {question.type for question in ASKED.by_code.values()}

    assert types == {
        *("maturity", "single", "multiple", "number", "date"),
        *("short", "long", "document", "contact", "group"),
    }
    for table in (READ, REFUSED, AS_TEXT):
        assert types - {ASKED.by_code[row[0]].type for row in table if row[0] in CODES} <= {"short"}


def test_all_that_is_wrong_with_an_entry_is_said_at_once():
    with pytest.raises(AnswerError) as caught:
        answers.read(ASKED, "S01.9", {"name": "Jo", "email": "jo", "phone": "1"})

    assert [problem.field for problem in caught.value.problems] == ["email", "phone"]


def test_a_question_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        answers.read(ASKED, "S09.9", "words")


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("S01.1", {"rating": "1"}),
        ("S01.1", {"rating": 9}),
        ("S01.2", {"option": "gone"}),
        ("S01.3", {"options": ["health", "school"]}),
        ("S01.7", {"text": " untidy "}),
        ("S01.8", {"title": "Audit"}),
        ("S01.5", {"date": "1 March 2015"}),
        ("S01.1", 3),
        ("S01.1", {"rating": 1, "note": "stray"}),
    ],
)
def test_what_would_not_be_stored_so_has_a_problem(code, value):
    assert answers.problems(ASKED, code, value)


words = st.text(max_size=40)
form = st.one_of(
    st.none(),
    st.booleans(),
    words,
    st.integers(),
    st.floats(),
    st.dates(),
    st.lists(words, max_size=3),
    st.sampled_from(["1", "school", "other", "12.5", "2015-03-01", "yes", "S01", "Audit"]),
)
fields = st.sampled_from(
    [
        *("rating", "option", "options", "other", "number", "period", "date", "text", "missing"),
        *("title", "kind", "url", "dated", "owner", "file", "may_share"),
        *("name", "role", "email", "phone", "strands", "may_publish", "a", "b", "c"),
    ]
)


def stored(code, raw):
    """Return what is stored, or nothing where the answer is refused."""
    try:
        return answers.read(ASKED, code, raw)
    except AnswerError:
        return {}


@given(st.sampled_from(CODES), form | st.dictionaries(fields, form, max_size=4))
def test_whatever_is_given_is_stored_soundly_or_refused(code, raw):
    value = stored(code, raw)

    assert answers.read(ASKED, code, value) == value
    assert answers.problems(ASKED, code, value) == ()
    assert json.loads(json.dumps(value, allow_nan=False)) == value
    assert bool(answers.as_text(ASKED, code, value)) is bool(value)


@given(st.text(st.characters(exclude_categories=["C"]) | st.sampled_from("\n\t"), max_size=30))
def test_words_that_people_type_survive(text):
    assert stored("S01.7", text).get("text", "").split() == text.split()


@given(st.text(st.characters(categories=["C"]), min_size=1, max_size=10))
def test_what_nobody_sees_is_never_stored_in_a_line(unseen):
    kept = stored("S01.6", f"Tarn{unseen}Together").get("text", "")

    assert kept.startswith("Tarn")
    assert not [c for c in kept if c < " " or "\x7f" <= c <= "\x9f" or "\ud800" <= c <= "\udfff"]


@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_survives_its_commas(number):
    assert answers.read(ASKED, "S01.11", f"{number:,}") == {"number": number}


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_a_date_survives_every_way_of_writing_it(day):
    for written in (f"{day.day}/{day.month}/{day.year}", f"{day:%d %B} {day.year}", str(day)):
        assert answers.read(ASKED, "S01.5", written) == {"date": str(day)}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(fields, inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from([*CODES, "S09.9"]), anything)
def test_any_value_can_be_shown_and_its_words_counted(code, value):
    assert isinstance(answers.as_text(ASKED, code, value), str)
    assert answers.count_words(value) >= 0


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ({"text": "One two\n\nthree - four"}, 5),
        ({"option": "other", "other": "The police"}, 2),
        ({"S01.10.a": {"text": "Tarn Together"}, "S01.10.b": {"number": 3}}, 2),
        ({"rating": 3}, 0),
        ({}, 0),
        (None, 0),
    ],
)
def test_words_of_ones_own_are_counted(value, count):
    assert answers.count_words(value) == count


def test_words_of_ones_own_are_found():
    assert answers.written({"text": "Ours."}) == "Ours."
    assert answers.written({"option": "other", "other": "Police"}) == "Police"
    assert answers.written({"rating": 3}) == ""
