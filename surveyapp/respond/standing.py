"""A return as it stands: its answers by question and entry, and which questions they bring up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from surveyapp import progress, published
from surveyapp.definitions import routing
from surveyapp.definitions.questionnaire import Questionnaire, Section, parts
from surveyapp.definitions.questions import GroupQuestion, Question
from surveyapp.files import uploads
from surveyapp.files.uploads import Uploads
from surveyapp.models import Answer, Submission

_SOME = (
    select(Answer)
    .where(
        Answer.submission_id == bindparam("submission"),
        Answer.question_code.in_(bindparam("codes", expanding=True)),
    )
    .execution_options(populate_existing=True)
)
Key = tuple[str, str]  # the code of a question, and the entry where it repeats


@dataclass(frozen=True)
class Standing:
    """A return read once: every answer with its author, and the questions that are shown."""

    submission: Submission
    questionnaire: Questionnaire
    rows: Mapping[Key, Answer]
    # Those of the answers here; read only where there are any.
    files: Uploads = field(default_factory=dict)

    @cached_property
    def given(self) -> Mapping[str, object]:
        """Return the answers as routing looks at them."""
        return progress.collect(self.questionnaire, self.rows.values())

    @cached_property
    def counted(self) -> Mapping[str, object]:
        """Return the answers that count: those to questions that are shown."""
        return routing.counted(self.questionnaire, self.given)

    @cached_property
    def shown(self) -> tuple[Question, ...]:
        """Return the questions that are shown."""
        return routing.shown(self.questionnaire, self.given)

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
    """Return a return as it stands, in two queries however many answers and files there are."""
    rows = session.scalars(
        select(Answer)
        .where(Answer.submission_id == submission.id)
        .options(joinedload(Answer.author))
    ).all()
    has_files = any("file" in row.value for row in rows)
    return stand(submission, rows, uploads.of_submission(session, submission) if has_files else {})


def read_only(session: Session, submission: Submission, codes: Iterable[str]) -> Standing:
    """Return what stands under some questions, and nothing of the others."""
    asked = {"submission": submission.id, "codes": [*codes]}
    return stand(submission, session.scalars(_SOME, asked) if asked["codes"] else ())


def stand(
    submission: Submission, rows: Iterable[Answer], files: Uploads = uploads.NONE
) -> Standing:
    """Return a return with these answers."""
    by_key = {(row.question_code, row.entry_id): row for row in rows}
    return Standing(submission, published.asked(submission), by_key, files)
