"""What changed between two questionnaires: every setting, and which answers it touches."""

import pytest
from pydantic import BaseModel

from surveyapp.definitions import changes, questionnaire, questions
from surveyapp.definitions.changes import KINDS, Change, compare, touches

OLD = """
code = "t"
title = "A tiny questionnaire"

[scales.maturity]
"0" = "Not in place"
"1" = "Emerging"

[[sections]]
code = "S01"
title = "Needs"
theme = "S01"
guidance = "Say how it is."

[[sections.questions]]
code = "S01.1"
type = "maturity"
text = "How well established is it?"

[[sections.questions]]
code = "S01.2"
type = "multiple"
text = "Who asks?"
options = [{ code = "school", text = "Schools" }, { code = "health", text = "Health visitors" }]

[[sections.questions]]
code = "S01.3"
type = "number"
text = "How many families?"
unit = "families"
period = "2014 to 2015"
maximum = 500

[[sections.questions]]
code = "S01.4"
type = "long"
text = "How do you know?"
words = 100
show_if = { question = "S01.1", at_least = 1 }

[[sections.questions]]
code = "S01.5"
type = "group"
text = "An example"
[[sections.questions.questions]]
code = "S01.5.a"
type = "short"
text = "Its name?"
words = 10
"""


def changed(*replacements):
    """Return what changes where these words of the old questionnaire are replaced."""
    text = OLD
    for before, after in replacements:
        assert before in text
        text = text.replace(before, after, 1)
    old, new = questionnaire.parse(OLD), questionnaire.parse(text)
    return compare(old, new), new


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (
            "How well established is it?",
            "How far is it?",
            Change("S01.1", "wording", "text", "How well established is it?", "How far is it?"),
        ),
        ('text = "Who asks?"', 'text = "Who asks?"\nhint = "All of them."',
            Change("S01.2", "wording", "hint", "", "All of them.")),
        ("Say how it is.", "Say how it was.",
            Change("S01", "wording", "guidance", "Say how it is.", "Say how it was.")),
        ("A tiny", "A small",
            Change("t", "wording", "title", "A tiny questionnaire", "A small questionnaire")),
        (
            '"Schools"',
            '"Teachers"',
            Change(
                "S01.2",
                "options",
                "options",
                "Schools; Health visitors",
                "Teachers; Health visitors",
                ("school",),
            ),
        ),
        (', { code = "health", text = "Health visitors" }', "",
            Change("S01.2", "options", "options", "Schools; Health visitors", "Schools",
                ("health",))),
        ('{ code = "school"', '{ code = "police", text = "Police" }, { code = "school"',
            Change("S01.2", "options", "options", "Schools; Health visitors",
                "Police; Schools; Health visitors")),
        ('"1" = "Emerging"', '"1" = "In parts"',
            Change("S01.1", "options", "options", "Not in place; Emerging",
                "Not in place; In parts", ("1",))),
        ('unit = "families"', 'unit = "children"',
            Change("S01.3", "meaning", "unit", "families", "children")),
        ('period = "2014 to 2015"', 'period = "2015 to 2016"',
            Change("S01.3", "meaning", "period", "2014 to 2015", "2015 to 2016")),
        ('type = "long"', 'type = "short"',
            Change("S01.4", "meaning", "type", "long", "short")),
        ("at_least = 1", "equals = 1",
            Change("S01.4", "meaning", "show_if", "S01.1 is 1 (Emerging) or more",
                "S01.1 is 1 (Emerging)")),
        ('show_if = { question = "S01.1", at_least = 1 }', "",
            Change("S01.4", "meaning", "show_if", "S01.1 is 1 (Emerging) or more", "")),
        ("words = 100", "words = 50", Change("S01.4", "limits", "words", "100", "50")),
        ("maximum = 500", "maximum = 500\nrequired = true",
            Change("S01.3", "limits", "required", "no", "yes")),
        ('text = "Its name?"', 'text = "What is it called?"',
            Change("S01.5.a", "wording", "text", "Its name?", "What is it called?")),
        ('title = "Needs"', 'title = "Needs"\nlayout = "question"',
            Change("S01", "layout", "layout", "section", "question")),
        ('title = "Needs"', 'title = "Needs"\nuse_level = true',
            Change("S01", "meaning", "use_level", "no", "yes")),
    ],
)  # fmt: skip
def test_a_change_is_told_by_its_kind(before, after, change):
    found, _ = changed((before, after))

    assert found == (change,)


def test_a_sections_theme_is_that_of_its_questions():
    found, _ = changed(('theme = "S01"', 'theme = "S02"'))

    assert {change.code for change in found} == {
        "S01.1", "S01.2", "S01.3", "S01.4", "S01.5", "S01.5.a",
    }  # fmt: skip
    assert {(change.kind, change.setting) for change in found} == {("meaning", "theme")}


def test_questions_and_sections_come_and_go():
    found, _ = changed(("S01.3", "S01.9"), ('code = "S01"', 'code = "S02"'))

    assert {(change.code, change.kind) for change in found} == {
        ("S02", "added"),
        ("S01.9", "added"),
        ("S01", "removed"),
        ("S01.3", "removed"),
    }


def test_a_question_that_moves_is_told_once():
    head, *blocks = OLD.split("[[sections.questions]]")
    blocks = [blocks[1], blocks[2], blocks[0], *blocks[3:]]
    text = "[[sections.questions]]".join([head, *blocks])

    found = compare(questionnaire.parse(OLD), questionnaire.parse(text))

    assert found == (Change("S01.1", "layout", "place", "first", "after S01.3"),)


def test_what_has_not_changed_is_not_told():
    assert changed() == ((), questionnaire.parse(OLD))


@pytest.mark.parametrize(
    ("before", "after", "value", "is_touched"),
    [
        ("How well established is it?", "How far is it?", {"rating": 1}, True),
        ('"1" = "Emerging"', '"1" = "In parts"', {"rating": 1}, True),
        ('"1" = "Emerging"', '"1" = "In parts"', {"rating": 0}, False),
        ('"Schools"', '"Teachers"', {"options": ["school"]}, True),
        ('"Schools"', '"Teachers"', {"options": ["health"]}, False),
        (', { code = "health", text = "Health visitors" }', "", {"options": ["health"]}, True),
        ('unit = "families"', 'unit = "children"', {"number": 3}, True),
        ("maximum = 500", "maximum = 100", {"number": 300}, True),
        ("maximum = 500", "maximum = 100", {"number": 30}, False),
        ("words = 100", "words = 2", {"text": "One two three"}, True),
        ("words = 100", "words = 2", {"text": "One"}, False),
        ("words = 100", "words = 2", {"missing": "don't know"}, False),
        ("S01.3", "S01.9", {"number": 3}, True),
    ],
)
def test_a_change_touches_only_some_answers(before, after, value, is_touched):
    found, new = changed((before, after))

    assert any(touches(change, new, value) for change in found) is is_touched


def test_a_change_is_said_in_a_sentence():
    removed, reworded = Change("S01.1", "removed"), Change("S01.1", "wording", "hint", "", "Soon.")

    assert str(removed) == "S01.1: removed."
    assert str(reworded) == "S01.1, wording: `hint` was not set and is “Soon.”."


def models():
    for found in vars(questions).values():
        if isinstance(found, type) and issubclass(found, BaseModel):
            yield found
    yield from (questionnaire.Section, questionnaire.Questionnaire)


# What is compared by itself, or is a name.
APART = {"code", "sections", "questions", "scales", "privacy", "value", "label", "help"}


@pytest.mark.parametrize("model", list(models()), ids=lambda model: model.__name__)
def test_every_setting_has_a_kind_of_change(model):
    assert set(model.model_fields) <= {*KINDS, *APART}


def test_every_kind_is_dealt_with():
    assert {*KINDS.values(), "added", "removed"} == set(changes.Kind.__args__)


def test_who_answers_for_what_people_tell_us_is_compared_too():
    told = '[privacy]\ncontroller = "Alder Council"\n\n[scales.maturity]'
    new = questionnaire.parse(OLD.replace("[scales.maturity]", told))

    (change,) = compare(questionnaire.parse(OLD), new)

    assert str(change) == "t, wording: `controller` was not set and is “Alder Council”."
