"""Summaries written on the page of a cell, for tests of it."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import (
    Summary,
)
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.charting import (
    ALDER,
    ROOM,
)

CELL = f"{ROOM}cells/{ALDER}/S01/"
SAID = "Most families come through their school."
WITHHELD = "We would do it all again."


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def write(staff: CheckingClient, text: str, **other: str):
    page = staff.get(CELL).text
    data = {name: hidden(page, name) for name in ("seen", "rests_on", "shown")} | {"text": text}
    return staff.post(CELL, data=data | other)


def kept(session: Session) -> Summary:
    session.expire_all()
    return session.scalars(select(Summary)).one()
