"""The files of an example region, read and checked."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import ValidationError

from surveyapp.definitions import folder, register
from surveyapp.definitions.faults import DefinitionError, Fault
from surveyapp.definitions.folder import Folder
from surveyapp.example.telephone import GivenInterview, GivenSlot, Part
from surveyapp.models.person import StaffRole
from surveyapp.models.submission import UseLevel

REGION = "region.toml"


class Staff(Part):
    """Somebody who runs the survey."""

    name: str
    role: StaffRole
    email: str


class Region(Part):
    """The region and its survey."""

    name: str
    survey_title: str
    opens: dt.date
    closes: dt.date
    staff: tuple[Staff, ...] = ()
    slots: tuple[GivenSlot, ...] = ()

    @property
    def code(self) -> str:
        """Return the survey's code, made from its title."""
        return "-".join(
            "".join(c if c.isalnum() else " " for c in self.survey_title).lower().split()
        )


class WrittenBy(Part):
    """Somebody who fills in a return."""

    name: str
    role: str
    email: str
    coordinator: bool = False


class UseOfSection(Part):
    """How the words of a section may be used."""

    code: str
    use_level: UseLevel


class GivenAnswer(Part):
    """One answer, or one entry where the question repeats."""

    question: str
    by: str
    on: dt.date
    value: object = None
    other: str = ""
    missing: str = ""


class AuthorityFile(Part):
    """Everything one invented authority gave."""

    authority: str
    state: Literal["submitted", "in progress", "not started"]
    submitted_on: dt.date | None = None
    contributors: tuple[WrittenBy, ...] = ()
    sections: tuple[UseOfSection, ...] = ()
    answers: tuple[GivenAnswer, ...] = ()
    interview: GivenInterview | None = None
    more_interviews: tuple[GivenInterview, ...] = ()

    @property
    def interviews(self) -> tuple[GivenInterview, ...]:
        """Return every call that was arranged with the authority."""
        return (*((self.interview,) if self.interview else ()), *self.more_interviews)


@dataclass(frozen=True, slots=True)
class Example:
    """An example region: what is asked, of whom, and what they said."""

    folder: Folder
    region: Region
    authorities: tuple[AuthorityFile, ...]


File = TypeVar("File", bound=Part)


def read(path: Path) -> Example:
    """Return the example in a folder of definitions; raises DefinitionError with what is wrong."""
    if not (path / "example" / REGION).is_file():
        raise _fault(path / "example" / REGION, "", "There is no example region in this folder")
    own_register = (path / "example" / register.NAME).read_bytes()
    sources: Mapping[str, bytes] = texts(path) | {register.NAME: own_register}
    given = sorted(file for file in (path / "example").glob("*.toml") if file.name != REGION)
    region = _parse(Region, path / "example" / REGION)
    authorities = {file: _parse(AuthorityFile, file) for file in given}
    for file, one in authorities.items():
        _refuse_strangers(file, one, {staff.name for staff in region.staff})
    return Example(folder.parse(sources), region, tuple(authorities.values()))


def _refuse_strangers(path: Path, file: AuthorityFile, staff: set[str]) -> None:
    """Refuse calls that nobody of the region's staff holds."""
    for call in file.interviews:
        for who in (call.interviewer, call.note_taker or call.interviewer):
            if who not in staff:
                raise _fault(path, "interview", f"{who} is not among the staff of {REGION}")


def texts(path: Path) -> dict[str, bytes]:
    """Return the files of a folder by name."""
    return {file.name: file.read_bytes() for file in sorted(path.iterdir()) if file.is_file()}


def _parse(kind: type[File], path: Path) -> File:
    try:
        return kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise _fault(path, "", str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        item = ".".join(str(step) for step in first["loc"])
        raise _fault(path, item, first["msg"]) from error


def _fault(path: Path, item: str, what: str) -> DefinitionError:
    return DefinitionError([Fault(f"example/{path.name}", item, f"{what}.", "Mend it there.")])
