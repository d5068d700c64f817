"""Two builds compared: which claims and quotations came, went or changed, told from the manifests.

Nothing here asks the database.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from surveyapp.material.checked import CORRECTION

FINDING: Final = "finding/"
ANSWERS: Final = ("rating", "choice")
# A finding is known by it within the name of a claim, and of a place for quotations.
_HEX: Final = re.compile(r"[0-9a-f]{32}")
_SIDES: Final = ("for", "against")
Kind = Literal["new", "gone", "changed"]
Manifest = Mapping[str, Any]
Side = tuple[Mapping[str, Any], Manifest]
"""A claim, and the manifest that it stands in."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a text by where they stand in it; all of them where there is no `end`."""

    text: str
    start: int = 0
    end: int = 0

    def meets(self, other: "Stretch") -> bool:
        """Say whether two stretches have words in common."""
        if self.text != other.text:
            return False
        is_whole = not (self.end and other.end)
        return is_whole or (self.start < other.end and other.start < self.end)


Places = frozenset[Stretch]


@dataclass(frozen=True, slots=True)
class Changed:
    """One claim that is not as it was; `rests_on` is the evidence that came, went or changed.

    Where none did it is all of it. `what` says in a few words what changed.
    """

    id: str
    kind: Kind
    theme: str
    was: str
    now: str
    what: str
    rests_on: Places


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation that came or went, by the place of its words and their hash.

    `slot` is where in the review it is printed.
    """

    kind: Kind
    source: str
    seal: str = ""
    slot: str = ""

    @property
    def response(self) -> str:
        """Return the response that the words stand in."""
        return self.source.rpartition(":")[0]

    @property
    def stretch(self) -> tuple[int, int]:
        """Return where in the response the words stand."""
        start, _, end = self.source.rpartition(":")[2].partition("-")
        return int(start), int(end)

    @property
    def places(self) -> Places:
        """Return where its words stand, and the finding that they are printed for."""
        return standing(self.response, *self.stretch) | _finding(self.slot)


@dataclass(frozen=True, slots=True)
class Difference:
    """What is not as it was in the build before."""

    claims: tuple[Changed, ...]
    quotations: tuple[Quoted, ...]
    cells: int
    is_same: bool
    code_changed: bool

    @property
    def is_empty(self) -> bool:
        """Say whether nothing that a reader sees follows from other words or counts."""
        return not (self.claims or self.quotations or self.cells)


def are_alike(was: Manifest, now: Manifest) -> bool:
    """Say whether two manifests are of the same make, and so can be compared."""
    return was.get("version") is not None and was.get("version") == now.get("version")


def compare(was: Manifest, now: Manifest) -> Difference:
    """Compare two builds by their manifests."""
    return Difference(
        claims=tuple(_claims(was, now)),
        quotations=tuple(_quotations(was, now)),
        cells=_cells(was, now),
        is_same=was["inputs"] == now["inputs"],
        code_changed=was["versions"] != now["versions"],
    )


def _claims(was: Manifest, now: Manifest) -> Iterator[Changed]:
    before = {one["id"]: one for one in was["claims"]}
    after = {one["id"]: one for one in now["claims"]}
    for id, one in after.items():
        old = before.get(id)
        if old is None:
            yield _changed("new", f"{_share(one)}, and was not there", None, (one, now))
        elif what := _what((old, was), (one, now)):
            yield _changed("changed", what, (old, was), (one, now))
    for id, one in before.items():
        if id not in after:
            yield _changed("gone", f"It was {_share(one)}", (one, was), None)


def _what(old: Side, new: Side) -> str:
    """Say what changed about a claim; empty if nothing did that is printed or counted."""
    was, now = old[0], new[0]
    if _share(was) != _share(now):
        return f"{_share(was)} before, {_share(now)} now"
    if was["text"] != now["text"]:
        return f"{_share(now)}, in other words"
    return f"{_share(now)} as before, {told}" if (told := _evidence(old, new)) else ""


def _evidence(old: Side, new: Side) -> str:
    """Say what changed about the evidence of a claim that says the same; empty if nothing did."""
    was, now = old[0], new[0]
    if was["seal"] == now["seal"]:
        return ""
    told = []
    if moved := _more_and_fewer(was["for"], now["for"]):
        told.append(f"rests on {moved}")
    if moved := _more_and_fewer(was["against"], now["against"]):
        told.append(f"{moved} against it")
    if reworded := len(_reworded(old, new)):
        told.append(f"{reworded} of its passages in other words")
    # The hashes tell that an answer is another one, but not which; in another order they tell less.
    if not told and _ids(was) == _ids(now):
        told.append("though an answer that it counts is another one")
    return ", ".join(told)


def _more_and_fewer(was: Sequence[str], now: Sequence[str]) -> str:
    """Say how many passages came and went; empty if none did."""
    more, fewer = len(set(now) - set(was)), len(set(was) - set(now))
    told = " and ".join(f"{n} {word}" for n, word in ((more, "more"), (fewer, "fewer")) if n)
    return f"{told} {'passage' if more + fewer == 1 else 'passages'}" if told else ""


def _reworded(old: Side, new: Side) -> set[str]:
    """Return the passages on which a claim rested and rests, and which say something else now."""
    both = set(_ids(old[0])) & set(_ids(new[0]))
    return {id for id in both if _seal(id, old[1]) != _seal(id, new[1])}


def _seal(id: str, made: Manifest) -> str:
    return str(made["passages"].get(id, {}).get("words_sha256", ""))


def _ids(claim: Mapping[str, Any]) -> list[str]:
    return [id for side in _SIDES for id in claim[side]]


def _changed(kind: Kind, what: str, was: Side | None, now: Side | None) -> Changed:
    """Tell of a claim by how it stood in each build; in one of them it may not have."""
    sides = [side for side in (was, now) if side is not None]
    claim, _ = sides[-1]
    return Changed(
        id=claim["id"],
        kind=kind,
        theme=claim["theme"],
        was=was[0]["text"] if was else "",
        now=now[0]["text"] if now else "",
        what=what,
        rests_on=_rests_on(was, now) | _finding(claim["id"]),
    )


def _share(one: Mapping[str, Any]) -> str:
    return f"{one['count']} of {one['base']}"


def _rests_on(was: Side | None, now: Side | None) -> Places:
    """Return the evidence of a claim that is not as it was; all of it where it is."""
    before, after = (
        {(kind, id) for kind in _SIDES for id in side[0][kind]} if side else set()
        for side in (was, now)
    )
    moved = {id for _, id in before ^ after}
    if was and now:
        moved |= _reworded(was, now)
    ids = moved or {id for _, id in before | after}
    sides = [side for side in (was, now) if side]
    return frozenset().union(*(_places(id, made) for id in ids for _, made in sides))


def _places(id: str, made: Manifest) -> Places:
    """Return where a passage stands, or the answer that an id is of."""
    passage = made["passages"].get(id)
    if passage is not None:
        return standing(passage["response"], passage["start"], passage["end"])
    kind, _, rest = id.partition(":")
    return frozenset({Stretch(rest)}) if kind in ANSWERS else frozenset()


def standing(response: str, start: int = 0, end: int = 0) -> Places:
    """Return where words stand; what an authority put in place of others stands where they did."""
    origin, found, at = response.rpartition(CORRECTION)
    here = Stretch(response, start, end)
    return frozenset({here, Stretch(origin, int(at), int(at) + 1)} if found else {here})


def _finding(name: str) -> Places:
    """Return the finding that a claim, or a place for quotations, is of; nothing if it is none."""
    for id in name.split("."):
        if _HEX.fullmatch(id):
            return frozenset({Stretch(f"{FINDING}{id}")})
    return frozenset()


def _quotations(was: Manifest, now: Manifest) -> Iterator[Quoted]:
    before, after = (_sources(one["quotations"]) for one in (was, now))
    yield from (_quoted("new", one, now, slot) for one, slot in after.items() if one not in before)
    yield from (_quoted("gone", one, was, slot) for one, slot in before.items() if one not in after)


def _quoted(kind: Kind, source: str, made: Manifest, slot: str) -> Quoted:
    return Quoted(kind, source, _seal(source, made), slot)


def _sources(quotations: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    return {one["source"]: one.get("place", "") for one in quotations}


def _cells(was: Manifest, now: Manifest) -> int:
    """Count the cells of the matrix that hold something else."""

    def by_place(made: Manifest) -> dict[tuple[str, str], tuple[str, str]]:
        return {(c["authority"], c["theme"]): (c["state"], c["seal"]) for c in made["cells"]}

    before, after = by_place(was), by_place(now)
    places = before.keys() | after.keys()
    return sum(before.get(place) != after.get(place) for place in places)
