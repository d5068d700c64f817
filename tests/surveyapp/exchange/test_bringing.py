"""Coding brought from another program: looked through by a job, confirmed, taken in by a job."""

import datetime as dt
import io
import json
import os
import zipfile
from collections.abc import Collection
from dataclasses import replace
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import leftovers
from surveyapp.config import Settings
from surveyapp.derived import desks
from surveyapp.exchange import bringing, coding, taking_in
from surveyapp.exchange.bringing import Workshop
from surveyapp.exchange.brought import FILES, FOUND, Shelf
from surveyapp.extensions import db
from surveyapp.models import AuditEvent, Cell, Decision, Person, Snapshot, Survey, Tag
from synthesis import exchange
from synthesis.exchange.project import Code, Project, Selection, Source, User
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON
from tests.surveyapp.exchange.bringing_in import confirm, made, send, work
from tests.surveyapp.exchange.coded import HOME, WORDS, decide

pytestmark = pytest.mark.exchange
NOW = dt.datetime.now(dt.UTC)
NO_ID = (
    '<Project xmlns="urn:QDA-XML:project:1.0" name="n"><Users><User guid="x"/></Users></Project>'
)


class BrokenError(Exception):
    """What a test breaks."""


@pytest.fixture
def workshop(settings: Settings, survey: Survey) -> Workshop:
    return Workshop(db.sessionmaker, settings.instance / leftovers.BROUGHT)


@pytest.fixture
def shelf(workshop: Workshop, survey: Survey) -> Shelf:
    return Shelf(workshop.folder / survey.id.hex)


def ours(session: Session, survey: Survey, person: Person) -> bytes:
    """Return our coding as a project, and have nothing of it here any more."""
    decide(session, survey, person)
    content = exchange.write_project(coding.project(session, survey))
    session.delete(session.scalars(select(Decision)).one())
    session.commit()
    return content


def theirs(*codes: str) -> bytes:
    """Return a project of another program in which these codes were given to words of Alder."""
    user, known = User(uuid4(), "Rae Reader"), [Code(uuid4(), name) for name in codes]
    selections = tuple(
        Selection(uuid4(), 0, len(WORDS), WORDS, user.guid, code.guid) for code in known
    )
    source = Source(uuid4(), "Alder", WORDS, selections)
    return exchange.write_project(Project("P", "P", (user,), tuple(known), sources=(source,)))


def test_what_was_coded_elsewhere_is_shown_confirmed_and_taken_in(
    session: Session,
    survey: Survey,
    client: CheckingClient,
    consultant: Person,
    workshop: Workshop,
    shelf: Shelf,
) -> None:
    page = send(client, ours(session, survey, consultant))
    assert "is being looked through" in client.get(page).text
    assert client.get(f"{page}/progress").json == {"done": 0, "of": 1, "is_under_way": True}
    assert "Being looked through" in client.get(f"{HOME}/").text

    work(workshop, survey, page)
    found = ("1 coding is new", "Kay Runs: 1 coding", "They stay decisions of Kay Runs.")
    assert [words for words in found if words not in client.get(page).text] == []
    assert "Waits for you" in client.get(f"{HOME}/").text
    assert made(session) == []

    confirm(client, page)
    assert "are being taken in" in client.get(page).text
    work(workshop, survey, page)

    assert made(session) == [(WORDS, "A1", "add")]
    assert "Decisions taken in: 1 (1 of Kay Runs)." in client.get(page).text
    assert session.scalars(select(Tag).where(Tag.theme == "A1", Tag.verdict == "add")).one()
    assert session.get_one(Cell, (survey.id, "X06000001", "A1")).confirmed == 1
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "coding.taken_in")).one()
    assert WORDS not in json.dumps(event.detail)
    # The words are not kept any longer than they are needed.
    assert [list((shelf.folder / part).iterdir()) for part in (FILES, FOUND)] == [[], []]


def test_what_is_here_already_is_not_taken_in_twice(
    session: Session, survey: Survey, client: CheckingClient, consultant: Person, workshop: Workshop
) -> None:
    content = ours(session, survey, consultant)
    pages = [send(client, content) for _ in range(2)]
    for page in pages * 2:
        work(workshop, survey, page)
        confirm(client, page)
        confirm(client, page)
    for page in pages:
        work(workshop, survey, page)

    assert len(made(session)) == 1
    later = send(client, content)
    work(workshop, survey, later)
    assert "There is nothing to take in." in client.get(later).text


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "Choose a REFI-QDA project"), (b"no archive", "not a REFI-QDA project")],
)
def test_a_file_that_is_no_project_is_refused_at_once(
    content: bytes, why: str, client: CheckingClient, consultant: Person, shelf: Shelf
) -> None:
    answer = client.post(
        f"{HOME}/coding",
        data={"project": (io.BytesIO(content), "x.qdpx")},
        content_type="multipart/form-data",
    )

    assert answer.status_code == 422
    assert why in answer.text
    assert not shelf.folder.exists()


def test_what_a_reader_finds_wrong_is_said_on_the_page(
    survey: Survey, client: CheckingClient, consultant: Person, workshop: Workshop
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("project.qde", NO_ID)
    page = send(client, stream.getvalue())

    work(workshop, survey, page)

    shown = client.get(page).text
    assert "could not be looked through" in shown
    assert "Export it again" in shown
    assert "Send another file" in shown


def test_what_fails_can_be_tried_again(
    survey: Survey,
    session: Session,
    client: CheckingClient,
    consultant: Person,
    workshop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = send(client, theirs("A1"))
    with monkeypatch.context() as broken:
        broken.setattr(taking_in, "look", _raise)
        with pytest.raises(BrokenError):
            work(workshop, survey, page)
    assert "we still have your file" in client.get(page).text

    client.post(page)
    work(workshop, survey, page)
    confirm(client, page)
    with monkeypatch.context() as broken:
        broken.setattr(taking_in, "take_in", _raise)
        with pytest.raises(BrokenError):
            work(workshop, survey, page)
    assert "the rest can still be taken in" in client.get(page).text

    client.post(page)
    work(workshop, survey, page)
    assert len(made(session)) == 1


def test_it_goes_on_where_it_failed(
    survey: Survey,
    session: Session,
    client: CheckingClient,
    consultant: Person,
    workshop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = send(client, theirs("A1", "S01"))
    work(workshop, survey, page)
    monkeypatch.setattr(taking_in, "parts", lambda codings: [(one,) for one in codings])
    confirm(client, page)
    calls = iter([taking_in.take_in, _raise])
    with monkeypatch.context() as broken:
        broken.setattr(taking_in, "take_in", lambda *given: next(calls)(*given))
        with pytest.raises(BrokenError):
            work(workshop, survey, page)
    assert len(made(session)) == 1

    client.post(page)
    work(workshop, survey, page)

    assert sorted(theme for _, theme, _ in made(session)) == ["A1", "S01"]
    noted = session.scalars(select(AuditEvent).where(AuditEvent.action == "coding.taken_in"))
    assert [one.detail["codings"] for one in noted] == [2]
    assert "Decisions taken in: 2 (2 of Kay Runs)." in client.get(page).text


def test_another_codebook_is_compared_with_before_anything_is_taken_in(
    survey: Survey, session: Session, client: CheckingClient, consultant: Person, workshop: Workshop
) -> None:
    page = send(client, theirs("A1"))
    work(workshop, survey, page)
    before = survey.codebook
    survey.codebook = Snapshot(
        kind=before.kind,
        content=before.content,
        content_hash="0" * 64,
        published_at=NOON,
    )
    session.commit()
    confirm(client, page)

    work(workshop, survey, page)

    assert made(session) == []
    shown = client.get(page).text
    assert bringing.LOOKED_AGAIN in shown
    assert "Rae Reader: 1 coding" in shown


def test_where_words_are_taken_back_a_file_goes_and_nothing_of_it_is_taken_in(
    survey: Survey,
    session: Session,
    client: CheckingClient,
    consultant: Person,
    workshop: Workshop,
    shelf: Shelf,
    app: Flask,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings: Settings = app.config["SETTINGS"]
    page = send(client, theirs("A1"))
    work(workshop, survey, page)
    confirm(client, page)
    lay = desks.lay

    def lay_and_forget(desk: desks.Desk, places: Collection[desks.Place]) -> None:
        lay(desk, places)
        leftovers.forget_exports(session, settings.instance, survey, NOON)

    monkeypatch.setattr(desks, "lay", lay_and_forget)
    work(workshop, survey, page)

    assert made(session) == []
    assert not list(shelf.folder.rglob("*.*"))
    assert client.get(page).status_code == 404


def test_the_sweep_does_what_the_queue_lost_and_gives_up_what_nobody_works_on(
    survey: Survey, client: CheckingClient, consultant: Person, workshop: Workshop, shelf: Shelf
) -> None:
    waiting, begun, old = (send(client, theirs("A1")).rpartition("/")[2] for _ in range(3))
    shelf.say(begun, stage="begun")
    for key, ago in ((waiting, 2), (begun, 60), (old, 8 * 24 * 60)):
        at = (NOW - dt.timedelta(minutes=ago)).timestamp()
        for path in shelf.folder.glob(f"*/{key}"):
            os.utime(path, (at, at))

    bringing.sweep(workshop)

    assert shelf.state(waiting).stage == "done"
    assert shelf.state(begun).stage == "failed"
    assert not list(shelf.folder.glob(f"*/{old}"))


def test_words_stand_beside_what_was_found_so_nothing_is_read_twice(
    survey: Survey, session: Session, consultant: Person
) -> None:
    found = taking_in.look(session, survey, theirs("A1", "Nothing"), "x", lambda _: None)

    assert [(one.words, one.by) for one in found.new] == [(WORDS, "Rae Reader")]
    assert [one.code for one in found.unplaced] == ["Nothing"]
    assert taking_in.STORED.validate_json(taking_in.STORED.dump_json(found)) == found


def test_a_response_is_taken_in_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_in, "AT_ONCE", 2)
    one = taking_in.Coding("a", 0, 1, "A1", "", "w")
    codings = [replace(one, response=name, theme=theme) for name in "abc" for theme in ("A1", "B")]

    parts = [{(one.response, one.theme) for one in part} for part in taking_in.parts(codings)]

    assert parts == [{("a", "A1"), ("a", "B"), ("b", "A1"), ("b", "B")}, {("c", "A1"), ("c", "B")}]


def _raise(*_: object) -> None:
    raise BrokenError
