"""Reminders reach those who have not finished, on working days, once each."""

import datetime as dt
from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from surveyapp import mail, people
from surveyapp.config import Settings
from surveyapp.coordinate import services as coordinate
from surveyapp.extensions import db
from surveyapp.mail import reminders
from surveyapp.mail.claims import Post
from surveyapp.mail.senders.outbox import Outbox
from surveyapp.models import Contributor, Link, Mail, Submission, Survey
from tests.surveyapp.building import submission_of

pytestmark = pytest.mark.mail
INVITED = dt.datetime(2015, 6, 16, 9, 0, tzinfo=dt.UTC)
# The tiny survey closes on Friday 31 July 2015.
MORNING = dt.datetime(2015, 7, 24, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def invited(session: Session, survey: Survey) -> list[Contributor]:
    """Everybody's invitations, sent when the survey opened."""
    everybody = list(session.scalars(select(Contributor)))
    for one in everybody:
        one.invited_at = INVITED
    session.commit()
    return everybody


@pytest.fixture
def sessions(session: Session) -> sessionmaker[Session]:
    return db.sessionmaker


def remind(
    sessions: sessionmaker[Session], session: Session, settings: Settings, at: dt.datetime = MORNING
) -> list[tuple[str, str]]:
    """Let the job come by, and return the reminders there are: to whom, saying what."""
    session.commit()
    reminders.remind(Post(sessions, Outbox(), now=lambda: at), settings)
    session.expire_all()
    found: Sequence[Mail] = session.scalars(select(Mail).order_by(Mail.key)).all()
    assert all(one.kind == "reminder" for one in found)
    return sorted((one.to_address, one.subject) for one in found)


BIRCH = ("cy@birch.example", "Tiny survey 2015 closes on 31 July 2015: Birch")


def test_only_those_who_have_not_finished_are_reminded(
    session: Session,
    invited: list[Contributor],
    sessions: sessionmaker[Session],
    settings: Settings,
) -> None:
    found = remind(sessions, session, settings)

    assert found == [BIRCH]  # Alder has submitted, and Cedar has nobody yet
    (link,) = session.scalars(select(Link))
    assert link.submission == submission_of(session, "Birch")
    (one,) = session.scalars(select(Mail))
    assert f"{settings.service_url}/link/" in one.text
    assert one.calendar is not None
    assert "20150731" in one.calendar


def test_the_job_comes_by_often_and_reminds_once(
    session: Session,
    invited: list[Contributor],
    sessions: sessionmaker[Session],
    settings: Settings,
) -> None:
    for minutes in (0, 10, 240):
        found = remind(sessions, session, settings, MORNING + dt.timedelta(minutes=minutes))
    assert found == [BIRCH]
    assert len(session.scalars(select(Link)).all()) == 1

    later = remind(sessions, session, settings, MORNING + dt.timedelta(days=5))
    assert later == [BIRCH, BIRCH]  # on 29 July, two working days before the close


@pytest.mark.parametrize(
    "at",
    [
        dt.datetime(2015, 7, 16, 9, 30, tzinfo=dt.UTC),  # too early
        dt.datetime(2015, 7, 25, 9, 30, tzinfo=dt.UTC),  # a Saturday
        dt.datetime(2015, 8, 3, 9, 30, tzinfo=dt.UTC),  # after the close
        dt.datetime(2015, 7, 24, 7, 59, tzinfo=dt.UTC),  # one minute to nine in England
        dt.datetime(2015, 7, 24, 16, 0, tzinfo=dt.UTC),  # five in the afternoon
    ],
)
def test_people_are_left_in_peace_at_other_times(
    at: dt.datetime,
    session: Session,
    invited: list[Contributor],
    sessions: sessionmaker[Session],
    settings: Settings,
) -> None:
    assert remind(sessions, session, settings, at) == []


def test_a_click_lets_the_reminders_of_one_authority_rest(
    session: Session,
    invited: list[Contributor],
    sessions: sessionmaker[Session],
    settings: Settings,
) -> None:
    submission_of(session, "Birch").reminders_paused = True

    assert remind(sessions, session, settings) == []


def test_whoever_was_invited_just_now_is_not_reminded_yet(
    session: Session,
    invited: list[Contributor],
    sessions: sessionmaker[Session],
    settings: Settings,
) -> None:
    for one in invited:
        one.invited_at = MORNING - dt.timedelta(hours=1)

    assert remind(sessions, session, settings) == []


@pytest.mark.parametrize("closed", ["opened_at", "closed_at"])
def test_a_survey_that_takes_no_answers_reminds_nobody(
    closed: str,
    session: Session,
    survey: Survey,
    invited: list[Contributor],
    sessions: sessionmaker[Session],
    settings: Settings,
) -> None:
    setattr(survey, closed, None if closed == "opened_at" else INVITED)

    assert remind(sessions, session, settings) == []


def test_an_address_that_mail_comes_back_from_is_left_alone(
    session: Session,
    invited: list[Contributor],
    sessions: sessionmaker[Session],
    settings: Settings,
) -> None:
    remind(sessions, session, settings)
    mail.bounced(session, session.scalars(select(Mail)).one(), "Unknown", MORNING)

    later = remind(sessions, session, settings, MORNING + dt.timedelta(days=5))

    assert later == [BIRCH]


def test_a_colleague_is_reminded_of_sections_handed_to_them(
    session: Session,
    birch: Submission,
    invited: list[Contributor],
    sessions: sessionmaker[Session],
    settings: Settings,
) -> None:
    dee = people.know(session, "dee@birch.example", "Dee Birch")
    eve = people.know(session, "eve@birch.example", "Eve Birch")
    parts = [
        coordinate.add_contributor(session, birch, one, "", coordinator=False) for one in (dee, eve)
    ]
    for one in parts:
        one.invited_at = INVITED
    needs = next(state for state in birch.sections if state.section_code == "S01")
    needs.assigned_to = parts[0]

    told = [address for address, _ in remind(sessions, session, settings)]

    assert told == ["cy@birch.example", "dee@birch.example"]
    text = session.scalars(select(Mail.text).where(Mail.to_address == dee.email)).one()
    assert "1 section handed to you for Birch is not finished." in text
    needs.status = "finished"
    session.commit()
    waiting = [one.contributor for one in reminders.outstanding(session, birch.survey)]
    assert [one.person.name for one in waiting] == ["Cy Birch"]


def test_a_reminder_by_hand_counts_once_for_a_double_click(
    session: Session, survey: Survey, invited: list[Contributor], settings: Settings
) -> None:
    (one,) = reminders.outstanding(session, survey)

    first = reminders.write(session, settings, one, "by-hand:2015-07-21", MORNING)
    second = reminders.write(session, settings, one, "by-hand:2015-07-21", MORNING)
    another = reminders.write(session, settings, one, "by-hand:2015-07-22", MORNING)

    assert (first is None, second is None, another is None) == (False, True, False)
    assert len(session.scalars(select(Link)).all()) == 2
