"""The end of a return: every answer read through, the declaration, the reference on the receipt."""

import datetime as dt
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from surveyapp import progress
from surveyapp.definitions import answers
from surveyapp.definitions.questionnaire import Section
from surveyapp.definitions.questions import GroupQuestion, Question, is_repeated
from surveyapp.errors import UnansweredError
from surveyapp.models import Person, SectionState, Submission
from surveyapp.respond import services, standing
from surveyapp.respond.standing import Standing

# No letter or figure that is taken for another when it is read out.
_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Line:
    """One question with everything that was answered under it, in words."""

    question: Question
    texts: tuple[str, ...]
    must_be_answered: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """One section read through: how far it is, and its questions."""

    section: Section
    state: SectionState
    lines: tuple[Line, ...]


def chapters(now: Standing, states: Sequence[SectionState], only: str = "") -> tuple[Chapter, ...]:
    """Return what a return says, section by section."""
    sections = now.questionnaire.sections
    return tuple(
        _chapter(now, now.questionnaire.section(state.section_code), state)
        for state in states
        if state.section_code in {one.code for one in sections} and only in ("", state.section_code)
    )


def waiting(now: Standing) -> tuple[str, ...]:
    """Return every question that must be answered and is not."""
    return tuple(
        code
        for section in now.questionnaire.sections
        for code in progress.waiting(now.questionnaire, now.given, section.code)
    )


def hand_in(session: Session, submission: Submission, person: Person, at: dt.datetime) -> None:
    """Submit a return in which nothing waits, and give it its reference."""
    codes = waiting(standing.read(session, submission))
    if codes:
        raise UnansweredError(codes)
    services.submit(session, submission, person, at)
    submission.reference = submission.reference or new_reference()
    session.flush()


def new_reference() -> str:
    """Return a reference that is easy to read out: EH-7K3P-Q9RT."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"EH-{letters[:4]}-{letters[4:]}"


def _chapter(now: Standing, section: Section, state: SectionState) -> Chapter:
    waits = progress.waiting(now.questionnaire, now.given, section.code)
    lines = (
        Line(question, tuple(texts(now, question)), question.code in waits)
        for question in now.questions(section)
    )
    return Chapter(section, state, tuple(lines))


def texts(now: Standing, question: Question) -> Iterator[str]:
    """Give what was answered under a question in words, one text an entry."""
    for entry_id in now.entry_ids(question) if is_repeated(question) else [""]:
        value = now.value(question.code, entry_id)
        if isinstance(question, GroupQuestion):
            parts = now.parts_shown(question, entry_id)
            value = {part.code: now.value(part.code, entry_id) for part in parts}
        text = answers.as_text(now.questionnaire, question.code, value)
        if text:
            yield text
