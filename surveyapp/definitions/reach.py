"""Reach: whether any answers at all can make a condition hold.

The few questions a condition looks at, and those that decide whether these are shown, are tried
with every answer that could make a difference.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice, pairwise
from typing import Final

from surveyapp.definitions.conditions import AllOf, Comparison, Condition, comparisons, shows
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
    search = _Search(
        questionnaire,
        {code: (None, *islice(_telling(questionnaire, code, tests), LIMIT + 1)) for code in codes},
        _due(conditions, codes),
    )
    for number, has_held in enumerate(_tries(search, tuple(codes), {})):
        if has_held:
            return True
        if number == LIMIT:
            return None
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


@dataclass(frozen=True, slots=True)
class _Search:
    """What is tried: the answers to each question, and the conditions due once it is answered."""

    questionnaire: Questionnaire
    choices: Mapping[str, Sequence[object]]
    due: Mapping[str, Sequence[Condition]]


def _tries(search: _Search, codes: tuple[str, ...], answers: Answers) -> Iterator[bool]:
    """Yield true where every condition holds, false where a try has failed.

    Questions are answered in turn; one that is not shown is not answered. A condition is looked at
    as soon as it can be, so that most tries end early.
    """
    if not codes:
        yield True
        return
    code, *later = codes
    is_shown = shows(search.questionnaire.question(code).show_if, answers)
    for answer in search.choices[code] if is_shown else (None,):
        now = {**answers, code: answer}
        if all(shows(condition, now) for condition in search.due[code]):
            yield from _tries(search, tuple(later), now)
        else:
            yield False


def _due(conditions: Sequence[Condition], codes: Sequence[str]) -> dict[str, list[Condition]]:
    """Place each condition at the last question it looks at; the parts of an `all` go apart."""
    due: dict[str, list[Condition]] = {code: [] for code in codes}
    for condition in conditions:
        if isinstance(condition, AllOf):
            for code, parts in _due(condition.all, codes).items():
                due[code] += parts
        else:
            looked_at = {test.question for test in comparisons(condition)}
            due[max(looked_at, key=codes.index)].append(condition)
    return due


def _telling(
    questionnaire: Questionnaire, code: str, tests: Sequence[Comparison]
) -> Iterator[Answers]:
    """Yield the answers to a question that can make a difference to these comparisons."""
    own = [test for test in tests if test.question == code]
    named = {test.value for test in own if test.operator != "answered"}
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
