"""The folders that a survey can be set up from: found, read and checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from surveyapp.definitions import faults, lint, questionnaire
from surveyapp.definitions import folder as folders
from surveyapp.definitions import register as register_of
from surveyapp.definitions.faults import Fault
from surveyapp.definitions.folder import Folder

SUFFIXES = (".toml", ".csv")


@dataclass(frozen=True, slots=True)
class Looked:
    """A folder as lint found it; what can be published is there only where nothing is wrong.

    `lines` says where in its file the item begins that a fault is in, where that can be told.
    """

    name: str
    faults: tuple[Fault, ...]
    folder: Folder | None
    lines: Mapping[Fault, int] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Fault, ...]:
        """Return the faults that stop publication."""
        return faults.errors(self.faults)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """Return the faults that a person has to weigh."""
        return tuple(fault for fault in self.faults if fault.severity == "warning")


def names(root: Path) -> tuple[str, ...]:
    """Return the folders that hold a questionnaire."""
    return tuple(sorted(file.parent.name for file in root.glob(f"*/{questionnaire.NAME}")))


def of(root: Path, code: str) -> tuple[str, ...]:
    """Return the folders whose questionnaire has this code, even where something in it is wrong."""
    said = re.compile(rf"^code\s*=\s*[\"']{re.escape(code)}[\"']", re.MULTILINE)
    return tuple(
        name
        for name in names(root)
        if said.search((root / name / questionnaire.NAME).read_text("utf-8", errors="replace"))
    )


def look(root: Path, name: str) -> Looked | None:
    """Return what lint finds in a folder, or None where there is none of that name."""
    if name not in names(root):
        return None
    texts = _texts(root / name)
    found = tuple(lint.check(texts))
    lines = {fault: line for fault in found if (line := _line(texts, fault))}
    return Looked(name, found, None if faults.errors(found) else folders.parse(texts), lines)


def _line(texts: Mapping[str, bytes], fault: Fault) -> int:
    """Return the line where an item's code is given, or 0: lint names items by their code."""
    words = texts.get(fault.file, b"").decode("utf-8", errors="replace")
    code = re.escape(fault.item.split(" ")[-1])
    given = re.search(rf"^.*\bcode\s*=\s*[\"']{code}[\"']", words, re.MULTILINE) if code else None
    return words.count("\n", 0, given.start()) + 1 if given else 0


def with_register(root: Path) -> tuple[str, ...]:
    """Return the folders that hold a register of authorities."""
    return tuple(sorted(file.parent.name for file in root.glob(f"*/{register_of.NAME}")))


def register(root: Path, name: str) -> str:
    """Return the register in a folder, as the text of its file; "" where there is none."""
    if name not in with_register(root):
        return ""
    return (root / name / register_of.NAME).read_text("utf-8-sig")


def _texts(folder: Path) -> Mapping[str, bytes]:
    files = (file for file in folder.iterdir() if file.suffix in SUFFIXES)
    return {file.name: file.read_bytes() for file in files}
