"""People, known by their e-mail address wherever they turn up: as staff, or in any return."""

import uuid
from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from surveyapp.models import AuditEvent, Contributor, Person, Submission
from surveyapp.models.person import StaffRole

Insert = Callable[[type[Person]], postgresql.Insert | sqlite.Insert]
_INSERT: Mapping[str, Insert] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
INVITED = ("contributor.invited", "colleague.invited")


def tidy(address: str | None) -> str:
    """Return an e-mail address as we keep it."""
    return (address or "").strip().lower()


def know(session: Session, email: str, name: str, staff_role: StaffRole | None = None) -> Person:
    """Return the person with this address, added if they are new to us.

    Whoever is known already keeps the name and role that they have, also when two people write the
    same address down at the same moment.
    """
    session.flush()
    new = {"id": uuid.uuid4(), "email": tidy(email), "name": name, "staff_role": staff_role}
    into = _INSERT[session.get_bind().dialect.name](Person).values(new)
    session.execute(into.on_conflict_do_nothing(index_elements=["email"]))
    return session.scalars(select(Person).where(Person.email == tidy(email))).one()


def invited_by(session: Session, submission: Submission, person: Person) -> str:
    """Return the name of who invited a person to a return last; "" where nobody did."""
    part = select(Contributor.id).where(
        Contributor.submission_id == submission.id, Contributor.person_id == person.id
    )
    events = (
        select(AuditEvent.subject_id, Person.name)
        .join(Person, Person.id == AuditEvent.person_id)
        .where(AuditEvent.submission_id == submission.id, AuditEvent.action.in_(INVITED))
        .order_by(AuditEvent.at.desc(), AuditEvent.id)
    )
    wanted = str(session.scalar(part))
    names = (name for subject_id, name in session.execute(events) if subject_id == wanted)
    return next(names, "")
