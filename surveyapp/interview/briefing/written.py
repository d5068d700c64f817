"""What an authority wrote, as the person who rings them needs it: question, words, state."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp import progress, published
from surveyapp.definitions import answers, routing
from surveyapp.definitions.questionnaire import Questionnaire, Section, parts
from surveyapp.definitions.questions import GroupQuestion, Question
from surveyapp.definitions.values import DONT_KNOW, NOT_APPLICABLE, entries, is_missing, is_number
from surveyapp.files import uploads
from surveyapp.files.uploads import Uploads
from surveyapp.models import Answer, Person, Submission, Upload

State = Literal["not answered", "don't know", "not applicable", "answered"]
GAPS: tuple[State, ...] = ("not answered", "don't know")


@dataclass(frozen=True, slots=True)
class Written:
    """One question that was asked, and what was answered: a text an entry, and by whom.

    `rating` is the point of the maturity scale, where it is that kind of question.
    """

    code: str
    text: str
    section_code: str
    state: State
    words: tuple[str, ...] = ()
    rating: int | None = None
    author: str = ""
    at: dt.datetime | None = None
    files: tuple[Upload, ...] = ()

    @property
    def is_gap(self) -> bool:
        """Say whether there is nothing to go by."""
        return self.state in GAPS


@dataclass(frozen=True)
class Return:
    """A return read once, with the questions that it brings up."""

    submission: Submission
    questionnaire: Questionnaire
    rows: tuple[Answer, ...]
    # Those of the answers here; read only where there are any.
    files: Uploads = field(default_factory=dict)

    @cached_property
    def given(self) -> Mapping[str, object]:
        """Return the answers as routing looks at them."""
        return progress.collect(self.questionnaire, self.rows)

    @cached_property
    def counted(self) -> Mapping[str, object]:
        """Return the answers that count: those to questions that are asked."""
        return routing.counted(self.questionnaire, self.given)

    @cached_property
    def written(self) -> Mapping[str, Written]:
        """Return every question that is asked, in order, with what was answered, by its code."""
        asked = routing.shown(self.questionnaire, self.given)
        return {question.code: self._written(question) for question in asked}

    @cached_property
    def levels(self) -> Mapping[str, str | None]:
        """Return how the words of each section may be used, as far as somebody has said."""
        return {state.section_code: state.use_level for state in self.submission.sections}

    def under(self, section: Section) -> tuple[Written, ...]:
        """Return what stands under the questions of a section."""
        codes = (question.code for question in section.questions)
        return tuple(self.written[code] for code in codes if code in self.written)

    def values(self, code: str) -> tuple[Mapping[str, object], ...]:
        """Return what is stored under a question, an entry each; nothing answered is none."""
        found = entries(self.counted.get(code))
        return tuple(one for one in found if isinstance(one, Mapping) and one)

    def _written(self, question: Question) -> Written:
        values = self.values(question.code)
        latest = max(self._rows(question), key=lambda row: row.updated_at, default=None)
        rating = values[0].get("rating") if values else None
        return Written(
            code=question.code,
            text=question.text,
            section_code=self.questionnaire.section(question.code).code,
            state=_state(values),
            words=tuple(filter(None, (self._words(question, value) for value in values))),
            rating=int(rating) if is_number(rating) else None,
            # What an answer said before comes without its author.
            author=latest.author.name if latest and latest.author else "",
            at=latest.updated_at if latest else None,
            files=uploads.referred(values, self.files),
        )

    def _rows(self, question: Question) -> Iterator[Answer]:
        codes = tuple(part.code for part in parts(question)) or (question.code,)
        return (row for row in self.rows if row.question_code in codes and row.value)

    def _words(self, question: Question, value: Mapping[str, object]) -> str:
        names = uploads.names(self.files)
        if isinstance(question, GroupQuestion):
            shown = {part.code for part in routing.shown_parts(question, value, self.counted)}
            value = {code: part for code, part in value.items() if code in shown}
        return answers.as_text(self.questionnaire, question.code, value, names)


def read(session: Session, submission: Submission) -> Return:
    """Return what an authority wrote, in three queries at most."""
    rows = session.scalars(
        select(Answer)
        .where(Answer.submission_id == submission.id)
        .options(joinedload(Answer.author).load_only(Person.name))
    ).all()
    has_files = any("file" in row.value for row in rows)
    files = uploads.of_submission(session, submission) if has_files else {}
    return stand(submission, rows, files)


def stand(submission: Submission, rows: Iterable[Answer], files: Uploads = uploads.NONE) -> Return:
    """Return a return with these answers."""
    return Return(submission, published.asked(submission), tuple(rows), files)


def _state(values: tuple[Mapping[str, object], ...]) -> State:
    if not values:
        return "not answered"
    if not all(map(is_missing, values)):
        return "answered"
    return DONT_KNOW if any(one["missing"] == DONT_KNOW for one in values) else NOT_APPLICABLE
