"""The person interviewed comes by a link of their own, chooses a time, and changes it."""

import datetime as dt
import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import links
from surveyapp.config import Settings
from surveyapp.interview import slots
from surveyapp.models import Contributor, Interview, InterviewSlot, Link, Mail, Person, Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, somebody, submission_of
from tests.surveyapp.coordinate.pressing import press, words
from tests.surveyapp.interview.appointed import ELLA, PLACE, act, arranged, at, mails, offered


@pytest.fixture
def iris(session: Session, birch: Submission) -> Person:
    """The interviewer."""
    return somebody(session, "Iris Notes")


@pytest.fixture
def times(session: Session, birch: Submission, iris: Person) -> list[InterviewSlot]:
    """Two times that are free."""
    return offered(session, birch, iris, 9, 14)


@pytest.fixture
def call(
    session: Session,
    birch: Submission,
    iris: Person,
    times: list[InterviewSlot],
    settings: Settings,
) -> Interview:
    """An interview of somebody who is no contributor, for which a time is to be chosen."""
    # Now, so that the link in the mail works.
    made = arranged(session, birch, act(iris, settings, dt.datetime.now(dt.UTC)))
    session.commit()
    return made


@pytest.fixture
def ella(session: Session, call: Interview, client: CheckingClient) -> Person:
    """The person interviewed, signed in."""
    assert call.person is not None
    client.sign_in(call.person)
    return call.person


def link_in(mail: Mail) -> str:
    found = re.search(r"/link/[\w-]+", mail.text)
    assert found is not None
    return found[0]


def test_the_link_in_the_mail_leads_to_the_interview(
    client: CheckingClient, session: Session, call: Interview
) -> None:
    address = link_in(mails(session, "interview_times")[0])

    assert "your telephone interview about Birch" in words(client.get(address).text)
    kept = session.scalars(select(Link).where(Link.interview_id == call.id)).one()
    assert kept.first_used_at is None

    response = client.post(address)

    assert response.headers["Location"] == f"/calls/{call.id}/"
    assert kept.first_used_at is not None
    assert mails(session, "interview_times")[0].opened_at is not None
    assert "Which time suits you?" in words(client.get(f"/calls/{call.id}/").text)


def test_a_link_to_an_interview_opens_no_return(
    session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    cy = somebody(session)
    parts = session.scalars(select(Contributor).where(Contributor.person_id == cy.id)).all()
    for part in parts:
        part.opened_at = None
    made = arranged(session, birch, act(iris, settings), at(9))
    found = links.find(session, links.invite_to_interview(session, cy, made, NOON), NOON)
    assert found is not None

    links.claim(session, found, NOON)
    session.expire_all()

    assert [part.opened_at for part in parts] == [None] * len(parts)
    assert links.about(found) is birch


def test_who_asks_for_a_new_link_finds_their_interview(
    client: CheckingClient, session: Session, call: Interview
) -> None:
    client.post("/account/sign-in", data={"email": ELLA.email})
    (mail,) = mails(session, "new_link")

    response = client.post(link_in(mail))
    page = client.get(response.headers["Location"])

    assert f"/calls/{call.id}/" in page.text
    assert "Birch: telephone interview for Tiny survey 2015" in words(page.text)
    assert "Nobody has asked you" not in words(page.text)


def test_a_time_is_booked(
    client: CheckingClient,
    session: Session,
    call: Interview,
    ella: Person,
    times: list[InterviewSlot],
) -> None:
    page = press(client, f"/calls/{call.id}/book", slot=str(times[1].id), place="01632 960999")

    assert "Iris Notes rings you on Monday 3 August 2015, 2:00pm." in page
    assert (call.starts_at, call.place) == (at(14), "01632 960999")
    assert client.get(f"/calls/{call.id}/interview.ics").mimetype == "text/calendar"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"place": PLACE}, "Choose a time"),
        ({"place": PLACE, "slot": "x"}, "Choose a time"),
        ({"slot": "time", "place": ""}, "Enter the telephone number to ring"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    typed: dict[str, str],
    said: str,
    client: CheckingClient,
    call: Interview,
    ella: Person,
    times: list[InterviewSlot],
) -> None:
    given = {name: str(times[1].id) if value == "time" else value for name, value in typed.items()}

    page = client.post(f"/calls/{call.id}/book", data=given)

    assert page.status_code == 422
    assert said in words(page.text)
    assert f'value="{given["place"]}"' in page.text or not given["place"]
    if "time" in typed.values():
        assert re.search(rf'value="{times[1].id}" checked', page.text)


def test_who_comes_second_is_told_and_sees_what_is_left(
    client: CheckingClient,
    session: Session,
    call: Interview,
    ella: Person,
    times: list[InterviewSlot],
    iris: Person,
    settings: Settings,
) -> None:
    other = arranged(session, submission_of(session, "Alder"), act(iris, settings))
    slots.take(session, other, times[0].id, NOON)
    session.commit()

    page = client.post(
        f"/calls/{call.id}/book", data={"slot": str(times[0].id), "place": "01632 960999"}
    )

    assert page.status_code == 409
    assert "Somebody else has just taken that time" in words(page.text)
    assert str(times[1].id) in page.text
    assert str(times[0].id) not in page.text
    assert 'value="01632 960999"' in page.text
    assert call.starts_at is None


def test_the_time_the_number_or_both_are_changed(
    client: CheckingClient,
    session: Session,
    call: Interview,
    ella: Person,
    times: list[InterviewSlot],
) -> None:
    here = f"/calls/{call.id}"
    press(client, f"{here}/book", slot=str(times[0].id), place=PLACE)

    page = client.get(f"{here}/change")
    assert "Keep Monday 3 August 2015, 9:00am" in words(page.text)
    press(client, f"{here}/book", slot="keep", place="01632 960999")
    assert (call.starts_at, call.place) == (at(9), "01632 960999")

    press(client, f"{here}/book", slot=str(times[1].id), place="01632 960999")
    assert call.starts_at == at(14)
    nothing = client.post(f"{here}/book", data={"slot": "", "place": ""})
    assert nothing.status_code == 422
    assert "Change your interview" in words(nothing.text)


def test_who_has_no_time_has_none_to_keep(
    client: CheckingClient, call: Interview, ella: Person
) -> None:
    page = client.post(f"/calls/{call.id}/book", data={"slot": "keep", "place": PLACE})

    assert page.status_code == 409
    assert client.get(f"/calls/{call.id}/change").status_code == 302


def test_a_time_is_given_back(
    client: CheckingClient,
    session: Session,
    call: Interview,
    ella: Person,
    times: list[InterviewSlot],
) -> None:
    here = f"/calls/{call.id}"
    press(client, f"{here}/book", slot=str(times[0].id), place=PLACE)

    page = press(client, f"{here}/change")

    assert "You have given the time back. Iris Notes has been told." in page
    assert call.starts_at is None
    assert "Which time suits you?" in page


@pytest.mark.parametrize(
    ("reached", "said"),
    [
        ("cancelled_at", "This interview has been cancelled"),
        ("started_at", "The interview is being held"),
        ("ended_at", "Iris Notes is writing the record"),
        ("offered_at", "The record of what was said is ready"),
        ("confirmed_at", "The record of what was said is agreed"),
    ],
)
def test_what_stands_is_said_in_plain_words(
    reached: str,
    said: str,
    client: CheckingClient,
    session: Session,
    call: Interview,
    ella: Person,
    times: list[InterviewSlot],
) -> None:
    setattr(call, reached, NOON)
    session.commit()
    here = f"/calls/{call.id}"

    assert said in words(client.get(f"{here}/").text)
    assert (
        client.post(f"{here}/book", data={"slot": str(times[0].id), "place": PLACE}).status_code
        == 409
    )
    assert client.post(f"{here}/change").status_code == 409
    assert call.starts_at is None


@pytest.mark.access
def test_a_coordinator_reads_and_nobody_else_does(
    client: CheckingClient,
    session: Session,
    call: Interview,
    times: list[InterviewSlot],
    iris: Person,
) -> None:
    here, typed = f"/calls/{call.id}", {"slot": str(times[0].id), "place": PLACE}
    client.sign_in(somebody(session))  # Birch's coordinator
    page = words(client.get(f"{here}/").text)
    assert "Ella Else is interviewed for your authority" in page
    assert "Which time suits you?" not in page
    assert client.get(f"{here}/change").status_code == 403
    for address in ("book", "change"):
        assert client.post(f"{here}/{address}", data=typed).status_code == 403

    for stranger in (somebody(session, "Bob Alder"), iris):
        client.sign_in(stranger)
        for address in ("", "change", "interview.ics"):
            assert client.get(f"{here}/{address}").status_code == 403
        assert client.post(f"{here}/book", data=typed).status_code == 403
    client.sign_out()
    assert client.get(f"{here}/").status_code == 401
    assert call.starts_at is None
