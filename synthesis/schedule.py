"""What was asked: the questions of the questionnaire and the prompts of the interview guide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from synthesis.errors import InputError


@dataclass(frozen=True, slots=True)
class Question:
    """A question or prompt: its stable code, its wording and the theme it asks about."""

    code: str
    text: str
    theme: str
    type: str = "long"
    options: tuple[tuple[str, str], ...] = ()
    probes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an instrument, usually one strand."""

    code: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Everything that was asked, in the order it was asked."""

    questionnaire: tuple[Section, ...] = ()
    interview: tuple[Section, ...] = ()
    scale: tuple[tuple[int, str], ...] = field(default=())

    def questions(self) -> tuple[Question, ...]:
        """Return every question and prompt, the questionnaire's first."""
        return tuple(
            q for section in self.questionnaire + self.interview for q in section.questions
        )

    def as_put(self, wordings: Mapping[str, str]) -> "Schedule":
        """Return the schedule with these questions, by code, worded as they were put."""
        return replace(
            self,
            questionnaire=tuple(_as_put(section, wordings) for section in self.questionnaire),
            interview=tuple(_as_put(section, wordings) for section in self.interview),
        )

    def asked_about(self, theme: str) -> tuple[Question, ...]:
        """Return the questions and prompts put about one theme."""
        return tuple(question for question in self.questions() if question.theme == theme)


def _as_put(section: Section, wordings: Mapping[str, str]) -> Section:
    """Word a section's questions as they were put."""
    questions = section.questions
    put = tuple(replace(one, text=wordings.get(one.code, one.text)) for one in questions)
    return replace(section, questions=put)


def parse(questionnaire: Mapping[str, Any], interview: Mapping[str, Any]) -> Schedule:
    """Take from the two instruments what a review prints and counts.

    Both are tables in the format of docs/questionnaires.md; what a review does not need is passed
    over. Raises InputError, without much detail, for what its linter would refuse.
    """
    try:
        return Schedule(
            questionnaire=tuple(_section(section) for section in questionnaire.get("sections", ())),
            interview=tuple(_prompts(interview)),
            scale=tuple(_scale(questionnaire.get("scales", {}).get("maturity", {}))),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputError(
            "the questionnaire or the interview guide",
            f"A part is missing or not of the right kind ({error}).",
            "Check both against docs/questionnaires.md.",
        ) from error


def _section(section: Mapping[str, Any]) -> Section:
    """Read one section of the questionnaire."""
    theme = section.get("theme", "")
    return Section(
        code=section["code"],
        title=section["title"],
        questions=tuple(_question(question, theme) for question in section.get("questions", ())),
    )


def _question(question: Mapping[str, Any], theme: str) -> Question:
    """Read one question; its theme is the section's unless it has its own."""
    return Question(
        code=question["code"],
        text=question["text"],
        theme=question.get("theme") or theme,
        type=question["type"],
        options=tuple((option["code"], option["text"]) for option in question.get("options", ())),
    )


def _prompts(interview: Mapping[str, Any]) -> Iterator[Section]:
    """Read the guide's prompts, each as a section of one question."""
    for prompt in interview.get("prompts", ()):
        question = Question(
            code=prompt["code"],
            text=prompt["text"],
            theme=prompt.get("theme", ""),
            type="prompt",
            probes=tuple(probe["text"] for probe in prompt.get("probes", ())),
        )
        yield Section(code=prompt["code"], title=prompt.get("title", ""), questions=(question,))


def _scale(levels: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Read the maturity scale, from 0 up."""
    for value in sorted(levels, key=int):
        level = levels[value]
        yield int(value), level if isinstance(level, str) else level["label"]
