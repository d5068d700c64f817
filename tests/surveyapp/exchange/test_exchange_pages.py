"""The work taken to other programs and back: files asked for, looked into, taken in."""

import io
import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import exporting
from surveyapp.config import Settings
from surveyapp.exporting import Workshop
from surveyapp.extensions import db
from surveyapp.models import AuditEvent, Cell, Decision, Export, Person, Survey, Tag
from synthesis import exchange
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, grow, queries
from tests.surveyapp.deriving import derive

pytestmark = pytest.mark.exchange
HOME = "/exchange/tiny-survey-2015"
RESPONSE, WORDS = "X06000001/S01.2", "We count every call to the front door."


@pytest.fixture
def consultant(session: Session, survey: Survey, client: CheckingClient) -> Person:
    person = Person(email="con@tarn.example", name="Con Sultant", staff_role="consultant")
    session.add(person)
    derive(session, survey)
    client.sign_in(person)
    return person


def decide(session: Session, survey: Survey, person: Person, theme: str = "A1") -> None:
    session.add(
        Decision(
            survey=survey,
            response=RESPONSE,
            start=0,
            end=len(WORDS),
            words=WORDS,
            theme=theme,
            verdict="add",
            coder=person,
            codebook=survey.codebook,
            made_at=NOON,
        )
    )
    session.commit()


def made(client: CheckingClient, session: Session, app: Flask, kind: str) -> bytes:
    """Ask for a file, have it made, and take it."""
    page = client.post(f"{HOME}/files", data={"kind": kind}).location
    settings: Settings = app.config["SETTINGS"]
    workshop = Workshop(db.sessionmaker, settings.instance / "exports")
    session.expire_all()
    one = session.scalars(select(Export).where(Export.kind == kind)).one()
    exporting.make(workshop, str(one.id))
    session.expire_all()
    assert "Your file is ready" in client.get(page).text
    return client.post(f"{page}file").data


def test_the_coding_goes_out_and_what_was_coded_there_comes_in(
    session: Session, survey: Survey, client: CheckingClient, app: Flask, consultant: Person
) -> None:
    decide(session, survey, consultant)
    content = made(client, session, app, "coding")
    project = exchange.read_project(content, "x")
    assert {user.name for user in project.users} == {"Con Sultant", "tagger"}
    session.delete(session.scalars(select(Decision)).one())
    session.commit()

    sent = client.post(
        f"{HOME}/coding",
        data={"project": (io.BytesIO(content), "coding.qdpx")},
        content_type="multipart/form-data",
    )
    shown = client.get(sent.location).text
    assert "1 coding is new: 1 by Con Sultant" in shown
    client.post(sent.location)

    session.expire_all()
    taken = session.scalars(select(Decision)).one()
    assert (taken.words, taken.theme, taken.verdict) == (WORDS, "A1", "add")
    assert session.scalars(select(Tag).where(Tag.theme == "A1", Tag.verdict == "add")).one()
    cell = session.get_one(Cell, (survey.id, "X06000001", "A1"))
    assert cell.confirmed == 1
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "coding.taken_in")).one()
    assert WORDS not in json.dumps(event.detail)
    assert client.get(sent.location).status_code == 404


def test_what_is_here_already_is_not_taken_in_twice(
    session: Session, survey: Survey, client: CheckingClient, app: Flask, consultant: Person
) -> None:
    decide(session, survey, consultant)
    content = made(client, session, app, "coding")

    sent = client.post(
        f"{HOME}/coding",
        data={"project": (io.BytesIO(content), "coding.qdpx")},
        content_type="multipart/form-data",
    )

    assert "There is nothing to take in." in client.get(sent.location).text


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "Choose a REFI-QDA project"), (b"no archive", "not a REFI-QDA project")],
)
def test_a_file_that_cannot_be_read_is_refused(
    content: bytes, why: str, client: CheckingClient, consultant: Person
) -> None:
    answer = client.post(
        f"{HOME}/coding",
        data={"project": (io.BytesIO(content), "x.qdpx")},
        content_type="multipart/form-data",
    )

    assert answer.status_code == 422
    assert why in answer.text


def test_the_matrix_tells_empty_cells_apart(
    session: Session, survey: Survey, client: CheckingClient, app: Flask, consultant: Person
) -> None:
    content = made(client, session, app, "matrix")

    sheets = pd.read_excel(io.BytesIO(content), sheet_name=None)
    assert list(sheets) == ["Passages", "Summaries", "Cells", "Data dictionary"]
    row = sheets["Passages"].set_index("authority").loc["Cedar"]
    assert row["S01"] == "not answered"


def test_tables_hold_what_was_decided(
    session: Session, survey: Survey, client: CheckingClient, app: Flask, consultant: Person
) -> None:
    decide(session, survey, consultant)

    with zipfile.ZipFile(io.BytesIO(made(client, session, app, "tables"))) as archive:
        rows = pd.read_csv(archive.open("decisions.csv"))
        names = archive.namelist()

    assert rows[["words", "theme", "coder"]].values.tolist() == [[WORDS, "A1", "Con Sultant"]]
    assert {"passages.csv", "tags.csv", "findings.csv", "data_dictionary.csv"} <= set(names)


def test_the_codebook_goes_out_alone(client: CheckingClient, consultant: Person) -> None:
    codes = exchange.read_codebook(client.get(f"{HOME}/codebook.qdc").data, "x")

    assert [code.name for code in codes][:2] == ["Strands", "Adverse outcomes"]


def test_a_whole_survey_is_made_and_loaded_by_command(
    session: Session,
    survey: Survey,
    client: CheckingClient,
    app: Flask,
    consultant: Person,
    tmp_path: Path,
) -> None:
    file = tmp_path / "survey.json"
    file.write_bytes(made(client, session, app, "survey"))

    result = app.test_cli_runner().invoke(args=["survey", "load", str(file)])

    assert result.exit_code == 2
    assert "here already" in result.output


def test_a_file_is_chosen_first(client: CheckingClient, consultant: Person) -> None:
    answer = client.post(f"{HOME}/files")

    assert answer.status_code == 422
    assert "Choose what you need" in answer.text


@pytest.mark.queries
def test_the_page_asks_as_often_for_many_as_for_few(
    session: Session, survey: Survey, client: CheckingClient, consultant: Person
) -> None:
    def count() -> int:
        session.expire_all()
        with queries(session) as sent:
            client.get(f"{HOME}/")
        return len(sent)

    few = count()
    grow(session, survey, 20)
    session.commit()

    assert count() == few
