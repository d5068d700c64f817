"""The work taken to other programs: files asked for, watched, taken."""

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import exporting
from surveyapp.coding.codebook import planning
from surveyapp.config import Settings
from surveyapp.exporting import Workshop
from surveyapp.extensions import db
from surveyapp.models import Export, Passage, Person, Survey
from synthesis import exchange
from synthesis.codebook import Theme
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import grow, queries
from tests.surveyapp.coding import keeping_codebook
from tests.surveyapp.exchange.coded import HOME, RESPONSE, WORDS, decide

pytestmark = pytest.mark.exchange


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

    assert rows[["words", "theme", "coder"]].values.tolist() == [[WORDS, "A1", "Kay Runs"]]
    assert {"passages.csv", "tags.csv", "findings.csv", "data_dictionary.csv"} <= set(names)


def test_tables_tell_what_pages_call_it(
    session: Session, survey: Survey, client: CheckingClient, app: Flask, consultant: Person
) -> None:
    decide(session, survey, consultant)
    promoted = Theme("W1", "emergent", "Front doors", "Ways in.", cues=("door",))
    keeping_codebook.make(session, survey, planning.to_promote("staff", promoted))
    decide(session, survey, keeping_codebook.kay(session), "W1")
    found = session.scalars(select(Passage).where(Passage.response == RESPONSE)).first()
    assert found is not None
    key = found.key

    with zipfile.ZipFile(io.BytesIO(made(client, session, app, "tables"))) as archive:
        decisions, passages, changes = (
            pd.read_csv(archive.open(f"{one}.csv"), dtype=str).set_index(index)
            for one, index in (
                ("decisions", "theme"),
                ("passages", "passage"),
                ("codebook_changes", "theme"),
            )
        )

    columns = ["authority", "theme_name", "codebook_version"]
    first, second = (list(decisions.loc[code, columns]) for code in ("A1", "W1"))
    assert first[0] == "Alder"
    assert second[:2] == ["Alder", "Front doors"]
    assert int(second[2]) == int(first[2]) + 1
    assert decisions.loc["A1", "passage"] in passages.index
    assert list(passages.loc[key, ["authority", "cited_as"]]) == ["Alder", key[:8]]
    columns = ["kind", "theme_name", "proposal", "version_before", "version_after"]
    assert list(changes.loc["W1", columns]) == [
        "promote",
        "Front doors",
        "staff",
        first[2],
        second[2],
    ]


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
