"""Answers to questions that another answer has hidden: kept, and no part of the return."""

from collections.abc import Collection, Mapping
from typing import Final

from surveyapp.definitions.conditions import comparisons
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import Question
from surveyapp.respond.standing import Standing, codes_of

Hidden = Mapping[str, tuple[Question, ...]]
NOBODY: Final = ""


def by_cause(now: Standing) -> Hidden:
    """Return the answered questions that are not shown, by the shown one whose answer hides them.

    Where several do, it is the last that is shown.
    """
    shown = {question.code for question in now.shown}
    found: dict[str, tuple[Question, ...]] = {}
    for question in now.questionnaire.questions:
        if question.code not in shown and _is_answered(now, question):
            cause = _cause(now.questionnaire, question, shown)
            found[cause] = (*found.get(cause, ()), question)
    found.pop(NOBODY, None)
    return found


def since(before: Standing, now: Standing, typed: Collection[str]) -> Hidden:
    """Return those that were on a person's page, or shown at all, before it was saved."""
    shown = {question.code for question in before.shown}
    fresh = {
        cause: tuple(one for one in hidden if one.code in shown or set(codes_of(one)) & set(typed))
        for cause, hidden in by_cause(now).items()
    }
    return {cause: hidden for cause, hidden in fresh.items() if hidden}


def _is_answered(now: Standing, question: Question) -> bool:
    codes = codes_of(question)
    return any(row.value for (code, _), row in now.rows.items() if code in codes)


def _cause(asked: Questionnaire, question: Question, shown: Collection[str]) -> str:
    """Return the question whose answer hides another; one that is hidden itself hides nothing."""
    tests = comparisons(question.show_if) if question.show_if else ()
    codes = list(dict.fromkeys(test.question for test in tests))[::-1]
    seen = next((code for code in codes if code in shown), NOBODY)
    further = (_cause(asked, asked.question(code), shown) for code in codes)
    return seen or next(filter(None, further), NOBODY)
