"""The codebook's files, changed so that their comments and their order survive."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

import tomlkit
from tomlkit.items import AoT, Array, Item, Table

from surveyapp.definitions import codebook
from synthesis.codebook import Theme

# What is written of a theme, in the order in which it stands in a file.
SETTINGS: Final = (
    *("code", "kind", "name", "definition", "include", "exclude", "example", "cues", "hints"),
)
CODES: Final = "codes"
_LAST_NUMBER = re.compile(r"(\d+)(\D*)$")
# A list on one line may be this long.
_ONE_LINE: Final = 80


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be different: themes written, themes taken out, and what the examples say.

    Coded examples of a theme that goes become examples of another one, or lose it; those of a
    theme in `unclear` are left out, for nobody knows what they are examples of.
    """

    write: tuple[Theme, ...] = ()
    remove: frozenset[str] = frozenset()
    recode: Mapping[str, str] = field(default_factory=dict)
    unclear: frozenset[str] = frozenset()


def edited(files: Mapping[str, str], edit: Edit) -> dict[str, str]:
    """Return the files with an edit made, and the version counted on."""
    document = tomlkit.parse(files[codebook.NAME])
    # The lint lets nothing else through.
    themes = cast(AoT, document["themes"])
    for theme in edit.write:
        _write(themes, theme)
    for place in reversed(range(len(themes))):
        if themes[place]["code"] in edit.remove:
            del themes[place]
    document["version"] = next_version(str(document.get("version", "1")))
    name = str(document.get("examples", ""))
    found = {codebook.NAME: "", **{one: text for one, text in files.items() if one == name}}
    if name in files and edit.remove:
        found[name] = recoded(files[name], edit)
    found[codebook.NAME] = tomlkit.dumps(document)
    return found


def next_version(version: str) -> str:
    """Return what the version after this one is called."""
    last = _LAST_NUMBER.search(version)
    if last is None:
        return f"{version} 2".strip()
    return f"{version[: last.start()]}{int(last[1]) + 1}{last[2]}"


def recoded(text: str, edit: Edit) -> str:
    """Return coded examples without the themes that go."""
    header, *rows = csv.reader(io.StringIO(text, newline="")) or [[]]
    place = [cell.strip() for cell in header].index(CODES)
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\n")
    table.writerow(header)
    for row in rows:
        codes = row[place].split() if place < len(row) else []
        if edit.unclear & set(codes):
            continue
        if edit.remove & set(codes):
            row[place] = " ".join(_moved(codes, edit))
        table.writerow(row)
    return written.getvalue()


def touched(files: Mapping[str, str], themes: frozenset[str]) -> int:
    """Return how many coded examples have any of these themes."""
    document = tomlkit.parse(files[codebook.NAME])
    text = files.get(str(document.get("examples", "")), "")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return sum(bool(themes & set((row.get(CODES) or "").split())) for row in rows)


def _moved(codes: Sequence[str], edit: Edit) -> Iterator[str]:
    moved = (edit.recode.get(code, "") if code in edit.remove else code for code in codes)
    yield from dict.fromkeys(code for code in moved if code)


def _write(themes: AoT, theme: Theme) -> None:
    """Write a theme over the one with its code, or after the last of its kind."""
    for table in themes:
        if table["code"] == theme.code:
            _fill(table, theme)
            return
    new = tomlkit.table()
    _fill(new, theme)
    alike = [place for place, one in enumerate(themes) if one["kind"] == theme.kind]
    if alike and alike[-1] + 1 < len(themes):
        new.add(tomlkit.nl())
        themes.insert(alike[-1] + 1, new)
    else:
        _part(themes)
        themes.append(new)


def _part(themes: AoT) -> None:
    """Leave a line between the last theme and the next."""
    last: Table = themes[-1]
    if not last.as_string().endswith("\n\n"):
        last.add(tomlkit.nl())


def _fill(table: Table, theme: Theme) -> None:
    """Write what is different; what is empty and was not there stays away."""
    for name in SETTINGS:
        value = getattr(theme, name)
        plain = list(value) if isinstance(value, tuple) else value
        there = table.get(name)
        if there is None and not plain:
            continue
        if there is None or there != plain:
            table[name] = _written(plain, there)


def _written(value: str | list[str], there: object) -> Item:
    if isinstance(value, list):
        return _changed(there, value) if isinstance(there, Array) else _list(value)
    return tomlkit.string(value, multiline="\n" in value)


def _changed(there: Array, wanted: list[str]) -> Array:
    """Take out and put in what is different, so that the rest of a long list stays as it is."""
    kept = [one for one in there if one in wanted]
    new = wanted[len(kept) :]
    if wanted[: len(kept)] != kept or len(set(there)) != len(there):
        return _list(wanted)
    for place in reversed(range(len(there))):
        if there[place] not in wanted:
            del there[place]
    for one in new:
        there.append(one)
    return there


def _list(values: list[str]) -> Array:
    found = tomlkit.array()
    found.extend(values)
    return found.multiline(len(", ".join(values)) > _ONE_LINE)
