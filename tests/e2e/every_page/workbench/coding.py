"""The states of the pages of the room coding."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy.orm import Session

from tests.e2e.every_page.furniture import OPEN
from tests.e2e.every_page.states import State
from tests.e2e.every_page.workbench import coding_passages

ME: Final = "consultant"
SURVEY: Final = {"code": OPEN}
STATES: Final = (State("coding: overview", ME, "coding.overview", SURVEY), *coding_passages.STATES)
# Addresses that answer with something else than a page.
NO_PAGES: Final[Mapping[str, str]] = {**coding_passages.NO_PAGES}
# What is sent to these is never shown again: they do it, and lead on to a page.
LEAD_ON: Final[Mapping[str, str]] = {**coding_passages.LEAD_ON, "coding.derive": "a button"}


def furnish(session: Session) -> Mapping[str, str]:
    """Fill the database with what these states show, and return the ids they need, by name."""
    return {**coding_passages.furnish(session)}
