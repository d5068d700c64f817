"""The team of a return: invited, written to once, taken off, and led by another."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import links, people
from surveyapp.coordinate import people as listed
from surveyapp.mail import reminders
from surveyapp.models import (
    AuditEvent,
    Contributor,
    Handover,
    Link,
    Mail,
    Person,
    SectionState,
    Submission,
)
from surveyapp.respond.team import colleagues
from surveyapp.respond.team.letters import Sender
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import save, somebody, submission_of
from tests.surveyapp.respond.filling import AGREED, address, enter, fields, fill, join, send, words

EVE = {"name": " Eve \n Birch ", "email": " EVE@birch.example ", "job_title": "Team manager"}


@pytest.fixture
def dee(session: Session, birch: Submission) -> Contributor:
    """A colleague of Birch's coordinator."""
    return join(session, birch, "Dee Birch")


@pytest.fixture
def cy(client: CheckingClient, session: Session, dee: Contributor) -> CheckingClient:
    """Birch's coordinator, signed in."""
    return enter(client, somebody(session))


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def mails(session: Session) -> list[Mail]:
    session.expire_all()
    return list(session.scalars(select(Mail).order_by(Mail.created_at, Mail.key)))


def part_of(session: Session, submission: Submission, email: str) -> Contributor:
    return session.scalars(
        select(Contributor)
        .join(Contributor.person)
        .where(Contributor.submission_id == submission.id, Person.email == email)
    ).one()


def state_of(session: Session, submission: Submission, code: str) -> SectionState:
    return session.get_one(SectionState, (submission.id, code))


def test_a_colleague_is_invited_with_a_note_and_sections(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    typed = {**EVE, "note": "You know it best.", "sections": ["S01", "A1"]}

    answer = fill(cy, address(birch, "colleagues/invite"), typed)

    eve = part_of(session, birch, "eve@birch.example")
    assert answer.status_code == 303
    assert "We are writing to Eve Birch" in words(cy.get(answer.location).text)
    assert (eve.person.name, eve.job_title, eve.coordinator) == ("Eve Birch", "Team manager", False)
    assert state_of(session, birch, "S01").assigned_to == eve
    assert [one.to_id for one in session.scalars(select(Handover))] == [eve.id, eve.id]
    (mail,) = mails(session)
    assert (mail.kind, mail.to_address) == ("invitation", "eve@birch.example")
    assert "You know it best." in mail.text
    assert "Sections for you: Identification of needs; Child abuse and neglect." in mail.text
    assert mail.calendar
    actions = session.scalars(select(AuditEvent.action)).all()
    assert "colleague.invited" in actions


def test_the_link_of_an_invitation_lets_in(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    fill(cy, address(birch, "colleagues/invite"), EVE)
    token = mails(session)[0].text.split("/link/")[1].split()[0]
    cy.sign_out()

    assert cy.post(f"/link/{token}").location == address(birch)
    assert cy.get(address(birch)).location.endswith("/notice")
    assert part_of(session, birch, "eve@birch.example").opened_at is not None


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"name": " "}, "name", "Enter the name of your colleague"),
        ({"name": "x" * 121}, "name", "Name must be 120 characters or fewer"),
        ({"email": ""}, "email", "Enter their work email address"),
        ({"email": "eve@"}, "email", "Enter an email address in the correct format"),
        ({"email": "cy@birch.example"}, "email", "Cy Birch has this address"),
        ({"job_title": ""}, "job_title", "Enter their job title"),
        ({"note": "x" * 2001}, "note", "Note must be 2000 characters or fewer"),
        ({"sections": ["S99"]}, "sections", "valid choice"),
    ],
)
def test_what_cannot_be_is_shown_again_as_typed(
    typed: dict[str, object],
    field: str,
    message: str,
    cy: CheckingClient,
    session: Session,
    birch: Submission,
) -> None:
    whole = {**EVE, "note": "A note", "sections": ["A1"], **typed}

    answer = fill(cy, address(birch, "colleagues/invite"), whole)

    assert answer.status_code == 422
    assert message in words(answer.text)
    assert f'href="#{field}"' in answer.text
    again = fields(answer.text)
    for name in {"note", "sections", "job_title"} - set(typed):
        assert again[name] == whole[name] if isinstance(whole[name], list) else [whole[name]]
    assert mails(session) == []


def test_pressing_twice_invites_once(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    url = address(birch, "colleagues/invite")
    page = cy.get(url).text

    answers = [send(cy, url, page, EVE) for _ in range(2)]

    assert answers[0].location == answers[1].location
    assert len(mails(session)) == len(session.scalars(select(Link)).all()) == 1


def test_nobody_learns_from_an_invitation_whom_we_know(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    una = people.know(session, "una@review.example", "Una Staff", "consultant")
    session.commit()
    bob = somebody(session, "Bob Alder")
    said = []

    for known in (una.email, bob.email, "new@birch.example"):
        answer = fill(cy, address(birch, "colleagues/invite"), {**EVE, "email": known})
        page = cy.get(answer.location).text
        fill(cy, address(birch, "sections/S01/hand-over"), {"to": answer.location[-36:]})
        for rest in ("", "colleagues", "sections/S01", "sections/S01/hand-over", "activity"):
            shown = words(cy.get(address(birch, rest)).text)
            assert "Una Staff" not in shown
            assert "Bob Alder" not in shown
        said.append((answer.status_code, "We are writing to Eve Birch" in page))

    assert said == [(303, True)] * 3
    assert (una.name, una.staff_role, bob.name) == ("Una Staff", "consultant", "Bob Alder")
    # Whoever opens their link is a colleague like any other, under their own name.
    part_of(session, birch, una.email).opened_at = AGREED
    session.commit()
    assert "Una Staff" in words(cy.get(address(birch, "colleagues")).text)


def test_an_invited_member_of_staff_is_no_stronger_for_it(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    una = people.know(session, "una@review.example", "Una Staff", "consultant")
    fill(cy, address(birch, "colleagues/invite"), {**EVE, "email": una.email})
    token = mails(session)[0].text.split("/link/")[1].split()[0]
    cy.sign_out()
    cy.post(f"/link/{token}")

    assert cy.get("/staff/").status_code == 401


def test_only_the_coordinator_leads(
    cy: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    cy_part = next(one for one in birch.contributors if one.coordinator)
    enter(cy, dee.person)
    listed = cy.get(address(birch, "colleagues"))

    assert "Cy Birch coordinates this return" in words(listed.text)
    assert "Invite a colleague" not in words(listed.text)
    assert cy_part.person.email not in listed.text
    for rest in ("invite", f"{cy_part.id}/remove", f"{cy_part.id}/coordinate"):
        asked = cy.get(address(birch, f"colleagues/{rest}"))
        assert asked.location == address(birch, "colleagues")
        assert cy.post(address(birch, f"colleagues/{rest}"), data=EVE).status_code in (303, 403)
    assert cy.post(address(birch, f"colleagues/{dee.id}/link")).status_code == 403
    assert cy.post(address(birch, "sections/S01/take-back")).status_code == 403
    session.expire_all()
    assert cy_part.coordinator
    assert cy_part.left_at is None
    assert mails(session) == []


def test_a_new_link_is_sent_once_and_the_old_one_still_works(
    cy: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    old = links.invite(session, dee.person, birch, now())
    session.commit()

    for _ in range(2):
        answer = cy.post(address(birch, f"colleagues/{dee.id}/link"))

    assert "We are sending Dee Birch a new link" in words(cy.get(answer.location).text)
    assert [one.to_address for one in mails(session)] == [dee.person.email]
    assert links.find(session, old, now()) is not None


def test_who_is_taken_off_loses_links_and_sections_and_no_words(
    cy: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    old = links.invite(session, dee.person, birch, now())
    save(session, birch, "S01.2", {"text": "Counted every month"})
    fill(cy, address(birch, "sections/S01/hand-over"), {"to": str(dee.id), "note": ""})
    url = address(birch, f"colleagues/{dee.id}/remove")
    page = cy.get(url).text
    assert "You take back 1 section: Identification of needs." in words(page)

    for _ in range(2):
        answer = send(cy, url, page, {})

    listed = words(cy.get(answer.location).text)
    assert "Dee Birch is off this return. What they wrote stays." in listed
    assert "Dee Birch, until" in listed
    assert state_of(session, birch, "S01").assigned_to_id is None
    assert links.find(session, old, now()) is None
    choice = cy.get(address(birch, "sections/S01/hand-over")).text
    assert "Dee Birch" not in words(choice)
    refused = fill(
        cy, address(birch, "sections/S01/hand-over"), {"to": str(dee.id), "note": "For you"}
    )
    assert refused.status_code == 422
    assert fields(refused.text)["note"] == ["For you"]
    enter(cy, dee.person)
    assert cy.get(address(birch)).status_code == 403
    assert "Birch" not in words(cy.get("/account/").text).replace("Dee Birch", "")


def test_nobody_reminds_who_was_taken_off(
    cy: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    dee.invited_at = AGREED
    fill(cy, address(birch, "sections/S01/hand-over"), {"to": str(dee.id), "note": ""})
    before = reminders.outstanding(session, birch.survey)
    fill(cy, address(birch, f"colleagues/{dee.id}/remove"), {})

    after = reminders.outstanding(session, birch.survey)

    assert dee in {one.contributor for one in before}
    assert dee not in {one.contributor for one in after}
    team = next(
        one for one in listed.teams(session, birch.survey, now()) if one.submission == birch
    )
    assert dee not in {one.contributor for one in team.parts}


def test_who_was_taken_off_can_be_invited_again(
    cy: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    cy.post(address(birch, f"colleagues/{dee.id}/link"))
    fill(cy, address(birch, f"colleagues/{dee.id}/remove"), {})

    fill(cy, address(birch, "colleagues/invite"), {**EVE, "email": dee.person.email})

    session.expire_all()
    assert dee.left_at is None
    assert dee.person.name == "Dee Birch"
    tokens = [one.text.split("/link/")[1].split()[0] for one in mails(session)]
    assert [links.find(session, one, now()) is not None for one in tokens] == [False, True]


def test_the_coordinator_cannot_be_taken_off(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    me = next(one for one in birch.contributors if one.coordinator)
    url = address(birch, f"colleagues/{me.id}/remove")

    answer = cy.post(url)

    assert cy.get(url).location == address(birch, "colleagues")
    assert answer.status_code == 422
    assert "Pass the coordination on to a colleague first." in words(answer.text)


def test_coordination_is_passed_on_and_both_are_told(
    cy: CheckingClient, session: Session, birch: Submission, dee: Contributor, app: Flask
) -> None:
    url = address(birch, f"colleagues/{dee.id}/coordinate")
    page = cy.get(url).text

    for _ in range(2):
        answer = send(cy, url, page, {})

    assert "Dee Birch coordinates this return now." in words(cy.get(answer.location).text)
    session.expire_all()
    assert [one.person.name for one in birch.contributors if one.coordinator] == ["Dee Birch"]
    assert cy.post(address(birch, "submit"), data={"declared": "yes"}).status_code == 403
    enter(cy, dee.person)
    assert "You are the coordinator since" in words(cy.get(address(birch, "colleagues")).text)
    assert "Dee Birch (coordinator since" in words(cy.get(address(birch)).text)


def test_coordination_goes_to_nobody_who_has_never_come(
    cy: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    dee.agreed_at = dee.opened_at = None
    session.commit()

    answer = cy.post(address(birch, f"colleagues/{dee.id}/coordinate"))

    assert answer.status_code == 422
    assert "once they have opened their link" in words(answer.text)


def test_a_return_that_takes_no_answers_takes_no_colleagues(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    url = address(birch, "colleagues/invite")
    page = cy.get(url).text
    birch.submitted_at, birch.submitted_by = now(), somebody(session)
    session.commit()

    answer = send(cy, url, page, {**EVE, "note": "A note"})

    assert answer.status_code == 409
    assert fields(answer.text)["note"] == ["A note"]
    assert cy.get(url).location == address(birch, "colleagues")
    typed = {"to": "nobody", "note": "Hm"}
    closed = cy.post(address(birch, "sections/S01/hand-over"), data=typed)
    assert closed.status_code == 409
    assert fields(closed.text)["note"] == ["Hm"]
    assert mails(session) == []


def test_what_is_not_saved_is_not_mailed(
    session: Session, birch: Submission, dee: Contributor, app: Flask
) -> None:
    me = next(one for one in birch.contributors if one.coordinator)
    sender = Sender(app.config["SETTINGS"], me, now())
    session.commit()

    colleagues.send_link(session, sender, dee)
    session.rollback()

    assert mails(session) == []


def test_a_coordinator_of_one_return_leads_no_other(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    alder = submission_of(session, "Alder").contributors[0]

    assert cy.post(address(birch, f"colleagues/{alder.id}/link")).status_code == 404
    assert cy.post(address(birch, f"colleagues/{alder.id}/remove")).status_code == 404
    assert cy.get(address(birch, f"colleagues/{alder.id}/coordinate")).status_code == 404
