"""The folders that a survey can be set up from: found, read and checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from surveyapp.definitions import faults, lines, lint, questionnaire
from surveyapp.definitions import folder as folders
from surveyapp.definitions import register as register_of
from surveyapp.definitions.faults import Fault
from surveyapp.definitions.folder import Folder
from surveyapp.definitions.snapshots import content_hash

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
    wrong = faults.errors(found)
    return Looked(name, found, None if wrong else folders.parse(texts), lines.find(texts, found))


def mark(name: str) -> str:
    """Return what the audit trail keeps of a folder: its name may be words, and this is none."""
    return content_hash(name)[:16]


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
