"""Files that no answer ever held are swept up after a week; all others stay."""

import datetime as dt
import os
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import files, jobs
from surveyapp.extensions import db
from surveyapp.files import uploads
from surveyapp.models import AuditEvent, Submission, Unsaved, Upload
from surveyapp.respond import attachments, sweeping
from surveyapp.respond.attachments import Given
from tests.surveyapp.building import NOON, save, somebody
from tests.surveyapp.files.making import PDF

LATER = dt.datetime.now(dt.UTC) + sweeping.KEPT + dt.timedelta(hours=1)


def given(session: Session, birch: Submission, folder: Path, entry: str) -> Upload:
    key = ("S01.5", entry)
    return attachments.keep(
        session, folder, Given(birch, somebody(session), key, f"{entry}.pdf", PDF), NOON
    )


def test_only_what_nothing_ever_referred_to_is_swept_up(
    tmp_path: Path, session: Session, birch: Submission
) -> None:
    found = {name: given(session, birch, tmp_path, name) for name in ("now", "once", "late", "no")}
    for name in ("now", "once"):
        value = {"title": name, "file": str(found[name].id)}
        save(session, birch, "S01.5", value, entry_id=name)
    save(session, birch, "S01.5", {"title": "once"}, seen=1, entry_id="once")
    session.add(
        Unsaved(
            submission=birch,
            person=somebody(session),
            question_code="S01.5",
            entry_id="late",
            value={"title": "late", "file": str(found["late"].id)},
            reason="closed",
            at=NOON,
        )
    )
    session.flush()
    unwanted = found["no"].file_key

    assert sweeping.sweep(session, tmp_path, NOON + sweeping.KEPT) == []
    assert sweeping.sweep(session, tmp_path, LATER) == [unwanted]
    assert {one.file_name for one in session.scalars(select(Upload))} == {
        "now.pdf",
        "once.pdf",
        "late.pdf",
    }
    (event,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "file.swept"))
    assert event.detail == {"question": "S01.5"}


def test_content_without_a_row_is_swept_up_once_it_is_old(
    tmp_path: Path, session: Session, birch: Submission
) -> None:
    key = files.put(tmp_path, b"left by a crash")

    assert sweeping.sweep(session, tmp_path, dt.datetime.now(dt.UTC)) == []
    assert sweeping.sweep(session, tmp_path, LATER) == [key]


def test_the_job_deletes_the_content_after_the_row(
    tmp_path: Path, app: Flask, session: Session, birch: Submission
) -> None:
    upload = given(session, birch, tmp_path, "no")
    key, number = upload.file_key, str(upload.id)
    session.commit()
    week_ago = NOON.timestamp()
    os.utime(tmp_path / key, (week_ago, week_ago))

    sweeping.sweep_now(db.sessionmaker, tmp_path)

    session.expire_all()
    assert uploads.of_submission(session, birch).get(number) is None
    assert files.get(tmp_path, key) is None


def test_sweeping_is_done_by_itself(app: Flask) -> None:
    known = jobs.of(app)._jobs

    assert known["sweep_uploads"].every == known["sweep_forms"].every == 60


@pytest.mark.parametrize("given_id", ["", "x", 3, None, "00000000-0000-0000-0000-000000000000"])
def test_an_id_that_names_no_file_finds_none(
    given_id: object, session: Session, birch: Submission
) -> None:
    assert uploads.find(session, birch, given_id) is None
