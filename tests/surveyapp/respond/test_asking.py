"""Whoever needs help finds whom to ask: who runs the survey, or else who invited them."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import audit, mail, published
from surveyapp.coordinate import invitations
from surveyapp.coordinate.invitations import Inviting
from surveyapp.definitions.questionnaire import Privacy
from surveyapp.mail.kinds import Kind
from surveyapp.models import Mail, Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import somebody
from tests.surveyapp.mail.posting import CONTEXTS
from tests.surveyapp.respond.filling import address, enter, fill, join, words

CONTACT = "privacy@alder.example"
PAGES = ("", "check", "submit", "kept", "questions", "colleagues", "sections/S01")


@pytest.fixture
def cy(client: CheckingClient, session: Session, birch: Submission) -> CheckingClient:
    """Birch's coordinator, signed in."""
    return enter(client, somebody(session))


@pytest.fixture
def nobody_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A questionnaire that does not say whom to ask."""
    monkeypatch.setattr(published, "privacy", lambda _: Privacy())


@pytest.mark.parametrize("rest", PAGES)
def test_every_page_of_a_return_says_whom_to_ask(
    rest: str, cy: CheckingClient, birch: Submission
) -> None:
    page = cy.get(address(birch, rest)).text

    assert f'href="mailto:{CONTACT}"' in page


def test_pages_that_send_people_away_say_where(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    asked = f"the people who run the survey ({CONTACT})"
    assert asked in words(cy.get(address(birch, "submit")).text)
    fill(cy, address(birch, "submit"), {"declared": "yes"})

    for rest in ("", "receipt"):
        assert asked in words(cy.get(address(birch, rest)).text)


@pytest.mark.usefixtures("nobody_named")
def test_where_nobody_is_named_it_is_who_invited(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    said = "If you need help with this return, contact Iris Notes."
    assert said not in cy.get(address(birch)).text
    part = next(one for one in birch.contributors if one.coordinator)
    audit.record(session, "contributor.invited", part, somebody(session, "Iris Notes"))
    other = join(session, birch, "Dee Birch")
    audit.record(session, "colleague.invited", other, somebody(session))
    session.commit()

    assert said in cy.get(address(birch)).text


@pytest.mark.parametrize("kind", ["invitation", "handover", "comment", "receipt", "reopened"])
def test_mail_says_whom_to_ask(kind: Kind, session: Session, birch: Submission) -> None:
    written = send(session, birch, kind)

    for text in (written.text, written.html):
        assert f"may not be read. If you need help, contact {CONTACT}." in text


@pytest.mark.usefixtures("nobody_named")
def test_mail_names_who_invited_where_nobody_is_named(session: Session, birch: Submission) -> None:
    assert "may not be read. If you need help, contact Iris Notes." in (
        send(session, birch, "invitation").text
    )
    assert send(session, birch, "receipt").text.endswith("may not be read.\n")
    part = next(one for one in birch.contributors if one.coordinator)
    audit.record(session, "contributor.invited", part, somebody(session, "Iris Notes"))

    assert "If you need help, contact Iris Notes." in send(session, birch, "comment").text


def test_only_a_coordinator_is_told_to_invite(
    app: Flask, session: Session, birch: Submission
) -> None:
    dee = join(session, birch, "Dee Birch")
    leads = next(one for one in birch.contributors if one.coordinator)
    iris = somebody(session, "Iris Notes")
    inviting = Inviting(birch.survey, iris, app.config["SETTINGS"], dt.datetime.now(dt.UTC))

    invitations.invite(session, inviting, [dee, leads])

    sent = {one.to_address: one for one in session.scalars(select(Mail))}
    told = sent["dee@birch.example"]
    assert "invite colleagues" in sent["cy@birch.example"].text
    for text in (told.text, told.html):
        assert "invite colleagues" not in text
        assert "If a colleague should answer instead of you, tell Iris Notes." in text
    preview = invitations.preview(inviting, dee).text
    assert preview.splitlines()[-1] == told.text.splitlines()[-1]
    assert "tell Iris Notes" in preview


def test_a_colleague_is_not_told_to_invite(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    typed = {"name": "Eve Birch", "email": "eve@birch.example", "job_title": "Analyst"}
    fill(cy, address(birch, "colleagues/invite"), typed)

    (sent,) = session.scalars(select(Mail).where(Mail.kind == "invitation"))
    assert "invite colleagues" not in sent.text
    assert "tell Cy Birch" in sent.text


def send(session: Session, birch: Submission, kind: Kind) -> Mail:
    to, key = somebody(session), f"asking {kind}"
    return mail.queue(session, kind=kind, to=to, key=key, context=CONTEXTS[kind], submission=birch)
