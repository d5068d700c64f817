"""What is typed and ticked about findings, as the pages send it; meaning is checked elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from flask import request

from surveyapp.findings.contrary import KINDS, Kind
from surveyapp.findings.drafting import Ticked
from surveyapp.models.finding import SIDES, Side


@dataclass(frozen=True, slots=True)
class Where:
    """Which part of the passages is shown: all confirmed ones or the chosen, holding words."""

    number: int
    words: str
    only_chosen: bool

    def as_parts(self) -> Mapping[str, Any]:
        """Return it as parts of an address; what is as usual is left out."""
        return {
            "page": self.number if self.number > 1 else None,
            "words": self.words or None,
            "show": "chosen" if self.only_chosen else None,
        }


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page about a finding was sent with, and which button was pressed.

    `confirmed` tells whether somebody says that they looked in every place, `meaning` whether a
    reworded claim means something else: "same", "other", or nothing said.
    """

    claim: str
    seen: int
    ticked: Ticked
    go: str
    confirmed: bool = False
    meaning: str = ""


def where() -> Where:
    """Return which part of the passages the address or the form asks for."""
    number = request.values.get("page", 1, type=int)
    turned = request.form.get("go", "")
    if turned.startswith("page-") and turned.removeprefix("page-").isdigit():
        number = int(turned.removeprefix("page-"))
    elif turned == "filter":
        number = 1
    words = " ".join(request.values.get("words", "").split())[:100]
    return Where(max(1, number), words, request.values.get("show") == "chosen")


def sent() -> Sent:
    """Return what was typed and ticked."""
    return Sent(
        claim=request.form.get("claim", ""),
        seen=request.form.get("version", 0, type=int),
        ticked=ticked(),
        go=request.form.get("go", "save"),
        confirmed="confirmed" in request.form,
        meaning=request.form.get("meaning", ""),
    )


def ticked() -> Ticked:
    """Return what was ticked on the page, and what stood on it."""
    found: dict[str, Side] = {}
    both = set()
    for side in SIDES:
        for key in request.form.getlist(side):
            if key in found:
                both.add(key)
            found[key] = side
    return Ticked(frozenset(request.form.getlist("shown")), found, frozenset(both))


def kind() -> Kind:
    """Return which candidates against a finding are asked for."""
    given = request.form.get("go", "").removeprefix("kind-")
    wanted = given if given in KINDS else request.values.get("kind", "")
    return cast(Kind, wanted) if wanted in KINDS else "opposite"
