"""Files that no answer ever held, thrown away after a while: a page was left, an error not mended.

A file that any answer held once, or that came with words that were too late, is kept for ever.
"""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session, sessionmaker

from surveyapp import audit, files
from surveyapp.extensions import begin_writing
from surveyapp.models import Answer, AnswerRevision, Unsaved, Upload

KEPT: Final = dt.timedelta(days=7)


def sweep_now(sessions: sessionmaker[Session], folder: Path) -> None:
    """Sweep up, as a job: rows first, so that no row is left without its content."""
    at = dt.datetime.now(dt.UTC)
    with sessions() as session:
        begin_writing(session)
        unwanted = sweep(session, folder, at)
        session.commit()
    for key in unwanted:
        files.delete(folder, key)


def sweep(session: Session, folder: Path, at: dt.datetime) -> list[str]:
    """Delete the rows of files that nothing ever referred to; return the keys of their content.

    Content without a row, as after a crash, is among them.
    """
    gone = _never_held(session, at - KEPT)
    for upload in gone:
        audit.record(session, "file.swept", upload, None, question=upload.question_code)
        session.delete(upload)
    session.flush()
    known = set(session.scalars(select(Upload.file_key)))
    return [key for key in files.keys(folder, at - KEPT) if key not in known]


def _never_held(session: Session, before: dt.datetime) -> Sequence[Upload]:
    """Return old files that no answer, and no words kept apart, ever referred to."""
    old = select(Upload).where(Upload.at < before).order_by(Upload.at, Upload.id)
    held = {*session.scalars(_in_answers(before)), *session.scalars(_kept_apart())}
    return [one for one in session.scalars(old) if str(one.id) not in held]


def _in_answers(before: dt.datetime) -> sa.Select[str]:
    """Find what was ever answered where such a file was given."""
    is_its_answer = sa.and_(
        Upload.submission_id == Answer.submission_id,
        Upload.question_code == Answer.question_code,
        Upload.entry_id == Answer.entry_id,
        Upload.at < before,
    )
    return (
        select(_file(AnswerRevision.value))
        .join(AnswerRevision.answer)
        .join(Upload, is_its_answer)
        .distinct()
    )


def _kept_apart() -> sa.Select[str]:
    file = _file(Unsaved.value)
    return select(file).where(file.is_not(None))


def _file(value: InstrumentedAttribute[dict[str, object]]) -> sa.ColumnElement[str]:
    found: sa.ColumnElement[str] = value["file"].as_string()
    return found
