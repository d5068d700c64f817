"""Forms that were sent back, thrown away when their survey has been closed for long."""

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from surveyapp import files
from surveyapp.models import Submission, Survey

KEPT: Final = dt.timedelta(days=90)


def sweep_now(sessions: sessionmaker[Session], folder: Path) -> None:
    """Sweep up, as a job."""
    with sessions() as session:
        sweep(session, folder, dt.datetime.now(dt.UTC))


def sweep(session: Session, folder: Path, at: dt.datetime) -> None:
    """Delete the forms of surveys that closed long ago, and of returns that are there no more.

    What was taken from a form is in the answers and their history, so only paper is lost.
    """
    wanted = set(
        session.scalars(
            select(Submission.id)
            .join(Submission.survey)
            .where(Survey.closed_at.is_(None) | (Survey.closed_at >= at - KEPT))
        )
    )
    for submission_id, kept in _folders(folder):
        if submission_id not in wanted:
            for key in tuple(files.keys(kept, at)):
                files.delete(kept, key)


def _folders(folder: Path) -> Iterator[tuple[uuid.UUID, Path]]:
    """Give the folder of every return that has forms, by the return's id."""
    for path in sorted(folder.glob("[0-9a-f]" * 32)) if folder.is_dir() else ():
        yield uuid.UUID(hex=path.name), path
