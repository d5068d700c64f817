"""Routing: which questions are shown and which probes offered, and why, in words.

Questions are gone through in order. An answer to a question that is not shown counts for nothing,
so a stale answer never keeps others on the page.
"""

from surveyapp.definitions.conditions import shows
from surveyapp.definitions.interview import Probe, Prompt
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import GroupQuestion, Question
from surveyapp.definitions.values import Answers


def counted(questionnaire: Questionnaire, answers: Answers) -> dict[str, object]:
    """Return the answers that count: those to questions that are shown."""
    found: dict[str, object] = {}
    for question in questionnaire.questions:
        if question.code in answers and shows(question.show_if, found):
            found[question.code] = answers[question.code]
    return found


def shown(questionnaire: Questionnaire, answers: Answers) -> tuple[Question, ...]:
    """Return the questions that are shown, in order."""
    found = counted(questionnaire, answers)
    return tuple(asked for asked in questionnaire.questions if shows(asked.show_if, found))


def shown_parts(group: GroupQuestion, entry: Answers, answers: Answers) -> tuple[Question, ...]:
    """Return the parts of a group that are shown for one entry, beside the answers that count."""
    found = dict(answers)
    parts: list[Question] = []
    for part in group.questions:
        if shows(part.show_if, found):
            parts.append(part)
            found[part.code] = entry.get(part.code)
    return tuple(parts)


def offered(prompt: Prompt, answers: Answers) -> tuple[Probe, ...]:
    """Return the probes of a prompt that the answers that count call for."""
    return tuple(probe for probe in prompt.probes if shows(probe.when, answers))
