"""The job that looks through a file brought from another program, and takes in what is new."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session, sessionmaker

from surveyapp import audit, files
from surveyapp.exchange import taking_in
from surveyapp.exchange.brought import (
    FILES,
    FOUND,
    STATES,
    Brought,
    ForgottenError,
    Shelf,
    Task,
)
from surveyapp.extensions import begin_writing
from surveyapp.models import Person, Survey
from synthesis.errors import InputError

JOB: Final = "bring_in"
KEPT: Final = dt.timedelta(days=7)
# A worker that has noted nothing for so long is not at work any more.
GONE_QUIET: Final = dt.timedelta(minutes=30)
# The queue may have lost it.
OVERLOOKED: Final = dt.timedelta(minutes=1)
NAME: Final = "The file"
LOOKED_AGAIN: Final = "The codebook has changed since, so the file was looked through again."


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the work needs: the database, where files are kept, and the time."""

    sessions: sessionmaker[Session]
    folder: Path
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)


def work(workshop: Workshop, survey_id: str, key: str) -> None:
    """Do what is to be done with a file.

    Two workers at once do no harm: what is here already is not taken in again, and what was taken
    back is not there any more.
    """
    shelf = Shelf(workshop.folder / survey_id)
    file = _File(workshop.sessions, uuid.UUID(survey_id), shelf, key)
    try:
        file.work()
    except ForgottenError:
        shelf.forget(key, FILES, FOUND, STATES)
    except InputError as error:
        file.fail(f"{error.fault} {error.remedy}")
    except Exception:
        file.fail("")
        raise


def sweep(workshop: Workshop) -> None:
    """Do what the queue lost, give up what nobody works on any more, forget what is old."""
    now = workshop.now()
    for folder in workshop.folder.glob("*/*"):
        for key in tuple(files.keys(folder, now - KEPT)):
            files.delete(folder, key)
    for shelf in map(Shelf, workshop.folder.glob("*")):
        for key, one in tuple(shelf.each(now - OVERLOOKED)):
            if one.stage == "waiting":
                work(workshop, shelf.folder.name, key)
            elif one.stage == "begun" and shelf.heard(key) < now - GONE_QUIET:
                shelf.say(key, stage="failed")


@dataclass(frozen=True, slots=True)
class _File:
    """A file that is being worked on."""

    sessions: sessionmaker[Session]
    survey_id: uuid.UUID
    shelf: Shelf
    key: str

    def work(self) -> None:
        """Do what waits to be done."""
        one = self.shelf.state(self.key)
        if one.stage == "waiting":
            self._say(stage="begun")
            tasks: Mapping[Task, Callable[[Brought], None]] = {
                "look": lambda _: self._look(),
                "take": self._take,
                "undo": self._undo,
            }
            tasks[one.task](one)

    def fail(self, told: str) -> None:
        """Note that it cannot be done."""
        with suppress(ForgottenError):
            self._say(stage="failed", told=told)

    def _look(self, told: str = "") -> None:
        """Compare the file with the survey, and keep what was found."""
        content = self.shelf.get(FILES, self.key)
        self._say(steps=taking_in.STEPS)
        with self.sessions() as session:
            survey = session.get_one(Survey, self.survey_id)
            found = taking_in.look(session, survey, content, NAME, self._tell)
        self.shelf.keep_found(self.key, taking_in.STORED.dump_json(found))
        self._say(task="look", stage="done", told=told, new=len(found.new))

    def _take(self, one: Brought) -> None:
        """Take in what was found, a part at a time: tried again it goes on where it failed."""
        found = taking_in.STORED.validate_json(self.shelf.get(FOUND, self.key))
        with self.sessions() as session:
            codebook = session.get_one(Survey, self.survey_id).codebook_id
        if found.codebook != codebook:
            self._look(LOOKED_AGAIN)
            return
        wanted = [coding for coding in found.new if coding.by in one.coders]
        parts = list(taking_in.parts(wanted))
        self._say(steps=len(parts) + 1)
        for done, part in enumerate(parts, start=1):
            with self._writing() as (session, survey):
                person = session.get_one(Person, one.person)
                acts = taking_in.take_in(session, survey, part, person, one.at)
                # Before the commit: where the file was forgotten its words are not wanted either.
                self._say(steps_done=done, acts=(*self.shelf.state(self.key).acts, *acts))
        self._note_taken(one)
        self.shelf.forget(self.key, FILES, FOUND)

    def _note_taken(self, one: Brought) -> None:
        """Note once what was taken in, however often it was tried."""
        with self._writing() as (session, survey):
            taken = taking_in.taken(session, self.shelf.state(self.key).acts)
            count = sum(taken.values())
            if count:
                person = session.get_one(Person, one.person)
                audit.record(session, "coding.taken_in", survey, person, codings=count)
            whose = ", ".join(f"{number:,} of {name}" for name, number in taken.items())
            told = f"Decisions taken in: {count:,}{f' ({whose})' if whose else ''}."
            self._say(stage="done", told=told)

    def _undo(self, one: Brought) -> None:
        """Take back what was taken in, a part at a time."""
        self._say(steps=len(one.acts) + 1)
        for done, act in enumerate(one.acts, start=1):
            with self._writing() as (session, survey):
                back = taking_in.take_back(session, survey, act, one.at)
                back += self.shelf.state(self.key).taken_back
                self._say(steps_done=done, taken_back=back)
        with self._writing() as (session, survey):
            count = self.shelf.state(self.key).taken_back
            stay = sum(taking_in.taken(session, one.acts).values()) - count
            person = session.get_one(Person, one.person)
            audit.record(session, "coding.taken_back", survey, person, codings=count)
            told = f" Decided again since, and left: {stay:,}." if stay else ""
            self._say(stage="done", told=f"Decisions taken back: {count:,}.{told}")

    @contextmanager
    def _writing(self) -> Iterator[tuple[Session, Survey]]:
        """Open the survey to be written to, and commit."""
        with self.sessions() as session:
            begin_writing(session)
            yield session, session.get_one(Survey, self.survey_id)
            session.commit()

    def _tell(self, done: int) -> None:
        self._say(steps_done=done)

    def _say(self, **changes: object) -> None:
        self.shelf.say(self.key, **changes)
