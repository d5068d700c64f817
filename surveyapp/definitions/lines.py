"""The line of a file at which a fault stands, for people who look for it in an editor.

Lint names items by their code. Where two items have one code, the one that came second, or stands
where it does not belong, is the one that a person has to change.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from surveyapp.definitions.faults import Fault
from surveyapp.definitions.reading import Source

_HEADING: Final = re.compile(r"\s*\[\[\s*([\w.]+)\s*\]\]")
_CODE: Final = re.compile(r"\s*code\s*=\s*([\"'])(.*?)\1")
_NOUNS: Final = {
    "sections": "section",
    "questions": "question",
    "prompts": "prompt",
    "probes": "probe",
    "themes": "theme",
}


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of a file: what it is, its code, the code of what it stands in, and its line."""

    noun: str
    code: str
    outer: str
    line: int


def find(texts: Mapping[str, Source], faults: Iterable[Fault]) -> dict[Fault, int]:
    """Return the lines at which faults stand, where that can be told."""
    items = {name: tuple(_items(_plain(text))) for name, text in texts.items()}
    found = ((fault, _line(fault, items.get(fault.file, ()))) for fault in faults)
    return {fault: line for fault, line in found if line}


def _plain(text: Source) -> str:
    return text if isinstance(text, str) else text.decode("utf-8", errors="replace")


def _line(fault: Fault, items: tuple[_Item, ...]) -> int:
    noun, _, code = fault.item.partition(" ")
    given = [one for one in items if (one.noun, one.code) == (noun, code)]
    astray = [one for one in given if one.outer and not code.startswith(f"{one.outer}.")]
    return (astray or given or [_Item("", "", "", 0)])[-1].line


def _items(text: str) -> Iterator[_Item]:
    codes: list[str] = []
    noun = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if heading := _HEADING.match(line):
            *outer, last = heading[1].split(".")
            noun = _NOUNS.get(last, "")
            # Whatever stands outside stays; what stood here, or inside, is over.
            codes = [*codes[: len(outer)], *[""] * (len(outer) - len(codes))]
        elif noun and (given := _CODE.match(line)):
            yield _Item(noun, given[2], codes[-1] if codes else "", number)
            codes, noun = [*codes, given[2]], ""
