"""The register of authorities, and the check that every response belongs to one of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import BinaryIO

from synthesis import tables
from synthesis.errors import InputError
from synthesis.material import Authority, Response


def read(stream: BinaryIO, name: str) -> tuple[Authority, ...]:
    """Read the register: `code` and `name`, and where known the words that would name it.

    An authority that stands twice, because it was reorganised, is taken as its last row has it.
    """
    rows = tables.read(stream, name, required=("code", "name"))
    latest = {cells["name"].strip(): cells for _, cells in rows}
    return tuple(
        Authority(
            code=cells["code"].strip(),
            name=title,
            type=cells.get("type", ""),
            aliases=tuple(_split(cells.get("official_name", ""), cells.get("aliases", ""))),
            places=tuple(_split(cells.get("places", ""))),
            brands=tuple(_split(cells.get("brands", ""))),
        )
        for title, cells in latest.items()
    )


def _split(*lists: str) -> Iterator[str]:
    for names in lists:
        yield from (name.strip() for name in names.split(";") if name.strip())


def enrol(
    responses: Iterable[tuple[int, Response]], authorities: Sequence[Authority], name: str
) -> Iterator[Response]:
    """Yield the responses with their authority's code in place of the name they came with.

    They come with the numbers of their rows, as `responses.numbered` yields them; `name` is the
    file they come from. Raises InputError at the first authority not in the register.
    """
    known = {_key(word): one.code for one in authorities for word in (*one.aliases, one.name)}
    known |= {_key(one.code): one.code for one in authorities}
    for row, response in responses:
        code = known.get(_key(response.authority))
        if code is None:
            raise _unknown(response, authorities, f"{name}, row {row} (id {response.id})")
        yield replace(response, authority=code)


def _unknown(response: Response, authorities: Sequence[Authority], place: str) -> InputError:
    if not response.authority:
        return InputError(
            place, "The response names no authority.", "A review needs a column 'authority'."
        )
    names = [one.name for one in authorities]
    near = get_close_matches(response.authority, names, n=1)
    meant = f"Did you mean {near[0]}? If not, add" if near else "Correct the name, or add"
    return InputError(
        place,
        f"The authority {response.authority!r} is not in the register.",
        f"{meant} it to the register, or name another register with --authorities.",
    )


def _key(word: str) -> str:
    return " ".join(word.lower().replace("&", "and").split())
