"""Interviews listed in the order of what is next, and one of them with what has happened."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.config import Settings
from surveyapp.interview import arranging
from surveyapp.interview.listing import ORDER, Wanted, lines
from surveyapp.models import FollowUp, Interview, Person, Submission, Survey
from surveyapp.standing import LABELS
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, grow, queries, somebody, submission_of
from tests.surveyapp.coordinate.pressing import words
from tests.surveyapp.interview.appointed import CY, act, arranged, at, staff


@pytest.fixture
def iris(session: Session, birch: Submission) -> Person:
    """The interviewer."""
    return somebody(session, "Iris Notes")


def test_every_state_has_its_place_and_its_words() -> None:
    assert set(ORDER) == set(LABELS)


def test_what_cannot_wait_comes_first(
    session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    booked = arranged(session, birch, act(iris, settings), at(9))
    begun = arranged(session, birch, act(iris, settings), at(11))
    off = arranged(session, birch, act(iris, settings), at(13))
    arranging.cancel(session, off, "x", act(iris, settings))
    begun.started_at = NOON
    session.flush()

    shown = lines(session, Wanted(own=iris), NOON)

    assert [one.interview.id for one in shown if one.interview.submission is birch] == [
        begun.id,
        booked.id,
        off.id,
    ]
    assert [one.steps[0].words for one in shown if one.interview is begun] == ["Take notes"]


def test_a_record_that_nobody_answers_is_chased(
    session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    made = arranged(session, birch, act(iris, settings), at(9))
    made.held_on, made.offered_at, made.answer_by = NOON.date(), NOON, dt.date(2015, 7, 27)
    session.flush()

    def step(when: dt.datetime) -> str:
        (one,) = (one for one in lines(session, Wanted(), when) if one.interview is made)
        return one.steps[0].words

    assert step(NOON) == "See how the record fares"
    assert step(NOON + dt.timedelta(days=4)) == "Chase the record"


@pytest.mark.access
def test_an_interviewer_sees_their_own_and_a_consultant_all(
    client: CheckingClient,
    session: Session,
    birch: Submission,
    consultant: Person,
    settings: Settings,
) -> None:
    ola, types = staff(session, "Ola Asks"), staff(session, "Tia Types")
    made = arranged(session, birch, act(ola, settings), at(9), CY)
    made.note_taker = types
    session.commit()
    seen = {}
    for name in ("Iris Notes", "Ola Asks", "Tia Types", "Kay Runs"):
        client.sign_in(somebody(session, name))
        seen[name] = "with Cy Birch" in words(client.get("/interviews/").text)

    assert seen == {"Iris Notes": False, "Ola Asks": True, "Tia Types": True, "Kay Runs": True}
    client.sign_in(consultant)
    page = words(client.get(f"/interviews/?interviewer={ola.id}&survey=tiny-survey-2015").text)
    assert "with Cy Birch" in page
    assert "with Cy Birch" not in words(
        client.get(f"/interviews/?interviewer={consultant.id}").text
    )


def test_returns_without_an_interview_are_to_be_arranged(
    client: CheckingClient, session: Session, birch: Submission, consultant: Person
) -> None:
    birch.submitted_at, birch.submitted_by = NOON, somebody(session)
    session.commit()
    client.sign_in(consultant)

    page = client.get("/interviews/")

    address = f"/interviews/new/tiny-survey-2015?authority={birch.authority_code}"
    assert address in page.text
    assert "Arrange an interview: Birch" in words(page.text)


def test_the_list_asks_as_often_however_long_it_is(
    client: CheckingClient, session: Session, survey: Survey, consultant: Person, settings: Settings
) -> None:
    client.sign_in(consultant)
    asked = []
    grow(session, survey, 12)
    for numbers in (range(2), range(2, 12)):
        for one in numbers:
            where, day = submission_of(session, f"Elm {one}"), dt.date(2015, 9, 1)
            arranged(session, where, act(consultant, settings), at(one, day=day))
        session.commit()
        session.expire_all()
        with queries(session) as sent:
            assert client.get("/interviews/").status_code == 200
        asked.append(len(sent))

    assert asked[0] == asked[1]


def test_one_interview_says_who_when_where_and_what_happened(
    client: CheckingClient, session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    made = arranged(session, birch, act(iris, settings), at(14, 30))
    task = FollowUp(
        interview=made,
        text="Ask for the audit",
        due_on=dt.date(2015, 8, 9),
        made_by=iris,
        created_at=NOON,
    )
    session.add(task)
    session.commit()
    client.sign_in(iris)

    page = words(client.get(f"/interviews/{made.id}/").text)

    for said in (
        "Ella Else, Head of partnerships",
        "Monday 3 August 2015, 2:30pm, 45 minutes",
        "01632 960123",
        "Booked",
        "Not asked yet",
        "Ask for the audit, by 9 August 2015",
        "Iris Notes. Agreed the time",
    ):
        assert said in page


@pytest.mark.access
def test_another_interviewer_does_not_see_it(
    client: CheckingClient, session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    made = arranged(session, birch, act(iris, settings), at(9))
    session.commit()
    here = f"/interviews/{made.id}"

    client.sign_in(staff(session, "Ola Asks"))
    for page in ("/", "/time", "/people", "/cancel", "/interview.ics"):
        assert client.get(f"{here}{page}").status_code == 403
    for page in ("/time", "/people", "/cancel", "/offer-times"):
        assert client.post(f"{here}{page}").status_code == 403
    client.sign_in(somebody(session))
    assert client.get(f"{here}/").status_code == 403


def test_what_is_held_cannot_be_moved_from_its_page(
    client: CheckingClient, session: Session, survey: Survey, iris: Person
) -> None:
    held = session.scalars(select(Interview).where(Interview.held_on.is_not(None))).first()
    assert held is not None
    client.sign_in(iris)

    page = words(client.get(f"/interviews/{held.id}/").text)

    assert "Cancel the interview" not in page
    assert "Tidy the notes" in page
