"""Staff accounts: who has one, in which role; given, changed, reset and taken away."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from surveyapp.account import second_factor
from surveyapp.errors import AlreadyThereError, SurveyError
from surveyapp.models import Link, Passkey, Person, RecoveryCode, StaffKey
from surveyapp.models.person import StaffRole

ADMINISTRATOR: StaffRole = "administrator"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an organisation says has signed in; an address it has not checked is left out."""

    subject: str
    email: str


class NotAllowedError(SurveyError):
    """An administrator may not do this to themselves, or is not one any more."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """One member of staff, and what they can show when they sign in."""

    person: Person
    has_app: bool
    passkeys: int
    codes_left: int

    @property
    def shows(self) -> str:
        """Say in words what they can show."""
        count = self.passkeys
        things = ["app"] if self.has_app else []
        things += [f"{count} {'passkey' if count == 1 else 'passkeys'}"] if count else []
        things += ["organisation"] if self.person.oidc_subject else []
        return ", ".join(things).capitalize() or "Not set up"


def colleagues(session: Session) -> list[Colleague]:
    """Return everyone who is staff, by name."""
    apps = set(
        session.scalars(select(StaffKey.person_id).where(StaffKey.confirmed_at.is_not(None)))
    )
    passkeys = _counts(session, select(Passkey.person_id, func.count()).group_by(Passkey.person_id))
    codes = _counts(
        session,
        select(RecoveryCode.person_id, func.count())
        .where(RecoveryCode.used_at.is_(None))
        .group_by(RecoveryCode.person_id),
    )
    people = session.scalars(
        select(Person).where(Person.staff_role.is_not(None)).order_by(Person.name, Person.email)
    )
    return [
        Colleague(one, one.id in apps, passkeys.get(one.id, 0), codes.get(one.id, 0))
        for one in people
    ]


def colleague(session: Session, person_id: uuid.UUID) -> Colleague | None:
    """Return one member of staff, if there is one with this id."""
    person = session.get(Person, person_id)
    if person is None or person.staff_role is None:
        return None
    held = second_factor.of(session, person)
    return Colleague(person, held.has_app, len(held.passkeys), held.codes_left)


def add(session: Session, email: str, name: str, role: str) -> Person:
    """Give somebody a staff account; whoever is known already keeps their name and returns."""
    person = session.scalars(
        select(Person).where(Person.email == email).with_for_update()
    ).one_or_none()
    if person is None:
        person = Person(email=email, name=name)
        session.add(person)
    if person.staff_role is not None:
        raise AlreadyThereError(f"{person.name} is a member of staff already: {person.staff_role}.")
    person.staff_role = role
    session.flush()
    return person


def change_role(
    session: Session, person: Person, role: str | None, by: Person, at: dt.datetime
) -> None:
    """Give a member of staff another role, or none: then all that let them in as staff is gone."""
    _admit(session, person, by)
    person.staff_role = role
    if role is None:
        second_factor.forget(session, person, at)
        _revoke_links(session, person, at)
    session.flush()


def reset(session: Session, person: Person, by: Person, at: dt.datetime) -> None:
    """Forget what a colleague could show who has lost it all, and end their sessions."""
    _admit(session, person, by)
    second_factor.forget(session, person, at)
    # Whoever found the telephone may have opened the mail on it too.
    _revoke_links(session, person, at)
    session.flush()


def recognise(session: Session, identity: Identity) -> Person | None:
    """Return the member of staff whom an organisation says has signed in; change nothing."""
    known = session.scalars(
        select(Person).where(
            Person.oidc_subject == identity.subject, Person.staff_role.is_not(None)
        )
    ).one_or_none()
    if known is not None or not identity.email:
        return known
    return session.scalars(
        select(Person).where(
            Person.email == identity.email,
            Person.staff_role.is_not(None),
            # Another subject under the same address is another person: addresses are given anew.
            Person.oidc_subject.is_(None),
        )
    ).one_or_none()


def link(session: Session, person: Person, identity: Identity) -> bool:
    """Note under which subject an organisation knows a person; say whether it is this one."""
    session.execute(
        update(Person)
        .where(Person.id == person.id, Person.oidc_subject.is_(None))
        .values(oidc_subject=identity.subject)
    )
    session.refresh(person)
    return person.oidc_subject == identity.subject


def _admit(session: Session, person: Person, by: Person) -> None:
    """Let an administrator change a colleague, never themselves: so there is always one left.

    Of two who would take each other's role at once, one waits and finds that they are none.
    """
    administrators = session.scalars(
        select(Person.id)
        .where(Person.staff_role == ADMINISTRATOR)
        .order_by(Person.id)
        .with_for_update()
    ).all()
    session.refresh(person)
    if by.id not in administrators:
        raise NotAllowedError("You are not an administrator any more.")
    if person.id == by.id:
        raise NotAllowedError("You cannot change your own account here. Ask another administrator.")


def _revoke_links(session: Session, person: Person, at: dt.datetime) -> None:
    session.execute(
        update(Link)
        .where(Link.person_id == person.id, Link.purpose == "sign in", Link.revoked_at.is_(None))
        .values(revoked_at=at)
    )


def _counts(session: Session, counted: Select[uuid.UUID, int]) -> dict[uuid.UUID, int]:
    return dict(session.execute(counted).all())
