"""The record as staff see it: offered by mail, reminded of, and noted as unanswered."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp.interview import offering
from surveyapp.models import AuditEvent, Interview, Link, Mail, Person, Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import somebody
from tests.surveyapp.interview.recorded import QUOTED, held_call, note_of, offered_call, staff

LATER = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=20)
DAYS = {"answer-day": LATER.day, "answer-month": LATER.month, "answer-year": LATER.year}


@pytest.fixture
def call(session: Session, birch: Submission) -> Interview:
    """A call that is over."""
    return held_call(session, birch)


@pytest.fixture
def iris(session: Session, client: CheckingClient, call: Interview) -> Person:
    """The interviewer, signed in."""
    session.commit()
    client.sign_in(call.interviewer)
    return call.interviewer


def offer(client: CheckingClient, call: Interview, **typed: object) -> TestResponse:
    data = {"email": "cy@birch.example", **DAYS, **typed}
    return client.post(f"/interviews/{call.id}/offer", data=data)


def mails(session: Session, kind: str) -> list[Mail]:
    return list(session.scalars(select(Mail).where(Mail.kind == kind).order_by(Mail.created_at)))


def test_the_record_is_shown_as_it_will_be_read(
    client: CheckingClient, session: Session, call: Interview, iris: Person
) -> None:
    note_of(session, call, "front door").text = "We have two front doors."
    session.commit()

    page = client.get(f"/interviews/{call.id}/record").text

    assert f"“{QUOTED}”" in page
    assert "We have two front doors." in page
    assert "“We have two" not in page
    assert "1 note is as first typed" in page
    assert "Nobody of the authority can see the record" in page


def test_the_record_is_offered_to_an_address(
    client: CheckingClient, session: Session, call: Interview, iris: Person
) -> None:
    answer = offer(client, call, email=" Cyan@Birch.example ")

    assert answer.status_code == 303
    session.refresh(call)
    assert call.offered_at is not None
    assert call.answer_by == LATER
    assert call.person is not None
    assert call.person.email == "cyan@birch.example"
    letter = mails(session, "record_offered")[0]
    assert letter.to_address == "cyan@birch.example"
    assert "/link/" in letter.text
    assert "front door" not in letter.text + letter.html
    link = session.scalars(select(Link).where(Link.interview_id == call.id)).one()
    assert link.person_id == call.interviewee_id
    page = client.get(f"/interviews/{call.id}/record").text
    assert "Offer the record again" in page
    assert "cyan@birch.example" in page


def test_the_link_of_the_mail_leads_to_the_record(
    client: CheckingClient, session: Session, call: Interview, iris: Person
) -> None:
    offer(client, call, email="cyan@birch.example")
    text = mails(session, "record_offered")[0].text
    address = next(line for line in text.splitlines() if "/link/" in line)
    path = "/link/" + address.partition("/link/")[2]
    client.sign_out()

    client.get(path)
    there = client.post(path)

    assert there.location.startswith(f"/calls/{call.id}/")
    assert client.get(f"/calls/{call.id}/record").status_code == 200


def test_a_missing_address_and_a_day_that_has_passed_are_refused(
    client: CheckingClient, session: Session, call: Interview, iris: Person
) -> None:
    answer = offer(client, call, **{"email": "", "answer-year": "2015"})

    assert answer.status_code == 422
    assert "Enter the email address" in answer.text
    assert "must be in the future" in answer.text
    assert 'value="2015"' in answer.text
    assert offer(client, call, **{"answer-month": "13"}).status_code == 422
    session.refresh(call)
    assert call.offered_at is None


def test_staff_are_not_the_person_interviewed(
    client: CheckingClient, session: Session, call: Interview, iris: Person
) -> None:
    answer = offer(client, call, email=iris.email)

    assert answer.status_code == 422
    assert "is a member of staff" in answer.text


def test_a_record_is_not_offered_before_the_call_is_over(
    client: CheckingClient, session: Session, call: Interview, iris: Person
) -> None:
    call.ended_at = None
    session.commit()

    answer = offer(client, call)

    assert answer.status_code == 409
    assert "once the call is over" in answer.text
    assert mails(session, "record_offered") == []


def test_whoever_it_went_to_by_mistake_has_no_part_in_it(
    client: CheckingClient, session: Session, call: Interview, iris: Person
) -> None:
    offer(client, call, email="wrong@birch.example")
    offer(client, call, email="right@birch.example")

    links = session.scalars(select(Link).order_by(Link.created_at)).all()
    assert [one.revoked_at is None for one in links] == [False, True]
    wrong = session.scalars(select(Person).where(Person.email == "wrong@birch.example")).one()
    client.sign_in(wrong)
    assert client.get(f"/calls/{call.id}/record").status_code == 403


def test_a_reminder_is_sent_by_a_press_and_a_second_press_is_the_first(
    client: CheckingClient, session: Session, call: Interview, iris: Person
) -> None:
    assert client.post(f"/interviews/{call.id}/record/remind").status_code == 409
    offer(client, call)

    for _ in range(2):
        assert client.post(f"/interviews/{call.id}/record/remind").status_code == 303

    assert len(mails(session, "record_reminder")) == 1


def test_silence_confirms_nothing(
    client: CheckingClient, session: Session, call: Interview, iris: Person
) -> None:
    offer(client, call)
    assert client.post(f"/interviews/{call.id}/record/unanswered").status_code == 409
    call.answer_by = dt.date(2015, 8, 1)
    session.commit()

    assert client.post(f"/interviews/{call.id}/record/unanswered").status_code == 303

    session.refresh(call)
    assert call.unanswered_at is not None
    assert call.confirmed_at is None
    assert not any(note.is_confirmed for note in call.notes)
    assert "Nobody answered" in client.get(f"/interviews/{call.id}/record").text
    offer(client, call)
    session.refresh(call)
    assert call.unanswered_at is None


def test_offered_again_only_what_changed_is_unconfirmed(
    client: CheckingClient, session: Session, call: Interview, iris: Person
) -> None:
    for note in call.notes:
        note.confirmed_version = note.version
    note = note_of(session, call, "front door")
    note.text, note.version = "Two doors.", 2
    call.confirmed_at = call.ended_at
    session.commit()

    offer(client, call)

    session.refresh(call)
    assert call.confirmed_at is None
    assert "1 of 2 notes" in client.get(f"/interviews/{call.id}/record").text
    session.expire_all()
    assert [one.is_confirmed for one in call.notes] == [False, True]


def test_the_trail_says_that_it_was_offered(
    client: CheckingClient, session: Session, call: Interview, iris: Person
) -> None:
    offer(client, call)

    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "record.offered")).one()
    assert event.detail["notes"] == 2
    assert event.submission_id == call.submission_id


def test_the_record_comes_in_word(client: CheckingClient, call: Interview, iris: Person) -> None:
    assert client.get(f"/interviews/{call.id}/record.docx").data.startswith(b"PK")


@pytest.mark.access
def test_another_interviewer_and_the_authority_are_refused(
    client: CheckingClient, session: Session, birch: Submission
) -> None:
    call = offered_call(session, birch)
    others = [staff(session, "interviewer", "Ivo Else"), somebody(session)]
    session.commit()
    for person in others:
        client.sign_in(person)
        assert client.get(f"/interviews/{call.id}/record").status_code == 403
        assert client.get(f"/interviews/{call.id}/record.docx").status_code == 403
        for rest in ("offer", "record/remind", "record/unanswered"):
            assert client.post(f"/interviews/{call.id}/{rest}").status_code == 403
    client.sign_in(staff(session))
    assert client.get(f"/interviews/{call.id}/record").status_code == 200


def test_ten_working_days() -> None:
    friday = dt.datetime(2015, 8, 21, 12, tzinfo=dt.UTC)

    assert offering.usual_last_day(friday) == dt.date(2015, 9, 7)
