"""Sheets: the texts that other programs get, one an authority and instrument, and the way back.

A sheet holds every response of one authority under its question, in order. Places in a response
lead to places in its sheet and back again, although line ends are written in one way there and
words that may identify a child are blotted out.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from synthesis.exchange.project import guid
from synthesis.material import CORRECTED, Held, Response

BLOT = "█"
USES: Mapping[str, str] = {"withheld": "not for publication"}
_INK = re.compile(r"\S")
_HALF = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A response in a sheet: where its words begin, and whence in the response each place came."""

    response: Response
    start: int
    origins: tuple[int, ...]

    @property
    def end(self) -> int:
        """Return the place after its last."""
        return self.start + len(self.origins)

    def there(self, place: int) -> int:
        """Return where in the sheet a place of the response is."""
        return self.start + bisect_left(self.origins, place)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the response a stretch of the sheet begins and ends."""
        text = self.response.text
        first, last = self.origins[start - self.start], self.origins[end - 1 - self.start]
        opens = first - (text[first - 1 : first + 1] == "\r\n")
        return opens, last + 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """One authority's words on one instrument."""

    authority: str
    instrument: str
    text: str
    stretches: tuple[Stretch, ...]

    @property
    def guid(self) -> UUID:
        """Return what the sheet is known by in every export."""
        return guid("sheet", self.authority, self.instrument)

    def around(self, start: int, end: int) -> Stretch | None:
        """Return the response in which a stretch of the sheet lies whole, if it does."""
        place = bisect_left([one.end for one in self.stretches], start + 1)
        found = self.stretches[place] if place < len(self.stretches) else None
        return found if found and found.start <= start < end <= found.end else None


def lay_out(responses: Iterable[Response], held: Iterable[Held] = ()) -> tuple[Sheet, ...]:
    """Return the sheets of some responses, by authority and instrument."""
    hidden: dict[str, list[Held]] = {}
    for one in held:
        if one.kind == CORRECTED:
            # Words that others took the place of identify nobody.
            continue
        hidden.setdefault(one.response, []).append(one)
    ordered = sorted(responses, key=_instrument)
    return tuple(
        _sheet(*instrument, list(group), hidden)
        for instrument, group in groupby(ordered, key=_instrument)
    )


def _instrument(response: Response) -> tuple[str, str]:
    return response.authority, response.source


def _sheet(
    authority: str,
    instrument: str,
    responses: Sequence[Response],
    hidden: Mapping[str, Sequence[Held]],
) -> Sheet:
    parts: list[str] = []
    stretches = []
    length = 0
    for response in responses:
        words, origins = _even(_blotted(response.text, hidden.get(response.id, ())))
        heading = f"{_heading(response)}\n"
        stretches.append(Stretch(response, length + len(heading), origins))
        parts.append(f"{heading}{words}\n\n")
        length += len(parts[-1])
    return Sheet(authority, instrument, "".join(parts), tuple(stretches))


def _heading(response: Response) -> str:
    use = USES.get(response.use_level, response.use_level)
    told = " ".join(f"{response.question_code} {response.question}".split())
    return _HALF.sub("\ufffd", f"[{told}] ({use})")


def _blotted(text: str, held: Iterable[Held]) -> str:
    """Blot out what may identify a child; the text stays as long as it was."""
    for one in held:
        blot = _INK.sub(BLOT, text[one.start : one.end])
        text = text[: one.start] + blot + text[one.end :]
    return text


def _even(text: str) -> tuple[str, tuple[int, ...]]:
    """Write every line end as \\n, and say whence each place came."""
    whole = _HALF.sub("\ufffd", text)
    dropped = {match.start() for match in _LINE_END.finditer(whole) if match[0] == "\r\n"}
    origins = tuple(place for place in range(len(whole)) if place not in dropped)
    return _LINE_END.sub("\n", whole), origins
