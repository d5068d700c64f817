"""The rows about files that were given with answers: found again, named, and read out."""

import uuid
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.files.kinds import KINDS
from surveyapp.files.names import size_in_words
from surveyapp.models import Submission, Survey, Upload

Uploads = Mapping[str, Upload]
NONE: Final[Uploads] = MappingProxyType({})
_WORDS: Final = {kind.media_type: kind.words for kind in KINDS.values()}


def of_submission(session: Session, submission: Submission) -> dict[str, Upload]:
    """Return every file that was given for a return, by the id that answers refer to it by."""
    rows = session.scalars(select(Upload).where(Upload.submission_id == submission.id))
    return _by_id(rows)


def of_survey(session: Session, survey: Survey, *codes: str) -> dict[str, Upload]:
    """Return every file of a survey, or those given under some questions, first ones first."""
    rows = (
        select(Upload)
        .join(Upload.submission)
        .where(Submission.survey_id == survey.id)
        .order_by(Upload.at, Upload.id)
    )
    if codes:
        rows = rows.where(Upload.question_code.in_(codes))
    return _by_id(session.scalars(rows))


def find(session: Session, submission: Submission, given: object) -> Upload | None:
    """Return a file of this return by its id; None for an id that is none, or another return's."""
    try:
        wanted = uuid.UUID(str(given))
    except ValueError:
        return None
    return session.scalars(
        select(Upload).where(Upload.id == wanted, Upload.submission_id == submission.id)
    ).one_or_none()


def names(uploads: Uploads) -> dict[str, str]:
    """Return the names of files by the ids that answers refer to them by."""
    return {key: upload.file_name for key, upload in uploads.items()}


def about(upload: Upload) -> str:
    """Return what a person wants to know before they open a file: its kind and its size."""
    return f"{_WORDS.get(upload.media_type, 'file')}, {size_in_words(upload.size)}"


def referred(values: Iterable[object], uploads: Uploads) -> tuple[Upload, ...]:
    """Return the files that answers refer to, those in the parts of a group included."""
    found: list[Upload] = []
    for value in values:
        if isinstance(value, Mapping):
            given = value.get("file")
            found += [uploads[given]] if isinstance(given, str) and given in uploads else []
            found += referred(value.values(), uploads)
    return tuple(found)


def _by_id(rows: Iterable[Upload]) -> dict[str, Upload]:
    return {str(row.id): row for row in rows}
