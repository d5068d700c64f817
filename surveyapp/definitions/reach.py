"""Reach: whether any answers at all can make a condition hold.

The few questions a condition looks at, and those that decide whether these are shown, are tried
with every answer that could make a difference.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, combinations, islice, pairwise
from typing import Final

from surveyapp.definitions.conditions import Comparison, Condition, comparisons, shows
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import (
    ChoiceQuestion,
    DateQuestion,
    MaturityQuestion,
    NumberQuestion,
)
from surveyapp.definitions.values import Answers, as_date, is_number

LIMIT: Final = 20_000
_A_DAY: Final = dt.timedelta(days=1)


def can_hold(conditions: Sequence[Condition], questionnaire: Questionnaire) -> bool | None:
    """Say whether conditions can hold together; None where there are too many answers to try."""
    codes, tests = involved(conditions, questionnaire)
    choices = {
        code: [None, *_telling(questionnaire, code, [t for t in tests if t.question == code])]
        for code in codes
    }
    tried = islice(_situations({}, codes, choices, questionnaire), LIMIT + 1)
    for number, answers in enumerate(tried):
        if number == LIMIT:
            return None
        if all(shows(condition, answers) for condition in conditions):
            return True
    return False


def involved(
    conditions: Sequence[Condition], questionnaire: Questionnaire
) -> tuple[list[str], list[Comparison]]:
    """Return the questions that decide, in the order they are asked, and how they are compared."""
    tests = [test for condition in conditions for test in comparisons(condition)]
    found: set[str] = set()
    for test in tests:  # grows as questions that decide turn out to have conditions of their own
        question = questionnaire.by_code.get(test.question)
        if question and question.code not in found:
            found.add(question.code)
            tests += comparisons(question.show_if) if question.show_if else ()
    return [code for code in questionnaire.by_code if code in found], tests


def _situations(
    answers: Answers,
    codes: Sequence[str],
    choices: Mapping[str, Sequence[object]],
    questionnaire: Questionnaire,
) -> Iterator[Answers]:
    """Yield answers to the questions, taken in turn; one that is not shown is not answered."""
    if not codes:
        yield answers
        return
    code, *later = codes
    is_shown = shows(questionnaire.question(code).show_if, answers)
    for answer in choices[code] if is_shown else [None]:
        yield from _situations({**answers, code: answer}, later, choices, questionnaire)


def _telling(
    questionnaire: Questionnaire, code: str, tests: Sequence[Comparison]
) -> Iterator[Answers]:
    """Yield the answers to a question that can make a difference to these comparisons."""
    named = {test.value for test in tests if test.operator != "answered"}
    match questionnaire.question(code):
        case MaturityQuestion():
            yield from ({"rating": point.value} for point in questionnaire.scale)
        case ChoiceQuestion(type="single") as question:
            yield from ({"option": option} for option in _options(question, named))
        case ChoiceQuestion() as question:
            yield from ({"options": chosen} for chosen in _selections(_options(question, named)))
        case NumberQuestion() as question:
            yield from ({"number": number} for number in _numbers(question, named))
        case DateQuestion():
            yield from ({"date": date} for date in _dates(named))
        case _:
            yield {"text": "something"}


def _options(question: ChoiceQuestion, named: Collection[object]) -> list[str]:
    """Return the options that are named, and one that stands for all the others."""
    codes = [option.code for option in question.choices]
    others = [code for code in codes if code not in named]
    return [code for code in codes if code in named] + others[:1]


def _selections(options: Sequence[str]) -> Iterator[tuple[str, ...]]:
    sizes = range(1, len(options) + 1)
    return chain.from_iterable(combinations(options, size) for size in sizes)


def _numbers(question: NumberQuestion, named: Collection[object]) -> list[float]:
    """Return the numbers named, the bounds, and a number in every gap between and beyond them."""
    bounds = (question.minimum, question.maximum)
    marks = sorted({float(value) for value in (*named, *bounds) if is_number(value)})
    between = [(low + high) / 2 for low, high in pairwise(marks)]
    beyond = [marks[0] - 1, marks[-1] + 1] if marks else [0.0]
    places = 9 if question.decimals is None else question.decimals
    numbers = {round(number, places) for number in (*marks, *between, *beyond)}
    return sorted(number for number in numbers if is_within(question, number))


def is_within(question: NumberQuestion, number: float) -> bool:
    """Say whether a number is within the bounds of a question."""
    low, high = question.minimum, question.maximum
    return (low is None or number >= low) and (high is None or number <= high)


def _dates(named: Collection[object]) -> list[str]:
    days = [day for day in (as_date(str(value)) for value in named) if day]
    near = {day + step for day in days for step in (-_A_DAY, dt.timedelta(0), _A_DAY)}
    return sorted(day.isoformat() for day in near or {dt.date(2000, 1, 1)})
