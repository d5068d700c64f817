"""Exports: made once behind the pages, watched, handed over to whom the trail names, forgotten."""

import datetime as dt
import json
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import exporting, files
from surveyapp.coordinate.exports import TablesIn
from surveyapp.coordinate.routes import taking_away
from surveyapp.exporting import Workshop
from surveyapp.extensions import db
from surveyapp.models import AuditEvent, Export, Person, Survey
from surveyapp.models.exporting import ExportKind
from surveyapp.tables import Table
from tests.surveyapp.browsing import CheckingClient

HOME = "/staff/tiny-survey-2015"
NOW = dt.datetime.now(dt.UTC)


class BrokenError(Exception):
    """What a test breaks."""


@pytest.fixture
def workshop(session: Session, tmp_path: Path) -> Workshop:
    return Workshop(db.sessionmaker, tmp_path / "exports")


def asked(session: Session, survey: Survey, person: Person, at: dt.datetime = NOW) -> Export:
    one = exporting.ask(session, survey, person, "json", at)
    session.commit()
    return one


def fresh(session: Session, one: Export) -> Export:
    session.expire_all()
    return session.get_one(Export, one.id)


def test_an_export_is_made_with_its_progress(
    session: Session, survey: Survey, consultant: Person, workshop: Workshop
) -> None:
    one = asked(session, survey, consultant)

    exporting.make(workshop, str(one.id))

    done = fresh(session, one)
    assert (done.steps_done, done.is_under_way) == (done.steps, False)
    content = files.get(workshop.folder, done.file_key or "")
    assert content is not None
    assert len(content) == done.size
    assert set(json.loads(content)) > {"answers", "returns", "data_dictionary"}
    assert len(json.loads(content)) == done.steps


def test_asking_twice_is_asking_once(
    session: Session, survey: Survey, consultant: Person, workshop: Workshop
) -> None:
    first, second = (asked(session, survey, consultant).id for _ in range(2))

    assert first == second
    exporting.make(workshop, str(first))
    assert asked(session, survey, consultant).id != first
    events = select(func.count()).where(AuditEvent.action == "export.asked_for")
    assert session.scalar(events) == 2


def test_of_two_workers_one_makes_it(
    session: Session, survey: Survey, consultant: Person, workshop: Workshop
) -> None:
    one = asked(session, survey, consultant)

    for _ in range(2):
        exporting.make(workshop, str(one.id))

    assert len(list(workshop.folder.iterdir())) == 1


def test_what_fails_says_so_and_can_be_asked_for_again(
    session: Session,
    survey: Survey,
    consultant: Person,
    workshop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(tables: Iterable[Table], _: IO[bytes]) -> None:
        next(iter(tables))
        raise BrokenError

    monkeypatch.setitem(exporting.MAKERS, "json", TablesIn(broken))
    one = asked(session, survey, consultant)

    with pytest.raises(BrokenError):
        exporting.make(workshop, str(one.id))

    assert fresh(session, one).failed_at is not None
    assert asked(session, survey, consultant).id != one.id


def test_the_sweep_makes_what_the_queue_lost(
    session: Session, survey: Survey, consultant: Person, workshop: Workshop
) -> None:
    one = asked(session, survey, consultant, NOW - dt.timedelta(minutes=2))

    exporting.sweep(workshop)

    assert fresh(session, one).done_at is not None


def test_the_sweep_gives_up_what_nobody_makes_any_more(
    session: Session, survey: Survey, consultant: Person, workshop: Workshop
) -> None:
    one = asked(session, survey, consultant)
    one.started_at = NOW - dt.timedelta(hours=1)
    session.commit()

    exporting.sweep(workshop)

    assert fresh(session, one).failed_at is not None


def test_files_are_kept_for_a_week(
    session: Session, survey: Survey, consultant: Person, workshop: Workshop
) -> None:
    one = asked(session, survey, consultant)
    exporting.make(workshop, str(one.id))
    later = [
        Workshop(workshop.sessions, workshop.folder, lambda d=days: NOW + dt.timedelta(days=d))
        for days in (6, 8)
    ]

    exporting.sweep(later[0])
    assert session.scalar(select(func.count(Export.id))) == 1
    exporting.sweep(later[1])

    assert session.scalar(select(func.count(Export.id))) == 0
    assert list(workshop.folder.iterdir()) == []


@pytest.mark.parametrize(("kind", "start"), [("xlsx", b"PK"), ("csv", b"PK"), ("json", b"{")])
def test_a_consultant_asks_watches_and_takes_it(
    kind: str,
    start: bytes,
    staff: CheckingClient,
    survey: Survey,
    session: Session,
    app: Flask,
    workshop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(taking_away, "folder", lambda: workshop.folder)
    response = staff.post(f"{HOME}/exports", data={"kind": kind})
    again = staff.post(f"{HOME}/exports", data={"kind": kind})
    page = response.headers["Location"]
    assert again.headers["Location"] == page
    assert "is being made" in staff.get(page).text
    watched = staff.get(f"{page}progress").json
    assert watched == {"done": 0, "of": watched["of"], "is_under_way": True}
    assert staff.post(f"{page}file").status_code == 404

    exporting.make(workshop, page.rstrip("/").rpartition("/")[2])
    assert "Your file is ready" in staff.get(page).text
    assert "Ready" in staff.get(f"{HOME}/exports").text
    file = staff.post(f"{page}file")

    assert file.data.startswith(start)
    assert "attachment" in file.headers["Content-Disposition"]
    taken = session.scalars(select(AuditEvent).where(AuditEvent.action == "survey.exported")).one()
    assert taken.detail["kind"] == kind


def test_pages_say_what_is_wrong(staff: CheckingClient, survey: Survey) -> None:
    assert "Choose what kind of file" in staff.post(f"{HOME}/exports", data={"kind": "exe"}).text
    assert staff.get(f"{HOME}/exports/{uuid.uuid4()}/").status_code == 404


def test_an_export_that_failed_says_so(
    staff: CheckingClient, survey: Survey, session: Session, consultant: Person
) -> None:
    one = asked(session, survey, consultant)
    one.failed_at = NOW
    session.commit()

    assert "could not be made" in staff.get(f"{HOME}/exports/{one.id}/").text


@pytest.mark.parametrize("kind", ["coding", "tables", "survey"])
def test_files_of_another_room_are_not_found(
    kind: ExportKind,
    staff: CheckingClient,
    survey: Survey,
    session: Session,
    consultant: Person,
    workshop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(taking_away, "folder", lambda: workshop.folder)
    one = exporting.ask(session, survey, consultant, kind, NOW)
    one.done_at, one.size = NOW, 1
    one.file_key = files.put(workshop.folder, b"x")
    session.commit()
    page = f"{HOME}/exports/{one.id}/"

    assert [staff.get(page).status_code, staff.get(f"{page}progress").status_code] == [404, 404]
    assert staff.post(f"{page}file").status_code == 404


def test_the_jobs_are_known(app: Flask) -> None:
    known = app.extensions["jobs"]._jobs

    assert {exporting.JOB, "sweep_exports"} <= set(known)
