"""The states of the pages of the room checking."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy.orm import Session

from tests.e2e.every_page.furniture import OPEN
from tests.e2e.every_page.states import State

ME: Final = "consultant"
SURVEY: Final = {"code": OPEN}
STATES: Final = (State("checking: overview", ME, "checking.overview", SURVEY),)
# Addresses that answer with something else than a page.
NO_PAGES: Final[Mapping[str, str]] = {}
# What is sent to these is never shown again: they do it, and lead on to a page.
LEAD_ON: Final[Mapping[str, str]] = {}


def furnish(_session: Session) -> Mapping[str, str]:
    """Fill the database with what these states show, and return the ids they need, by name."""
    return {}
