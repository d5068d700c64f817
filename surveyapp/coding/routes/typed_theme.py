"""A theme as it is typed into a form: every field as text, read and found fault with."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, cast

from werkzeug.datastructures import MultiDict

from surveyapp.forms import stripped
from synthesis.codebook import KINDS, Codebook, Kind, Theme

LISTS: Final = ("include", "exclude", "cues", "hints")
FIELDS: Final = ("kind", "code", "name", "definition", *LISTS[:2], "example", *LISTS[2:])
LONGEST: Final[Mapping[str, int]] = {
    "name": 120,
    "definition": 2000,
    "example": 2000,
    **dict.fromkeys(LISTS, 20_000),
}
LETTERS: Final[Mapping[Kind, str]] = {
    "strand": "S",
    "outcome": "A",
    "evidence": "E",
    "stance": "P",
    "emergent": "X",
}
_CODE: Final = re.compile(r"[A-Z][A-Z0-9]{0,11}")
_NUMBERED: Final = re.compile(r"[A-Z]+0*(\d+)")
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

Problem = tuple[str, str]
"""The id of a field, and what is wrong with what was typed there."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed; `prefix` tells the fields of one theme from another's on the same page."""

    values: Mapping[str, str]
    prefix: str = ""

    def __getitem__(self, name: str) -> str:
        """Return what was typed in a field."""
        return self.values[name]

    def id(self, name: str) -> str:
        """Return the name of a field, which is its id too."""
        return f"{self.prefix}{name}"

    @property
    def theme(self) -> Theme:
        """Return what was typed as a theme."""
        lists = {name: tuple(_lines(self[name])) for name in LISTS}
        return Theme(
            code=self["code"],
            kind=cast(Kind, self["kind"]),
            name=stripped(self["name"]),
            definition=self["definition"].strip(),
            example=self["example"].strip(),
            **lists,
        )


def of(theme: Theme, prefix: str = "") -> Typed:
    """Return a theme as its form shows it."""
    plain = {name: getattr(theme, name) for name in FIELDS}
    told = {name: "\n".join(one) if name in LISTS else one for name, one in plain.items()}
    return Typed(told, prefix)


def read(form: MultiDict[str, str], prefix: str = "", **fixed: str) -> Typed:
    """Return what was typed into a form; what is fixed is not asked."""
    values = {name: _clean(form.get(f"{prefix}{name}", "")) for name in FIELDS}
    values["code"] = values["code"].strip().upper()
    return Typed({**values, **fixed}, prefix)


def problems(typed: Typed, book: Codebook, used: Iterable[str] = ()) -> Iterator[Problem]:
    """Find what is wrong with a theme; `used` are the codes that others have or had."""
    yield from _left_out(typed)
    if not _CODE.fullmatch(typed["code"]):
        yield typed.id("code"), "The code must be a capital letter and then letters or figures"
    elif typed["code"] in set(used):
        yield typed.id("code"), f"{typed['code']} is or was another theme. Use another code"
    alike = stripped(typed["name"]).casefold()
    same = [one for one in book if one.name.casefold() == alike and one.code != typed["code"]]
    if same:
        yield typed.id("name"), f"{same[0].code} has this name already. Use another name"


def _left_out(typed: Typed) -> Iterator[Problem]:
    """Find what is missing, and what is too long."""
    if typed["kind"] not in KINDS:
        yield typed.id("kind"), "Choose what kind of theme it is"
    if not typed["name"].strip():
        yield typed.id("name"), "Enter a name"
    if not typed["definition"].strip():
        yield typed.id("definition"), "Enter a definition"
    for name, most in LONGEST.items():
        if len(typed[name]) > most:
            yield typed.id(name), f"This must be {most:,} characters or fewer"


def next_code(kind: Kind, used: Iterable[str]) -> str:
    """Return a code that no theme has or had."""
    letter = LETTERS[kind]
    theirs = [code for code in used if code.startswith(letter) and _NUMBERED.fullmatch(code)]
    numbers = [int(found[1]) for code in theirs if (found := _NUMBERED.fullmatch(code))]
    width = min((len(code) - len(letter) for code in theirs), default=1)
    return f"{letter}{max(numbers, default=0) + 1:0{width}}"


def _clean(typed: str) -> str:
    return _UNSEEN.sub("", typed.replace("\r\n", "\n").replace("\r", "\n"))


def _lines(typed: str) -> Iterator[str]:
    """Yield what stands on each line, once."""
    yield from dict.fromkeys(line for line in map(stripped, typed.split("\n")) if line)
