"""Reach: the few answers that are tried stand for all that could be given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from surveyapp.definitions import questionnaire, reach, routing
from surveyapp.definitions.conditions import Condition, shows

READER = TypeAdapter(Condition)
ASKED = questionnaire.parse("""
code = "tiny"
title = "Tiny"
[scales.maturity]
"0" = "Not in place"
"1" = "Emerging"
"2" = "Established"
[[sections]]
code = "S01"
title = "Needs"
[[sections.questions]]
code = "S01.1"
type = "maturity"
text = "How well?"
[[sections.questions]]
code = "S01.2"
type = "number"
text = "How many?"
minimum = 0
maximum = 10
show_if = { question = "S01.1", at_least = 1 }
[[sections.questions]]
code = "S01.3"
type = "multiple"
text = "Who?"
options = [{ code = "a", text = "A" }, { code = "b", text = "B" }, { code = "c", text = "C" }]
show_if = { question = "S01.2", at_most = 5 }
[[sections.questions]]
code = "S01.4"
type = "date"
text = "When?"
""")
leaves = st.one_of(
    st.builds(
        lambda op, v: {"question": "S01.1", op: v},
        st.sampled_from(["equals", "not_equals", "at_least", "at_most"]),
        st.integers(0, 2),
    ),
    st.builds(
        lambda op, v: {"question": "S01.2", op: v},
        st.sampled_from(["equals", "not_equals", "at_least", "at_most"]),
        st.integers(0, 10),
    ),
    st.builds(lambda v: {"question": "S01.3", "includes": v}, st.sampled_from("abc")),
    st.builds(
        lambda op, v: {"question": "S01.4", op: v},
        st.sampled_from(["equals", "at_least", "at_most"]),
        st.sampled_from(["2014-12-31", "2015-01-01", "2015-01-02"]),
    ),
    st.builds(
        lambda code, v: {"question": code, "answered": v},
        st.sampled_from(["S01.1", "S01.2", "S01.3"]),
        st.booleans(),
    ),
)
conditions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=2)),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=4,
)
given_answers = st.fixed_dictionaries(
    {},
    optional={
        "S01.1": st.builds(lambda v: {"rating": v}, st.integers(0, 2)),
        "S01.2": st.builds(lambda v: {"number": v}, st.floats(0, 10)),
        "S01.3": st.builds(
            lambda v: {"options": sorted(v)}, st.sets(st.sampled_from("abc"), min_size=1)
        ),
        "S01.4": st.builds(
            lambda v: {"date": v}, st.sampled_from(["2014-06-01", "2015-01-01", "2015-06-01"])
        ),
    },
)


@given(conditions, given_answers)
def test_what_some_answers_bring_up_is_never_called_unreachable(raw, answers):
    condition = READER.validate_python(raw)

    if shows(condition, routing.counted(ASKED, answers)):
        assert reach.can_hold([condition], ASKED) is True


def every(*parts):
    return {"all": list(parts)}


def compared(code, **operator):
    return {"question": code, **operator}


def fails(part):
    return {"not": part}


INCLUDES_A = compared("S01.3", includes="a")
SOMEBODY = compared("S01.3", answered=True)


@pytest.mark.parametrize(
    ("raw", "can_hold"),
    [
        (compared("S01.1", at_least=2), True),
        # S01.3 is asked where S01.2 is 5 or less, and that where S01.1 is 1 or more.
        (every(INCLUDES_A, compared("S01.1", equals=0)), False),
        (every(INCLUDES_A, compared("S01.2", at_least=6)), False),
        (every(INCLUDES_A, compared("S01.2", at_least=5)), True),
        (every(*(compared("S01.3", includes=option) for option in "abc")), True),
        (every(SOMEBODY, *(fails(compared("S01.3", includes=option)) for option in "ab")), True),
        (every(SOMEBODY, *(fails(compared("S01.3", includes=option)) for option in "abc")), False),
        (every(compared("S01.2", at_least=4), compared("S01.2", at_most=3)), False),
        (every(*(compared("S01.2", not_equals=n) for n in range(11))), True),
        (every(compared("S01.2", at_least=10), compared("S01.2", not_equals=10)), False),
        (
            every(
                compared("S01.4", at_least="2015-01-02"), compared("S01.4", at_most="2015-01-01")
            ),
            False,
        ),
        (fails(compared("S01.4", at_least="2015-01-01")), True),
    ],
)
def test_contradictions_are_told_from_what_can_be(raw, can_hold):
    assert reach.can_hold([READER.validate_python(raw)], ASKED) is can_hold


def test_too_many_answers_to_try_are_left_undecided(monkeypatch):
    monkeypatch.setattr(reach, "LIMIT", 3)
    raw = {"all": [{"question": "S01.1", "equals": 0}, {"question": "S01.1", "equals": 1}]}

    assert reach.can_hold([READER.validate_python(raw)], ASKED) is None


def test_many_questions_that_must_all_be_answered_well_are_soon_found():
    questions = "".join(
        f'[[sections.questions]]\ncode = "S01.{n}"\ntype = "maturity"\ntext = "How well?"\n'
        for n in range(1, 13)
    )
    asked = questionnaire.parse(
        'code = "t"\ntitle = "T"\n[scales.maturity]\n0 = "No"\n1 = "Partly"\n2 = "Yes"\n'
        f'[[sections]]\ncode = "S01"\ntitle = "Needs"\n{questions}'
    )
    high = every(*(compared(f"S01.{n}", at_least=2) for n in range(1, 13)))
    never = every(high, compared("S01.12", at_most=1))

    assert reach.can_hold([READER.validate_python(high)], asked) is True
    assert reach.can_hold([READER.validate_python(never)], asked) is False


def test_a_choice_among_very_many_options_is_left_undecided_without_delay():
    options = ", ".join(f'{{ code = "o{n}", text = "Option {n}" }}' for n in range(40))
    asked = questionnaire.parse(
        'code = "t"\ntitle = "T"\n[[sections]]\ncode = "S01"\ntitle = "Needs"\n'
        '[[sections.questions]]\ncode = "S01.1"\ntype = "multiple"\ntext = "Which?"\n'
        f"options = [{options}]"
    )
    named = [compared("S01.1", includes=f"o{n}") for n in range(40)]

    def can_hold(raw):
        return reach.can_hold([READER.validate_python(raw)], asked)

    assert can_hold({"any": named}) is True
    assert can_hold(every(*named)) is None
