"""What colleagues do is told by mail to whom it concerns: a section that is theirs, a comment."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Contributor, Mail, SectionState, Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import somebody
from tests.surveyapp.respond.filling import address, enter, fill, join, send


@pytest.fixture
def dee(session: Session, birch: Submission) -> Contributor:
    """A colleague of Birch's coordinator."""
    return join(session, birch, "Dee Birch")


@pytest.fixture
def cy(client: CheckingClient, session: Session, dee: Contributor) -> CheckingClient:
    """Birch's coordinator, signed in."""
    return enter(client, somebody(session))


def mails(session: Session) -> list[Mail]:
    session.expire_all()
    return list(session.scalars(select(Mail).order_by(Mail.created_at, Mail.key)))


def state_of(session: Session, submission: Submission, code: str) -> SectionState:
    return session.get_one(SectionState, (submission.id, code))


def test_whoever_gets_a_section_is_told_once(
    cy: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    url = address(birch, "sections/A1/hand-over")
    page = cy.get(url).text

    for _ in range(2):
        send(cy, url, page, {"to": str(dee.id), "note": "You know it."})

    (mail,) = mails(session)
    assert (mail.kind, mail.to_address) == ("handover", dee.person.email)
    assert "Child abuse and neglect" in mail.text
    assert "You know it." in mail.text
    link = mail.text.split("http", 1)[1].split("/link/")[1].split()[0]
    assert link.endswith("?section=A1")
    enter(cy, dee.person)
    assert cy.post(f"/link/{link}").location == address(birch, "sections/A1")


def test_nobody_is_told_of_what_they_took_themselves(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    me = next(one for one in birch.contributors if one.coordinator)

    fill(cy, address(birch, "sections/S01/hand-over"), {"to": str(me.id), "note": ""})
    cy.post(address(birch, "sections/S01/take-back"))

    assert mails(session) == []
    assert state_of(session, birch, "S01").assigned_to_id is None


def test_a_comment_is_told_to_whom_it_concerns_once_an_hour(
    cy: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    fay, gus = join(session, birch, "Fay Birch"), join(session, birch, "Gus Birch")
    state_of(session, birch, "S01").assigned_to_id = fay.id
    session.commit()
    enter(cy, dee.person)
    url = address(birch, "questions/S01.2")

    for _ in range(10):
        send(cy, f"{url}/comments", cy.get(url).text, {"comment": "Is this all?"})

    told = mails(session)
    assert {one.to_address for one in told} == {fay.person.email, "cy@birch.example"}
    # Ten comments, one message to each; where the hour turned meanwhile, two.
    assert len(told) in (2, 4)
    assert "Is this all?" not in told[0].text
    assert "?section=S01.2" in told[0].text
    enter(cy, gus.person)
    send(cy, f"{url}/comments", cy.get(url).text, {"comment": "I think so."})
    assert dee.person.email in {one.to_address for one in mails(session)}
