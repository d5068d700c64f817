"""Everything a survey holds, gathered into tables in a fixed number of queries."""

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from surveyapp import published, reopened, workbook
from surveyapp.coordinate import columns, spoken, tracker, wide
from surveyapp.definitions import answers
from surveyapp.definitions.changes import offered
from surveyapp.definitions.questionnaire import Questionnaire, parts
from surveyapp.definitions.questions import Question
from surveyapp.exporting import Maker, Tell
from surveyapp.files import uploads
from surveyapp.models import (
    Answer,
    AnswerRevision,
    Authority,
    Contributor,
    Decision,
    SectionState,
    Snapshot,
    Submission,
    Survey,
    Upload,
)
from surveyapp.models.exporting import ExportKind
from surveyapp.tables import Row, Table, dictionary

Rows = Iterable[Row]
# Rows that come in crowds are fetched in parts, so that memory does not grow with them.
IN_PARTS: Final = {"yield_per": 500}
BY_NAME: Final = (Authority.name, Authority.code)
OfSubmission = TypeVar("OfSubmission", Answer, Contributor, SectionState)


def everything(session: Session, survey: Survey) -> Iterator[Table]:
    """Yield every table of a survey, the data dictionary last.

    Each is read while it is written down, so it has to be gone through before the next.
    """
    # Held until the end, so that no row has to ask for its return again.
    held = _submissions(session, survey)
    described = []
    for name, row, usual, rows in KINDS:
        # Its columns are the survey's own questions.
        meanings = wide.meanings(survey) if name == wide.NAME else usual
        described.append(Table(name, row, meanings, ()))
        yield Table(name, row, meanings, rows(session, survey))
    yield dictionary(described)
    del held


def _returns(session: Session, survey: Survey) -> Iterator[Row]:
    for one in _submissions(session, survey, joinedload(Submission.submitted_by)):
        yield (
            *_named(one),
            _state(one),
            one.reference,
            one.submitted_at,
            one.submitted_by.name if one.submitted_by else None,
            one.last_activity_at,
            one.questionnaire.content_hash,
        )


def _reopenings(session: Session, survey: Survey) -> Iterator[Row]:
    for one in reopened.all_of(session, survey):
        yield *_named(one.submission), one.at, one.reopened_by.name, one.reason


def _sections(session: Session, survey: Survey) -> Iterator[Row]:
    for one in _submissions(session, survey, selectinload(Submission.sections)):
        for state in one.sections:
            counts = (state.status, state.answered, state.asked)
            yield (
                *_named(one),
                state.section_code,
                *counts,
                state.use_level,
                state.last_activity_at,
            )


def _questions(session: Session, survey: Survey) -> Iterator[Row]:
    """Yield every question of every questionnaire that a return of the survey answers."""
    of_returns = select(Submission.questionnaire_id).where(Submission.survey_id == survey.id)
    is_asked = Snapshot.id.in_(of_returns) | (Snapshot.id == survey.questionnaire_id)
    for snapshot in session.scalars(
        select(Snapshot).where(is_asked).order_by(Snapshot.published_at, Snapshot.content_hash)
    ):
        asked = published.questionnaire(snapshot)
        for question in asked.questions:
            for one in (question, *parts(question)):
                group = "" if one is question else question.code
                yield snapshot.content_hash, *_question(asked, one, group)


def _question(asked: Questionnaire, one: Question, group: str) -> Row:
    section = asked.section(one.code)
    return (
        section.code,
        one.code,
        group,
        section.title,
        asked.theme_of(one.code),
        one.type,
        one.text,
        one.hint,
        "; ".join(f"{code} = {words}" for code, words in offered(asked, one).items()),
        getattr(one, "unit", ""),
        getattr(one, "period", ""),
    )


def _answers(session: Session, survey: Survey) -> Iterator[Row]:
    levels = {
        (state.submission_id, state.section_code): state.use_level
        for state in session.scalars(_of(SectionState, SectionState.submission, survey))
    }
    former = reopened.before_in(session, survey)
    names = uploads.names(uploads.of_survey(session, survey))
    for row in session.scalars(
        _of(Answer, Answer.submission, survey)
        .options(joinedload(Answer.author))
        .order_by(Answer.question_code, Answer.created_at, Answer.entry_id)
    ):
        if row.value or row.id in former:
            yield _answer(row, levels, former, names)


def _answer(
    row: Answer,
    levels: Mapping[tuple[uuid.UUID, str], str | None],
    former: Mapping[uuid.UUID, reopened.Value],
    names: Mapping[str, str],
) -> Row:
    asked = published.questionnaire(row.submission.questionnaire)
    is_known = row.question_code in asked.by_code
    section = asked.section(row.question_code).code if is_known else ""
    missing = row.value.get("missing")
    return (
        *_named(row.submission),
        row.submission.questionnaire.content_hash,
        section,
        row.question_code,
        asked.by_code[row.question_code].text if is_known else "",
        row.entry_id,
        answers.as_text(asked, row.question_code, row.value, names),
        _number(row.value),
        _json(row.value),
        missing if isinstance(missing, str) else None,
        levels.get((row.submission_id, section)),
        _state(row.submission),
        row.id in former,
        answers.as_text(asked, row.question_code, former.get(row.id, {}), names),
        row.version,
        row.author.name,
        row.updated_at,
    )


def _number(value: Mapping[str, object]) -> int | float | None:
    """Return a number or a rating as a number, so that a spreadsheet can reckon with it."""
    found = value.get("number", value.get("rating"))
    return found if isinstance(found, int | float) and not isinstance(found, bool) else None


def _history(session: Session, survey: Survey) -> Iterator[Row]:
    rows = session.scalars(
        select(AnswerRevision)
        .join(AnswerRevision.answer)
        .join(Answer.submission)
        .join(Submission.authority)
        .where(Submission.survey_id == survey.id)
        .options(joinedload(AnswerRevision.author), joinedload(AnswerRevision.answer))
        .order_by(*BY_NAME, Answer.question_code, Answer.id, AnswerRevision.version)
        .execution_options(**IN_PARTS)
    )
    for row in rows:
        yield (
            *_named(row.answer.submission),
            row.answer.question_code,
            row.answer.entry_id,
            row.version,
            _json(row.value),
            row.author.name,
            row.saved_at,
        )


def _people(session: Session, survey: Survey) -> Iterator[Row]:
    rows = session.scalars(
        _of(Contributor, Contributor.submission, survey).options(joinedload(Contributor.person))
    )
    for row in rows:
        person = (row.person.name, row.person.email, row.job_title, row.coordinator)
        yield *_named(row.submission), *person, row.invited_at, row.opened_at


def _files(session: Session, survey: Survey) -> Iterator[Row]:
    is_its_answer = sa.and_(
        Answer.submission_id == Upload.submission_id,
        Answer.question_code == Upload.question_code,
        Answer.entry_id == Upload.entry_id,
    )
    rows = session.execute(
        select(Upload, Answer)
        .join(Upload.submission)
        .join(Submission.authority)
        .outerjoin(Answer, is_its_answer)
        .where(Submission.survey_id == survey.id)
        .options(joinedload(Upload.uploaded_by))
        .order_by(*BY_NAME, Upload.question_code, Upload.at, Upload.id)
    )
    for upload, answer in rows:
        held: Answer | None = answer  # whatever the types say of a join that leaves gaps
        value = held.value if held else {}
        yield _file(upload, value if value.get("file") == str(upload.id) else None)


def _file(upload: Upload, value: Mapping[str, object] | None) -> Row:
    """Return a file's row; without the answer that holds it, whether it may be shared is over."""
    return (
        *_named(upload.submission),
        upload.question_code,
        upload.entry_id,
        str(upload.id),
        upload.file_name,
        upload.media_type,
        upload.size,
        upload.sha256,
        None if value is None else value.get("may_share") is True,
        "not in the return" if value is None else "in the return",
        upload.uploaded_by.name,
        upload.at,
    )


def _decisions(session: Session, survey: Survey) -> Iterator[Row]:
    rows = session.scalars(
        select(Decision)
        .where(Decision.survey_id == survey.id)
        .options(joinedload(Decision.coder))
        .order_by(Decision.response, Decision.start, Decision.theme)
        .execution_options(**IN_PARTS)
    )
    for row in rows:
        place = (row.response, row.start, row.end, row.words, row.theme, row.verdict)
        yield *place, row.coder.name, row.made_at


def _submissions(session: Session, survey: Survey, *also: ExecutableOption) -> Sequence[Submission]:
    return session.scalars(
        select(Submission)
        .join(Submission.authority)
        .where(Submission.survey_id == survey.id)
        .options(joinedload(Submission.authority), selectinload(Submission.questionnaire), *also)
        .order_by(Authority.name)
    ).all()


def _of(
    model: type[OfSubmission], submission: InstrumentedAttribute[Submission], survey: Survey
) -> sa.Select[OfSubmission]:
    of_survey = Submission.survey_id == survey.id
    returns = select(model).join(submission).join(Submission.authority)
    return returns.where(of_survey).order_by(*BY_NAME)


def _named(one: Submission) -> Row:
    return one.authority_code, one.authority.name


def _state(one: Submission) -> str:
    return tracker.state(one.survey, one.submitted_at, one.last_activity_at)


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


KINDS: Final[tuple[tuple[str, str, Mapping[str, str], Callable[[Session, Survey], Rows]], ...]] = (
    ("Returns", "An authority's return.", columns.RETURNS, _returns),
    ("Reopenings", "A return opened again.", columns.REOPENINGS, _reopenings),
    ("Sections", "A section of a return.", columns.SECTIONS, _sections),
    (
        "Questions",
        "A question, as one questionnaire asks it.",
        columns.QUESTIONS,
        _questions,
    ),
    (wide.NAME, "An authority, with its answers in words.", columns.BY_QUESTION, wide.rows),
    ("Answers", "An answer, or one entry of it.", columns.ANSWERS, _answers),
    ("History", "A value that an answer has had.", columns.HISTORY, _history),
    ("People", "A person who completes a return.", columns.PEOPLE, _people),
    *spoken.KINDS,
    ("Files", "A file given with an answer.", columns.FILES, _files),
    ("Decisions", "A coder's verdict on a theme.", columns.DECISIONS, _decisions),
)


@dataclass(frozen=True, slots=True)
class TablesIn:
    """All tables of a survey, written in one form."""

    form: workbook.Writer
    steps: int = len(KINDS) + 1

    def write(self, session: Session, survey: Survey, file: IO[bytes], tell: Tell) -> None:
        """Write the tables, and tell each time that the one before is written."""
        self.form(self._watched(everything(session, survey), tell), file)

    def _watched(self, tables: Iterable[Table], tell: Tell) -> Iterator[Table]:
        for done, table in enumerate(tables):
            tell(done)
            yield table


MAKERS: Final[Mapping[ExportKind, Maker]] = {
    "xlsx": TablesIn(workbook.write_xlsx),
    "csv": TablesIn(workbook.write_csv),
    "json": TablesIn(workbook.write_json),
}
