"""Answers as people lay them out: a row an authority, a column a question, in plain words."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveyapp import progress, published
from surveyapp.coordinate import columns, tracker
from surveyapp.definitions import answers
from surveyapp.definitions.values import entries
from surveyapp.files import uploads
from surveyapp.models import Answer, Authority, Submission, Survey
from surveyapp.tables import Row

NAME: Final = "By question"


def meanings(survey: Survey) -> Mapping[str, str]:
    """Return the columns of the table: what each question asks is what its column means."""
    asked = published.questionnaire(survey.questionnaire)
    return {**columns.BY_QUESTION, **{one.code: one.text for one in asked.questions}}


def rows(session: Session, survey: Survey) -> Iterator[Row]:
    """Yield what every authority says under every question; a repeated one has a line an entry."""
    codes = [one.code for one in published.questionnaire(survey.questionnaire).questions]
    given = _given(session, survey)
    names = uploads.names(uploads.of_survey(session, survey))
    for one in session.scalars(
        select(Submission)
        .join(Submission.authority)
        .where(Submission.survey_id == survey.id)
        .options(joinedload(Submission.authority), selectinload(Submission.questionnaire))
        .order_by(Authority.name, Authority.code)
    ):
        state = tracker.state(survey, one.submitted_at, one.last_activity_at)
        words = _words(one, given[one.id], names)
        told = (words.get(code) for code in codes)
        yield (one.authority_code, one.authority.name, state, *told)


def _given(session: Session, survey: Survey) -> Mapping[uuid.UUID, Sequence[Answer]]:
    found: dict[uuid.UUID, list[Answer]] = defaultdict(list)
    for row in session.scalars(
        select(Answer).join(Answer.submission).where(Submission.survey_id == survey.id)
    ):
        found[row.submission_id].append(row)
    return found


def _words(one: Submission, given: Sequence[Answer], names: Mapping[str, str]) -> Mapping[str, str]:
    asked = published.questionnaire(one.questionnaire)
    return {
        code: "\n".join(
            answers.as_text(asked, code, each, names) for each in entries(value) if each
        )
        for code, value in progress.collect(asked, given).items()
    }
