"""What a build prints of each authority's words, by place: read once, and kept small.

A manifest may be tens of megabytes long. Whoever opens a page needs one authority's part of it, or
how much there is of each.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from surveyapp import built, files
from surveyapp.models import Build

MOST_KEPT: Final = 4


class Place(NamedTuple):
    """Where words stand that a build prints, and what proves them.

    `slot` is the place for quotations that they stand in, empty where they are only listed.
    """

    response: str
    start: int
    end: int
    sealed: str
    slot: str


@dataclass(frozen=True, slots=True)
class Printed:
    """What a build prints: how much of each authority's words, and packed away, which."""

    counts: Mapping[str, int] = field(default_factory=dict)
    packed: Mapping[str, bytes] = field(default_factory=dict)

    def of(self, authority: str) -> tuple[Place, ...]:
        """Return the places of an authority's words, in order."""
        packed = self.packed.get(authority)
        return tuple(Place(*row) for row in json.loads(zlib.decompress(packed))) if packed else ()


def read(folder: Path, build: Build | None) -> Printed:
    """Return what a build prints: nothing where there is none, or its files are gone."""
    if build is None or build.forgotten_at is not None or built.MANIFEST not in build.files:
        return Printed()
    there = built.place(folder, build.survey_id, build.number)
    return _read(there, str(build.files[built.MANIFEST]["key"]))


@lru_cache(maxsize=MOST_KEPT)
def _read(there: Path, key: str) -> Printed:
    """Read a manifest once: the files of a build never change."""
    places: dict[str, list[Place]] = defaultdict(list)
    for one in _places(json.loads(files.get(there, key) or b"{}")):
        # What anybody said is named after their authority first.
        places[one.response.partition("/")[0]].append(one)
    return Printed(
        counts={authority: len(some) for authority, some in places.items()},
        packed={
            authority: zlib.compress(json.dumps(sorted(some)).encode(), level=1)
            for authority, some in places.items()
        },
    )


def _places(manifest: Mapping[str, Any]) -> list[Place]:
    # The index of evidence prints the words, unless it says why not.
    slots = {str(one["source"]): "" for one in manifest.get("evidence", ()) if not one["held"]}
    quoted = manifest.get("quotations", ())
    slots |= {str(one["source"]): str(one.get("place", "")) for one in quoted}
    passages: Mapping[str, Mapping[str, Any]] = manifest.get("passages", {})
    return [_place(passages[id], slot) for id, slot in slots.items() if id in passages]


def _place(told: Mapping[str, Any], slot: str) -> Place:
    where = str(told["response"]), int(told["start"]), int(told["end"])
    return Place(*where, str(told["words_sha256"]), slot)
