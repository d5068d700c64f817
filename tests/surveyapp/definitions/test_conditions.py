"""Conditions: what each operator asks, and that no answers whatever can trip one up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from surveyapp.definitions.conditions import OPERATORS, Condition, comparisons, evaluate, shows

READER = TypeAdapter(Condition)
CODES = ["S01.1", "S01.2", "S01.3"]

values = st.one_of(st.integers(-2, 6), st.floats(-2, 6), st.sampled_from(["school", "2015-03-01"]))
leaves = st.one_of(
    st.builds(
        lambda code, operator, value: {"question": code, operator: value},
        st.sampled_from(CODES),
        st.sampled_from(["equals", "not_equals", "at_least", "at_most"]),
        values,
    ),
    st.builds(lambda c: {"question": c, "includes": "school"}, st.sampled_from(CODES)),
    st.builds(lambda c, a: {"question": c, "answered": a}, st.sampled_from(CODES), st.booleans()),
)
conditions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=8,
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=7), inner, max_size=3)
    ),
    max_leaves=6,
)
stored = st.one_of(
    st.builds(lambda rating: {"rating": rating}, st.integers(0, 4)),
    st.builds(lambda number: {"number": number}, st.floats(allow_nan=True)),
    st.builds(lambda option: {"option": option}, st.sampled_from(["school", "health"])),
    st.builds(lambda options: {"options": options}, st.lists(st.sampled_from(["school", "x"]))),
    st.builds(lambda date: {"date": date}, st.dates().map(str)),
    st.builds(lambda word: {"missing": word}, st.sampled_from(["don't know", "not applicable"])),
    st.just({}),
)
answers = st.dictionaries(st.sampled_from(CODES), stored | anything, max_size=3)


def read(raw):
    return READER.validate_python(raw)


@given(conditions, answers)
def test_evaluating_never_fails(raw, found):
    assert evaluate(read(raw), found) in (True, False, None)


@given(conditions, answers)
def test_only_what_holds_is_shown(raw, found):
    assert shows(read(raw), found) is (evaluate(read(raw), found) is True)


@given(conditions, answers)
def test_not_turns_a_condition_over_and_leaves_the_undetermined(raw, found):
    plain, turned = evaluate(read(raw), found), evaluate(read({"not": raw}), found)

    assert turned is (None if plain is None else not plain)


@given(st.lists(conditions, min_size=1, max_size=3), answers)
def test_all_and_any_are_two_sides_of_one(raw, found):
    every = evaluate(read({"all": raw}), found)
    none_fails = evaluate(read({"not": {"any": [{"not": part} for part in raw]}}), found)

    assert every is none_fails


@given(conditions)
def test_a_condition_is_written_as_it_was_read(raw):
    condition = read(raw)
    written = READER.dump_python(condition, mode="json", by_alias=True, exclude_defaults=True)

    assert written == raw
    assert read(written) == condition


@given(conditions)
def test_without_answers_only_being_answered_is_known(raw):
    if all(test.operator != "answered" for test in comparisons(read(raw))):
        assert evaluate(read(raw), {}) is None


def test_something_without_a_condition_is_shown():
    assert shows(None, {})


@pytest.mark.parametrize(
    ("condition", "answer", "holds"),
    [
        ({"equals": 3}, {"rating": 3}, True),
        ({"equals": 3}, {"rating": 2}, False),
        ({"equals": 0}, {"rating": 0}, True),
        ({"equals": "school"}, {"option": "school"}, True),
        ({"not_equals": "school"}, {"option": "health"}, True),
        ({"not_equals": "school"}, {"option": "school"}, False),
        ({"includes": "school"}, {"options": ["health", "school"]}, True),
        ({"includes": "school"}, {"options": ["health"]}, False),
        ({"at_least": 3}, {"rating": 3}, True),
        ({"at_least": 3}, {"rating": 2}, False),
        ({"at_most": 12.5}, {"number": 12.5}, True),
        ({"at_most": 12.5}, {"number": 13}, False),
        ({"at_least": "2015-03-01"}, {"date": "2015-03-02"}, True),
        ({"at_least": "2015-03-01"}, {"date": "2014-12-31"}, False),
        ({"answered": True}, {"text": "Yes, we do."}, True),
        ({"answered": True}, {}, False),
        ({"answered": True}, [], False),
        ({"answered": True}, [{"title": "Thresholds"}], True),
        ({"answered": True}, [{"missing": "not applicable"}], False),
        ({"answered": False}, {"missing": "don't know"}, True),
        ({"answered": False}, {"rating": 0}, False),
        # Undetermined: there is nothing to compare, or nothing like it.
        ({"at_most": 1}, {"missing": "don't know"}, None),
        ({"not_equals": "school"}, {"missing": "not applicable"}, None),
        ({"at_most": 1}, {"rating": "low"}, None),
        ({"at_most": 1}, {"rating": True}, None),
        ({"includes": "school"}, {"options": "school"}, None),
        ({"equals": 3}, [{"rating": 3}], None),
    ],
)
def test_each_operator_asks_one_thing(condition, answer, holds):
    assert evaluate(read({"question": "S01.1", **condition}), {"S01.1": answer}) is holds


def test_every_operator_is_known_to_these_tests():
    assert set(OPERATORS) == {
        "equals",
        "not_equals",
        "includes",
        "at_least",
        "at_most",
        "answered",
    }


def test_one_failure_settles_all_whatever_is_unknown():
    raw = {"all": [{"question": "S01.1", "equals": 1}, {"question": "S01.2", "equals": 1}]}

    assert evaluate(read(raw), {"S01.2": {"rating": 0}}) is False
    assert evaluate(read(raw), {"S01.2": {"rating": 1}}) is None


def test_one_success_settles_any_whatever_is_unknown():
    raw = {"any": [{"question": "S01.1", "equals": 1}, {"question": "S01.2", "equals": 1}]}

    assert evaluate(read(raw), {"S01.2": {"rating": 1}}) is True
    assert evaluate(read(raw), {"S01.2": {"rating": 0}}) is None


@pytest.mark.parametrize(
    "raw",
    [
        {"question": "S01.1"},
        {"question": "S01.1", "equals": 1, "at_least": 1},
        {"question": "S01.1", "equals": True},
        {"question": "S01.1", "equals": float("nan")},
        {"question": "S01.1", "answered": "yes"},
        {"question": "S01.1", "runs": "import os"},
        {"equals": 1},
        {"all": []},
        {"all": [{"question": "S01.1", "equals": 1}], "any": []},
        {"not": {}},
        "S01.1 == 1",
    ],
)
def test_nothing_else_is_a_condition(raw):
    with pytest.raises(ValidationError):
        read(raw)
