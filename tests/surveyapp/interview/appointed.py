"""What tests of arranging build on: staff, times on clocks in England, an interview arranged."""

import datetime as dt

from icalendar import Calendar, Event
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.config import Settings
from surveyapp.interview import arranging, slots
from surveyapp.interview.arranging import Interviewee, Plan, Team
from surveyapp.interview.telling import Act
from surveyapp.interview.times import Span
from surveyapp.models import Interview, InterviewSlot, Mail, Person, Submission
from surveyapp.models.person import StaffRole
from surveyapp.pages import ENGLAND
from surveyapp.people import know
from tests.surveyapp.building import NOON

MONDAY = dt.date(2015, 8, 3)
CY = Interviewee("Cy Birch", "Service manager", "cy@birch.example")
ELLA = Interviewee("Ella Else", "Head of partnerships", "ella@elsewhere.example")
PLACE = "01632 960123"


def at(hour: int, minute: int = 0, day: dt.date = MONDAY) -> dt.datetime:
    """Return a moment as clocks in England show it."""
    return dt.datetime.combine(day, dt.time(hour, minute), ENGLAND).astimezone(dt.UTC)


def staff(session: Session, name: str, role: StaffRole = "interviewer") -> Person:
    """Return a member of staff."""
    person = know(session, f"{name.split()[0].lower()}@review.example", name)
    person.staff_role = role
    session.flush()
    return person


def act(by: Person, settings: Settings, when: dt.datetime = NOON) -> Act:
    """Return what somebody does."""
    return Act(by, when, settings)


def offered(
    session: Session, submission: Submission, by: Person, *hours: int
) -> list[InterviewSlot]:
    """Offer a time at each of these hours of Monday."""
    spans = [Span(at(hour), 45) for hour in hours]
    slots.offer(session, submission.survey, by, spans)
    rows = select(InterviewSlot).where(InterviewSlot.interviewer_id == by.id)
    return list(session.scalars(rows.order_by(InterviewSlot.starts_at)))


def arranged(
    session: Session,
    submission: Submission,
    doing: Act,
    starts_at: dt.datetime | None = None,
    who: Interviewee = ELLA,
) -> Interview:
    """Arrange an interview of whoever does it; without a time, one is to be chosen."""
    plan = Plan(who, Team(doing.by), PLACE, starts_at)
    return arranging.arrange(session, submission, plan, doing)


def mails(session: Session, kind: str) -> list[Mail]:
    """Return the mail of a kind, in the order in which it was written."""
    return list(session.scalars(select(Mail).where(Mail.kind == kind).order_by(Mail.key)))


def entry(mail: Mail) -> tuple[str, Event]:
    """Return what a mail's calendar file asks for, and its appointment."""
    assert mail.calendar is not None
    file = Calendar.from_ical(mail.calendar)
    (event,) = file.walk("VEVENT")
    assert isinstance(event, Event)
    return str(file["method"]), event
