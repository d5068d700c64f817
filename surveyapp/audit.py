"""The audit trail: one door through which every act is noted, with no words of what was written."""

import datetime as dt
import re
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from surveyapp.extensions import begin_writing
from surveyapp.models import AuditEvent, Base, Person, Submission

# A code, an id or a file type; or the few small words of a state, such as "not started".
PLAIN = re.compile(r"[\w.:/-]{0,64}|[a-z]+( [a-z]+){1,3}")

READ = "answers.read"
# Whoever reads goes to and fro: that is told once in a while.
A_WHILE = dt.timedelta(minutes=10)


class WordsInTheTrailError(ValueError):
    """Something that reads like words was to be noted; the trail keeps ids, counts and states."""

    def __init__(self, name: str) -> None:
        """Name the detail, and not what it says."""
        super().__init__(f"The audit trail takes ids, counts and states; {name} is none of them.")


def record(
    session: Session, action: str, subject: Base, person: Person | None, **detail: object
) -> AuditEvent:
    """Note that a person did something to a subject; details are ids, counts or states.

    The action is a short key such as "answer.saved". The event is flushed with the change that it
    tells of, and committed or undone with it.
    """
    # A new row has its id only once it is written.
    session.flush()
    event = AuditEvent(
        at=dt.datetime.now(dt.UTC),
        person_id=None if person is None else person.id,
        action=str(_plain("action", action)),
        subject_type=subject.__tablename__,
        subject_id=_identity(subject),
        submission_id=_submission(subject),
        detail={name: _plain(name, value) for name, value in detail.items()},
    )
    session.add(event)
    session.flush()
    return event


def note_reading(
    sessions: sessionmaker[Session], subject: Base, person: Person, **detail: object
) -> None:
    """Note that a person read answers, where that has not been noted a short while ago.

    The note has a transaction of its own, for the page that is read changes nothing.
    """
    now = dt.datetime.now(dt.UTC)
    with sessions() as apart:
        lately = apart.scalars(
            sa.select(AuditEvent.detail).where(
                AuditEvent.action == READ,
                AuditEvent.person_id == person.id,
                AuditEvent.subject_id == _identity(subject),
                AuditEvent.at > now - A_WHILE,
            )
        ).all()
    if detail in lately:
        return
    with sessions() as apart:
        begin_writing(apart)
        record(apart, READ, subject, person, **detail)
        apart.commit()


def _identity(subject: Base) -> str:
    return "/".join(str(part) for part in sa.inspect(subject).identity or ())


def _submission(subject: Base) -> uuid.UUID | None:
    if isinstance(subject, Submission):
        return subject.id
    found: uuid.UUID | None = getattr(subject, "submission_id", None)
    return found


def _plain(name: str, value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(name, one) for one in value]
    if isinstance(value, uuid.UUID | dt.date):
        return str(value)
    if isinstance(value, str) and PLAIN.fullmatch(value):
        return value
    raise WordsInTheTrailError(name)
