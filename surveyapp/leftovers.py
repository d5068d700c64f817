"""Files that hold words of a survey, forgotten where the words are taken back or erased.

What is kept only to be taken away can be made anew; papers that were sent in are in the notes.
"""

import datetime as dt
import json
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import files
from surveyapp.config import Settings
from surveyapp.models import Export, Interview, Submission, Survey

EXPORTS: Final = "exports"
BROUGHT: Final = "brought"
PAPERS: Final = "interviews"


def forget_exports(session: Session, instance: Path, survey: Survey, at: dt.datetime) -> int:
    """Remove every export of a survey; whoever makes one finds that it is not wanted any more.

    So go files that were brought from other programs, for the same words stand in them.
    """
    shutil.rmtree(instance / BROUGHT / survey.id.hex, ignore_errors=True)
    session.execute(
        sa.update(Export)
        .where(
            Export.survey_id == survey.id,
            Export.started_at.is_not(None),
            Export.done_at.is_(None),
            Export.failed_at.is_(None),
        )
        .values(failed_at=at)
    )
    made = session.scalars(
        select(Export)
        .where(Export.survey_id == survey.id, Export.file_key.is_not(None))
        .with_for_update()
    ).all()
    for one in made:
        files.delete(instance / EXPORTS, one.file_key or "")
        session.delete(one)
    session.flush()
    return len(made)


def has_review(settings: Settings, survey: Survey) -> bool:
    """Say whether the Word review is there, and no note beside it names another survey."""
    file, note = settings.review_file, settings.review_file.with_suffix(".json")
    of = json.loads(note.read_text("utf-8")).get("survey") if note.is_file() else survey.code
    return of == survey.code and file.is_file()


def forget_review(settings: Settings, survey: Survey) -> int:
    """Remove the Word review, unless the note beside it says that it tells of another survey.

    A line is left in its place that says of which survey it was, for the home page to tell of.
    """
    if not has_review(settings, survey):
        return 0
    file, note = settings.review_file, settings.review_file.with_suffix(".json")
    file.with_suffix(".removed").write_text(survey.code, "utf-8")
    file.unlink(missing_ok=True)
    note.unlink(missing_ok=True)
    return 1


def forget_papers(
    session: Session, instance: Path, survey: Survey, authorities: Collection[str]
) -> None:
    """Throw away what was sent in about the calls with some authorities."""
    calls = (
        select(Interview.id)
        .join(Interview.submission)
        .where(Submission.survey_id == survey.id, Submission.authority_code.in_(authorities))
    )
    for one in session.scalars(calls):
        shutil.rmtree(instance / PAPERS / one.hex, ignore_errors=True)


def wipe(session: Session) -> None:
    """Wipe what a SQLite file still holds of words that are gone; after the commit.

    What was deleted is overwritten with noughts, but the journal keeps the pages as they were until
    it is folded into the file. A server's files are the server's own.
    """
    engine = session.get_bind()
    if isinstance(engine, sa.Engine) and engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
