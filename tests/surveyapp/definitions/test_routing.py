"""Routing: each operator's tiny questionnaire, answered one way and another."""

import pytest

from surveyapp.definitions import interview, questionnaire, routing
from surveyapp.definitions.explanations import explain

CASES = [
    ("equals", {"S01.1": {"option": "school"}}, True),
    ("equals", {"S01.1": {"option": "health"}}, False),
    ("not_equals", {"S01.1": {"option": "health"}}, True),
    ("not_equals", {"S01.1": {"option": "school"}}, False),
    ("not_equals", {}, False),
    ("includes", {"S01.1": {"options": ["school", "health"]}}, True),
    ("includes", {"S01.1": {"options": ["health"]}}, False),
    ("at_least", {"S01.1": {"rating": 1}}, True),
    ("at_least", {"S01.1": {"rating": 0}}, False),
    ("at_least", {"S01.1": {"missing": "don't know"}}, False),
    ("at_most", {"S01.1": {"rating": 1}}, True),
    ("at_most", {"S01.1": {"rating": 2}}, False),
    ("at_most", {}, False),
    ("answered", {"S01.1": {"text": "The Gate"}}, True),
    ("answered", {}, False),
    ("not_answered", {}, True),
    ("not_answered", {"S01.1": {"missing": "don't know"}}, True),
    ("not_answered", {"S01.1": {"title": "Thresholds", "may_share": True}}, False),
    ("dates", {"S01.1": {"date": "2012-12-31"}}, True),
    ("dates", {"S01.1": {"date": "2013-01-01"}}, False),
    ("all", {"S01.1": {"rating": 2}, "S01.2": {"options": ["school"]}}, True),
    ("all", {"S01.1": {"rating": 2}}, False),
    ("any", {"S01.1": {"rating": 2}}, True),
    ("any", {"S01.1": {"rating": 1}, "S01.2": {"options": ["health"]}}, False),
    ("not", {"S01.1": {"options": ["health"]}}, True),
    ("not", {"S01.1": {"options": ["school"]}}, False),
    ("chain", {"S01.1": {"rating": 1}, "S01.2": {"number": 100}}, True),
    ("chain", {"S01.1": {"rating": 1}, "S01.2": {"number": 99}}, False),
    ("chain", {"S01.1": {"rating": 0}, "S01.2": {"number": 100}}, False),
]
WORDS = {
    "equals": "S01.1 is “Schools”",
    "not_equals": "S01.1 is not “Schools”",
    "includes": "S01.1 includes “Schools”",
    "at_least": "S01.1 is 1 (Emerging) or more",
    "at_most": "S01.1 is 1 (Emerging) or less",
    "answered": "S01.1 has an answer",
    "not_answered": "S01.1 has no answer",
    "dates": "S01.1 is 31 December 2012 or earlier",
    "all": "S01.1 is 2 (Established) or more and S01.2 includes “Schools”",
    "any": "S01.1 is 2 (Established) or more or S01.2 includes “Schools”",
    "not": "S01.1 does not include “Schools”",
    "chain": "S01.2 is 100 or more",
}


@pytest.mark.parametrize(("name", "answers", "is_shown"), CASES)
def test_the_last_question_is_shown_when_its_condition_holds(tiny, name, answers, is_shown):
    asked = tiny(f"operators/{name}")

    shown = routing.shown(asked, answers)

    assert (asked.questions[-1] in shown) is is_shown
    assert shown[0] == asked.questions[0]


@pytest.mark.parametrize(("name", "words"), WORDS.items())
def test_a_condition_is_explained_in_words(tiny, name, words):
    asked = tiny(f"operators/{name}")

    assert explain(asked.questions[-1].show_if, asked) == words


def test_every_tiny_questionnaire_of_an_operator_is_tried(request):
    folder = request.config.rootpath / "tests/questionnaires/operators"
    names = {path.stem for path in folder.iterdir()}

    assert names == {name for name, _, _ in CASES} == set(WORDS)


NESTED = """
code = "tiny"
title = "Tiny"
[[sections]]
code = "S01"
title = "Needs"
questions = [
  { code = "S01.1", type = "number", text = "How many?", unit = "%" },
  { code = "S01.2", type = "date", text = "When?" },
  { code = "S01.3", type = "date", text = "Until when?", show_if = CONDITION },
]
"""


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (
            '{ not = { all = [{ question = "S01.1", at_least = 5 }, '
            '{ question = "S01.2", at_most = 2015-03-01 }] } }',
            "S01.1 is less than 5% or S01.2 is after 1 March 2015",
        ),
        (
            '{ any = [{ question = "S01.2", answered = true }, { not = { any = ['
            '{ question = "S01.1", at_most = 5 }, { question = "S01.1", equals = 7.5 }] } }] }',
            "S01.2 has an answer or (S01.1 is more than 5% and S01.1 is not 7.5%)",
        ),
        ('{ not = { question = "S01.1", answered = false } }', "S01.1 has an answer"),
        ('{ question = "S01.2", at_least = 2015-03-01 }', "S01.2 is 1 March 2015 or later"),
    ],
)
def test_what_is_nested_or_turned_over_reads_plainly(condition, words):
    asked = questionnaire.parse(NESTED.replace("CONDITION", condition))

    assert explain(asked.questions[-1].show_if, asked) == words


def test_answers_to_questions_not_shown_do_not_count(tiny):
    asked = tiny("operators/chain")
    answers = {"S01.1": {"rating": 0}, "S01.2": {"number": 100}, "S01.9": {"text": "Stray"}}

    assert routing.counted(asked, answers) == {"S01.1": {"rating": 0}}


def test_a_part_is_shown_on_the_answers_of_its_own_entry(tiny):
    group = tiny("types/group").questions[0]

    def codes(entry):
        return [part.code[-1] for part in routing.shown_parts(group, entry, {})]

    assert codes({"S01.1.b": {"option": "data"}}) == ["a", "b", "c"]
    assert codes({"S01.1.b": {"option": "claimed"}}) == ["a", "b"]
    assert codes({}) == ["a", "b"]


@pytest.mark.parametrize(
    ("answers", "offered"),
    [
        ({}, ["I01.a", "I01.c"]),
        ({"S01.1": {"rating": 0}}, ["I01.a", "I01.b", "I01.c"]),
        ({"S01.1": {"rating": 2}, "S01.2": [{"title": "Thresholds"}]}, ["I01.a"]),
        # The document was given, but the question for it is no longer shown.
        ({"S01.1": {"rating": 0}, "S01.2": [{"title": "T"}]}, ["I01.a", "I01.b", "I01.c"]),
    ],
)
def test_probes_are_offered_on_the_answers_that_count(request, tiny, answers, offered):
    text = (request.config.rootpath / "tests/questionnaires/guides/probes.toml").read_text()
    prompt = interview.parse(text).prompt("I01")
    counted = routing.counted(tiny("around/questionnaire"), answers)

    assert [probe.code for probe in routing.offered(prompt, counted)] == offered
