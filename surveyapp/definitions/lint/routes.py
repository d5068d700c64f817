"""Routes: conditions that look at what is there, ask what can be answered, and can come true."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from surveyapp.definitions import interview, questionnaire, reach
from surveyapp.definitions.conditions import Comparison, Condition, Operator, comparisons
from surveyapp.definitions.explanations import explain
from surveyapp.definitions.faults import Fault, Severity, listed, suggestion
from surveyapp.definitions.interview import InterviewGuide
from surveyapp.definitions.questionnaire import Questionnaire, parts
from surveyapp.definitions.questions import (
    ChoiceQuestion,
    DateQuestion,
    MaturityQuestion,
    NumberQuestion,
    Question,
)
from surveyapp.definitions.values import as_date, is_number

_IN_ORDER: Final[tuple[Operator, ...]] = (
    "equals",
    "not_equals",
    "at_least",
    "at_most",
    "answered",
)
_FITTING: Final[Mapping[str, tuple[Operator, ...]]] = {  # other types: `answered` alone
    "maturity": _IN_ORDER,
    "number": _IN_ORDER,
    "date": _IN_ORDER,
    "single": ("equals", "not_equals", "answered"),
    "multiple": ("includes", "answered"),
}
Complaint = tuple[str, str]  # what is wrong, and the remedy


@dataclass(frozen=True, slots=True)
class Route:
    """A condition: where it stands, and which questions are answered before it is looked at.

    Everything in `together` must hold: a part of a group is shown only where the group is.
    """

    file: str
    item: str
    code: str
    earlier: tuple[str, ...]
    together: tuple[Condition, ...]

    @property
    def tests(self) -> tuple[Comparison, ...]:
        """Return the comparisons of its own condition, the last of those that must hold."""
        return tuple(comparisons(self.together[-1]))

    def fault(self, what: str, remedy: str, severity: Severity = "error") -> Fault:
        """Return a fault in this condition."""
        return Fault(self.file, self.item, what, remedy, severity)


def faults(
    asked: Questionnaire, guide: InterviewGuide | None, spoilt: Collection[str]
) -> Iterator[Fault]:
    """Find conditions that cannot be used, and questions and probes that nobody can ever see.

    `spoilt` are questions left out because their own shape is wrong: they are in the file.
    """
    unsound = set(spoilt)
    for route in (*_routes(asked), *(_probes(guide, asked) if guide else ())):
        wrong = [words for test in route.tests for words in _wrong(test, route, asked, spoilt)]
        yield from (route.fault(*words) for words in wrong)
        if wrong or unsound.intersection(_looked_at(route, asked)):
            unsound.add(route.code)
        else:
            yield from _unreachable(route, asked)


def _routes(asked: Questionnaire) -> Iterator[Route]:
    file = questionnaire.NAME
    earlier: tuple[str, ...] = ()
    for question in asked.questions:
        outer = (question.show_if,) if question.show_if else ()
        if outer:
            yield Route(file, f"question {question.code}", question.code, earlier, outer)
        inner = earlier
        for part in parts(question):
            if part.show_if:
                together = (*outer, part.show_if)
                yield Route(file, f"question {part.code}", part.code, inner, together)
            inner = (*inner, part.code)
        earlier = (*earlier, question.code)


def _probes(guide: InterviewGuide, asked: Questionnaire) -> Iterator[Route]:
    everything = tuple(question.code for question in asked.questions)
    for probe in (probe for prompt in guide.prompts for probe in prompt.probes):
        if probe.when:
            item = f"probe {probe.code}"
            yield Route(interview.NAME, item, probe.code, everything, (probe.when,))


def _looked_at(route: Route, asked: Questionnaire) -> set[str]:
    codes, tests = reach.involved(route.together, asked)
    return {*codes, *(test.question for test in tests)}


def _wrong(
    test: Comparison, route: Route, asked: Questionnaire, spoilt: Collection[str]
) -> Iterator[Complaint]:
    """Say what is wrong with a comparison: the question it looks at, the operator or the value."""
    question = asked.by_code.get(test.question)
    if question is None and test.question in spoilt:
        return
    if question is None or test.question not in route.earlier:
        yield _misplaced(test.question, route, asked)
    elif test.operator not in _fitting(question):
        what = f"`{test.operator}` does not fit {question.code}, which is of type {question.type}."
        yield what, f"What fits is {listed(_fitting(question))}."
    elif test.operator != "answered":
        yield from _misfit(test, question, asked)


def _fitting(question: Question) -> tuple[Operator, ...]:
    return _FITTING.get(question.type, ("answered",))


def _misplaced(code: str, route: Route, asked: Questionnaire) -> Complaint:
    """Say why a question cannot be looked at from here."""
    if code not in asked.by_code:
        near = suggestion(code, asked.by_code)
        return f"The condition looks at {code}, which is not a question.", f"Name a question.{near}"
    remedy = "Name a question that comes earlier."
    if code == route.code:
        return "The condition looks at the question's own answer.", remedy
    if asked.group_of(code):
        what = f"The condition looks at {code}, which can have several answers: it is in a group."
        return what, "Name a question outside the group."
    return f"The condition looks at {code}, which comes later.", remedy


def _misfit(test: Comparison, question: Question, asked: Questionnaire) -> Iterator[Complaint]:
    """Say why a question can never be answered with this value."""
    value, code = test.value, question.code
    match question:
        case MaturityQuestion():
            yield from _not_offered(value, [point.value for point in asked.scale], code)
        case ChoiceQuestion():
            yield from _not_offered(value, [option.code for option in question.choices], code)
        case NumberQuestion() if not is_number(value) or not reach.is_within(question, value):
            yield f"{code} can never be “{value}”.", "Name a number within its bounds."
        case DateQuestion() if not as_date(str(value)):
            yield f"“{value}” is not a date.", "Write year-month-day, such as 2015-04-01."


def _not_offered(value: object, offered: Sequence[object], code: str) -> Iterator[Complaint]:
    if offered and value not in offered:
        words = [str(one) for one in offered]
        remedy = f"People choose from {listed(words)}.{suggestion(str(value), words)}"
        yield f"“{value}” cannot be chosen under {code}.", remedy


def _unreachable(route: Route, asked: Questionnaire) -> Iterator[Fault]:
    can_hold = reach.can_hold(route.together, asked)
    words = " and ".join(explain(condition, asked) for condition in route.together)
    if can_hold is None:
        what = "The condition looks at too many answers for us to say whether it can ever hold."
        yield route.fault(what, "Try it out by hand, or make it simpler.", "warning")
    elif not can_hold:
        needed = _is_required(route, asked) and " It must be answered, so nobody could finish."
        what = f"It can never be shown: no answers make this hold: {words}.{needed or ''}"
        yield route.fault(what, "Change the condition, or take this out.")


def _is_required(route: Route, asked: Questionnaire) -> bool:
    question = asked.by_code.get(route.code)
    return question is not None and question.required
