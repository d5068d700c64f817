"""Checks about to be sent: to whom, how much each is asked, until when; and then sent as shown."""

import datetime as dt
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.checking import listing, printing, quotations, sending
from surveyapp.checking.listing import Line
from surveyapp.checking.sending import Asked, Sender
from surveyapp.mail.rendering import Rendered
from surveyapp.models import Build, Mail, Person, Survey


@dataclass(frozen=True, slots=True)
class Wish:
    """Which authorities are to be asked about which build, and until when.

    Where it names none, those are all that can be asked and have not been.
    """

    authorities: Collection[str] | None
    build: Build
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class To:
    """One authority that will be asked, whom a message goes to, and what about.

    Mail to that address `came_back` before.
    """

    line: Line
    person: Person
    asked: Asked
    came_back: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """Everybody who will be asked, and the message that the first of them gets.

    Of those that were chosen, some are `left_out`: nothing that is printed of them still stands as
    it did, or they have been asked meanwhile.
    """

    to: tuple[To, ...]
    left_out: tuple[Line, ...]
    message: Rendered | None

    @property
    def seal(self) -> str:
        """Return what stands for everything that somebody sees before they send."""
        shown = [
            (one.line.submission.authority_code, one.person.name, one.person.email, one.asked)
            for one in self.to
        ]
        told = [
            (*who, asked.build.id, asked.due_on, list(asked.quotations)) for *who, asked in shown
        ]
        return hashlib.sha256(repr((told, self.message)).encode()).hexdigest()


def lock(session: Session, survey: Survey) -> None:
    """Let one person at a time send checks of a survey, so that nobody is asked twice."""
    session.execute(select(Survey.id).where(Survey.id == survey.id).with_for_update())


def gather(session: Session, survey: Survey, wish: Wish, folder: Path, by: Sender) -> Batch:
    """Return whom a wish leads to, as things stand."""
    printed = printing.read(folder, wish.build)
    lines = listing.lines(session, survey, wish.build, printed)
    chosen = [one for one in lines if _is_meant(one, wish.authorities)]
    codes = [one.submission.authority_code for one in chosen if one.can_be_sent]
    words = quotations.printed(session, wish.build, folder, codes)
    back = _came_back(session, [one.coordinator for one in chosen if one.coordinator])
    to = tuple(
        To(line, line.coordinator, Asked(wish.build, some, wish.due_on), line.coordinator in back)
        for line in chosen
        if line.coordinator and (some := words.get(line.submission.authority_code))
    )
    asked = {one.line.submission.authority_code for one in to}
    return Batch(
        to=to,
        left_out=tuple(one for one in chosen if one.submission.authority_code not in asked),
        message=sending.preview(session, to[0].line, to[0].asked, by) if to else None,
    )


def send(session: Session, batch: Batch, by: Sender) -> int:
    """Send the checks of a batch, and return how many they are."""
    for one in batch.to:
        sending.send(session, one.line, one.asked, by)
    return len(batch.to)


def _is_meant(line: Line, authorities: Collection[str] | None) -> bool:
    if authorities is None:
        return line.is_first
    return line.submission.authority_code in set(authorities)


def _came_back(session: Session, people: Collection[Person]) -> frozenset[Person]:
    """Return those from whose address a message came back."""
    addresses = {one.email for one in people}
    back = select(Mail.to_address).where(
        Mail.bounced_at.is_not(None), Mail.to_address.in_(addresses)
    )
    found = set(session.scalars(back))
    return frozenset(one for one in people if one.email in found)
