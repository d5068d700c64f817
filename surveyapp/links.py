"""Personal links: made for one person, kept only as a hash, good until revoked or expired."""

import datetime as dt
import hashlib
import secrets
from urllib.parse import quote

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from surveyapp.config import Settings
from surveyapp.models import Base, Contributor, Interview, Link, MemberCheck, Person, Submission

CONTRIBUTING = dt.timedelta(days=60)
SIGNING_IN = dt.timedelta(days=1)


def invite(session: Session, person: Person, submission: Submission, at: dt.datetime) -> str:
    """Return the token of a new link that leads a contributor to a return."""
    return _contribute(session, person, at, submission=submission)


def invite_to_interview(
    session: Session, person: Person, interview: Interview, at: dt.datetime
) -> str:
    """Return the token of a new link that leads the person interviewed to their interview."""
    return _contribute(session, person, at, interview=interview)


def invite_to_check(session: Session, person: Person, check: MemberCheck, at: dt.datetime) -> str:
    """Return the token of a new link that leads to quotations to be checked."""
    return _contribute(session, person, at, check=check)


def sign_in(session: Session, person: Person, at: dt.datetime) -> str:
    """Return the token of a new link that lets a person in, to whatever is theirs.

    It is the first of two steps for staff, and lasts a day for them; for others it lasts as long
    as an invitation.
    """
    if not person.staff_role:
        return _contribute(session, person, at)
    ends = at + SIGNING_IN
    link = Link(person=person, purpose="sign in", created_at=at, expires_at=ends)
    return _issue(session, link)


def address(settings: Settings, token: str, leads_to: str = "") -> str:
    """Return the web address of a link, as a message writes it.

    It may lead on to a section of the return, or to a question of it.
    """
    onward = f"?section={quote(leads_to, safe='')}" if leads_to else ""
    return f"{settings.service_url.rstrip('/')}/link/{token}{onward}"


def find(session: Session, token: str, at: dt.datetime) -> Link | None:
    """Return the link with this token, unless it is revoked or has expired."""
    return session.scalars(
        select(Link)
        .where(
            Link.token_hash == _hash(token),
            Link.revoked_at.is_(None),
            Link.expires_at > at,
        )
        .options(
            joinedload(Link.person),
            joinedload(Link.submission),
            joinedload(Link.interview).joinedload(Interview.submission),
            joinedload(Link.check).joinedload(MemberCheck.submission),
        )
    ).one_or_none()


def claim(session: Session, link: Link, at: dt.datetime) -> None:
    """Note that the person pressed the button behind a link."""
    link.first_used_at = link.first_used_at or at
    link.last_used_at = at
    if link.interview_id is None and link.check_id is None:
        _open_parts(session, link, at)
    session.flush()


def about(link: Link) -> Submission | None:
    """Return the return that a link is about: the one it leads to, or that of what it leads to."""
    if link.check is not None:
        return link.check.submission
    return link.interview.submission if link.interview else link.submission


def _open_parts(session: Session, link: Link, at: dt.datetime) -> None:
    opened = update(Contributor).where(
        Contributor.person_id == link.person_id, Contributor.opened_at.is_(None)
    )
    if link.submission_id is not None:
        opened = opened.where(Contributor.submission_id == link.submission_id)
    session.execute(opened.values(opened_at=at))


def revoke(
    session: Session, person: Person, submission: Submission | None, at: dt.datetime
) -> None:
    """Make a person's links stop working: those to one return, or all of them."""
    theirs = update(Link).where(Link.person_id == person.id, Link.revoked_at.is_(None))
    if submission is not None:
        theirs = theirs.where(Link.submission_id == submission.id)
    session.execute(theirs.values(revoked_at=at))
    session.flush()


def _contribute(session: Session, person: Person, at: dt.datetime, **leads_to: Base) -> str:
    """Return the token of a new link for somebody who contributes, to one thing or to all."""
    ends = at + CONTRIBUTING
    link = Link(person=person, purpose="contribute", created_at=at, expires_at=ends, **leads_to)
    return _issue(session, link)


def _issue(session: Session, link: Link) -> str:
    token = secrets.token_urlsafe(32)
    link.token_hash = _hash(token)
    session.add(link)
    session.flush()
    return token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
