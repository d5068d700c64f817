"""The second coder is written to when a sample is theirs, in the transaction that draws it."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Mail, Person, Sample, Survey
from tests.surveyapp.agreement.two_coders import code_all, iris, speak
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON

ROOM = "/agreement/tiny-survey-2015"
pytestmark = pytest.mark.mail


@pytest.fixture
def ready(
    session: Session, survey: Survey, client: CheckingClient, consultant: Person
) -> dict[str, str]:
    """What is chosen on the form: two authorities for Iris."""
    survey.is_example = False
    speak(session, survey, 3)
    session.commit()
    client.sign_in(consultant)
    return {"coder": iris(session).id.hex, "amount": "2", "seed": "1"}


def letters(session: Session) -> list[Mail]:
    session.expire_all()
    wanted = select(Mail).where(Mail.kind == "sample_drawn").order_by(Mail.created_at, Mail.id)
    return list(session.scalars(wanted))


def sample(session: Session) -> Sample:
    return session.scalars(select(Sample).where(Sample.dropped_at.is_(None))).one()


def test_the_coder_gets_the_address_and_how_much_there_is(
    session: Session, client: CheckingClient, consultant: Person, ready: dict[str, str]
) -> None:
    page = client.get(client.post(f"{ROOM}/draw", data=ready).location).text

    [letter] = letters(session)
    assert letter.to_address == iris(session).email
    assert f"/blind/{sample(session).id}/\n" in letter.text
    assert f'/blind/{sample(session).id}/">Code the passages</a>' in letter.html
    assert f"{consultant.name} asks you to code" in letter.text
    assert "of 2 authorities" in letter.text
    assert "We lack figures" not in letter.text
    assert "Iris Notes has been written to." in page
    assert "was written to on" in page
    client.sign_in(iris(session))
    assert client.get(f"/blind/{sample(session).id}/").status_code == 200


def test_who_drew_it_is_written_to_once_it_is_coded(
    session: Session, client: CheckingClient, consultant: Person, ready: dict[str, str]
) -> None:
    client.post(f"{ROOM}/draw", data=ready)
    drawn = sample(session)
    code_all(session, drawn, {"Audit": "E2 P3"})
    session.commit()
    client.sign_in(iris(session))

    client.post(f"/blind/{drawn.id}/finish")

    [letter] = session.scalars(select(Mail).where(Mail.kind == "sample_finished"))
    assert letter.to_address == consultant.email
    assert f"{ROOM}/samples/{drawn.id}/\n" in letter.text
    assert f"{iris(session).name} has coded the " in letter.text
    client.sign_in(consultant)
    assert client.get(f"{ROOM}/samples/{drawn.id}/").status_code == 200


def test_a_sample_drawn_again_is_told_of_with_its_new_address(
    session: Session, client: CheckingClient, ready: dict[str, str]
) -> None:
    client.post(f"{ROOM}/draw", data=ready)
    first = sample(session).id

    again = client.post(f"{ROOM}/samples/{first}/draw-again")

    assert "Iris Notes has been sent the new one." in client.get(again.location).text
    before, after = sorted(letters(session), key=lambda one: str(first) not in one.text)
    assert str(sample(session).id) in after.text
    assert "take the place of those you were sent before" in after.text
    assert "take the place" not in before.text


def test_what_is_refused_sends_nothing(
    session: Session, client: CheckingClient, ready: dict[str, str]
) -> None:
    assert client.post(f"{ROOM}/draw", data=ready | {"amount": "99"}).status_code == 422

    assert letters(session) == []


def test_a_message_that_did_not_arrive_is_told_of(
    session: Session, client: CheckingClient, ready: dict[str, str]
) -> None:
    address = client.post(f"{ROOM}/draw", data=ready).location
    [letter] = letters(session)
    letter.bounced_at = NOON
    session.commit()

    page = client.get(address).text

    assert f"Our message to {letter.to_address} did not arrive." in page
    assert "Send this address to Iris Notes" in page


def test_nobody_is_written_to_about_an_example(
    app: Flask,
    session: Session,
    survey: Survey,
    client: CheckingClient,
    ready: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    survey.is_example = True
    session.commit()
    told = app.config["SETTINGS"].model_copy(update={"mail": "smtp"})
    monkeypatch.setitem(app.config, "SETTINGS", told)

    page = client.get(client.post(f"{ROOM}/draw", data=ready).location).text

    assert letters(session) == []
    assert "The sample is drawn. Send Iris Notes the address below." in page
    assert "Send this address to Iris Notes" in page
