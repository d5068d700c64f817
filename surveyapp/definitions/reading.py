"""Reading a definition: from the text of a file to tables, and from tables to a frozen model."""

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, StringConstraints

from surveyapp.definitions.faults import DefinitionError, Fault

Source = str | bytes
Table = dict[str, object]

Words = Annotated[str, StringConstraints(min_length=1)]
_LINE = re.compile(
    r"^(?P<what>.*?)\s*\((?:at line (?P<line>\d+), column \d+|at end of document)\)$"
)
_PLAINER: Final[Mapping[str, str]] = {
    "Cannot overwrite a value": "this setting is written twice",
    "Invalid value": "this value is not text in quotation marks, a number, true, false or a date",
    "Invalid initial character for a key part": "the name of a setting should stand here; "
    "everything in one pair of curly brackets stands on one line",
    "Invalid statement": "this is neither a heading in square brackets nor a setting",
    "Unclosed array": "a square bracket is not closed",
    "Unterminated string": "a quotation mark is not closed",
}


class Frozen(BaseModel):
    """A part of a definition: it knows every setting it may have, and cannot change."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        allow_inf_nan=False,
    )


def text(source: Source, name: str) -> str:
    """Return the text of a file, without the mark some editors put before it."""
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        what = "There is a character here that is not in the UTF-8 encoding."
        remedy = "Save the file again as UTF-8."
        raise DefinitionError([Fault(name, f"line {line}", what, remedy)]) from error


def table(source: Source, name: str) -> Table:
    """Return a TOML file as tables, with its dates as text; a fault names the line."""
    words = text(source, name)
    try:
        return _plain_table(tomllib.loads(words))
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError([_syntax_fault(str(error), words, name)]) from error
    except RecursionError as error:
        what, remedy = "Brackets stand within brackets too often.", "Write it more simply."
        raise DefinitionError([Fault(name, "", what, remedy)]) from error


def _syntax_fault(message: str, words: str, name: str) -> Fault:
    found = _LINE.match(message)
    line = (found and found["line"]) or words.count("\n") + 1
    what = found["what"] if found else message
    what = _PLAINER.get(what, what[:1].lower() + what[1:])
    return Fault(
        name,
        f"line {line}",
        f"This cannot be read: {what}.",
        "Check the quotation marks, brackets, commas and equals signs here and just above.",
    )


def _plain_table(tables: Mapping[str, object]) -> Table:
    return {key: _plain(value) for key, value in tables.items()}


def _plain(value: object) -> object:
    """Write dates as text, so that a file and its snapshot hold the same things."""
    if isinstance(value, dict):
        return _plain_table(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value


def in_order(numbered: Mapping[str, object]) -> list[str]:
    """Return the keys of a table whose keys are numbers, as a person counts."""
    return sorted(numbered, key=lambda key: str(key).rjust(4))
