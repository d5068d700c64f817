"""Reminders: on working days before a survey closes, and only to those who have not finished."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from surveyapp import links
from surveyapp.config import Settings
from surveyapp.extensions import begin_writing
from surveyapp.mail.claims import Post
from surveyapp.mail.dates import calendar, deadline
from surveyapp.mail.queueing import queue
from surveyapp.mail.working_days import before, is_working_day
from surveyapp.models import Contributor, Mail, Submission, Survey

ENGLAND = ZoneInfo("Europe/London")
OFFICE_HOURS = range(9, 17)
FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Outstanding:
    """A contributor who has not finished, and how many sections wait for them."""

    contributor: Contributor
    waiting: int


def step(closes_on: dt.date, today: dt.date, steps: Sequence[int]) -> int | None:
    """Return which reminder it is time for: so many working days before the close.

    A day on which nobody could be reminded is made up for on the next working day, with the latest
    reminder only.
    """
    if today > closes_on or not is_working_day(today):
        return None
    return min((days for days in steps if before(closes_on, days) <= today), default=None)


def outstanding(session: Session, survey: Survey) -> list[Outstanding]:
    """Return who has been invited and has not finished, by authority.

    A coordinator has finished once the return is submitted; anyone else once the sections handed to
    them are. A paused return and an address that mail comes back from are left in peace.
    """
    bounced = select(Mail.to_address).where(Mail.bounced_at.is_not(None))
    invited = session.scalars(
        select(Contributor)
        .join(Contributor.submission)
        .join(Contributor.person)
        .where(
            Submission.survey_id == survey.id,
            Submission.submitted_at.is_(None),
            Submission.reminders_paused.is_(False),
            Contributor.invited_at.is_not(None),
            Contributor.left_at.is_(None),
        )
        .options(
            contains_eager(Contributor.person),
            contains_eager(Contributor.submission).options(
                joinedload(Submission.authority), selectinload(Submission.sections)
            ),
        )
        .order_by(Submission.authority_code, Contributor.coordinator.desc(), Contributor.id)
    ).all()
    back = set(session.scalars(bounced))
    found = (Outstanding(one, _waiting(one)) for one in invited if one.person.email not in back)
    return [one for one in found if one.contributor.coordinator or one.waiting]


def write(
    session: Session, settings: Settings, one: Outstanding, label: str, at: dt.datetime
) -> Mail | None:
    """Write one reminder; the same label never reminds the same person twice."""
    contributor, submission = one.contributor, one.contributor.submission
    survey = submission.survey
    key = f"reminder:{contributor.id}:{label}"
    if session.scalars(select(Mail.id).where(Mail.key == key)).first() is not None:
        return None
    token = links.invite(session, contributor.person, submission, at)
    return queue(
        session,
        kind="reminder",
        to=contributor.person,
        key=key,
        context={
            "survey_title": survey.title,
            "authority": submission.authority.name,
            "closes_on": survey.closes_on,
            "waiting": one.waiting,
            "is_coordinator": contributor.coordinator,
            "link": links.address(settings, token),
        },
        submission=submission,
        calendar=calendar(deadline(survey.code, survey.title, survey.closes_on), at),
    )


def remind(post: Post, settings: Settings) -> None:
    """Write the reminders that are due now; a job does this, many times a day."""
    at = post.now()
    today = at.astimezone(ENGLAND)
    if today.hour not in OFFICE_HOURS:
        return
    with post.sessions() as session:
        begin_writing(session)
        for survey in _open(session):
            due = step(survey.closes_on, today.date(), settings.reminder_days)
            if due is not None:
                _remind_all(session, settings, survey, due, at)
        session.commit()


def _remind_all(
    session: Session, settings: Settings, survey: Survey, due: int, at: dt.datetime
) -> None:
    # An extension gives the survey another last day, and so reminders of its own.
    label = f"{survey.closes_on}:{due}"
    day = before(survey.closes_on, due)
    for one in outstanding(session, survey):
        invited_at = one.contributor.invited_at
        if invited_at is not None and invited_at.astimezone(ENGLAND).date() < day:
            write(session, settings, one, label, at)


def _open(session: Session) -> Iterator[Survey]:
    opened = select(Survey).where(Survey.opened_at.is_not(None), Survey.closed_at.is_(None))
    yield from session.scalars(opened.order_by(Survey.code)).all()


def _waiting(contributor: Contributor) -> int:
    """Return how many sections this person is still waited for in."""
    return sum(
        state.status != FINISHED
        and bool(state.asked)
        and (contributor.coordinator or state.assigned_to_id == contributor.id)
        for state in contributor.submission.sections
    )
