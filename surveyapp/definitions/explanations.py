"""A condition in words, for the pages where a person asks why a question is shown."""

from collections.abc import Mapping
from typing import Final

from surveyapp.definitions.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Negation,
    Operator,
)
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import (
    ChoiceQuestion,
    DateQuestion,
    MaturityQuestion,
    NumberQuestion,
)
from surveyapp.definitions.values import in_full

_PHRASES: Final[Mapping[Operator, tuple[str, str]]] = {  # when it holds, and when it does not
    "equals": ("is {}", "is not {}"),
    "not_equals": ("is not {}", "is {}"),
    "includes": ("includes {}", "does not include {}"),
    "at_least": ("is {} or more", "is less than {}"),
    "at_most": ("is {} or less", "is more than {}"),
}
_DATE_PHRASES: Final[Mapping[Operator, tuple[str, str]]] = {
    **_PHRASES,
    "at_least": ("is {} or later", "is before {}"),
    "at_most": ("is {} or earlier", "is after {}"),
}


def explain(condition: Condition, questionnaire: Questionnaire) -> str:
    """Say in words when a condition holds, such as "S01.2 is 3 (Established) or more"."""
    return _explain(condition, questionnaire, holds=True)


def _explain(condition: Condition, questionnaire: Questionnaire, *, holds: bool) -> str:
    """Say when a condition holds or, where asked, fails: then `all` and `any` change place."""
    match condition:
        case Comparison():
            return _comparison(condition, questionnaire, holds=holds)
        case Negation():
            return _explain(condition.condition, questionnaire, holds=not holds)
    parts = condition.all if isinstance(condition, AllOf) else condition.any
    words = [_bracketed(part, questionnaire, holds=holds) for part in parts]
    return (" and " if isinstance(condition, AllOf) is holds else " or ").join(words)


def _bracketed(condition: Condition, questionnaire: Questionnaire, *, holds: bool) -> str:
    words = _explain(condition, questionnaire, holds=holds)
    return f"({words})" if _is_joined(condition) else words


def _is_joined(condition: Condition) -> bool:
    if isinstance(condition, Negation):
        return _is_joined(condition.condition)
    return isinstance(condition, AllOf | AnyOf)


def _comparison(test: Comparison, questionnaire: Questionnaire, *, holds: bool) -> str:
    if test.operator == "answered":
        return f"{test.question} has {'an' if test.value is holds else 'no'} answer"
    is_date = isinstance(questionnaire.by_code.get(test.question), DateQuestion)
    phrases = _DATE_PHRASES if is_date else _PHRASES
    phrase = phrases[test.operator][0 if holds else 1]
    return f"{test.question} {phrase.format(_value(test, questionnaire))}"


def _value(test: Comparison, questionnaire: Questionnaire) -> str:
    """Write the value a question is compared with as a person would."""
    value = test.value
    match questionnaire.by_code.get(test.question):
        case MaturityQuestion():
            label = next((p.label for p in questionnaire.scale if p.value == value), "")
            return f"{value} ({label})" if label else str(value)
        case ChoiceQuestion() as question:
            return next((f"“{o.text}”" for o in question.choices if o.code == value), str(value))
        case NumberQuestion(unit=unit):
            return f"{value}{unit}" if unit == "%" else f"{value} {unit}".strip()
        case DateQuestion():
            return in_full(str(value))
    return str(value)
