"""The passages of a file while they are being placed: kept on the server, a draft a person.

The file itself is not kept. A draft is known by who brought the file in and what is in it, so the
same file brought in again by the same person goes on where they left off.
"""

import contextlib
import datetime as dt
import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ValidationError

from surveyapp import files
from surveyapp.interview.bringing.passages import Brought
from surveyapp.models import Interview, Person

Role = Literal["interviewee", "ours", "other"]
State = Literal["waiting", "placed", "left out"]
LEAVE, JOIN, SPLIT, UNDER = "leave", "join", "split", "under:"
_KEY: Final = re.compile(r"[0-9a-f]{32}")


class Piece(BaseModel):
    """One passage: as it was in the file, as it reads now, and what is to become of it."""

    id: str
    text: str
    original: str
    speaker: str = ""
    second: int | None = None
    under: str = ""
    named: str = ""
    choice: str = ""
    verbatim: bool = False
    state: State = "waiting"

    @property
    def number(self) -> str:
        """Return what people call the passage."""
        return self.id


class Draft(BaseModel):
    """A file that was brought in: what proves it, who said what in it, and its passages."""

    name: str
    sha256: str
    size: int
    source: str
    sent_at: dt.datetime
    person: uuid.UUID
    warnings: tuple[str, ...] = ()
    roles: dict[str, Role] = {}
    pieces: list[Piece]

    @property
    def speakers(self) -> tuple[str, ...]:
        """Return who speaks, in the order in which they begin."""
        return tuple(dict.fromkeys(one.speaker for one in self.pieces if one.speaker))

    @property
    def needs_roles(self) -> bool:
        """Say whether it is still to be told who is who."""
        return not set(self.speakers) <= self.roles.keys()

    @property
    def waiting(self) -> list[Piece]:
        """Return the passages that are neither placed nor left out."""
        return [one for one in self.pieces if one.state == "waiting"]

    @property
    def left_out(self) -> list[Piece]:
        """Return the passages that were left out."""
        return [one for one in self.pieces if one.state == "left out"]

    @property
    def placed(self) -> int:
        """Return how many passages are notes now."""
        return sum(one.state == "placed" for one in self.pieces)

    def may_be_verbatim(self, piece: Piece) -> bool:
        """Say whether words can be a quotation: only those of the person interviewed can."""
        return self.roles.get(piece.speaker) == "interviewee"

    def note_id(self, interview: Interview, piece: Piece) -> uuid.UUID:
        """Return the id of the note that a passage becomes, whoever places it."""
        return uuid.uuid5(interview.id, f"{self.sha256} {piece.id}")


def make(brought: Brought, name: str, content: bytes, by: Person, at: dt.datetime) -> Draft:
    """Return a draft of a file that has just been read."""
    pieces = [
        Piece(
            id=str(place),
            text=one.text,
            original=one.text,
            speaker=one.speaker,
            second=one.second,
            under=one.under,
            named=one.prompt,
            choice=f"{UNDER}{one.prompt}" if one.prompt else "",
        )
        for place, one in enumerate(brought.passages, start=1)
    ]
    return Draft(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        source=brought.source,
        sent_at=at,
        person=by.id,
        warnings=brought.warnings,
        pieces=pieces,
    )


def key_of(interview: Interview, draft: Draft) -> str:
    """Return the key of a draft: the same for the same file and person."""
    return uuid.uuid5(interview.id, f"{draft.person} {draft.sha256}").hex


def keep(folder: Path, key: str, draft: Draft) -> None:
    """Keep a draft as it is now."""
    files.replace(folder, key, draft.model_dump_json().encode())


def find(folder: Path, key: str, person: Person) -> Draft | None:
    """Return a draft of a person's own, or None where there is none."""
    draft = read(folder, key)
    return draft if draft is not None and draft.person == person.id else None


def read(folder: Path, key: str) -> Draft | None:
    """Return a draft, whoever's it is, or None where there is none that can be read."""
    path = folder / key
    if not _KEY.fullmatch(key) or not path.is_file():
        return None
    with contextlib.suppress(ValidationError, OSError):
        return Draft.model_validate_json(path.read_bytes())
    return None


def of(folder: Path, person: Person) -> Iterator[tuple[str, Draft]]:
    """Give the drafts of a person, each with its key, the latest first."""
    paths = folder.glob("[0-9a-f]" * 32) if folder.is_dir() else ()
    found = [(path.name, find(folder, path.name, person)) for path in sorted(paths)]
    theirs = [(key, draft) for key, draft in found if draft is not None]
    return iter(sorted(theirs, key=lambda one: one[1].sent_at, reverse=True))


def forget(folder: Path, key: str) -> None:
    """Throw a draft away."""
    if _KEY.fullmatch(key):
        (folder / key).unlink(missing_ok=True)


def reconcile(draft: Draft, interview: Interview, notes: Iterable[uuid.UUID]) -> Draft:
    """Return a draft in which what has become a note is placed, whatever the draft says itself."""
    there = set(notes)
    for piece in draft.pieces:
        if piece.state == "waiting" and draft.note_id(interview, piece) in there:
            piece.state = "placed"
    return draft
