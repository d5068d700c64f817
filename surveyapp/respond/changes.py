"""What has changed in a return since it was submitted and opened again, question by question."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveyapp import reopened
from surveyapp.definitions.questions import Question
from surveyapp.files import uploads
from surveyapp.files.uploads import Uploads
from surveyapp.models import Answer
from surveyapp.respond import handing_in, standing
from surveyapp.respond.standing import Standing, codes_of


@dataclass(frozen=True, slots=True)
class Change:
    """One question whose answer is not what was submitted: both texts, who wrote last and when."""

    question: Question
    before: tuple[str, ...]
    now: tuple[str, ...]
    author: str
    at: dt.datetime
    is_asked: bool


def since_submitted(session: Session, now: Standing) -> dict[str, Change]:
    """Return what has changed since a return was last opened again, by question.

    It takes two queries: one for the reopening, one for what the answers said then; and one more
    for the names of files where the return has lost its last.
    """
    reopening = reopened.last(session, now.submission)
    if reopening is None:
        return {}
    former = reopened.before(session, [reopening], now.rows.values())
    if not former:
        return {}
    rows = reopened.as_they_were(now.rows.values(), former)
    then = standing.stand(now.submission, rows, _files(session, now, former.values()))
    changed = [row for row in now.rows.values() if row.id in former]
    found = (
        _change(now, then, one, rows)
        for one in now.questionnaire.questions
        if (rows := [row for row in changed if row.question_code in codes_of(one)])
    )
    return {one.question.code: one for one in found if one.before != one.now}


def _files(session: Session, now: Standing, former: Iterable[reopened.Value]) -> Uploads:
    """Return the files that answers spoke of then; those of now are read already."""
    if now.files or not any("file" in value for value in former):
        return now.files
    return uploads.of_submission(session, now.submission)


def _change(now: Standing, then: Standing, question: Question, rows: list[Answer]) -> Change:
    latest = max(rows, key=lambda row: row.updated_at)
    return Change(
        question=question,
        before=tuple(handing_in.texts(then, question)),
        now=tuple(handing_in.texts(now, question)),
        author=latest.author.name,
        at=latest.updated_at,
        is_asked=question in now.shown,
    )
