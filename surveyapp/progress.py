"""How far a return is: its stored rows as answers, and what is asked and answered a section."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, TypeVar

from surveyapp.definitions import routing
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import is_repeated
from surveyapp.definitions.values import Answers, entries


@dataclass(frozen=True, slots=True)
class Count:
    """How many questions a section asks, given the answers so far, and how many are answered."""

    asked: int
    answered: int
    # Whether one that must be answered is not.
    waits: bool = field(default=False, compare=False)


class Said(Protocol):
    """What was said under one question and entry: an answer, or the part of one that counts."""

    @property
    def question_code(self) -> str:
        """Return the question."""

    @property
    def entry_id(self) -> str:
        """Return the entry, "" where the question does not repeat."""

    @property
    def value(self) -> Mapping[str, object]:
        """Return what was said."""

    @property
    def created_at(self) -> dt.datetime:
        """Return when it was begun."""


class Line(NamedTuple):
    """An answer as far as counting needs it."""

    question_code: str
    entry_id: str
    value: Mapping[str, object]
    created_at: dt.datetime


Row = TypeVar("Row", bound=Said)


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Return answers that say something, in the order in which their entries were begun."""
    return sorted(
        (row for row in rows if row.value),
        key=lambda row: (row.created_at, row.entry_id, row.question_code),
    )


def collect(questionnaire: Questionnaire, rows: Iterable[Said]) -> dict[str, object]:
    """Return a submission's rows as the answers that routing looks at, repeated ones as lists."""
    found: dict[str, object] = {}
    repeated: dict[str, dict[str, object]] = {}
    grouped: dict[str, dict[str, dict[str, object]]] = {}
    for row in in_order(rows):
        group = questionnaire.group_of(row.question_code)
        question = questionnaire.by_code.get(row.question_code)
        if group is not None:
            entry = grouped.setdefault(group.code, {}).setdefault(row.entry_id, {})
            entry[row.question_code] = row.value
        elif question is not None and is_repeated(question):
            repeated.setdefault(row.question_code, {})[row.entry_id] = row.value
        elif question is not None:
            found[row.question_code] = row.value
    found |= {code: list(by_entry.values()) for code, by_entry in repeated.items()}
    return found | {code: list(by_entry.values()) for code, by_entry in grouped.items()}


def counts(questionnaire: Questionnaire, answers: Answers) -> dict[str, Count]:
    """Return how far each section is."""
    shown = {question.code for question in routing.shown(questionnaire, answers)}
    found: dict[str, Count] = {}
    for section in questionnaire.sections:
        asked = [question for question in section.questions if question.code in shown]
        left = [question for question in asked if not is_answered(answers.get(question.code))]
        waits = any(question.required for question in left)
        found[section.code] = Count(len(asked), len(asked) - len(left), waits)
    return found


def may_move(questionnaire: Questionnaire, code: str, before: object, after: object) -> bool:
    """Say whether a change under a question can change the count of any section.

    It cannot where something was answered before and after, and no question is shown or hidden by
    what it says: which is nearly every save of words that are being typed.
    """
    group = questionnaire.group_of(code)
    codes = {code} if group is None else {code, group.code}
    return bool(before) != bool(after) or not codes.isdisjoint(questionnaire.deciding)


def only_adds_one(questionnaire: Questionnaire, code: str, before: object, after: object) -> bool:
    """Say whether a change adds one answered question to its own section, and does nothing else.

    So it is where a question that everybody is asked once, and that decides nothing, is answered
    for the first time: which is nearly every save that changes a count.
    """
    question = questionnaire.by_code[code]
    is_asked_once = questionnaire.group_of(code) is None and not is_repeated(question)
    is_always_asked = question.show_if is None and code not in questionnaire.deciding
    return is_asked_once and is_always_asked and not before and bool(after)


def waiting(questionnaire: Questionnaire, answers: Answers, section_code: str) -> tuple[str, ...]:
    """Return the questions of a section that must be answered and are not."""
    return tuple(
        question.code
        for question in routing.shown(questionnaire, answers)
        if question.required
        and questionnaire.section(question.code).code == section_code
        and not is_answered(answers.get(question.code))
    )


def is_answered(value: object) -> bool:
    """Say whether somebody has answered; "don't know" and "not applicable" are answers."""
    return any(bool(entry) for entry in entries(value))
