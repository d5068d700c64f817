"""The pages on which an interview is arranged, moved, given to others and cancelled."""

import io

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.config import Settings
from surveyapp.interview import arranging
from surveyapp.interview.arranging import Time
from surveyapp.models import Contributor, Interview, InterviewSlot, Person, Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import somebody, submission_of
from tests.surveyapp.coordinate.pressing import press, words
from tests.surveyapp.interview.appointed import (
    CY,
    ELLA,
    PLACE,
    act,
    arranged,
    at,
    mails,
    offered,
    staff,
)

NEW = "/interviews/new/tiny-survey-2015?authority="
DAY = {"day-day": "3", "day-month": "8", "day-year": "2015", "time": "2:30pm", "minutes": "45"}
OTHER = {"who": "other", "name": ELLA.name, "role": ELLA.role, "email": ELLA.email}
AGREED = {"when": "agreed", "place": PLACE, **DAY}


@pytest.fixture
def iris(session: Session, birch: Submission, client: CheckingClient) -> Person:
    """The interviewer, signed in."""
    found = somebody(session, "Iris Notes")
    client.sign_in(found)
    return found


@pytest.fixture
def call(session: Session, birch: Submission, iris: Person, settings: Settings) -> Interview:
    """An interview that is booked."""
    made = arranged(session, birch, act(iris, settings), at(9))
    session.commit()
    return made


def new(birch: Submission) -> str:
    return NEW + birch.authority_code


def latest(session: Session, birch: Submission) -> Interview:
    session.expire_all()
    return session.scalars(
        select(Interview).where(Interview.submission == birch, Interview.held_on.is_(None))
    ).one()


def test_an_authority_is_chosen_first(client: CheckingClient, iris: Person) -> None:
    page = client.get("/interviews/new/tiny-survey-2015")

    assert "Cedar (not submitted yet)" in words(page.text)
    assert client.get("/interviews/new/nowhere").status_code == 404
    assert client.get(NEW + "X99").status_code == 404


def test_a_contributor_of_the_return_is_chosen(
    client: CheckingClient, session: Session, birch: Submission, iris: Person
) -> None:
    (cy, *_) = (
        one
        for one in session.scalars(select(Contributor).where(Contributor.submission == birch))
        if one.person.name == "Cy Birch"
    )

    page = press(client, new(birch), who=str(cy.id), note_taker="", **AGREED)

    assert "3 messages" not in page
    assert "2 messages are on their way" in page
    made = latest(session, birch)
    assert (made.interviewee, made.interviewer, made.starts_at) == (
        "Cy Birch",
        iris,
        at(14, 30),
    )


def test_another_person_becomes_known_to_us(
    client: CheckingClient, session: Session, birch: Submission, iris: Person
) -> None:
    press(client, new(birch), **OTHER, **AGREED)

    made = latest(session, birch)
    assert made.person is not None
    assert (made.person.email, made.person.staff_role) == (ELLA.email, None)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"who": ""}, "Select who is to be interviewed"),
        ({"name": " "}, "Enter the name of the person to be interviewed"),
        ({"role": ""}, "Enter their job title"),
        ({"email": "ella"}, "Enter an email address in the correct format"),
        ({"email": "iris@trees.example"}, "This is one of our staff"),
        ({"when": ""}, "Select how the time is found"),
        ({"time": "soon"}, "Enter a time of day"),
        ({"day-month": ""}, "must include a month"),
        ({"day-year": "2014"}, "must be in the future"),
        ({"minutes": "x"}, "Enter the minutes as a number up to 240"),
        ({"place": ""}, "Enter the telephone number to ring"),
        ({"place": "x" * 301}, "300 characters or fewer"),
        ({"name": "x" * 201}, "200 characters or fewer"),
        ({"note_taker": "x"}, "Select somebody of the list"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    typed: dict[str, str],
    said: str,
    client: CheckingClient,
    session: Session,
    birch: Submission,
    iris: Person,
) -> None:
    given = {**OTHER, **AGREED, **typed}

    page = client.post(new(birch), data=given)

    assert page.status_code == 422
    assert said in words(page.text)
    for name in ("role", "time", "day-day"):
        assert f'value="{given[name]}"' in page.text or not given[name].strip()
    assert session.scalars(select(Interview).where(Interview.submission == birch)).all() == []


def test_who_is_busy_is_named_and_what_was_typed_stays(
    client: CheckingClient, session: Session, birch: Submission, call: Interview
) -> None:
    typed = {**OTHER, **AGREED, "time": "9:15am"}

    page = client.post(NEW + submission_of(session, "Alder").authority_code, data=typed)

    assert page.status_code == 409
    assert "Iris Notes has another interview then, on Monday 3 August 2015, 9:00am" in page.text
    assert 'value="9:15am"' in page.text


def test_nobody_can_choose_where_no_time_is_offered(
    client: CheckingClient, session: Session, birch: Submission, iris: Person
) -> None:
    typed = {**OTHER, **AGREED, "when": "choose"}
    page = client.post(new(birch), data=typed)
    assert page.status_code == 409
    assert "Iris Notes offers no time that is free" in words(page.text)

    offered(session, birch, iris, 9)
    session.commit()
    assert "1 message is on its way" in press(client, new(birch), **typed)
    assert len(mails(session, "interview_times")) == 1


@pytest.mark.access
def test_an_interviewer_arranges_only_their_own(
    client: CheckingClient, session: Session, birch: Submission, iris: Person
) -> None:
    ola = staff(session, "Ola Asks")
    session.commit()

    press(client, new(birch), **OTHER, **AGREED, interviewer=str(ola.id))

    assert latest(session, birch).interviewer is iris


def test_a_consultant_chooses_who_asks(
    client: CheckingClient, session: Session, birch: Submission, iris: Person
) -> None:
    client.sign_in(staff(session, "Kay Runs", "consultant"))
    session.commit()
    refused = client.post(new(birch), data={**OTHER, **AGREED})
    assert "Select who holds the interview" in words(refused.text)
    both = {"interviewer": str(iris.id), "note_taker": str(iris.id)}
    assert "other than the interviewer" in words(
        client.post(new(birch), data={**OTHER, **AGREED, **both}).text
    )

    press(client, new(birch), **OTHER, **AGREED, interviewer=str(iris.id))

    assert latest(session, birch).interviewer is iris


def test_a_time_is_moved(client: CheckingClient, session: Session, call: Interview) -> None:
    page = press(client, f"/interviews/{call.id}/time", **DAY, place=PLACE)

    assert "The interview is on Monday 3 August 2015, 2:30pm. 2 messages are on their way" in page
    assert call.starts_at == at(14, 30)


def test_what_a_colleague_changed_meanwhile_is_shown_and_what_was_typed_stays(
    client: CheckingClient, session: Session, call: Interview, iris: Person, settings: Settings
) -> None:
    seen = call.calendar_sequence
    arranging.set_time(session, call, Time(at(16), 45, PLACE), act(iris, settings))
    session.commit()

    page = client.post(f"/interviews/{call.id}/time", data={**DAY, "place": PLACE, "seen": seen})

    assert page.status_code == 409
    assert "Somebody else has changed this interview" in words(page.text)
    assert "now on Monday 3 August 2015, 4:00pm" in words(page.text)
    assert 'value="2:30pm"' in page.text
    assert call.starts_at == at(16)


def test_their_calendar_file_is_put_in_the_form_and_not_saved(
    client: CheckingClient, session: Session, call: Interview
) -> None:
    file = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        "DTSTART;TZID=GMT Standard Time:20150804T100000\r\nDURATION:PT1H\r\n"
        "LOCATION:https://meet.example/birch\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    sent = {"file": (io.BytesIO(file.encode()), "theirs.ics"), "read": "yes", "seen": "1"}

    page = client.post(f"/interviews/{call.id}/time", data=sent)

    assert page.status_code == 200
    assert "Nothing is saved yet" in words(page.text)
    for shown in ("4", "10:00am", "60", "https://meet.example/birch"):
        assert f'value="{shown}"' in page.text
    assert call.starts_at == at(9)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "Choose the calendar file"),
        (b"PK", "This is not a calendar file"),
        (b"BEGIN:VCALENDAR" + b"x" * 250_000, "The calendar file is too large"),
    ],
)
def test_what_is_no_calendar_file_is_not_read(
    content: bytes | None, said: str, client: CheckingClient, call: Interview
) -> None:
    sent: dict[str, object] = {"read": "yes", **DAY, "place": PLACE}
    if content is not None:
        sent["file"] = (io.BytesIO(content), "theirs.ics")

    page = client.post(f"/interviews/{call.id}/time", data=sent)

    assert page.status_code == 422
    assert said in words(page.text)
    assert 'value="2:30pm"' in page.text


def test_an_interview_is_given_to_another(
    client: CheckingClient, session: Session, call: Interview, iris: Person
) -> None:
    ola, kay = staff(session, "Ola Asks"), staff(session, "Kay Runs", "consultant")
    session.commit()
    here = f"/interviews/{call.id}/people"

    press(client, here, interviewer=str(ola.id), note_taker=str(ola.id))
    assert (call.interviewer, call.note_taker) == (iris, ola)

    client.sign_in(kay)
    page = press(client, here, interviewer=str(ola.id), note_taker="")
    assert (call.interviewer, call.note_taker) == (ola, None)
    assert "Ola Asks holds the interview" in page


def test_it_is_cancelled_with_a_reason(
    client: CheckingClient, session: Session, call: Interview
) -> None:
    here = f"/interviews/{call.id}/cancel"
    assert "Enter why the interview is cancelled" in words(client.post(here).text)
    assert client.post(here, data={"reason": "x" * 2001}).status_code == 422

    page = press(client, here, reason="Ella has left.")

    assert "The interview is cancelled. 2 messages are on their way." in page
    assert "Ella has left." in page
    again = client.post(here, data={"reason": "Once more"})
    assert again.status_code == 409
    assert "Once more" in words(again.text)
    assert client.post(f"/interviews/{call.id}/time", data={**DAY, "place": "1"}).status_code == 409
    assert client.post(f"/interviews/{call.id}/people").status_code == 409
    assert client.post(f"/interviews/{call.id}/offer-times").status_code == 409
    assert client.get(f"/interviews/{call.id}/interview.ics").status_code == 404


def test_a_link_to_choose_a_time_is_sent_again(
    client: CheckingClient, session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    (slot,) = offered(session, birch, iris, 9)
    made = arranged(session, birch, act(iris, settings))
    session.commit()

    assert "1 message is on its way" in press(client, f"/interviews/{made.id}/offer-times")

    press(client, f"/interviews/slots/{slot.id}/withdraw")
    page = client.post(f"/interviews/{made.id}/offer-times")
    assert page.status_code == 409
    assert "Iris Notes offers no time that is free" in words(page.text)


def test_the_calendar_file_is_handed_over(client: CheckingClient, call: Interview) -> None:
    file = client.get(f"/interviews/{call.id}/interview.ics")

    assert file.mimetype == "text/calendar"
    assert f"UID:interview-{call.id}" in file.text.replace("\r\n ", "")


def test_times_are_offered_shown_and_withdrawn(
    client: CheckingClient, session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    here = "/interviews/slots/tiny-survey-2015"
    wrong = client.post(here, data={**DAY, "until": "1pm", "gap": "x"})
    assert wrong.status_code == 422
    assert 'value="1pm"' in wrong.text

    page = press(client, here, **{**DAY, "time": "9am", "until": "12pm", "gap": "15"})
    assert "3 times are offered." in page
    assert "3 times were left out: they overlap." in press(
        client, here, **{**DAY, "time": "9am", "until": "12pm", "gap": "15"}
    )
    first, *_ = session.scalars(select(InterviewSlot).order_by(InterviewSlot.starts_at))
    made = arranged(session, birch, act(iris, settings), who=CY)
    arranging.book(session, made, first.id, PLACE, act(iris, settings))
    session.commit()

    assert "Birch" in words(client.get(here).text)
    page = press(client, f"/interviews/slots/{first.id}/withdraw")
    assert "Somebody has booked that time, so it stays." in page


@pytest.mark.access
def test_times_of_others_are_theirs(
    client: CheckingClient, session: Session, birch: Submission, iris: Person
) -> None:
    ola = staff(session, "Ola Asks")
    (slot,) = offered(session, birch, ola, 9)
    session.commit()
    theirs = f"/interviews/slots/tiny-survey-2015?interviewer={ola.id}"

    assert "Times you offer" in words(client.get(theirs).text)
    assert client.post(f"/interviews/slots/{slot.id}/withdraw").status_code == 403

    client.sign_in(staff(session, "Kay Runs", "consultant"))
    assert "Times that Ola Asks offers" in words(client.get(theirs).text)
    assert "The time is withdrawn." in press(client, f"/interviews/slots/{slot.id}/withdraw")
