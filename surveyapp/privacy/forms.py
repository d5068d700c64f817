"""What the form beneath the list sends: which marks, what is decided, and why."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from werkzeug.datastructures import MultiDict

from surveyapp.privacy.listing import SHOWS, Show, View

VERDICTS: Final[Mapping[str, str]] = {
    "cleared": "They identify no child: clear them",
    "held": "Keep them held back",
    "erased": "Erase them everywhere",
}
MOST_LETTERS: Final = 500


@dataclass(frozen=True, slots=True)
class Typed:
    """What was chosen and typed, and what is wrong with it, by field."""

    marks: tuple[uuid.UUID, ...]
    is_all: bool
    verdict: str
    reason: str
    is_sure: bool
    problems: Mapping[str, str]


EMPTY: Final = Typed((), is_all=False, verdict="", reason="", is_sure=False, problems={})


def view(given: MultiDict[str, str]) -> View:
    """Return which marks an address asks for; what is unknown there is passed over."""
    show: Show = next((one for one in SHOWS if one == given.get("show")), "open")
    page = given.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return View(show, given.get("kind", "")[:40], max(1, number))


def read(given: MultiDict[str, str]) -> Typed:
    """Return what was chosen and typed."""
    marks = tuple(one for text in given.getlist("mark") for one in _id(text))
    is_all, verdict = "all" in given, given.get("verdict", "")
    reason = " ".join(given.get("reason", "").split())
    problems = {}
    if not marks and not is_all:
        problems["choose"] = "Choose the words that you decide about"
    if verdict not in VERDICTS:
        problems["verdict"] = "Choose what is to become of them"
    if verdict in ("cleared", "erased") and not reason:
        problems["reason"] = "Enter why"
    elif len(reason) > MOST_LETTERS:
        problems["reason"] = f"The reason must be {MOST_LETTERS} letters or fewer"
    return Typed(marks, is_all, verdict, reason, "sure" in given, problems)


def _id(text: str) -> tuple[uuid.UUID, ...]:
    try:
        return (uuid.UUID(text),)
    except ValueError:
        return ()
