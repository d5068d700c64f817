"""Reading tables as far as they can be understood, so that one fault does not hide the others."""

import copy
from collections.abc import Sequence
from typing import Final, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from surveyapp.definitions import locations, shape
from surveyapp.definitions.faults import DefinitionError, Fault
from surveyapp.definitions.locations import Path
from surveyapp.definitions.reading import Frozen, Source, Table, table
from surveyapp.definitions.shape import Draft

Model = TypeVar("Model", bound=Frozen)
_ROUNDS: Final = 4  # leaving one thing out can leave its holder short of it
_NEEDED_WORDS: Final = ("title", "text", "label", "name", "definition")
_CONDITIONS: Final = ("show_if", "when")


def parse(kind: type[Model], source: Source, name: str) -> Model:
    """Return the definition in a file, or raise every fault in its shape."""
    model, faults = understand(kind, table(source, name), name)
    if model is None or faults:
        raise DefinitionError(faults)
    return model


def understand(kind: type[Model], tables: Table, name: str) -> tuple[Model | None, list[Fault]]:
    """Return what can be understood of a definition, and the faults in the shape of the rest."""
    model, errors = _attempt(kind, tables)
    faults = shape.describe(errors, Draft(name, tables, shape.settings(kind)))
    for _ in range(_ROUNDS):
        if not errors:
            break
        tables = _without(errors, tables)
        model, errors = _attempt(kind, tables)
    return model, faults


def _attempt(kind: type[Model], tables: Table) -> tuple[Model | None, Sequence[ErrorDetails]]:
    try:
        return kind.model_validate(tables), ()
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _without(errors: Sequence[ErrorDetails], tables: Table) -> Table:
    """Leave out what is faulty: a setting, a condition, or the option or question it spoils."""
    mended = copy.deepcopy(tables)
    for error in errors:
        path = _to_condition(shape.place(error, tables))
        if error["type"] == "missing" and path[-1] == error["loc"][-1]:
            _supply(mended, path)
        else:
            _take_out(mended, path)
    _drop_empty_places(mended)
    return mended


def _to_condition(path: Path) -> Path:
    """Shorten a path into a condition to the whole condition: half of one means something else."""
    at = next((at for at, step in enumerate(path) if step in _CONDITIONS), len(path))
    return path[: at + 1]


def _supply(tables: Table, path: Path) -> None:
    """Put words where they are missing; without its code an item cannot be checked at all."""
    *holder, setting = path
    if setting in _NEEDED_WORDS or not holder:
        table = locations.inside(tables, *holder)
        if isinstance(table, dict):
            table[setting] = f"({setting} missing, {holder})"
    else:
        _take_out(tables, tuple(holder))


def _take_out(tables: Table, path: Path) -> None:
    *holder, last = path
    container = locations.inside(tables, *holder)
    if isinstance(container, dict):
        container.pop(last, None)
    elif isinstance(container, list) and isinstance(last, int):
        container[last] = None  # its place is kept until the end, so that other paths still hold


def _drop_empty_places(container: object) -> None:
    if isinstance(container, dict):
        for inner in container.values():
            _drop_empty_places(inner)
    if isinstance(container, list):
        container[:] = [inner for inner in container if inner is not None]
        for inner in container:
            _drop_empty_places(inner)
