"""Whoever signs a build off is told which checks have time still, and that they end with it."""

import datetime as dt
import html
import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Build, MemberCheck, Person, Submission, Survey
from surveyapp.pages import ENGLAND, day
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import queries

TODAY = dt.datetime.now(dt.UTC).astimezone(ENGLAND).date()
SENT = TODAY - dt.timedelta(days=20)
SOON, LATER = (TODAY + dt.timedelta(days=days) for days in (2, 9))


def ask(session: Session, person: Person, submission: Submission, due: dt.date) -> MemberCheck:
    """Send a check that nobody has answered."""
    check = MemberCheck(
        id=uuid.uuid4(),
        submission=submission,
        person=person,
        sent_by=person,
        sent_on=SENT,
        due_on=due,
    )
    session.add(check)
    session.commit()
    return check


@pytest.fixture
def submissions(session: Session, survey: Survey) -> list[Submission]:
    asked = select(Submission).where(Submission.survey_id == survey.id)
    return list(session.scalars(asked.order_by(Submission.authority_code)))


def read(staff: CheckingClient, made: Build) -> str:
    address = f"/review/tiny-survey-2015/builds/{made.id}/"
    return " ".join(html.unescape(staff.get(address).text).split())


def test_who_has_time_still_is_not_called_silent(
    session: Session,
    staff: CheckingClient,
    consultant: Person,
    made: Build,
    submissions: list[Submission],
) -> None:
    first, second, third = submissions
    ask(session, consultant, first, TODAY)
    page = read(staff, made)
    assert f"Still have time to answer, until {day(TODAY)}: 1. Asked, and silent when" in page
    assert f"1 check is still open, until {day(TODAY)}. It ends with your signature" in page

    session.scalars(select(MemberCheck)).one().due_on = LATER
    ask(session, consultant, second, SOON)
    ask(session, consultant, third, TODAY - dt.timedelta(days=1))
    page = read(staff, made)
    days = f"the first until {day(SOON)}, the last until {day(LATER)}"
    assert "never asked to check their words: 0." in page
    assert f"Still have time to answer, {days}: 2." in page
    assert "silent when their time ran out: 1." in page
    assert f"2 checks are still open, {days}. They end with your signature" in page


def test_who_has_answered_and_is_asked_again_has_time_and_is_never_silent(
    session: Session,
    staff: CheckingClient,
    consultant: Person,
    made: Build,
    submissions: list[Submission],
) -> None:
    answered = ask(session, consultant, submissions[0], SENT)
    answered.returned_at = dt.datetime.now(dt.UTC)
    again = ask(session, consultant, submissions[0], SOON)
    assert f"Still have time to answer, until {day(SOON)}: 1." in read(staff, made)

    again.due_on = SENT
    session.commit()

    page = read(staff, made)
    assert "silent when their time ran out: 0." in page
    assert "still open" not in page


def test_what_ended_with_a_signature_is_told_as_that(
    session: Session,
    staff: CheckingClient,
    consultant: Person,
    made: Build,
    submissions: list[Submission],
) -> None:
    with queries(session) as few:
        read(staff, made)
    for one in submissions:
        ask(session, consultant, one, TODAY - dt.timedelta(days=1))
    earlier = Build(
        survey=made.survey,
        number=made.number + 1,
        asked_by=consultant,
        asked_at=made.asked_at,
        signed_off_at=dt.datetime.combine(SENT, dt.time(12), dt.UTC),
        signed_off_by=consultant,
    )
    session.add(earlier)
    session.commit()
    session.expire_all()

    with queries(session) as many:
        page = read(staff, made)

    assert "Not answered when the checks ended, with the signature of a build: 3." in page
    assert "silent when their time ran out: 0." in page
    assert "still open" not in page
    assert abs(len(many) - len(few)) <= 1
