"""The folders that a survey can be set up from: found, read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from surveyapp.definitions import faults, lint, questionnaire
from surveyapp.definitions import folder as folders
from surveyapp.definitions.faults import Fault
from surveyapp.definitions.folder import Folder

SUFFIXES = (".toml", ".csv")


@dataclass(frozen=True, slots=True)
class Looked:
    """A folder as lint found it; what can be published is there only where nothing is wrong."""

    name: str
    faults: tuple[Fault, ...]
    folder: Folder | None

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


def look(root: Path, name: str) -> Looked | None:
    """Return what lint finds in a folder, or None where there is none of that name."""
    if name not in names(root):
        return None
    texts = _texts(root / name)
    found = tuple(lint.check(texts))
    return Looked(name, found, None if faults.errors(found) else folders.parse(texts))


def _texts(folder: Path) -> Mapping[str, bytes]:
    files = (file for file in folder.iterdir() if file.suffix in SUFFIXES)
    return {file.name: file.read_bytes() for file in files}
