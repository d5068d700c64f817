"""What tests build on: the tiny region, and single people and answers."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from surveyapp import example
from surveyapp.coordinate import services as coordinate
from surveyapp.example.files import Example
from surveyapp.models import Answer, Person, Submission, Survey
from surveyapp.respond import services as respond
from surveyapp.respond.services import Draft

TINY = Path(__file__).parent.parent / "questionnaires" / "tiny_region"
NOON = dt.datetime(2015, 7, 25, 12, 0, tzinfo=dt.UTC)


@cache
def tiny() -> Example:
    """Return the tiny region as its files say it."""
    return example.read(TINY)


def load_tiny(session: Session) -> Survey:
    """Load the tiny region: Alder has submitted, Birch is in progress, Cedar has not started."""
    return example.load(session, tiny(), lambda _: None)


def submission_of(session: Session, authority: str) -> Submission:
    """Return the submission of the authority with this name."""
    return session.scalars(
        select(Submission)
        .join(Submission.authority)
        .where(Submission.authority.has(name=authority))
    ).one()


def somebody(session: Session, name: str = "Cy Birch") -> Person:
    """Return the person with this name."""
    return session.scalars(select(Person).where(Person.name == name)).one()


def save(
    session: Session,
    submission: Submission,
    code: str,
    value: Mapping[str, object],
    seen: int = 0,
    entry_id: str = "",
) -> Answer:
    """Save an answer in Birch's name."""
    draft = Draft(code, value, seen=seen, entry_id=entry_id)
    return respond.save_answer(session, submission, draft, somebody(session), NOON)


def grow(session: Session, survey: Survey, count: int) -> None:
    """Bring in more authorities, each with an answer."""
    model = tiny().folder.authorities[0]
    entries = [replace(model, code=f"X07{n:06}", name=f"Elm {n}") for n in range(count)]
    for authority in coordinate.register(session, entries):
        submission = coordinate.invite(session, survey, authority)
        save(session, submission, "S01.4", {"number": 1})


@contextmanager
def queries(session: Session) -> Iterator[list[str]]:
    """Give a list that fills with the statements sent to the database."""
    sent: list[str] = []

    def note(*arguments: object) -> None:
        sent.append(str(arguments[2]))

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(connection, "before_cursor_execute", note)
