"""The record answered page by page: confirmed in one press, or gone through by sentence."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.interview import answering
from surveyapp.models import AuditEvent, Contributor, Interview, NoteRevision, Person, Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, somebody
from tests.surveyapp.interview.recorded import FRONT_DOOR, QUOTED, note_of, offered_call, staff


@pytest.fixture
def call(session: Session, birch: Submission) -> Interview:
    """A call whose record is offered to Cy Birch."""
    return offered_call(session, birch)


@pytest.fixture
def cy(session: Session, client: CheckingClient, call: Interview) -> Person:
    """The person interviewed, signed in."""
    person = somebody(session)
    client.sign_in(person)
    return person


def key(session: Session, call: Interview, words: str) -> str:
    sheet = answering.sheet(session, call)
    return next(one.key for one in sheet.every if one.text.startswith(words))


def seen(html: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', html)
    assert found
    return found[1]


def test_everything_is_confirmed_in_one_press(
    client: CheckingClient, session: Session, call: Interview, cy: Person
) -> None:
    page = client.get(f"/calls/{call.id}/record").text
    assert f"“{QUOTED}”" in page
    assert f"“{FRONT_DOOR[:10]}" not in page

    answer = client.post(f"/calls/{call.id}/confirm", data={"seen": seen(page)})

    assert answer.status_code == 303
    session.refresh(call)
    assert call.confirmed_at is not None
    assert all(note.is_confirmed for note in call.notes)
    assert "You confirmed this record" in client.get(f"/calls/{call.id}/record").text


def test_nothing_is_confirmed_that_was_not_shown(
    client: CheckingClient, session: Session, call: Interview, cy: Person
) -> None:
    page = client.get(f"/calls/{call.id}/record").text
    note = note_of(session, call, "front door")
    note.text, note.version = "We have two front doors.", 2
    session.commit()

    answer = client.post(f"/calls/{call.id}/confirm", data={"seen": seen(page)})

    assert answer.status_code == 409
    assert "two front doors" in answer.text
    session.refresh(call)
    assert call.confirmed_at is None
    assert not any(one.is_confirmed for one in call.notes)


def test_sentences_are_changed_and_taken_out_after_a_check(
    client: CheckingClient, session: Session, call: Interview, cy: Person
) -> None:
    change, out = key(session, call, "It took"), key(session, call, "The police")
    marks = {
        f"{change}:verdict": "corrected",
        f"{change}:instead": "It took three years.",
        f"{out}:verdict": "withdrawn",
        "send": "yes",
    }
    address = f"/calls/{call.id}"

    assert client.post(f"{address}/record", data=marks).location == f"{address}/check"
    check = client.get(f"{address}/check").text
    assert "It will say" in check
    assert "The police were slow to join." in check
    refused = client.post(f"{address}/check", data={"seen": seen(check)})
    assert refused.status_code == 422
    sent = client.post(f"{address}/check", data={"seen": seen(check), "rest": "right"})

    assert sent.status_code == 303
    note = note_of(session, call, "front door")
    assert note.text == "We have one front door. It took three years."
    assert (note.version, note.is_confirmed, note.author) == (2, True, cy)
    before = session.scalars(select(NoteRevision)).one()
    assert before.text == "We have one front door. It took two years."
    page = client.get(f"{address}/record").text
    assert "police" not in page
    assert "You confirmed this record" in page


def test_what_nobody_spoke_of_stays_unconfirmed(
    client: CheckingClient, session: Session, call: Interview, cy: Person
) -> None:
    right = key(session, call, "We would")
    client.post(f"/calls/{call.id}/record", data={f"{right}:verdict": "confirmed"})
    check = client.get(f"/calls/{call.id}/check").text

    client.post(f"/calls/{call.id}/check", data={"seen": seen(check), "rest": "open"})

    session.refresh(call)
    assert call.confirmed_at is None
    assert [note.is_confirmed for note in call.notes] == [False, True]
    assert "Some of it is not confirmed" in client.get(f"/calls/{call.id}/record").text


def test_marks_are_kept_and_words_changed_without_a_choice_count(
    client: CheckingClient, session: Session, call: Interview, cy: Person
) -> None:
    one, other = key(session, call, "It took"), key(session, call, "We would")
    marks = {f"{one}:instead": "It took\r\nan age.", f"{other}:instead": QUOTED, "later": "yes"}

    assert client.post(f"/calls/{call.id}/record", data=marks).status_code == 303

    sheet = answering.sheet(session, call)
    assert [(mark.text, mark.instead) for mark in sheet.changed] == [
        ("It took two years.", "It took\nan age.")
    ]
    assert call.confirmed_at is None
    page = client.get(f"/calls/{call.id}/record").text
    assert "You have marked 1 sentence" in page
    assert "confirm it all" not in page
    assert "It took\nan age.</textarea>" in client.get(f"/calls/{call.id}/record?by=sentences").text


def test_marks_are_kept_as_they_are_made(
    client: CheckingClient, session: Session, call: Interview, cy: Person
) -> None:
    out = key(session, call, "The police")

    said = client.post(f"/calls/{call.id}/record/typing", data={f"{out}:verdict": "withdrawn"})

    assert said.json == {"state": "saved"}
    assert [one.text for one in answering.sheet(session, call).withdrawn] == [
        "The police were slow to join."
    ]


def test_a_change_without_words_is_sent_back(
    client: CheckingClient, session: Session, call: Interview, cy: Person
) -> None:
    one = key(session, call, "It took")
    marks = {f"{one}:verdict": "corrected", f"{one}:instead": "  ", "send": "yes"}

    answer = client.post(f"/calls/{call.id}/record", data=marks)

    assert answer.status_code == 422
    assert "Enter what the sentence should say" in answer.text
    assert client.get(f"/calls/{call.id}/check").status_code == 302


def test_a_note_that_changed_meanwhile_is_asked_about_again(
    client: CheckingClient, session: Session, call: Interview, cy: Person
) -> None:
    one, other = key(session, call, "It took"), key(session, call, "We would")
    note = note_of(session, call, "front door")
    note.text, note.version = "We have two front doors.", 2
    session.commit()
    marks = {
        f"{one}:verdict": "corrected",
        f"{one}:instead": "It took ages.",
        f"{other}:verdict": "confirmed",
        "send": "yes",
    }

    answer = client.post(f"/calls/{call.id}/record", data=marks)

    assert answer.status_code == 409
    assert "Please mark it again" in answer.text
    assert "It took ages." in answer.text
    assert "It took ages." in client.get(f"/calls/{call.id}/record?by=sentences").text
    sheet = answering.sheet(session, call)
    assert [mark.text for mark in sheet.every if mark.verdict] == [QUOTED]


def test_nothing_is_sent_that_was_not_checked(
    client: CheckingClient, session: Session, call: Interview, cy: Person
) -> None:
    out = key(session, call, "The police")
    client.post(f"/calls/{call.id}/record", data={f"{out}:verdict": "withdrawn"})
    check = seen(client.get(f"/calls/{call.id}/check").text)
    more = key(session, call, "We have one")
    client.post(f"/calls/{call.id}/record", data={f"{more}:verdict": "withdrawn"})

    answer = client.post(f"/calls/{call.id}/check", data={"seen": check, "rest": "right"})

    assert answer.status_code == 409
    assert note_of(session, call, "front door").text == FRONT_DOOR


def test_words_may_be_taken_out_after_all(
    client: CheckingClient, session: Session, call: Interview, cy: Person
) -> None:
    page = client.get(f"/calls/{call.id}/record").text
    client.post(f"/calls/{call.id}/confirm", data={"seen": seen(page)})
    out = key(session, call, "The police")
    client.post(f"/calls/{call.id}/record", data={f"{out}:verdict": "withdrawn"})
    check = client.get(f"/calls/{call.id}/check").text

    client.post(f"/calls/{call.id}/check", data={"seen": seen(check)})

    note = note_of(session, call, "front door")
    assert note.text == "We have one front door. It took two years."
    session.refresh(call)
    assert note.is_confirmed
    assert call.confirmed_at is not None


def test_consent_is_changed_at_any_time(
    client: CheckingClient, session: Session, call: Interview, cy: Person
) -> None:
    address = f"/calls/{call.id}/consent"
    assert 'value="written" checked' in client.get(address).text
    refused = client.post(address, data={"use_level": "named"})
    assert refused.status_code == 422
    assert "Choose whether we may quote you" in refused.text
    assert 'value="named" checked' in refused.text
    assert client.post(address, data={"quotes": "no", "use_level": "?"}).status_code == 422

    client.post(address, data={"quotes": "no", "use_level": "unnamed"})

    session.refresh(call)
    assert (call.consent_notes, call.consent_quotes, call.use_level) == (True, False, "unnamed")
    client.post(address, data={"quotes": "yes", "use_level": "written"})
    session.refresh(call)
    assert (call.consent_quotes, call.use_level) == (True, None)


def test_what_is_missing_is_added_in_their_own_words(
    client: CheckingClient, session: Session, call: Interview, cy: Person
) -> None:
    assert client.get(f"/calls/{call.id}/add").status_code == 200
    assert client.post(f"/calls/{call.id}/add", data={"words": " "}).status_code == 422

    client.post(f"/calls/{call.id}/add", data={"words": "Schools pay half.\r\nSince May."})

    note = note_of(session, call, "Schools")
    assert (note.text, note.verbatim, note.author) == ("Schools pay half.\nSince May.", True, cy)
    assert note.is_confirmed
    assert "Written by Cy Birch" in client.get(f"/calls/{call.id}/record").text


def test_the_record_comes_in_word(client: CheckingClient, call: Interview, cy: Person) -> None:
    answer = client.get(f"/calls/{call.id}/record.docx")

    assert answer.data.startswith(b"PK")
    assert "interview-" in answer.headers["Content-Disposition"]


@pytest.mark.access
def test_the_coordinator_reads_and_answers_nothing(
    client: CheckingClient, session: Session, call: Interview, birch: Submission
) -> None:
    di = Person(name="Di Birch", email="di@birch.example")
    session.add(di)
    call.interviewee_id = di.id
    session.flush()
    call.interviewee_id = di.id
    session.commit()
    assert [one.person.name for one in birch.contributors if one.coordinator] == ["Cy Birch"]
    client.sign_in(somebody(session))

    page = client.get(f"/calls/{call.id}/record?by=sentences")

    assert page.status_code == 200
    assert "confirm it all" not in page.text
    assert "Take it out" not in page.text
    assert client.get(f"/calls/{call.id}/record.docx").status_code == 200
    for rest in ("record", "record/typing", "confirm", "check", "consent", "add"):
        assert client.post(f"/calls/{call.id}/{rest}").status_code == 403, rest
    for rest in ("check", "consent", "add"):
        assert client.get(f"/calls/{call.id}/{rest}").status_code == 403, rest


@pytest.mark.access
def test_nobody_else_reads_the_record(
    client: CheckingClient, session: Session, call: Interview, birch: Submission
) -> None:
    dee = Person(name="Dee Birch", email="dee@birch.example")
    session.add(dee)
    session.add(Contributor(submission=birch, person=dee, agreed_at=NOON))
    session.commit()
    others = [dee, somebody(session, "Ann Alder"), somebody(session, "Iris Notes"), staff(session)]
    session.commit()
    for person in others:
        client.sign_in(person)
        for rest in ("record", "record.docx", "check"):
            assert client.get(f"/calls/{call.id}/{rest}").status_code == 403, person.name


@pytest.mark.access
def test_nobody_of_the_authority_reads_it_before_it_is_offered(
    client: CheckingClient, session: Session, call: Interview, cy: Person
) -> None:
    call.offered_at = None
    session.commit()

    for rest in ("record", "record.docx", "check", "consent", "add"):
        assert client.get(f"/calls/{call.id}/{rest}").status_code == 403, rest
    assert client.post(f"/calls/{call.id}/confirm").status_code == 403


def test_the_trail_says_what_was_done_and_not_what_was_said(
    client: CheckingClient, session: Session, call: Interview, cy: Person
) -> None:
    out = key(session, call, "The police")
    client.post(f"/calls/{call.id}/record", data={f"{out}:verdict": "withdrawn"})
    check = client.get(f"/calls/{call.id}/check").text
    client.post(f"/calls/{call.id}/check", data={"seen": seen(check), "rest": "right"})

    events = {one.action: one.detail for one in session.scalars(select(AuditEvent))}
    assert events["words.withdrawn"]["sentences"] == 1
    assert events["record.answered"] == {"corrected": 0, "withdrawn": 1, "confirmed": 2}
    assert "police" not in str(events)
