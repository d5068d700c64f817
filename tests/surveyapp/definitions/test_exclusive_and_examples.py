"""Options chosen alone, and messages whose examples fit the question."""

import pytest

from surveyapp.definitions import answers, questionnaire

MANY = """code = "q"
title = "Q"
[[sections]]
code = "S01"
title = "One"
[[sections.questions]]
code = "S01.1"
type = "multiple"
text = "Which?"
options = [
  { code = "a", text = "This" },
  { code = "none", text = "None of these", exclusive = true },
]
[[sections.questions]]
code = "S01.2"
type = "number"
text = "What share?"
unit = "%"
maximum = 100
decimals = 0
[[sections.questions]]
code = "S01.3"
type = "document"
text = "Which?"
"""


def test_an_exclusive_option_is_chosen_alone():
    asked = questionnaire.parse(MANY)
    assert answers.read(asked, "S01.1", ["none"]) == {"options": ["none"]}

    with pytest.raises(answers.AnswerError) as refused:
        answers.read(asked, "S01.1", ["a", "none"])

    (problem,) = refused.value.problems
    assert problem == answers.Problem("options", "Choose “None of these” alone, or take it out.")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("about forty", "Enter a number, in figures, such as 40."),
        ("40.5%", "Enter a whole number, such as 40."),
    ],
)
def test_an_example_fits_the_question(typed, message):
    with pytest.raises(answers.AnswerError) as refused:
        answers.read(questionnaire.parse(MANY), "S01.2", typed)

    assert [problem.message for problem in refused.value.problems] == [message]


def test_www_and_a_name_is_no_site():
    with pytest.raises(answers.AnswerError):
        answers.read(questionnaire.parse(MANY), "S01.3", {"title": "A", "url": "www.dunmere"})
