"""Where in a definition something stands, as a path into its tables and in a person's words."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from surveyapp.definitions.reading import Table, in_order

Key = str | int
Path = tuple[Key, ...]

_ITEMS: Final = {
    "sections": "section",
    "questions": "question",
    "prompts": "prompt",
    "probes": "probe",
    "themes": "theme",
}
_CONDITIONS: Final = ("show_if", "when")


def walk(tables: Table, steps: Sequence[Key]) -> Path:
    """Return the steps that lead into the tables, leaving out those that are not in them.

    A validator names the type it was trying among its steps; the file has no such place.
    """
    here: object = tables
    path: list[Key] = []
    for step in steps:
        key = _key(here, step)
        if key is not None:
            path.append(key)
            here = inside(here, key)
    return tuple(path)


def _key(container: object, step: Key) -> Key | None:
    """Return the key a step means here; a scale is a table whose points a validator counts."""
    if isinstance(container, Mapping):
        keys = in_order(container) if isinstance(step, int) else []
        step = keys[step] if isinstance(step, int) and step < len(keys) else step
        return step if step in container else None
    return step if isinstance(container, list) and isinstance(step, int) else None


def inside(container: object, *steps: Key) -> object:
    """Return what a path leads to, or None where it leads nowhere."""
    for step in steps:
        if isinstance(container, Mapping):
            container = container.get(step)
        elif isinstance(container, list) and isinstance(step, int):
            container = container[step]
        else:
            return None
    return container


def item(tables: Table, path: Path) -> str:
    """Name the innermost section, question, prompt, probe or theme on a path."""
    name = ""
    for at, (step, index) in enumerate(pairwise(path)):
        if step in _ITEMS and isinstance(index, int):
            code = inside(tables, *path[: at + 2], "code")
            name = _named(_ITEMS[str(step)], index, code, name)
    return name or ("scales" if path[:1] == ("scales",) else "")


def _named(noun: str, index: int, code: object, outer: str) -> str:
    if isinstance(code, str) and code.strip():
        return f"{noun} {code.strip()}"
    number = f"{noun} number {index + 1}"
    return f"{number} of {outer}" if outer else number


def part(tables: Table, path: Path) -> str:
    """Name the part of the item that a path runs through: an option, a condition, a scale point."""
    condition = next((step for step in path if step in _CONDITIONS), None)
    if condition:
        return f"`{condition}`"
    for at, (step, index) in enumerate(pairwise(path)):
        if step == "options" and isinstance(index, int):
            return _named("option", index, inside(tables, *path[: at + 2], "code"), "")
    return f"“{path[2]}”" if path[:2] == ("scales", "maturity") and len(path) > 2 else ""
