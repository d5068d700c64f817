"""What was found: where it stands, what it looks like, and why that may identify a child."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "name",
    "age with a place",
    "date of birth",
    "NHS number",
    "pupil number",
    "National Insurance number",
    "postcode",
    "address",
    "phone number",
    "email address",
]


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that may identify a child, in Python string indices, and the reason in words."""

    start: int
    end: int
    kind: Kind
    reason: str


def apart(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Return hits in order, without those that lie within another; the longest are kept."""
    kept: list[Hit] = []
    for one in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or one.end > kept[-1].end:
            kept.append(one)
    return tuple(kept)
