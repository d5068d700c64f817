"""Links sent to those who ask, returns that are a person's own, and who sees what agreed to."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from surveyapp import audit, built, links, mail
from surveyapp.account import second_factor
from surveyapp.config import Settings
from surveyapp.mail.kinds import Kind
from surveyapp.models import (
    Authority,
    Build,
    Contributor,
    Interview,
    Link,
    MemberCheck,
    Person,
    Sample,
    Submission,
    Survey,
)
from surveyapp.people import tidy

SECOND_STEP_SECONDS = 15 * 60
# Whoever presses the button twice gets one message.
ON_ITS_WAY = dt.timedelta(minutes=1)


def send_link(session: Session, settings: Settings, address: str, at: dt.datetime) -> None:
    """Send a link to the person with this address, if there is one."""
    person = session.scalars(select(Person).where(Person.email == tidy(address))).one_or_none()
    if person is None or _has_one_on_its_way(session, person, at):
        return
    token = links.sign_in(session, person, at)
    link = links.find(session, token, at)
    if link is None:  # it was made a moment ago
        return
    audit.record(session, "link.asked_for", link, None, purpose=link.purpose)
    kind: Kind = "sign_in" if person.staff_role else "new_link"
    told = _entry(settings, token, link)
    if kind == "sign_in":
        told["is_set_up"] = second_factor.of(session, person).are_set_up
    mail.queue(session, kind=kind, to=person, key=f"link:{link.id}", context=told)


def invite_staff(
    session: Session, settings: Settings, person: Person, by: Person, at: dt.datetime
) -> None:
    """Write to a new member of staff: who invites them, to what, and what to do."""
    token = links.sign_in(session, person, at)
    link = links.find(session, token, at)
    if link is None:  # it was made a moment ago
        return
    told = {
        **_entry(settings, token, link),
        "invited_by": by.name,
        "role": person.staff_role,
        "sign_in_page": f"{settings.service_url.rstrip('/')}/account/sign-in",
    }
    mail.queue(session, kind="staff_invitation", to=person, key=f"link:{link.id}", context=told)


def parts(session: Session, person: Person) -> Sequence[Contributor]:
    """Return a person's parts in returns, those of the latest survey first."""
    return session.scalars(
        select(Contributor)
        .join(Contributor.submission)
        .join(Submission.survey)
        .join(Submission.authority)
        .where(Contributor.person_id == person.id, Contributor.left_at.is_(None))
        .options(
            contains_eager(Contributor.submission).contains_eager(Submission.survey),
            contains_eager(Contributor.submission).contains_eager(Submission.authority),
        )
        .order_by(Survey.opens_on.desc(), Authority.name)
    ).all()


def interviews(session: Session, person: Person) -> Sequence[Interview]:
    """Return the interviews in which a person is the one interviewed, the latest survey's first."""
    return session.scalars(
        select(Interview)
        .join(Interview.submission)
        .join(Submission.survey)
        .join(Submission.authority)
        .where(Interview.interviewee_id == person.id, Interview.cancelled_at.is_(None))
        .options(
            contains_eager(Interview.submission).contains_eager(Submission.survey),
            contains_eager(Interview.submission).contains_eager(Submission.authority),
        )
        .order_by(Survey.opens_on.desc(), Authority.name, Interview.id)
    ).all()


def held(session: Session, person: Person) -> Sequence[Interview]:
    """Return the interviews that a person holds or takes notes in, those that come first first."""
    return session.scalars(
        select(Interview)
        .join(Interview.submission)
        .join(Submission.survey)
        .join(Submission.authority)
        .where(_is_in_it(person), Interview.cancelled_at.is_(None))
        .options(
            contains_eager(Interview.submission).contains_eager(Submission.survey),
            contains_eager(Interview.submission).contains_eager(Submission.authority),
        )
        .order_by(Survey.opens_on.desc(), Interview.starts_at.nulls_last(), Authority.name)
    ).all()


def checks(session: Session, person: Person) -> Sequence[MemberCheck]:
    """Return the quotations that a person is asked to check, those due first first."""
    return session.scalars(
        select(MemberCheck)
        .join(MemberCheck.submission)
        .where(MemberCheck.person_id == person.id, MemberCheck.taken_back_at.is_(None))
        .options(
            contains_eager(MemberCheck.submission).joinedload(Submission.survey),
            contains_eager(MemberCheck.submission).joinedload(Submission.authority),
        )
        .order_by(MemberCheck.due_on, MemberCheck.id)
    ).all()


def ended(session: Session, checks: Sequence[MemberCheck]) -> Mapping[uuid.UUID, dt.datetime]:
    """Return when checks ended, by the ids of their surveys: when a review was first signed off."""
    rows = session.execute(
        select(Build.survey_id, func.min(Build.signed_off_at))
        .where(
            Build.survey_id.in_({one.submission.survey_id for one in checks}),
            built.SIGNED,
        )
        .group_by(Build.survey_id)
    )
    return {survey_id: at for survey_id, at in rows if at is not None}


def samples(session: Session, person: Person) -> Sequence[Sample]:
    """Return the samples of passages that a person is still to code, those drawn first first."""
    return session.scalars(
        select(Sample)
        .where(
            Sample.coder_id == person.id,
            Sample.finished_at.is_(None),
            Sample.dropped_at.is_(None),
        )
        .options(joinedload(Sample.survey))
        .order_by(Sample.drawn_at, Sample.id)
    ).all()


def surveys(session: Session) -> Sequence[Survey]:
    """Return every survey, the latest first."""
    return session.scalars(select(Survey).order_by(Survey.opens_on.desc(), Survey.code)).all()


def returns(session: Session, person: Person) -> Sequence[Submission]:
    """Return the returns that an interviewer may read: of those whom they interview."""
    theirs = select(Interview.submission_id).where(
        _is_in_it(person), Interview.cancelled_at.is_(None)
    )
    return session.scalars(
        select(Submission)
        .join(Submission.survey)
        .join(Submission.authority)
        .where(Submission.id.in_(theirs))
        .options(contains_eager(Submission.survey), contains_eager(Submission.authority))
        .order_by(Survey.opens_on.desc(), Authority.name)
    ).all()


def agree(session: Session, part: Contributor, at: dt.datetime) -> None:
    """Note that a contributor has agreed to who sees what; the first time counts."""
    part.agreed_at = part.agreed_at or at
    session.flush()


def _entry(settings: Settings, token: str, link: Link) -> dict[str, object]:
    return {
        "service_name": settings.service_name,
        "link": links.address(settings, token),
        "expires_at": link.expires_at,
    }


def _has_one_on_its_way(session: Session, person: Person, at: dt.datetime) -> bool:
    """Say whether a link that is no invitation, and still works, was made just now."""
    recent = select(Link.id).where(
        Link.person_id == person.id,
        Link.submission_id.is_(None),
        Link.interview_id.is_(None),
        Link.revoked_at.is_(None),
        Link.created_at > at - ON_ITS_WAY,
    )
    return session.scalars(recent).first() is not None


def _is_in_it(person: Person) -> ColumnElement[bool]:
    return or_(Interview.interviewer_id == person.id, Interview.note_taker_id == person.id)
