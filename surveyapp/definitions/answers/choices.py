"""Ratings and choices: points of the scale, and options with or without something else."""

from collections.abc import Sequence

from surveyapp.definitions.answers.errors import AnswerError, Problem
from surveyapp.definitions.answers.texts import clean, line
from surveyapp.definitions.questions import ChoiceQuestion, Point
from surveyapp.definitions.values import OTHER, Answers, Stored, is_list


def read_rating(scale: Sequence[Point], raw: Answers) -> Stored:
    """Read a rating on the maturity scale."""
    given = clean(raw.get("rating"), "rating")
    if not given:
        return {}
    for point in scale:
        if given == str(point.value):
            return {"rating": point.value}
    raise AnswerError(Problem("rating", "Choose a rating from the scale."))


def read_single(question: ChoiceQuestion, raw: Answers) -> Stored:
    """Read a choice of one option."""
    option = clean(raw.get("option"), "option")
    other = _other(question, raw)
    if other and option not in ("", OTHER):
        message = f"Choose “{question.other}”, or take out your own words."
        raise AnswerError(Problem("other", message))
    chosen = _known(question, [option] if option else [], "option", other)
    return {"option": chosen[0], **_beside(other)} if chosen else {}


def read_multiple(question: ChoiceQuestion, raw: Answers) -> Stored:
    """Read a choice of several options; they are kept in the order in which they are offered."""
    given = raw.get("options")
    options = [clean(option, "options") for option in (given if is_list(given) else [given])]
    other = _other(question, raw)
    chosen = _known(question, [option for option in options if option], "options", other)
    alone = [one for one in question.options if one.exclusive and one.code in chosen]
    if alone and len(chosen) > 1:
        message = f"Choose “{alone[0].text}” alone, or take it out."
        raise AnswerError(Problem("options", message))
    return {"options": chosen, **_beside(other)} if chosen else {}


def _other(question: ChoiceQuestion, raw: Answers) -> str:
    other = line(raw.get("other"), "other")
    if other and not question.other:
        raise AnswerError(Problem("other", "Choose one of the options."))
    return other


def _known(question: ChoiceQuestion, given: list[str], field: str, other: str) -> list[str]:
    """Return the options chosen, once each; words of one's own choose something else."""
    offered = [option.code for option in question.choices]
    if set(given) - set(offered):
        raise AnswerError(Problem(field, "Choose from the options."))
    if OTHER in given and not other:
        raise AnswerError(Problem("other", f"Say what you mean by “{question.other}”."))
    wanted = {*given, OTHER} if other else set(given)
    return [code for code in offered if code in wanted]


def _beside(other: str) -> Stored:
    return {"other": other} if other else {}
