"""People, known by their e-mail address wherever they turn up: as staff, or in any return."""

import uuid
from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from surveyapp.models import Person
from surveyapp.models.person import StaffRole

Insert = Callable[[type[Person]], postgresql.Insert | sqlite.Insert]
_INSERT: Mapping[str, Insert] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


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
