"""The schedule holds what was asked, in order, and about which theme."""

import pytest

from synthesis import schedule
from synthesis.errors import InputError
from synthesis.schedule import Question, Schedule

QUESTIONNAIRE = {
    "scales": {"maturity": {"10": "Ten", "2": {"label": "Two", "help": "More."}, "0": "None"}},
    "sections": [
        {
            "code": "S01",
            "title": "Needs",
            "theme": "S01",
            "guidance": "Not printed.",
            "questions": [
                {"code": "S01.1", "type": "long", "text": "How?"},
                {
                    "code": "S01.2",
                    "type": "single",
                    "text": "Who?",
                    "theme": "S05",
                    "options": [{"code": "a", "text": "Anna"}, {"code": "b", "text": "Ben"}],
                },
            ],
        },
        {"code": "Z1", "title": "Shared work"},
    ],
}
GUIDE = {
    "prompts": [
        {
            "code": "I01",
            "theme": "S01",
            "text": "Tell me.",
            "probes": [{"code": "I01.a", "text": "Since when?"}],
        },
        {"code": "I02", "title": "Last", "text": "Anything else?"},
    ]
}
MADE = schedule.parse(QUESTIONNAIRE, GUIDE)


def test_questions_come_in_the_order_they_were_asked():
    assert [question.code for question in MADE.questions()] == ["S01.1", "S01.2", "I01", "I02"]


def test_a_question_has_its_sections_theme_unless_it_has_its_own():
    assert [question.theme for question in MADE.questions()] == ["S01", "S05", "S01", ""]
    assert [question.code for question in MADE.asked_about("S01")] == ["S01.1", "I01"]
    assert MADE.asked_about("S02") == ()


def test_options_and_probes_are_kept():
    _, choice, prompt, _ = MADE.questions()

    assert choice.options == (("a", "Anna"), ("b", "Ben"))
    assert prompt == Question("I01", "Tell me.", "S01", "prompt", probes=("Since when?",))


def test_the_scale_runs_from_the_least_up_as_numbers():
    assert MADE.scale == ((0, "None"), (2, "Two"), (10, "Ten"))


def test_an_instrument_that_was_not_used_leaves_a_gap_and_no_more():
    assert schedule.parse({}, {}) == Schedule()
    assert schedule.parse({}, GUIDE).questionnaire == ()
    assert schedule.parse(QUESTIONNAIRE, {}).interview == ()


@pytest.mark.parametrize(
    ("questionnaire", "guide"),
    [
        ({"sections": "S01"}, {}),
        ({"sections": [{"code": "S01"}]}, {}),
        ({"sections": [{"code": "S01", "title": "T", "questions": [{"code": "S01.1"}]}]}, {}),
        ({"scales": {"maturity": {"low": "Low"}}}, {}),
        ({"scales": 1}, {}),
        ({}, {"prompts": [{"code": "I01"}]}),
        ({}, {"prompts": ["I01"]}),
    ],
)
def test_what_the_linter_would_refuse_is_refused_in_words(questionnaire, guide):
    with pytest.raises(InputError) as caught:
        schedule.parse(questionnaire, guide)

    assert "questionnaire" in caught.value.place
    assert "docs/questionnaires.md" in caught.value.remedy
