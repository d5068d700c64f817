"""An extension told: to whom exactly, in which words, once for each new last day."""

import datetime as dt

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.coordinate import extensions
from surveyapp.models import AuditEvent, Contributor, Mail, Submission, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, submission_of
from tests.surveyapp.coordinate.pressing import press, words

HOME = "/staff/tiny-survey-2015"
LATER = {"closes-day": "31", "closes-month": "8", "closes-year": "2015"}


@pytest.fixture
def invited(session: Session, survey: Survey) -> Survey:
    """A survey in the outbox whose people have all been invited; Alder has submitted."""
    for one in session.scalars(select(Contributor)):
        one.invited_at = NOON
    session.commit()
    return survey


def written(session: Session) -> list[Mail]:
    return list(session.scalars(select(Mail).where(Mail.kind == "extended")))


def test_an_extension_leads_to_telling_people(
    staff: CheckingClient, invited: Survey, session: Session
) -> None:
    assert "not been told" not in words(staff.get(HOME + "/setup").text)

    page = press(staff, HOME + "/extend", **LATER)

    assert "Tell people about the new last day" in page
    assert "1 person has been invited" in page
    assert "Cy Birch, Birch" in page
    assert "now closes at the end of 31 August 2015" in page
    assert written(session) == []
    assert "1 person has not been told" in words(staff.get(HOME + "/setup").text)


def test_each_person_is_told_once_of_a_day(
    staff: CheckingClient, invited: Survey, session: Session
) -> None:
    press(staff, HOME + "/extend", **LATER)
    typed = {"count": "1", "until": "2015-08-31"}

    assert "1 message is on its way." in press(staff, HOME + "/extend/tell", **typed)

    (one,) = written(session)
    assert "31 August 2015" in one.text
    assert one.calendar is not None
    assert "20150831" in one.calendar
    told = select(func.count()).where(AuditEvent.action == "survey.extension_told")
    assert session.scalar(told) == 1
    again = staff.post(HOME + "/extend/tell", data=typed)
    assert again.status_code == 409
    assert "Nobody waits to be told." in words(again.text)
    assert len(written(session)) == 1
    assert extensions.to_tell(session, invited) == []
    invited.closes_on = dt.date(2015, 9, 30)
    assert len(extensions.to_tell(session, invited)) == 1


@pytest.mark.parametrize("typed", [{"count": "2"}, {"until": "2015-07-31"}, {}])
def test_only_what_was_shown_is_sent(
    typed: dict[str, str], staff: CheckingClient, invited: Survey, session: Session
) -> None:
    press(staff, HOME + "/extend", **LATER)
    as_shown = {"count": "1", "until": "2015-08-31"} if typed else {}

    response = staff.post(HOME + "/extend/tell", data={**as_shown, **typed})

    assert response.status_code == 409
    assert "Nobody has been written to" in words(response.text)
    assert written(session) == []


def test_who_has_submitted_left_or_was_never_invited_is_left_in_peace(
    session: Session, invited: Survey
) -> None:
    birch: Submission = submission_of(session, "Birch")
    part = session.scalars(select(Contributor).where(Contributor.submission_id == birch.id)).one()
    assert extensions.to_tell(session, invited) == [part]

    part.coordinator, part.left_at = False, NOON
    session.flush()
    assert extensions.to_tell(session, invited) == []
    part.left_at, part.invited_at = None, None
    session.flush()
    assert extensions.to_tell(session, invited) == []
