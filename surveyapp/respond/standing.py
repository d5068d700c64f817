"""A return as it stands: its answers by question and entry, and which questions they bring up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp import progress, published
from surveyapp.definitions import routing
from surveyapp.definitions.questionnaire import Questionnaire, Section, parts
from surveyapp.definitions.questions import GroupQuestion, Question
from surveyapp.models import Answer, Submission

Key = tuple[str, str]  # the code of a question, and the entry where it repeats


@dataclass(frozen=True, slots=True)
class Standing:
    """A return read once: every answer with its author, and the questions that are shown."""

    submission: Submission
    questionnaire: Questionnaire
    rows: Mapping[Key, Answer]
    given: Mapping[str, object]
    counted: Mapping[str, object]
    shown: tuple[Question, ...]

    @property
    def is_open(self) -> bool:
        """Say whether answers can still be changed."""
        return self.submission.submitted_at is None and self.submission.survey.is_open

    def questions(self, section: Section) -> tuple[Question, ...]:
        """Return the questions of a section that are shown."""
        codes = {question.code for question in section.questions}
        return tuple(question for question in self.shown if question.code in codes)

    def value(self, code: str, entry_id: str = "") -> Mapping[str, object]:
        """Return what is stored under a question; nothing answered is {}."""
        row = self.rows.get((code, entry_id))
        return {} if row is None else row.value

    def version(self, code: str, entry_id: str = "") -> int:
        """Return the version of what is stored under a question; 0 where nothing ever was."""
        row = self.rows.get((code, entry_id))
        return 0 if row is None else row.version

    def entry_ids(self, question: Question) -> list[str]:
        """Return the entries that say something, in the order in which they were begun."""
        codes = codes_of(question)
        rows = progress.in_order(row for row in self.rows.values() if row.question_code in codes)
        return list(dict.fromkeys(row.entry_id for row in rows))

    def parts_shown(self, group: GroupQuestion, entry_id: str) -> tuple[Question, ...]:
        """Return the parts of a group that are shown in one entry."""
        entry = {part.code: self.value(part.code, entry_id) for part in group.questions}
        return routing.shown_parts(group, entry, self.counted)


def codes_of(question: Question) -> tuple[str, ...]:
    """Return the codes under which a question's answers are stored: a group's are its parts'."""
    return tuple(part.code for part in parts(question)) or (question.code,)


def read(session: Session, submission: Submission) -> Standing:
    """Return a return as it stands, in one query however many answers there are."""
    rows = session.scalars(
        select(Answer)
        .where(Answer.submission_id == submission.id)
        .options(joinedload(Answer.author))
    ).all()
    return stand(submission, rows)


def stand(submission: Submission, rows: Iterable[Answer]) -> Standing:
    """Return a return with these answers."""
    questionnaire = published.questionnaire(submission.questionnaire)
    by_key = {(row.question_code, row.entry_id): row for row in rows}
    given = progress.collect(questionnaire, by_key.values())
    return Standing(
        submission=submission,
        questionnaire=questionnaire,
        rows=by_key,
        given=given,
        counted=routing.counted(questionnaire, given),
        shown=routing.shown(questionnaire, given),
    )
