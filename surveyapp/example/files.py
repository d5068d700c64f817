"""The files of an example region, read and checked."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from surveyapp.definitions import folder, register
from surveyapp.definitions.faults import DefinitionError, Fault
from surveyapp.definitions.folder import Folder
from surveyapp.models.person import StaffRole
from surveyapp.models.submission import UseLevel

REGION = "region.toml"


class _Part(BaseModel):
    """A part of a file: it knows every setting it may have."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Staff(_Part):
    """Somebody who runs the survey."""

    name: str
    role: StaffRole
    email: str


class Region(_Part):
    """The region and its survey."""

    name: str
    survey_title: str
    opens: dt.date
    closes: dt.date
    staff: tuple[Staff, ...] = ()

    @property
    def code(self) -> str:
        """Return the survey's code, made from its title."""
        return "-".join(
            "".join(c if c.isalnum() else " " for c in self.survey_title).lower().split()
        )


class WrittenBy(_Part):
    """Somebody who fills in a return."""

    name: str
    role: str
    email: str
    coordinator: bool = False


class UseOfSection(_Part):
    """How the words of a section may be used."""

    code: str
    use_level: UseLevel


class GivenAnswer(_Part):
    """One answer, or one entry where the question repeats."""

    question: str
    by: str
    on: dt.date
    value: object = None
    other: str = ""
    missing: str = ""


class GivenNote(_Part):
    """What was said under one prompt."""

    text: str
    prompt: str = ""
    minute: int | None = None
    verbatim: bool = False


class GivenInterview(_Part):
    """A telephone call and its notes."""

    on: dt.date
    interviewer: str
    interviewee: str
    interviewee_role: str
    consent_notes: bool
    consent_quotes: bool
    use_level: UseLevel | None = None
    notes: tuple[GivenNote, ...] = ()


class AuthorityFile(_Part):
    """Everything one invented authority gave."""

    authority: str
    state: Literal["submitted", "in progress", "not started"]
    submitted_on: dt.date | None = None
    contributors: tuple[WrittenBy, ...] = ()
    sections: tuple[UseOfSection, ...] = ()
    answers: tuple[GivenAnswer, ...] = ()
    interview: GivenInterview | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """An example region: what is asked, of whom, and what they said."""

    folder: Folder
    region: Region
    authorities: tuple[AuthorityFile, ...]


File = TypeVar("File", bound=_Part)


def read(path: Path) -> Example:
    """Return the example in a folder of definitions; raises DefinitionError with what is wrong."""
    if not (path / "example" / REGION).is_file():
        raise _fault(path / "example" / REGION, "", "There is no example region in this folder")
    own_register = (path / "example" / register.NAME).read_bytes()
    sources: Mapping[str, bytes] = texts(path) | {register.NAME: own_register}
    given = sorted((path / "example").glob("*.toml"))
    return Example(
        folder=folder.parse(sources),
        region=_parse(Region, path / "example" / REGION),
        authorities=tuple(_parse(AuthorityFile, file) for file in given if file.name != REGION),
    )


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
