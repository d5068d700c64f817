"""The states of the pages of exchange with other programs."""

import uuid
from collections.abc import Mapping
from typing import Final

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.exchange.brought import Brought, Shelf
from surveyapp.exchange.taking_in import STORED, Coder, Coding, Found
from surveyapp.leftovers import BROUGHT
from surveyapp.models import Export, Person, Survey
from synthesis import exchange
from synthesis.exchange import Unplaced
from synthesis.exchange.project import Code, Project, Selection, Source, User
from tests.e2e.every_page.furniture import OPEN, PEOPLE
from tests.e2e.every_page.states import State, press
from tests.surveyapp.building import NOON, somebody

ME: Final = "consultant"
SURVEY: Final = {"code": OPEN}
WORDS: Final = "We count every call to the front door."
PLACE: Final = ("X06000001/S01.2", 0, len(WORDS), "A1")
MINE: Final = Coder("con@trees.example", "Con", is_known=True, codings=1)
STRANGER: Final = Coder("Rae Reader", "Rae Reader", is_known=False, codings=1)


def _page(name: str, answered_by: str, **parts: str) -> State:
    return State(f"exchange: {name}", ME, f"exchange.{answered_by}", {**SURVEY, **parts})


STATES: Final = (
    _page("overview", "overview"),
    _page("file under way", "file", export_id="coding under way"),
    _page("file made", "file", export_id="coding made"),
    _page("file failed", "file", export_id="coding failed"),
    _page("a file being looked through", "compare", key="sent coding"),
    _page("what a file brings in", "compare", key="brought coding"),
    _page("a file that is no good", "compare", key="unfit coding"),
    _page("a file that failed", "compare", key="failed coding"),
    _page("coding taken in", "compare", key="taken coding"),
    _page("coding taken back", "compare", key="undone coding"),
    State(
        "exchange: nobody ticked",
        ME,
        "exchange.take_in",
        {**SURVEY, "key": "strangers' coding"},
        (press("Take in"),),
        "exchange.compare",
        422,
    ),
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
    "exchange.bringing_progress": "asked by a script, answers with data",
    "exchange.progress": "asked by a script, answers with data",
}
LEAD_ON: Final[Mapping[str, str]] = {
    "exchange.take": "a button, answers with a file",
    "exchange.take_back": "a button",
}


# How far each file is that is brought in.
STAGES: Final[Mapping[str, Mapping[str, str]]] = {
    "sent coding": {},
    "brought coding": {"stage": "done", "new": 2},
    "unfit coding": {"stage": "failed", "told": "Its XML is damaged. Export it again."},
    "failed coding": {"stage": "failed"},
    "taken coding": {
        "task": "take",
        "stage": "done",
        "acts": (uuid.uuid4(),),
        "told": "Decisions taken in: 1 (1 of Con).",
    },
    "undone coding": {"task": "undo", "stage": "done", "told": "Decisions taken back: 1."},
    "strangers' coding": {"stage": "done"},
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
    return {name: str(row.id) for name, row in rows.items()} | _files(survey, asked["asked_by"])


def _files(survey: Survey, person: Person) -> Mapping[str, str]:
    """Bring files in, one for each way that it can go."""
    shelf = Shelf(current_app.config["SETTINGS"].instance / BROUGHT / survey.id.hex)
    one = Brought(name="coding.qdpx", person=person.id, at=NOON)
    keys = {
        name: shelf.send(exchange.write_project(_brought()), one.model_copy(update=state))
        for name, state in STAGES.items()
    }
    for key, coders in (("brought coding", (MINE, STRANGER)), ("strangers' coding", (STRANGER,))):
        found = Found(
            codebook=survey.codebook_id,
            new=tuple(Coding(*PLACE, one.by, WORDS) for one in coders),
            coders=coders,
            known=2,
            blind=1,
            unplaced=(
                Unplaced("Nobody said this.", "A1", "Alder", "its words stand nowhere here"),
            ),
        )
        shelf.keep_found(keys[key], STORED.dump_json(found))
    return keys


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
