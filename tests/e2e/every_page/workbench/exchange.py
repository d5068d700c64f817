"""The states of the pages of exchange with other programs."""

import uuid
from collections.abc import Mapping
from typing import Final

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import files
from surveyapp.models import Export, Survey
from synthesis import exchange
from synthesis.exchange.project import Code, Project, Selection, Source, User
from tests.e2e.every_page.furniture import OPEN, PEOPLE
from tests.e2e.every_page.states import State, press
from tests.surveyapp.building import NOON, somebody

ME: Final = "consultant"
SURVEY: Final = {"code": OPEN}


def _page(name: str, answered_by: str, **parts: str) -> State:
    return State(f"exchange: {name}", ME, f"exchange.{answered_by}", {**SURVEY, **parts})


STATES: Final = (
    _page("overview", "overview"),
    _page("file under way", "file", export_id="coding under way"),
    _page("file made", "file", export_id="coding made"),
    _page("file failed", "file", export_id="coding failed"),
    _page("what a file brings in", "compare", key="brought coding"),
    State(
        "exchange: no kind",
        ME,
        "exchange.ask",
        SURVEY,
        (press("Make the file"),),
        "exchange.overview",
        422,
    ),
    State(
        "exchange: no file",
        ME,
        "exchange.send",
        SURVEY,
        (press("Look at the file"),),
        "exchange.overview",
        422,
    ),
)
NO_PAGES: Final[Mapping[str, str]] = {
    "exchange.codebook": "a codebook for other programs",
    "exchange.progress": "asked by a script, answers with data",
}
LEAD_ON: Final[Mapping[str, str]] = {
    "exchange.take": "a button, answers with a file",
    "exchange.take_in": "a button",
}


def furnish(session: Session) -> Mapping[str, str]:
    """Ask for files, and bring one in."""
    survey = session.scalars(select(Survey).where(Survey.code == OPEN)).one()
    asked = {
        "survey": survey,
        "asked_by": somebody(session, PEOPLE["consultant"]),
        "asked_at": NOON,
    }
    rows = {
        "coding under way": Export(kind="coding", steps=2, started_at=NOON, **asked),
        "coding made": Export(kind="matrix", done_at=NOON, file_key="m" * 32, size=9, **asked),
        "coding failed": Export(kind="tables", failed_at=NOON, **asked),
    }
    session.add_all(rows.values())
    session.flush()
    folder = current_app.config["SETTINGS"].instance / "brought" / survey.id.hex
    key = files.put(folder, exchange.write_project(_brought()))
    return {name: str(row.id) for name, row in rows.items()} | {"brought coding": key}


def _brought() -> Project:
    """Coding of another program: one passage that is ours, and one that is nobody's."""
    user, code = User(uuid.uuid4(), "Rae Reader"), Code(uuid.uuid4(), "A1")
    text = "We count every call to the front door. Nobody said this here."
    selections = (
        Selection(uuid.uuid4(), 0, 38, text[:38], user.guid, code.guid),
        Selection(uuid.uuid4(), 39, 61, text[39:], user.guid, code.guid),
    )
    source = Source(uuid.uuid4(), "Alder", text, selections)
    return Project("Other", "Other", (user,), (code,), sources=(source,))
