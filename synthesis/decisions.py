"""Read a coder's decisions from a table, one row a verdict."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Literal, get_args

from synthesis import tables
from synthesis.errors import InputError
from synthesis.material import Decision

Verdict = Literal["accept", "reject", "add"]
VERDICTS: Mapping[str, Verdict] = {verdict: verdict for verdict in get_args(Verdict)}
REQUIRED = ("id", "start", "end", "passage", "theme", "verdict")


def read(stream: BinaryIO, name: str, codes: frozenset[str]) -> Iterator[Decision]:
    """Yield decisions from a file of tags with a column `verdict` added: accept, reject or add.

    Rows without a verdict are suggestions still open, and are passed over. `coder` and `codebook`
    (its version) are kept where present. Raises InputError at the first row that cannot be used,
    or whose theme is not among `codes`.
    """
    for row, cells in tables.read(stream, name, required=REQUIRED):
        verdict = cells["verdict"].strip().lower()
        if verdict:
            decision = _decision(cells, verdict, f"{name}, row {row}")
            if decision.theme not in codes:
                raise InputError(
                    f"{name}, row {row}",
                    f"The theme {decision.theme!r} is not in the codebook.",
                    "Write the code of a theme of the codebook.",
                )
            yield decision


def _decision(cells: Mapping[str, str], verdict: str, place: str) -> Decision:
    return Decision(
        response=cells["id"].strip(),
        start=_whole(cells["start"], place, "start"),
        end=_whole(cells["end"], place, "end"),
        words=cells["passage"],
        theme=cells["theme"].strip(),
        verdict=_verdict(verdict, place),
        coder=cells.get("coder", "").strip(),
        codebook=cells.get("codebook", "").strip(),
        place=place,
    )


def _whole(value: str, place: str, column: str) -> int:
    if not value.strip().isdecimal():
        raise InputError(place, f"{column!r} is {value!r}.", "Write a whole number.")
    return int(value)


def _verdict(value: str, place: str) -> Verdict:
    if value in VERDICTS:
        return VERDICTS[value]
    raise InputError(place, f"The verdict is {value!r}.", "Write accept, reject or add.")
