"""How far a return is: its stored rows as answers, and what is asked and answered a section."""

from collections.abc import Iterable
from dataclasses import dataclass

from surveyapp.definitions import routing
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import is_repeated
from surveyapp.definitions.values import Answers, entries
from surveyapp.models import Answer


@dataclass(frozen=True, slots=True)
class Count:
    """How many questions a section asks, given the answers so far, and how many are answered."""

    asked: int
    answered: int


def in_order(rows: Iterable[Answer]) -> list[Answer]:
    """Return answers that say something, in the order in which their entries were begun."""
    return sorted(
        (row for row in rows if row.value),
        key=lambda row: (row.created_at, row.entry_id, row.question_code),
    )


def collect(questionnaire: Questionnaire, rows: Iterable[Answer]) -> dict[str, object]:
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
        codes = [question.code for question in section.questions if question.code in shown]
        done = [code for code in codes if is_answered(answers.get(code))]
        found[section.code] = Count(asked=len(codes), answered=len(done))
    return found


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
