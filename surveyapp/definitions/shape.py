"""Shape: whether tables have the settings a definition needs, and what is wrong in plain words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from pydantic_core import ErrorDetails

from surveyapp.definitions import locations
from surveyapp.definitions.faults import Fault, listed, suggestion
from surveyapp.definitions.locations import Path
from surveyapp.definitions.reading import Frozen, Table

_A_TABLE: Final = "a table: settings in curly brackets or under a heading of their own"
_WANTED: Final[Mapping[str, str]] = {
    "string_type": "text in quotation marks",
    "bool_type": "true or false, without quotation marks",
    "int_type": "a whole number, without quotation marks",
    "float_type": "a number, without quotation marks",
    "finite_number": "a number, without quotation marks",
    "tuple_type": "a list in square brackets",
    "model_type": _A_TABLE,
    "model_attributes_type": _A_TABLE,
    "dataclass_type": _A_TABLE,
}
_OF_THE_WHOLE: Final = ("operators", "nothing_joined", "model_type", "model_attributes_type")


@dataclass(frozen=True, slots=True)
class Draft:
    """A file being read: its name, its tables, and the settings a file of its kind can hold."""

    name: str
    tables: Table
    settings: tuple[str, ...]


@cache
def settings(kind: type[Frozen]) -> tuple[str, ...]:
    """Return the name of every setting that a definition of this kind can hold."""
    schema = kind.model_json_schema()
    holders = [schema, *schema.get("$defs", {}).values()]
    return tuple(name for holder in holders for name in holder.get("properties", {}))


def place(error: ErrorDetails, tables: Table) -> Path:
    """Return the path to what is wrong; a missing setting's path ends with its name."""
    path = locations.walk(tables, error["loc"])
    return (*path, error["loc"][-1]) if error["type"] == "missing" else path


def describe(errors: Iterable[ErrorDetails], draft: Draft) -> list[Fault]:
    """Say what is wrong with the shape of a file, one fault a setting."""
    found: dict[Path, list[ErrorDetails]] = {}
    for error in errors:
        found.setdefault(place(error, draft.tables), []).append(error)
    return [_fault(same, path, draft) for path, same in found.items()]


def _fault(errors: list[ErrorDetails], path: Path, draft: Draft) -> Fault:
    """Name the setting at the end of the path; a wrong `type` is found at its question."""
    setting = next((step for step in reversed(path) if isinstance(step, str)), "")
    setting = "type" if errors[0]["type"].startswith("union_tag") else setting
    part = locations.part(draft.tables, path)
    whole = not part or errors[0]["type"] in _OF_THE_WHOLE
    subject = (part or f"`{setting}`") if whole else f"`{setting}` of {part}"
    what, remedy = _in_words(errors, setting, draft.settings)
    return Fault(draft.name, locations.item(draft.tables, path), f"{subject} {what}", remedy)


def _in_words(errors: list[ErrorDetails], setting: str, known: tuple[str, ...]) -> tuple[str, str]:
    """Say what is wrong with a setting and what to do, by the validator's name for the error."""
    match errors[0]:
        case {"type": "missing" | "union_tag_not_found"}:
            return "is missing.", f"Add `{setting} = …`."
        case {"type": "union_tag_invalid", "ctx": {"tag": tag, "expected_tags": choices}}:
            return _choice(tag, choices)
        case {"type": "literal_error", "input": given, "ctx": {"expected": choices}}:
            return _choice(given, choices)
        case {"type": "extra_forbidden" | "unexpected_keyword_argument"}:
            remedy = "Take it out, or mend its spelling."
            return "does not belong here.", remedy + suggestion(setting, set(known) - {setting})
        case {"type": "string_too_short"}:
            return "is empty.", "Fill it in."
        case {"type": "operators" | "nothing_joined", "msg": what}:
            return f"cannot be used: {what}.", "Write the condition again."
    return f"should be {_wanted(errors)}.", "Write the setting again."


def _choice(given: object, choices: str) -> tuple[str, str]:
    words = listed(choices.replace(" or ", ", ").replace("'", "").split(", "))
    return f"is “{given}”, which is not one of the choices.", f"The choices are {words}."


def _wanted(errors: list[ErrorDetails]) -> str:
    """Say what a setting should be; where several things would do there is an error for each."""
    types = {error["type"] for error in errors}
    if {"int_type", "string_type"} <= types:
        return "a number, or text in quotation marks"
    return (
        _WANTED["float_type"] if len(types) > 1 else _WANTED.get(types.pop(), "written otherwise")
    )
