"""The page of one return: its state, people, sections, mail and trail, and the ways on from it."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Reopening, Submission, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, grow, queries, somebody, submission_of
from tests.surveyapp.coordinate.pressing import words

HOME = "/staff/tiny-survey-2015"


@pytest.mark.parametrize("authority", ["Alder", "Birch", "Cedar"])
def test_every_return_has_its_page(
    authority: str, staff: CheckingClient, survey: Survey, session: Session
) -> None:
    one = submission_of(session, authority)
    assert f"{HOME}/returns/{one.id}/" in staff.get(f"{HOME}/").text

    page = staff.get(f"{HOME}/returns/{one.id}/")

    assert page.status_code == 200
    assert authority in words(page.text)
    assert f"/r/{one.id}/check" in page.text


def test_it_says_how_far_the_return_is_and_what_to_do(
    staff: CheckingClient, survey: Survey, session: Session, birch: Submission
) -> None:
    page = words(staff.get(f"{HOME}/returns/{birch.id}/").text)

    for said in ("In progress", "Cy Birch", "2 of 4", "0 of 3 finished", "Nobody"):
        assert said in page
    nobody = words(staff.get(f"{HOME}/returns/{submission_of(session, 'Cedar').id}/").text)
    assert "We have no contact here. Bring in a contact." in nobody


def test_a_submitted_return_can_be_opened_again_from_it(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    alder = submission_of(session, "Alder")
    session.add(
        Reopening(
            submission=alder,
            reopened_by=somebody(session),
            reason="One figure was missing.",
            at=NOON,
            answers_before={},
        )
    )
    session.commit()

    page = staff.get(f"{HOME}/returns/{alder.id}/").text

    assert f"{HOME}/returns/{alder.id}/reopen" in page
    assert "One figure was missing." in words(page)


def test_reminders_are_paused_on_it(
    staff: CheckingClient, survey: Survey, session: Session, birch: Submission
) -> None:
    home = f"{HOME}/returns/{birch.id}/"

    paused = staff.post(home + "reminders", data={"pause": "yes", "back": "return"})

    assert paused.headers["Location"] == home
    assert "Send reminders again" in words(staff.get(home).text)


@pytest.mark.queries
def test_it_asks_as_often_for_more(staff: CheckingClient, survey: Survey, session: Session) -> None:
    def count() -> int:
        session.expunge_all()
        with queries(session) as sent:
            assert staff.get(address).status_code == 200
        return len(sent)

    address, survey_id = f"{HOME}/returns/{submission_of(session, 'Birch').id}/", survey.id
    few = count()
    grow(session, session.get_one(Survey, survey_id), 16)
    session.commit()

    assert count() == few


def test_a_return_of_another_survey_is_not_here(staff: CheckingClient, survey: Survey) -> None:
    missing = "00000000-0000-0000-0000-000000000000"
    assert staff.get(f"{HOME}/returns/{missing}/").status_code == 404
