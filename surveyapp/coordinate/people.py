"""Who completes the returns: listed, brought in, invited, and left in peace."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.coordinate import running, services
from surveyapp.coordinate.intake import Contact, Known
from surveyapp.models import Authority, Contributor, Link, Mail, Person, Submission, Survey
from surveyapp.pages import day
from surveyapp.people import know

Linked = set[tuple[uuid.UUID | None, uuid.UUID]]
COORDINATORS, EVERYONE = "coordinators", "everyone"
WHO: Final = (COORDINATORS, EVERYONE)


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part in a return, and how mail and links to them fare."""

    contributor: Contributor
    has_link: bool
    has_bounced: bool
    had_link: bool = False

    @property
    def link(self) -> str:
        """Say how their links fare, in words."""
        if self.has_link:
            return "Link works"
        if self.had_link:
            return "Link stopped"
        return "No link now" if self.contributor.invited_at else "No link yet"


@dataclass(frozen=True, slots=True)
class Team:
    """The people of one authority, its coordinator first."""

    submission: Submission
    parts: tuple[Part, ...]


def teams(session: Session, survey: Survey, at: dt.datetime) -> tuple[Team, ...]:
    """Return the people of every authority, by authority."""
    linked, stopped = _linked(session, survey, at)
    bounced = _bounced(session, survey)
    found: dict[uuid.UUID, list[Part]] = defaultdict(list)
    for one in session.scalars(_contributors(survey)):
        here = one.submission_id, one.person_id
        came_back = one.person.email in bounced
        found[one.submission_id].append(Part(one, here in linked, came_back, here in stopped))
    return tuple(Team(one, tuple(found[one.id])) for one in running.by_name(session, survey))


def team(session: Session, survey: Survey, submission: Submission, at: dt.datetime) -> Team:
    """Return the people of one authority."""
    return next(one for one in teams(session, survey, at) if one.submission is submission)


def known(session: Session, survey: Survey) -> Known:
    """Return what a spreadsheet of contacts is checked against."""
    held = session.scalars(_contributors(survey)).all()
    people = session.scalars(select(Person)).all()
    authorities = session.scalars(select(Authority).order_by(Authority.code)).all()
    standing = [one for one in authorities if one.stood_on(survey.opens_on)]
    others = [one for one in authorities if not one.stood_on(survey.opens_on)]
    return Known(
        authorities={one.code: one.name for one in standing},
        aliases={name: one.code for one in standing for name in (one.official_name, *one.aliases)},
        gone={name: _gone(one, survey, authorities) for one in others for name in _names(one)},
        asked=frozenset(one.authority_code for one in running.by_name(session, survey)),
        staff=frozenset(one.email for one in people if one.staff_role),
        contacts={(one.submission.authority_code, one.person.email): _contact(one) for one in held},
        names={one.email: one.name for one in people},
    )


def bring_in(session: Session, survey: Survey, contacts: Iterable[Contact]) -> None:
    """Write down contacts that were checked: authorities join the survey, people their returns."""
    submissions = {one.authority_code: one for one in running.by_name(session, survey)}
    for contact in contacts:
        submission = submissions.get(contact.authority_code)
        if submission is None:
            authority = session.get_one(Authority, contact.authority_code)
            submission = services.invite(session, survey, authority)
            submissions[contact.authority_code] = submission
        _write(session, submission, contact)
    session.flush()


def bring_in_authorities(session: Session, survey: Survey, codes: Iterable[str]) -> int:
    """Ask more authorities of the register, and count those that were not asked before."""
    asked = {one.authority_code for one in running.by_name(session, survey)}
    wanted = sorted(set(codes) - asked)
    for code in wanted:
        services.invite(session, survey, session.get_one(Authority, code))
    return len(wanted)


def to_invite(session: Session, survey: Survey, who: str) -> Sequence[Contributor]:
    """Return those who have not been invited yet and whose return is still to come."""
    wanted = _contributors(survey).where(
        Contributor.invited_at.is_(None), Submission.submitted_at.is_(None)
    )
    if who == COORDINATORS:
        wanted = wanted.where(Contributor.coordinator)
    return session.scalars(wanted).all()


def find(session: Session, survey: Survey, contributor_id: uuid.UUID) -> Contributor:
    """Return one person's part in a return of this survey."""
    return session.scalars(_contributors(survey).where(Contributor.id == contributor_id)).one()


def find_submission(session: Session, survey: Survey, submission_id: uuid.UUID) -> Submission:
    """Return one return of this survey."""
    return session.scalars(
        select(Submission).where(Submission.survey_id == survey.id, Submission.id == submission_id)
    ).one()


def pause_reminders(session: Session, submission: Submission, *, is_paused: bool) -> None:
    """Let reminders to an authority rest, or go out again."""
    submission.reminders_paused = is_paused
    session.flush()


def _names(one: Authority) -> tuple[str, ...]:
    return (one.code, one.name, one.official_name, *one.aliases)


def _gone(one: Authority, survey: Survey, all_of_them: Sequence[Authority]) -> str:
    """Return why an authority that does not stand when a survey opens cannot be asked."""
    if one.valid_from > survey.opens_on:
        return f"{one.name} began only on {day(one.valid_from)}."
    last = f"{one.name} ended on {day(one.valid_to)}." if one.valid_to else ""
    heir = next((other.name for other in all_of_them if other.code == one.successor_code), "")
    return f"{last} Its successor is {heir}." if heir else last


def _contributors(survey: Survey) -> sa.Select[Contributor]:
    return (
        select(Contributor)
        .join(Contributor.submission)
        .join(Contributor.person)
        .join(Submission.authority)
        .where(Submission.survey_id == survey.id, Contributor.left_at.is_(None))
        .options(
            joinedload(Contributor.person),
            joinedload(Contributor.submission).joinedload(Submission.authority),
        )
        .order_by(Authority.name, Contributor.coordinator.desc(), Person.name)
    )


def _linked(session: Session, survey: Survey, at: dt.datetime) -> tuple[Linked, Linked]:
    """Return who has a link to which return that works, and whose links stopped working."""
    rows = session.execute(
        select(Link.submission_id, Link.person_id, Link.revoked_at, Link.expires_at)
        .join(Link.submission)
        .where(Submission.survey_id == survey.id)
    ).all()
    working = {row[:2] for row in rows if row.revoked_at is None and row.expires_at > at}
    return working, {row[:2] for row in rows} - working


def _bounced(session: Session, survey: Survey) -> set[str]:
    return set(
        session.scalars(
            select(Mail.to_address)
            .join(Mail.submission)
            .where(Submission.survey_id == survey.id, Mail.bounced_at.is_not(None))
        )
    )


def _contact(one: Contributor) -> Contact:
    return Contact(
        one.submission.authority_code,
        one.person.name,
        one.person.email,
        one.job_title,
        one.coordinator,
    )


def _write(session: Session, submission: Submission, contact: Contact) -> None:
    person = know(session, contact.email, contact.name)
    person.name = contact.name
    held = {
        one.person_id: one
        for one in session.scalars(
            select(Contributor).where(Contributor.submission_id == submission.id)
        )
    }
    if contact.is_coordinator:
        for one in held.values():
            one.coordinator = False
        # An authority never has two, not even for a moment.
        session.flush()
    part = held.get(person.id)
    if part is None:
        services.add_contributor(
            session, submission, person, contact.job_title, coordinator=contact.is_coordinator
        )
    else:
        # Whoever had left is back.
        part.job_title, part.coordinator, part.left_at = (
            contact.job_title,
            contact.is_coordinator,
            None,
        )
        session.flush()
