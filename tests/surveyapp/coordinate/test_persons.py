"""People put right by staff: another address, off the return for good, another coordinator."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import links, mail, people
from surveyapp.coordinate import services
from surveyapp.models import AuditEvent, Contributor, Link, Mail, Person, Submission, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import somebody
from tests.surveyapp.coordinate.pressing import press, words

HOME = "/staff/tiny-survey-2015"
AT = dt.datetime.now(dt.UTC)


@pytest.fixture
def cy(session: Session, birch: Submission) -> Contributor:
    """The coordinator of Birch, who has not been invited."""
    one = next(one for one in birch.contributors if one.person.name == "Cy Birch")
    one.invited_at = one.opened_at = None
    session.commit()
    return one


@pytest.fixture
def dee(session: Session, birch: Submission) -> Contributor:
    """A colleague of hers, with a section."""
    person = people.know(session, "dee@birch.example", "Dee Birch")
    part = services.add_contributor(session, birch, person, "Analyst", coordinator=False)
    birch.sections[0].assigned_to = part
    session.commit()
    return part


def page_of(part: Contributor) -> str:
    return f"{HOME}/people/{part.id}/"


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.at)))


def test_whoever_is_taken_off_stays_out(
    staff: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    token = links.invite(session, dee.person, birch, AT)
    session.commit()
    address = f"{HOME}/people/{dee.id}/take-off"
    assert "1 section goes back to the coordinator: S01" in words(staff.get(address).text)

    page = press(staff, address)

    assert "Dee Birch is off the return. What they wrote stays." in page
    assert dee.left_at is not None
    assert birch.sections[0].assigned_to_id is None
    assert "colleague.left" in actions(session)
    staff.sign_out()
    assert staff.get(f"/link/{token}").status_code == 410
    staff.post("/account/sign-in", data={"email": "dee@birch.example"})
    text = session.scalars(select(Mail.text).where(Mail.person_id == dee.person_id)).one()
    staff.post(f"/link/{text.split('/link/')[1].split()[0]}")
    assert staff.get(f"/r/{birch.id}/").status_code == 403


def test_a_coordinator_goes_only_when_somebody_was_chosen(
    staff: CheckingClient, session: Session, cy: Contributor, dee: Contributor
) -> None:
    address = f"{HOME}/people/{cy.id}/take-off"

    refused = staff.post(address)

    assert refused.status_code == 422
    assert "Choose who coordinates the return from now on" in refused.text
    assert cy.left_at is None
    press(staff, address, coordinator=str(dee.id))
    assert (cy.coordinator, dee.coordinator) == (False, True)
    assert cy.left_at is not None
    assert "coordination.passed_on" in actions(session)


def test_a_return_may_be_left_without_a_coordinator(
    staff: CheckingClient, survey: Survey, cy: Contributor, dee: Contributor
) -> None:
    page = press(staff, f"{HOME}/people/{cy.id}/take-off", coordinator="nobody")

    assert "Cy Birch is off the return." in page
    assert "Add a coordinator." in page
    assert "Dee Birch coordinates the return now." in press(
        staff, f"{HOME}/people/{dee.id}/coordinate"
    )
    assert "Add a coordinator." not in words(staff.get(f"{HOME}/returns/{cy.submission_id}/").text)


def test_a_mended_address_answers_the_mail_that_came_back(
    staff: CheckingClient, session: Session, cy: Contributor
) -> None:
    press(staff, HOME + "/people/invite", who="coordinators", count="1")
    letter = session.scalars(select(Mail)).one()
    letter.sent_at = AT
    mail.bounced(session, letter, "no such address", AT)
    session.commit()
    back = f"{HOME}/returns/{cy.submission_id}/"
    assert "Find another address" in words(staff.get(back).text)

    page = press(
        staff, page_of(cy), name="Cy Birch", email="Cy.New@birch.example", job_title="Head"
    )

    assert "Nothing has been sent to cy.new@birch.example yet" in page
    assert (cy.person.email, cy.job_title) == ("cy.new@birch.example", "Head")
    assert "Find another address" not in words(staff.get(back).text)
    assert session.scalars(select(Link.revoked_at)).one() is None
    noted = select(AuditEvent.detail).where(AuditEvent.action == "contact.changed")
    assert session.scalars(noted).one() == {"fields": ["email", "job_title"]}


def test_links_that_reached_the_wrong_person_stop(
    staff: CheckingClient, session: Session, cy: Contributor
) -> None:
    press(staff, HOME + "/people/invite", who="coordinators", count="1")
    session.scalars(select(Mail)).one().sent_at = AT
    session.commit()

    press(staff, page_of(cy), name="Cy Birch", email="other@birch.example", job_title="")

    assert session.scalars(select(Link.revoked_at)).one() is not None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "ann"}, "Enter an email address in the correct format"),
        ({"name": " "}, "Enter their full name"),
        ({"email": "dee@birch.example"}, "Dee Birch has this address"),
    ],
)
def test_what_is_wrong_is_said(
    changes: dict[str, str], said: str, staff: CheckingClient, cy: Contributor, dee: Contributor
) -> None:
    typed = {"name": "Cy Birch", "email": "cy@birch.example", "job_title": "", **changes}

    page = staff.post(page_of(cy), data=typed)

    assert page.status_code == 422
    assert said in words(page.text)
    assert cy.person.email == "cy@birch.example"


def test_a_member_of_staff_keeps_their_address(
    staff: CheckingClient, session: Session, cy: Contributor, consultant: Person
) -> None:
    cy.person.staff_role = "administrator"
    session.commit()

    page = staff.post(page_of(cy), data={"name": "Cy Birch", "email": "kay2@trees.example"})

    assert page.status_code == 422
    assert somebody(session).email == "cy@birch.example"


def test_stopped_links_let_nobody_in_by_any_of_them(
    staff: CheckingClient, session: Session, birch: Submission, cy: Contributor
) -> None:
    tokens = [links.invite(session, cy.person, birch, AT), links.sign_in(session, cy.person, AT)]
    session.commit()

    press(staff, f"{HOME}/people/{cy.id}/revoke")

    assert [links.find(session, token, AT) for token in tokens] == [None, None]
    assert cy.person.signed_out_at is not None
