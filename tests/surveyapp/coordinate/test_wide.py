"""Answers by question: a row an authority, a column a question, and the questions' words."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.coordinate import exports
from surveyapp.models import Authority, Note, Submission, Survey
from surveyapp.tables import Cell, Table
from tests.surveyapp.building import save


def tables(session: Session, survey: Survey) -> Mapping[str, Table]:
    return {
        table.name: replace(table, rows=tuple(table.rows))
        for table in exports.everything(session, survey)
    }


def named(table: Table) -> list[dict[str, Cell]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_every_authority_has_a_row_and_every_question_a_column(
    session: Session, survey: Survey, birch: Submission
) -> None:
    for entry, name in (("e1", "Coffee mornings"), ("e2", "Night line")):
        save(session, birch, "Z1.1.a", {"text": name}, entry_id=entry)

    found = tables(session, survey)
    rows = named(found["By question"])

    assert [row["authority"] for row in rows] == ["Alder", "Birch", "Cedar"]
    assert rows[1]["S01.1"] == "Don't know"
    assert rows[1]["S01.3"] == "Health visitors"
    assert rows[2]["S01.3"] is None
    entries = str(rows[1]["Z1.1"]).splitlines()
    assert ["Coffee mornings" in entries[0], "Night line" in entries[-1]] == [True, True]
    described = {row["column"]: row["meaning"] for row in named(found["Data dictionary"])}
    (asked,) = {
        row["question"] for row in named(found["Questions"]) if row["question_code"] == "S01.3"
    }
    assert described["S01.3"] == asked


def test_an_answer_has_its_question_and_its_number(
    session: Session, survey: Survey, birch: Submission
) -> None:
    save(session, birch, "S01.1", {"rating": 0}, seen=1)

    rows = {
        (row["authority"], row["question_code"]): row
        for row in named(tables(session, survey)["Answers"])
    }

    assert rows["Birch", "S01.1"]["number"] == 0
    assert rows["Birch", "S01.3"]["number"] is None
    assert rows["Birch", "S01.3"]["question"]


def test_rows_are_in_the_order_of_names_and_of_the_call(session: Session, survey: Survey) -> None:
    alder = session.scalars(select(Authority).where(Authority.name == "Alder")).one()
    alder.name = "Zelkova"
    for note in session.scalars(select(Note)):
        note.second = 3600 - (note.second or 0)
    session.flush()

    found = tables(session, survey)

    for name in ("Answers", "History", "People", "By question", "Sections"):
        names = [str(row["authority"]) for row in named(found[name])]
        assert names == sorted(names), name
    minutes = [row["second"] for row in named(found["Notes"])]
    assert len(minutes) > 1
    assert minutes == sorted(minutes, key=lambda one: int(str(one)))
