"""Before a survey is open most is to do, and the pages say what and where."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Contributor, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import submission_of
from tests.surveyapp.coordinate.pressing import press, words

HOME = "/staff/tiny-survey-2015"


@pytest.fixture
def unopened(session: Session, survey: Survey) -> Survey:
    """A survey that nobody has opened yet."""
    survey.opened_at = None
    session.commit()
    return survey


def test_the_tracker_asks_to_open_the_survey_and_to_find_people(
    staff: CheckingClient, unopened: Survey
) -> None:
    page = staff.get(HOME + "/").text

    said = words(page)
    assert "The survey is not open yet: nobody can write. Open the survey" in said
    assert "Nothing waits for you" not in said
    assert "We have no contact here. Bring in a contact." in said
    assert f'href="{HOME}/people/bring-in"' in page


def test_a_return_without_a_coordinator_asks_for_one(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    birch = submission_of(session, "Birch")
    session.scalars(
        select(Contributor).where(Contributor.submission_id == birch.id)
    ).one().coordinator = False
    session.commit()

    assert "Nobody can submit for them. Add a coordinator." in words(staff.get(HOME + "/").text)


def test_a_closed_survey_says_what_was_not_returned(staff: CheckingClient, survey: Survey) -> None:
    press(staff, HOME + "/close")

    page = staff.get(HOME + "/").text

    assert "Closed: partial, 3 sections unfinished." in words(page)
    assert "Closed: not returned." in words(page)
    assert f'href="{HOME}/setup"' in page


def test_an_invitation_before_opening_comes_with_a_warning(
    staff: CheckingClient, unopened: Survey, session: Session
) -> None:
    warning = "They can read the questions and cannot answer until you open it."
    for one in session.scalars(select(Contributor)):
        one.invited_at = None
    session.commit()

    assert warning in words(staff.get(HOME + "/people/invite").text)
    press(staff, HOME + "/open")
    assert warning not in words(staff.get(HOME + "/people/invite").text)
