"""Conditions: when a question is shown or a probe offered, as data that can be checked.

A condition compares one earlier answer with a value, or joins other conditions by `all`, `any` and
`not`. It holds, fails, or is undetermined (None) because the answer it looks at is not there.
Something undetermined is not shown.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Final, Literal, TypeVar

from pydantic import Discriminator, Field, StrictBool, StrictFloat, StrictInt, Tag, model_validator
from pydantic_core import PydanticCustomError

from surveyapp.definitions.reading import Frozen, Words
from surveyapp.definitions.values import Answers, has_value, is_list, is_missing, is_number

Operator = Literal["equals", "not_equals", "includes", "at_least", "at_most", "answered"]
Value = StrictInt | StrictFloat | Words
OPERATORS: Final[tuple[Operator, ...]] = (
    "equals",
    "not_equals",
    "includes",
    "at_least",
    "at_most",
    "answered",
)
Joined = TypeVar("Joined", bound=Frozen)
_VALUE_KEYS = ("rating", "option", "number", "date", "text")
_OPPOSITE: Final[Mapping[bool | None, bool | None]] = {True: False, False: True, None: None}
_HOLDS: Final[Mapping[Operator, Callable[[int], bool]]] = {
    "equals": lambda order: order == 0,
    "not_equals": lambda order: order != 0,
    "at_least": lambda order: order >= 0,
    "at_most": lambda order: order <= 0,
}


class Comparison(Frozen):
    """One earlier answer compared with a value, such as at least 3."""

    question: Words
    equals: Value | None = None
    not_equals: Value | None = None
    includes: Words | None = None
    at_least: Value | None = None
    at_most: Value | None = None
    answered: StrictBool | None = None

    @model_validator(mode="after")
    def _one_operator(self) -> "Comparison":
        if len(self._given()) != 1:
            raise PydanticCustomError(
                "operators",
                "a condition on a question needs exactly one of {operators}",
                {"operators": ", ".join(OPERATORS)},
            )
        return self

    def _given(self) -> list[Operator]:
        return [name for name in OPERATORS if getattr(self, name) is not None]

    @property
    def operator(self) -> Operator:
        """Return how the answer is compared."""
        return self._given()[0]

    @property
    def value(self) -> int | float | str | bool:
        """Return what the answer is compared with."""
        found: int | float | str | bool = getattr(self, self.operator)
        return found


def _refuse_empty(joined: Joined, parts: tuple["Condition", ...]) -> Joined:
    if not parts:
        raise PydanticCustomError("nothing_joined", "`all` and `any` need at least one condition")
    return joined


class AllOf(Frozen):
    """Several conditions that must all hold."""

    all: tuple["Condition", ...]

    @model_validator(mode="after")
    def _not_empty(self) -> "AllOf":
        return _refuse_empty(self, self.all)


class AnyOf(Frozen):
    """Several conditions of which one must hold."""

    any: tuple["Condition", ...]

    @model_validator(mode="after")
    def _not_empty(self) -> "AnyOf":
        return _refuse_empty(self, self.any)


class Negation(Frozen):
    """A condition that must fail."""

    condition: "Condition" = Field(alias="not")


def _form(raw: object) -> str:
    """Say which form of condition this is, by the word it uses.

    The names differ from the words, so that no name is mistaken for a setting in the file.
    """
    match raw:
        case {"all": _} | AllOf():
            return "all_of"
        case {"any": _} | AnyOf():
            return "any_of"
        case {"not": _} | Negation():
            return "negation"
    return "comparison"


Condition = Annotated[
    Annotated[Comparison, Tag("comparison")]
    | Annotated[AllOf, Tag("all_of")]
    | Annotated[AnyOf, Tag("any_of")]
    | Annotated[Negation, Tag("negation")],
    Discriminator(_form),
]


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Yield every comparison in a condition, in the order it is written."""
    match condition:
        case Comparison():
            yield condition
        case Negation():
            yield from comparisons(condition.condition)
        case AllOf(all=parts) | AnyOf(any=parts):
            for part in parts:
                yield from comparisons(part)


def shows(condition: Condition | None, answers: Answers) -> bool:
    """Say whether something with this condition is shown; without a condition it always is."""
    return condition is None or evaluate(condition, answers) is True


def evaluate(condition: Condition, answers: Answers) -> bool | None:
    """Say whether a condition holds; None where the answers it needs are not there."""
    match condition:
        case Comparison():
            return _compare(condition, answers.get(condition.question))
        case Negation():
            return _OPPOSITE[evaluate(condition.condition, answers)]
        case AllOf(all=parts):
            return _settled([evaluate(part, answers) for part in parts], by=False)
        case AnyOf(any=parts):
            return _settled([evaluate(part, answers) for part in parts], by=True)


def _settled(parts: list[bool | None], *, by: bool) -> bool | None:
    """One part of this kind settles the whole; failing that, one unknown part leaves it unknown."""
    if by in parts:
        return by
    return None if None in parts else not by


def _compare(comparison: Comparison, answer: object) -> bool | None:
    operator, wanted = comparison.operator, comparison.value
    if operator == "answered":
        return has_value(answer) is wanted
    if not isinstance(answer, Mapping) or is_missing(answer):
        return None
    if operator == "includes":
        options = answer.get("options")
        return wanted in options if is_list(options) else None
    order = _order(_single(answer), wanted)
    return None if order is None else _HOLDS[operator](order)


def _single(answer: Mapping[str, object]) -> object:
    return next((answer[key] for key in _VALUE_KEYS if key in answer), None)


def _order(given: object, wanted: object) -> int | None:
    """Place what was given below (-1), at (0) or above (1) what is wanted; only like with like."""
    if is_number(given) and is_number(wanted):
        return (given > wanted) - (given < wanted)
    if isinstance(given, str) and isinstance(
        wanted, str
    ):  # option codes, and dates as year-month-day
        return (given > wanted) - (given < wanted)
    return None
