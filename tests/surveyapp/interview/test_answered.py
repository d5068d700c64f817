"""Whoever rang hears that the record came back, and how many sentences, and no words of it."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Interview, Mail, Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import somebody
from tests.surveyapp.interview.recorded import offered_call, staff
from tests.surveyapp.interview.test_answering_routes import key, seen

pytestmark = pytest.mark.mail


@pytest.fixture
def call(client: CheckingClient, session: Session, birch: Submission) -> Interview:
    """A call whose record is offered to Cy Birch, who is signed in; Tia took the notes."""
    found = offered_call(session, birch)
    found.note_taker = staff(session, "interviewer", "Tia Types")
    session.commit()
    client.sign_in(somebody(session))
    return found


def written(session: Session) -> Sequence[Mail]:
    found = select(Mail).where(Mail.kind == "record_answered").order_by(Mail.to_address)
    return session.scalars(found).all()


def confirm(client: CheckingClient, call: Interview, presses: int = 1) -> None:
    shown = {"seen": seen(client.get(f"/calls/{call.id}/record").text)}
    for _ in range(presses):
        assert client.post(f"/calls/{call.id}/confirm", data=shown).status_code == 303


def test_interviewer_and_note_taker_hear_of_a_confirmed_record_once(
    client: CheckingClient, session: Session, call: Interview
) -> None:
    confirm(client, call, presses=2)

    mails = written(session)
    assert {one.person_id for one in mails} == {call.interviewer_id, call.note_taker_id}
    assert len(mails) == 2
    assert "0 sentences are changed, 0 are taken out, and 4 are confirmed." in mails[0].text
    assert "The whole record is confirmed now." in mails[0].text
    assert f"/interviews/{call.id}/record\n" in mails[0].text


@pytest.mark.parametrize(("rest", "confirmed"), [("right", "2 are"), ("open", "0 are")])
def test_the_mail_counts_what_was_changed_and_holds_no_words(
    client: CheckingClient, session: Session, call: Interview, rest: str, confirmed: str
) -> None:
    change, out = key(session, call, "It took"), key(session, call, "The police")
    marks = {f"{change}:verdict": "corrected", f"{change}:instead": "It took three years."}
    client.post(f"/calls/{call.id}/record", data=marks | {f"{out}:verdict": "withdrawn"})
    check = client.get(f"/calls/{call.id}/check").text

    client.post(f"/calls/{call.id}/check", data={"seen": seen(check), "rest": rest})

    mail = written(session)[0]
    assert f"1 sentence is changed, 1 is taken out, and {confirmed} confirmed." in mail.text
    said = mail.subject + mail.text + mail.html
    assert not [words for words in ("police", "three years", "front door") if words in said]


def test_whoever_asks_and_takes_notes_is_written_to_once(
    client: CheckingClient, session: Session, call: Interview
) -> None:
    call.note_taker = call.interviewer
    session.commit()

    confirm(client, call)

    assert [one.person_id for one in written(session)] == [call.interviewer_id]
