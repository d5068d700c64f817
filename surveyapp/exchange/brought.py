"""Files brought from other programs: kept for a while as they were sent, each with how far it is.

They hold words, and so does what was found in them: all of it goes with the exports where words are
taken back or erased.
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel
from sqlalchemy.exc import NoResultFound

from surveyapp import files

LARGEST: Final = 50_000_000
"""Bytes that a file may have, as it is sent."""
SHOWN: Final = 20
FILES, STATES, FOUND = "files", "states", "found"


class ForgottenError(NoResultFound):
    """A file that is not there any more: what was being done with it is not wanted."""


Task = Literal["look", "take", "undo"]
BEFORE: Final[Mapping[Task, Task]] = {"take": "look", "undo": "take"}
"""What is done before."""


class Brought(BaseModel):
    """How far a file is: looked through first and, once somebody has said so, taken in.

    `person` and `at` are who asked for the task and when. `new` is how many codings there are to
    take in, `coders` whose of them are wanted, and `acts` what took them in. `told` is for people:
    what is wrong with the file, or what came of it.
    """

    name: str
    person: uuid.UUID
    at: dt.datetime
    task: Task = "look"
    new: int = 0
    coders: tuple[str, ...] = ()
    acts: tuple[uuid.UUID, ...] = ()
    taken_back: int = 0
    stage: Literal["waiting", "begun", "done", "failed"] = "waiting"
    steps_done: int = 0
    steps: int = 1
    told: str = ""

    @property
    def is_under_way(self) -> bool:
        """Say whether it waits or is being worked on."""
        return self.stage in ("waiting", "begun")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the files brought to one survey are kept."""

    folder: Path

    def send(self, content: bytes, brought: Brought) -> str:
        """Keep a file, and return the key that finds it again."""
        key = files.put(self.folder / FILES, content, largest=LARGEST)
        self._keep(key, brought)
        return key

    def state(self, key: str) -> Brought:
        """Return how far a file is. Raises ForgottenError where there is none."""
        return Brought.model_validate_json(self.get(STATES, key))

    def say(self, key: str, **changes: object) -> None:
        """Note how far a file is. Raises ForgottenError where it is not there any more."""
        self._keep(key, self.state(key).model_copy(update=changes))

    def go_on(self, key: str, task: Task, **changes: object) -> None:
        """Let a file wait for a task, if that is what comes next; where it failed, as it was asked.

        Raises ForgottenError where there is none.
        """
        one = self.state(key)
        if one.stage == "failed":
            self.say(key, stage="waiting", steps_done=0, told="")
        elif one.stage == "done" and BEFORE.get(task) == one.task:
            self.say(key, task=task, stage="waiting", steps_done=0, steps=1, told="", **changes)

    def get(self, part: str, key: str) -> bytes:
        """Return a part of what is kept. Raises ForgottenError where it is not there any more."""
        kept = files.get(self.folder / part, key)
        if kept is None:
            raise ForgottenError
        return kept

    def keep_found(self, key: str, found: bytes) -> None:
        """Keep what was found in a file."""
        files.replace(self.folder / FOUND, key, found)

    def forget(self, key: str, *parts: str) -> None:
        """Throw away parts of what is kept."""
        for part in parts:
            files.delete(self.folder / part, key)

    def heard(self, key: str) -> dt.datetime:
        """Return when anything was last noted of a file."""
        return dt.datetime.fromtimestamp((self.folder / STATES / key).stat().st_mtime, dt.UTC)

    def each(self, before: dt.datetime) -> Iterator[tuple[str, Brought]]:
        """Yield the files of which nothing was noted since a moment."""
        for key in files.keys(self.folder / STATES, before):
            with suppress(ForgottenError):
                yield key, self.state(key)

    def lately(self, at: dt.datetime) -> list[tuple[str, Brought]]:
        """Return the latest files."""
        return sorted(self.each(at), key=lambda one: one[1].at, reverse=True)[:SHOWN]

    def _keep(self, key: str, brought: Brought) -> None:
        files.replace(self.folder / STATES, key, brought.model_dump_json().encode())
