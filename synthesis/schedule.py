"""What was asked: the questions of the questionnaire and the prompts of the interview guide."""

from dataclasses import dataclass, field
from typing import Literal

Instrument = Literal["questionnaire", "interview"]


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
        return tuple(q for section in self.questionnaire + self.interview for q in section.questions)

    def asked_about(self, theme: str) -> tuple[Question, ...]:
        """Return the questions and prompts put about one theme."""
        return tuple(question for question in self.questions() if question.theme == theme)
