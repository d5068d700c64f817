"""The end of a return: every answer read through, the declaration, the return handed in.

What was consented to with a document or a person is read through together with them: an unticked
box says no.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from surveyapp import progress
from surveyapp.definitions import answers
from surveyapp.definitions.questionnaire import Section
from surveyapp.definitions.questions import GroupQuestion, Question, is_repeated
from surveyapp.definitions.values import is_missing
from surveyapp.errors import UnansweredError
from surveyapp.files import uploads
from surveyapp.models import Person, SectionState, Submission, Upload
from surveyapp.respond import services, standing
from surveyapp.respond.standing import Standing

DECLARATION: Final = (
    "I confirm that this return is complete as far as we know, that it may be used as we said in "
    "each section, or without our council’s name where we did not say, and that it names no child "
    "or family."
)
USES: Final[Mapping[str, str]] = {
    "named": "These words may be used with your council’s name.",
    "unnamed": "These words may be used without your council’s name.",
    "withheld": "These words are not for publication.",
}
UNSAID: Final = (
    "Nobody has said how these words may be used. If nobody does, they may be used without your "
    "council’s name."
)
UNSAID_TO_THE_END: Final = (
    "Nobody said how these words may be used, so they may be used without your council’s name."
)
_CONSENTS: Final[Mapping[str, tuple[str, str]]] = {
    "document": ("may_share", "May be shared"),
    "contact": ("may_publish", "May be published"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One question with everything that was answered under it, in words."""

    question: Question
    texts: tuple[str, ...]
    must_be_answered: bool
    files: tuple[Upload, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """One section read through: how far it is, and its questions."""

    section: Section
    state: SectionState
    lines: tuple[Line, ...]

    @property
    def use(self) -> str:
        """Return how its words may be used, "" where that is not asked."""
        if not self.section.use_level:
            return ""
        is_final = self.state.submission.submitted_at is not None
        unsaid = UNSAID_TO_THE_END if is_final else UNSAID
        return USES.get(self.state.use_level or "", unsaid)


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
    """Submit a return in which nothing waits."""
    codes = waiting(standing.read(session, submission))
    if codes:
        raise UnansweredError(codes)
    services.submit(session, submission, person, at)


def _chapter(now: Standing, section: Section, state: SectionState) -> Chapter:
    waits = progress.waiting(now.questionnaire, now.given, section.code)
    lines = (
        Line(question, tuple(texts(now, question)), question.code in waits, files_of(now, question))
        for question in now.questions(section)
    )
    return Chapter(section, state, tuple(lines))


def texts(now: Standing, question: Question) -> Iterator[str]:
    """Give what was answered under a question in words, one text an entry."""
    for entry_id in now.entry_ids(question) if is_repeated(question) else [""]:
        text = _text(now, question, entry_id)
        if text:
            yield text


def _text(now: Standing, question: Question, entry_id: str) -> str:
    if isinstance(question, GroupQuestion):
        said = ((part, _text(now, part, entry_id)) for part in now.parts_shown(question, entry_id))
        return "\n".join(f"{part.text} {text}" for part, text in said if text)
    value = now.value(question.code, entry_id)
    text = answers.as_text(now.questionnaire, question.code, value, uploads.names(now.files))
    return "\n".join(filter(None, (text, _consent(question, value))))


def _consent(question: Question, value: Mapping[str, object]) -> str:
    """Say what may be done with a document or a person; "" for what is neither."""
    if not value or is_missing(value) or question.type not in _CONSENTS:
        return ""
    field, words = _CONSENTS[question.type]
    return f"{words}: {'yes' if value.get(field) is True else 'no'}"


def files_of(now: Standing, question: Question) -> tuple[Upload, ...]:
    """Return the files that were given under a question."""
    codes = standing.codes_of(question)
    rows = progress.in_order(row for row in now.rows.values() if row.question_code in codes)
    return uploads.referred((row.value for row in rows), now.files)
