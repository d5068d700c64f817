"""Two builds compared: which claims and quotations came, went or changed, told from the manifests.

Nothing here asks the database.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["new", "gone", "changed"]
Manifest = Mapping[str, Any]
Side = tuple[Mapping[str, Any], Manifest]
"""A claim, and the manifest that it stands in."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One claim that is not as it was; `rests_on` are the responses in its evidence, both times.

    `what` says in a few words what changed.
    """

    id: str
    kind: Kind
    theme: str
    was: str
    now: str
    what: str
    rests_on: frozenset[str]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation that came or went, by the place of its words and their hash."""

    kind: Kind
    source: str
    seal: str = ""

    @property
    def response(self) -> str:
        """Return the response that the words stand in."""
        return self.source.rpartition(":")[0]

    @property
    def stretch(self) -> tuple[int, int]:
        """Return where in the response the words stand."""
        start, _, end = self.source.rpartition(":")[2].partition("-")
        return int(start), int(end)


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
        elif what := _what(old, one):
            yield _changed("changed", what, (old, was), (one, now))
    for id, one in before.items():
        if id not in after:
            yield _changed("gone", f"It was {_share(one)}", (one, was), None)


def _what(was: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Say what changed about a claim; empty if nothing did."""
    if _share(was) != _share(now):
        return f"{_share(was)} before, {_share(now)} now"
    if was["text"] != now["text"]:
        return f"{_share(now)}, in other words"
    if was["seal"] == now["seal"]:
        return ""
    more, less = (set(now["for"]) - set(was["for"])), (set(was["for"]) - set(now["for"]))
    rests = f"rests on {len(more)} more and {len(less)} fewer passages"
    against = len(now["against"]) - len(was["against"])
    told = f", {abs(against)} {'more' if against > 0 else 'fewer'} against it" if against else ""
    return f"{_share(now)} as before, {rests}{told}"


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
        rests_on=frozenset().union(*(_responses(*side) for side in sides)),
    )


def _share(one: Mapping[str, Any]) -> str:
    return f"{one['count']} of {one['base']}"


def _responses(claim: Mapping[str, Any], made: Manifest) -> frozenset[str]:
    """Return the responses and answers in a claim's evidence."""
    passages = made["passages"]
    return frozenset(
        passages[id]["response"] if id in passages else id.partition(":")[2]
        for id in (*claim["for"], *claim["against"])
    )


def _quotations(was: Manifest, now: Manifest) -> Iterator[Quoted]:
    before, after = (_sources(one["quotations"]) for one in (was, now))
    yield from (_quoted("new", one, now) for one in after if one not in before)
    yield from (_quoted("gone", one, was) for one in before if one not in after)


def _quoted(kind: Kind, source: str, made: Manifest) -> Quoted:
    return Quoted(kind, source, str(made["passages"].get(source, {}).get("words_sha256", "")))


def _sources(quotations: Sequence[Mapping[str, Any]]) -> dict[str, None]:
    return dict.fromkeys(one["source"] for one in quotations)


def _cells(was: Manifest, now: Manifest) -> int:
    """Count the cells of the matrix that hold something else."""

    def by_place(made: Manifest) -> dict[tuple[str, str], tuple[str, str]]:
        return {(c["authority"], c["theme"]): (c["state"], c["seal"]) for c in made["cells"]}

    before, after = by_place(was), by_place(now)
    places = before.keys() | after.keys()
    return sum(before.get(place) != after.get(place) for place in places)
