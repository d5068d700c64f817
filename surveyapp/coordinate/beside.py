"""Answers side by side: one question, every authority, in a fixed number of queries.

What has been saved is shown while the return is still being written, and says so.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveyapp import progress, published, reopened
from surveyapp.coordinate import tracker
from surveyapp.definitions import answers, reach, routing
from surveyapp.definitions.changes import offered
from surveyapp.definitions.questionnaire import Questionnaire, Section, parts
from surveyapp.definitions.questions import Question
from surveyapp.definitions.values import entries, is_missing
from surveyapp.errors import NotInTheQuestionnaireError
from surveyapp.files import uploads
from surveyapp.files.uploads import Uploads
from surveyapp.models import (
    Answer,
    Authority,
    Correction,
    Interview,
    Note,
    Person,
    SectionState,
    Submission,
    Survey,
    Upload,
)

About = tuple[str, Uploads]  # a question's code, and the files given under it
NOTHING_SAID = sa.cast(Answer.value, sa.Text) == "{}"


@dataclass(frozen=True, slots=True)
class Told:
    """What one authority says under the question; `texts` has one text an entry.

    `before` is what it said when the return was submitted, where it was opened again since and the
    answer has been changed.
    """

    authority: str
    submission_id: uuid.UUID
    state: str
    is_asked: bool
    texts: tuple[str, ...]
    is_missing: bool
    use_level: str | None
    author: str
    at: dt.datetime | None
    before: tuple[str, ...] | None = None
    files: tuple[Upload, ...] = ()
    # What it was asked, where that is not what the survey asks now.
    wording: tuple[str, ...] = ()
    # What was said on the telephone about this answer.
    corrected: tuple["SpokenOf", ...] = ()


@dataclass(frozen=True, slots=True)
class SpokenOf:
    """An interview's note that corrects the answer or adds to it."""

    interview_id: uuid.UUID
    note_id: uuid.UUID
    kind: str
    prevails: str


@dataclass(frozen=True, slots=True)
class Beside:
    """One question with what every authority says under it, by authority."""

    question: Question
    section: Section
    told: tuple[Told, ...]
    previous: Question | None
    following: Question | None

    @property
    def answered(self) -> int:
        """Count the authorities that have answered; "don't know" is an answer."""
        return sum(bool(one.texts) for one in self.told)

    @property
    def otherwise(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """Return other words that answers were given to, each with the authorities that did."""
        found: dict[tuple[str, ...], tuple[str, ...]] = {}
        for one in self.told:
            if one.wording:
                found[one.wording] = (*found.get(one.wording, ()), one.authority)
        return found

    @property
    def asked(self) -> int:
        """Count the authorities that are asked, given what they answered before."""
        return sum(one.is_asked for one in self.told)


@dataclass(frozen=True, slots=True)
class Listed:
    """One section of the questionnaire with how many authorities have answered each question."""

    section: Section
    questions: tuple[tuple[Question, int], ...]


def contents(session: Session, survey: Survey) -> tuple[Listed, ...]:
    """Return every question of a survey with how many authorities have answered it."""
    asked = published.questionnaire(survey.questionnaire)
    rows = session.execute(
        select(Answer.submission_id, Answer.question_code)
        .join(Answer.submission)
        .where(Submission.survey_id == survey.id, ~NOTHING_SAID)
        .distinct()
    )
    found: dict[str, set[uuid.UUID]] = defaultdict(set)
    for submission, code in rows:
        group = asked.group_of(code)
        found[group.code if group else code].add(submission)
    return tuple(
        Listed(section, tuple((one, len(found[one.code])) for one in section.questions))
        for section in asked.sections
    )


def side_by_side(session: Session, survey: Survey, code: str) -> Beside:
    """Return what every authority says under one question."""
    asked = published.questionnaire(survey.questionnaire)
    codes = [question.code for question in asked.questions]
    if code not in codes:
        raise NotInTheQuestionnaireError(code)
    at = codes.index(code)
    return Beside(
        question=asked.questions[at],
        section=asked.section(code),
        told=_told(session, survey, asked.questions[at], asked.section(code).code),
        previous=asked.questions[at - 1] if at else None,
        following=asked.questions[at + 1] if at + 1 < len(codes) else None,
    )


def _told(session: Session, survey: Survey, question: Question, section: str) -> tuple[Told, ...]:
    submissions = session.scalars(
        select(Submission)
        .join(Submission.authority)
        .where(Submission.survey_id == survey.id)
        # Snapshots are long and shared: each is fetched once.
        .options(joinedload(Submission.authority), selectinload(Submission.questionnaire))
        .order_by(Authority.name)
    ).all()
    rows = _rows(session, survey, _looked_at(survey, question))
    levels = _levels(session, survey, section)
    former = _former(session, survey, rows)
    files = uploads.of_survey(session, survey, *_own(question))
    spoken = _spoken(session, survey, _own(question))
    told = ((one, _one(survey, one, (question.code, files), rows[one.id])) for one in submissions)
    return tuple(
        replace(
            said,
            use_level=levels.get(one.id),
            before=_before((question.code, files), one, rows[one.id], former),
            wording=_wording(survey, one, question.code) if said.texts else (),
            corrected=tuple(spoken[one.id]),
        )
        for one, said in told
    )


def _spoken(
    session: Session, survey: Survey, codes: Sequence[str]
) -> Mapping[uuid.UUID, list[SpokenOf]]:
    """Return the notes in use that change an answer under one of the questions, by return."""
    found: dict[uuid.UUID, list[SpokenOf]] = defaultdict(list)
    rows = session.execute(
        select(Correction, Interview)
        .join(Correction.note)
        .join(Note.interview)
        .join(Interview.submission)
        .where(
            Submission.survey_id == survey.id,
            Correction.question_code.in_(codes),
            Correction.undone_at.is_(None),
            Note.struck_at.is_(None),
            Note.text != "",
            Interview.consent_notes.is_(True),
        )
        .order_by(Correction.at, Correction.id)
    )
    for row, interview in rows:
        said = SpokenOf(interview.id, row.note_id, row.kind, row.prevails)
        found[interview.submission_id].append(said)
    return found


def _wording(survey: Survey, one: Submission, code: str) -> tuple[str, ...]:
    """Return the words that a return asks, where the survey has others now."""
    asked, now = (published.questionnaire(some.questionnaire) for some in (one, survey))
    if one.questionnaire_id == survey.questionnaire_id or code not in asked.by_code:
        return ()
    was = _words(asked, asked.question(code))
    return was if was != _words(now, now.question(code)) else ()


def _words(asked: Questionnaire, question: Question) -> tuple[str, ...]:
    """Return every word that is read with a question: its own, its hint, what can be chosen."""
    own = (question.text, question.hint, "; ".join(offered(asked, question).values()))
    of_parts = (words for part in parts(question) for words in _words(asked, part))
    return tuple(words for words in (*own, *of_parts) if words)


def _former(
    session: Session, survey: Survey, rows: Mapping[uuid.UUID, list[Answer]]
) -> dict[uuid.UUID, reopened.Value]:
    """Return what answers said before they were changed in returns that were opened again."""
    flat = [row for some in rows.values() for row in some]
    return reopened.before(session, reopened.all_of(session, survey), flat)


def _before(
    about: About, one: Submission, rows: list[Answer], former: Mapping[uuid.UUID, reopened.Value]
) -> tuple[str, ...] | None:
    if not former.keys() & {row.id for row in rows}:
        return None
    asked = published.questionnaire(one.questionnaire)
    then, now = (
        _texts(asked, about, progress.collect(asked, some))
        for some in (reopened.as_they_were(rows, former), rows)
    )
    return then if then != now else None


def _texts(asked: Questionnaire, about: About, given: Mapping[str, object]) -> tuple[str, ...]:
    code, names = about[0], uploads.names(about[1])
    values = (value for value in entries(given.get(code)) if value)
    return tuple(answers.as_text(asked, code, value, names) for value in values)


def _levels(session: Session, survey: Survey, section: str) -> dict[uuid.UUID, str | None]:
    rows = session.execute(
        select(SectionState.submission_id, SectionState.use_level)
        .join(SectionState.submission)
        .where(Submission.survey_id == survey.id, SectionState.section_code == section)
    )
    return {row.submission_id: row.use_level for row in rows}


def _looked_at(survey: Survey, question: Question) -> tuple[str, ...]:
    """Return the codes to read: the question's own, and those that decide whether it is asked."""
    asked = published.questionnaire(survey.questionnaire)
    deciding = reach.involved([question.show_if], asked)[0] if question.show_if else ()
    return (*_own(question), *deciding)


def _own(question: Question) -> tuple[str, ...]:
    return (question.code, *(part.code for part in parts(question)))


def _rows(
    session: Session, survey: Survey, codes: Sequence[str]
) -> Mapping[uuid.UUID, list[Answer]]:
    found: dict[uuid.UUID, list[Answer]] = defaultdict(list)
    for answer in session.scalars(
        select(Answer)
        .join(Answer.submission)
        .where(Submission.survey_id == survey.id, Answer.question_code.in_(codes))
        .options(joinedload(Answer.author).load_only(Person.name))
    ):
        found[answer.submission_id].append(answer)
    return found


def _one(survey: Survey, one: Submission, about: About, rows: Iterable[Answer]) -> Told:
    asked, (code, files) = published.questionnaire(one.questionnaire), about
    given = progress.collect(asked, rows)
    values = [value for value in entries(given.get(code)) if value]
    latest = max(_of(asked, code, rows), key=lambda row: row.updated_at, default=None)
    return Told(
        authority=one.authority.name,
        submission_id=one.id,
        state=tracker.state(survey, one.submitted_at, one.last_activity_at),
        is_asked=any(shown.code == code for shown in routing.shown(asked, given)),
        texts=_texts(asked, about, given),
        is_missing=any(is_missing(value) for value in values),
        use_level=None,
        author=latest.author.name if latest else "",
        at=latest.updated_at if latest else None,
        files=uploads.referred(values, files),
    )


def _of(asked: Questionnaire, code: str, rows: Iterable[Answer]) -> list[Answer]:
    """Return the rows that hold the answer itself, those of its parts included."""
    own = _own(asked.question(code)) if code in asked.by_code else ()
    return [row for row in rows if row.question_code in own and row.value]
