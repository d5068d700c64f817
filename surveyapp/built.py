"""Builds of the review: where their files are kept, and how they are forgotten.

A build is forgotten where words that it holds are taken back or erased. What the database says of
it changes with the transaction that takes the words out; its files go once that is committed, and
a sweep removes whatever was left behind.
"""

import datetime as dt
import json
import shutil
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event, select
from sqlalchemy.orm import Session, sessionmaker

from surveyapp import files
from surveyapp.jobs import underway
from surveyapp.models import Build, Survey

# The file that is the review itself.
CLEAN: Final = "clean.docx"
# What it claims and rests on; and, instead of any other file, the rules that a failed one broke.
MANIFEST: Final = "manifest.json"
VIOLATIONS: Final = "violations.json"
# Where a session carries the folder that builds are kept in.
FOLDER: Final = "reviews"
_GONE: Final = "reviews_gone"
LARGEST: Final = 500_000_000
UNDER_WAY: Final = underway.under_way(Build)
SIGNED: Final = sa.and_(Build.signed_off_at.is_not(None), Build.forgotten_at.is_(None))
"""True of builds that were signed off and still have their files: checks end with the first."""


def keep_in(sessions: sessionmaker[Session], folder: Path) -> None:
    """Let every session know where builds are kept, so that files go with the rows."""
    sessions.configure(info={FOLDER: folder})
    event.listen(sessions, "after_commit", _on_commit)
    event.listen(sessions, "after_rollback", _on_rollback)


def place(folder: Path, survey_id: uuid.UUID, number: int) -> Path:
    """Return where the files of one build are kept."""
    return folder / survey_id.hex / str(number)


def read(folder: Path, build: Build, name: str) -> bytes | None:
    """Return one file of a build, or None where it has none of this name."""
    kept = build.files.get(name)
    if kept is None or build.forgotten_at is not None:
        return None
    return files.get(place(folder, build.survey_id, build.number), str(kept["key"]))


def manifest(folder: Path, build: Build) -> Mapping[str, Any] | None:
    """Return everything that a build claims, as plain data, or None where its files are gone."""
    content = read(folder, build, MANIFEST)
    found: Mapping[str, Any] | None = None if content is None else json.loads(content)
    return found


def violations(folder: Path, build: Build) -> list[str]:
    """Return the rules that a build broke, in words; none where it broke none or did not end."""
    found: list[str] = json.loads(read(folder, build, VIOLATIONS) or b"[]")
    return found


def signed_off(session: Session, survey: Survey) -> Build | None:
    """Return the build that is the review: the last that was signed off and still has its files."""
    last = (Build.signed_off_at.desc(), Build.number.desc())
    return session.scalars(_signed(survey).order_by(*last).limit(1)).one_or_none()


def first_signed_off(session: Session, survey: Survey) -> Build | None:
    """Return the build with whose signature the checks by authorities ended."""
    first = (Build.signed_off_at, Build.number)
    return session.scalars(_signed(survey).order_by(*first).limit(1)).one_or_none()


def _signed(survey: Survey) -> sa.Select[Build]:
    return select(Build).where(Build.survey_id == survey.id, SIGNED)


def forget_builds(session: Session, survey: Survey, at: dt.datetime) -> int:
    """Forget every build of a survey made until now, and return how many had files.

    One that is under way fails: whoever makes it finds that it is not wanted, and keeps nothing.
    The files go once the transaction is committed.
    """
    session.execute(
        sa.update(Build)
        .where(Build.survey_id == survey.id, UNDER_WAY)
        .values(failed_at=at, doing="")
        .execution_options(synchronize_session="fetch")
    )
    builds = session.scalars(
        select(Build)
        .where(Build.survey_id == survey.id, Build.forgotten_at.is_(None))
        .with_for_update()
    ).all()
    held = 0
    for build in builds:
        held += bool(build.files)
        build.forgotten_at, build.files = at, {}
    session.flush()
    if FOLDER in session.info:
        gone = [place(session.info[FOLDER], survey.id, build.number) for build in builds]
        session.info.setdefault(_GONE, []).extend(gone)
    return held


def remove(place: Path) -> None:
    """Remove the files of one build."""
    shutil.rmtree(place, ignore_errors=True)


def tidy(session: Session, folder: Path) -> None:
    """Remove the files of builds that are forgotten or that nobody knows, and any left over."""
    builds = session.scalars(select(Build).where(Build.forgotten_at.is_(None))).all()
    kept = {place(folder, build.survey_id, build.number): build for build in builds}
    for path in folder.glob("*/*"):
        build = kept.get(path)
        if build is None:
            remove(path)
        elif build.done_at is not None or build.failed_at is not None:
            names = {one["key"] for one in build.files.values()}
            for file in [one for one in path.iterdir() if one.name not in names]:
                file.unlink(missing_ok=True)


def _on_commit(session: Session) -> None:
    """Remove what was forgotten, now that it is; a savepoint may still be undone."""
    if not session.in_nested_transaction():
        for path in session.info.pop(_GONE, []):
            remove(path)


def _on_rollback(session: Session) -> None:
    session.info.pop(_GONE, None)
