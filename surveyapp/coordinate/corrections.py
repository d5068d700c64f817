"""A person put right: another address, their links stopped, off the return, its coordinator."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveyapp import leaving, links
from surveyapp.errors import SurveyError
from surveyapp.models import Contributor, Link, Mail, Person


class AddressTakenError(SurveyError):
    """An address was to be given to a person that is somebody else's."""

    def __init__(self, owner: Person) -> None:
        """Say whose it is, and what to do."""
        super().__init__(
            f"{owner.name} has this address. If it is {owner.name} who answers, take this person "
            f"off the return and bring {owner.name} in from a spreadsheet"
        )


class StaffAddressError(SurveyError):
    """The name or address of a member of staff was to be changed: it is how they sign in."""

    def __init__(self, person: Person) -> None:
        """Say whose it is."""
        super().__init__(f"{person.name} is a member of staff, so their address stays as it is")


@dataclass(frozen=True, slots=True)
class Details:
    """What we call a person, where they get their mail, and what they do."""

    name: str
    email: str
    job_title: str


def correct(session: Session, part: Contributor, details: Details, at: dt.datetime) -> list[str]:
    """Put a person's details right everywhere, and return which have changed.

    Where mail to the old address arrived, somebody else may have it: its links stop working.
    """
    person = part.person
    old = Details(person.name, person.email, part.job_title)
    if details.email != old.email:
        _admit(session, person, details.email)
        if _has_arrived(session, person):
            _stop_all(session, person, at)
        person.email = details.email
    person.name, part.job_title = details.name, details.job_title
    if part.opened_at is None and part.invited_as:
        part.invited_as = details.name
    session.flush()
    fields = ("name", "email", "job_title")
    return [name for name in fields if getattr(old, name) != getattr(details, name)]


def stop_links(session: Session, part: Contributor, at: dt.datetime) -> None:
    """Make a person's links to a return stop working, and those that lead to all of theirs.

    Whoever came in by one has to sign in again.
    """
    links.revoke(session, part.person, part.submission, at)
    session.execute(
        update(Link)
        .where(
            Link.person_id == part.person_id,
            Link.submission_id.is_(None),
            Link.purpose == "contribute",
            Link.revoked_at.is_(None),
        )
        .values(revoked_at=at)
    )
    part.person.signed_out_at = at
    session.flush()


def take_off(
    session: Session, part: Contributor, successor: Contributor | None, at: dt.datetime
) -> list[str]:
    """Let a person leave a return, and let a colleague coordinate it where they did."""
    session.flush()
    session.refresh(part.submission, with_for_update=True)
    session.refresh(part)
    if part.coordinator and successor is not None:
        leaving.coordinate(session, successor, at)
    here = (one for one in part.submission.contributors if one.coordinator)
    return leaving.take_off(session, part, next(here, part), at)


def _admit(session: Session, person: Person, email: str) -> None:
    if person.staff_role is not None:
        raise StaffAddressError(person)
    owner = session.scalars(select(Person).where(Person.email == email)).one_or_none()
    if owner is not None:
        raise AddressTakenError(owner)


def _has_arrived(session: Session, person: Person) -> bool:
    """Say whether mail that went to a person's address has not come back."""
    arrived = select(Mail.id).where(
        Mail.person_id == person.id,
        Mail.to_address == person.email,
        Mail.sent_at.is_not(None),
        Mail.bounced_at.is_(None),
    )
    return session.scalars(arrived.limit(1)).first() is not None


def _stop_all(session: Session, person: Person, at: dt.datetime) -> None:
    links.revoke(session, person, None, at)
    person.signed_out_at = at
