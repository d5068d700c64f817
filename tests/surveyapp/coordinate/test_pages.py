"""The consultant's pages: what they show, what they change, and what they refuse."""

import io
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.coordinate.routes import administration
from surveyapp.models import AuditEvent, Contributor, Link, Mail, Person, Submission, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import submission_of
from tests.surveyapp.coordinate.pressing import press, words

HOME = "/staff/tiny-survey-2015"
READ = [
    "/staff/",
    "/staff/new",
    "/staff/new/tiny_region",
    "/staff/new/tiny_region/preview",
    *(
        HOME + page
        for page in (
            "/",
            "/?order=name",
            "/answers",
            "/answers/S01.2",
            "/answers/Z1.1",
            "/people",
            "/people/bring-in",
            "/people/invite",
            "/people/invite?who=everyone",
            "/people/invite?who=nonsense",
            "/setup",
            "/close",
            "/publish",
            "/authorities",
            "/authorities/register",
            "/mail",
            "/mail?page=2",
            "/mail?state=sent&authority=X06000002",
            "/mail?state=nonsense",
            "/exports",
            "/trail",
            "/trail?page=x",
        )
    ),
]
DI = "Cedar,Di Cedar,di@cedar.example,Director,yes\r\n"
WRITTEN = "authority,name,email,job_title,coordinator\r\n"


@pytest.fixture(autouse=True)
def folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(administration, "FOLDERS", Path("tests/questionnaires"))


@pytest.fixture
def cy(session: Session, survey: Survey) -> Contributor:
    """A coordinator who has not been invited."""
    one = submission_of(session, "Birch").contributors[0]
    one.invited_at = one.opened_at = None
    session.commit()
    return one


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.at)))


@pytest.mark.parametrize("page", READ)
def test_every_page_shows(page: str, staff: CheckingClient, survey: Survey) -> None:
    assert staff.get(page).status_code == 200


@pytest.mark.access
@pytest.mark.parametrize("page", [READ[0], *READ[3:]])
def test_nobody_else_gets_in(
    page: str, client: CheckingClient, survey: Survey, session: Session
) -> None:
    person = session.scalars(select(Person).where(Person.name == "Cy Birch")).one()
    client.sign_in(person)

    assert client.get(page).status_code == 403


@pytest.mark.parametrize("page", ["/staff/none/", HOME + "/answers/S99.9", "/staff/new/.."])
def test_what_is_not_there_is_not_found(page: str, staff: CheckingClient, survey: Survey) -> None:
    assert staff.get(page).status_code == 404


def test_the_tracker_says_what_to_do(staff: CheckingClient, survey: Survey) -> None:
    page = words(staff.get(HOME + "/").text)

    assert "We have no contact here. Bring in a contact." in page
    assert "in progress, 2 of 4 answered" in page


def test_the_tracker_is_a_file_too(staff: CheckingClient, survey: Survey) -> None:
    tracker = staff.get(HOME + "/tracker.xlsx")
    assert tracker.data[:2] == b"PK"
    assert "attachment" in tracker.headers["Content-Disposition"]


def send(client: CheckingClient, text: str) -> str:
    response = client.post(
        HOME + "/people/bring-in",
        data={
            "file": (io.BytesIO((WRITTEN + text).encode()), "contacts.csv"),
        },
    )
    assert response.status_code == 200
    return response.text


def seal(html: str) -> str:
    found = re.search(r'name="rows"[^>]*value="([^"]+)"', html)
    assert found
    return found[1]


def test_contacts_are_written_only_when_confirmed(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    count = select(func.count(Contributor.id))
    before = session.scalar(count)

    html = send(staff, DI + "Nowhere,X,x@y.example,,\r\n")

    assert "1 person is added, 0 changed, 1 row is refused" in words(html)
    assert session.scalar(count) == before
    done = press(staff, HOME + "/people/bring-in/confirm", rows=seal(html))
    assert "1 added, 0 changed." in done
    assert session.scalar(count) == (before or 0) + 1
    assert submission_of(session, "Cedar").contributors[0].coordinator
    assert "contacts.brought_in" in actions(session)


def test_a_check_that_no_longer_holds_is_shown_again(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    first = seal(send(staff, DI))
    press(staff, HOME + "/people/bring-in/confirm", rows=first)

    again = press(staff, HOME + "/people/bring-in/confirm", rows=first)

    assert "Something has changed since you looked" in again
    assert session.scalar(select(func.count(Person.id)).where(Person.name == "Di Cedar")) == 1


def test_rows_that_were_tampered_with_are_refused(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    page = press(staff, HOME + "/people/bring-in/confirm", rows="forged")

    assert "Send the spreadsheet again" in page


def test_a_coordinator_is_replaced(staff: CheckingClient, survey: Survey, session: Session) -> None:
    html = send(staff, "Birch,Bea New,bea@birch.example,,yes\r\n")
    press(staff, HOME + "/people/bring-in/confirm", rows=seal(html))

    held = {
        one.person.name: one.coordinator for one in submission_of(session, "Birch").contributors
    }
    assert held == {"Cy Birch": False, "Bea New": True}


@pytest.mark.parametrize("content", [b"", b"%PDF\x00", b"PK\x03\x04"])
def test_a_file_that_is_no_table_is_refused_with_a_reason(
    content: bytes, staff: CheckingClient, survey: Survey
) -> None:
    typed = {"file": (io.BytesIO(content), "contacts.xlsx")}

    page = press(staff, HOME + "/people/bring-in", **typed)

    assert "There is a problem" in page


@pytest.mark.mail
def test_invitations_go_to_exactly_those_shown(
    staff: CheckingClient, survey: Survey, session: Session, cy: Contributor
) -> None:
    page = words(staff.get(HOME + "/people/invite").text)
    assert "1 person will get an invitation" in page

    done = press(
        staff,
        HOME + "/people/invite",
        who="coordinators",
        count="1",
    )

    assert "1 invitation is on its way." in done
    sent = session.scalars(select(Mail)).one()
    assert sent.to_address == "cy@birch.example"
    assert session.scalar(select(func.count(Link.id))) == 1
    again = press(staff, HOME + "/people/invite", who="coordinators", count="1")
    assert "Nobody has been invited" in again
    assert session.scalar(select(func.count(Mail.id))) == 1


def test_a_wrong_count_invites_nobody(
    staff: CheckingClient, survey: Survey, session: Session, cy: Contributor
) -> None:
    page = press(staff, HOME + "/people/invite", who="coordinators", count="7")

    assert "the list is not the one you saw" in page
    assert session.scalar(select(func.count(Mail.id))) == 0


def test_nobody_is_written_to_about_an_example(
    staff: CheckingClient,
    survey: Survey,
    session: Session,
    app: Flask,
    monkeypatch: pytest.MonkeyPatch,
    cy: Contributor,
) -> None:
    settings = app.config["SETTINGS"].model_copy(update={"mail": "smtp"})
    monkeypatch.setitem(app.config, "SETTINGS", settings)

    page = press(staff, HOME + "/people/invite", who="coordinators", count="1")

    assert "nobody is written to" in page
    assert session.scalar(select(func.count(Mail.id))) == 0


def test_a_link_is_revoked_and_another_sent(
    staff: CheckingClient, survey: Survey, session: Session, cy: Contributor
) -> None:
    press(staff, HOME + "/people/invite", who="coordinators", count="1")
    page = press(staff, f"{HOME}/people/{cy.id}/revoke")

    assert "The links of Cy Birch no longer work. They can ask for a new link." in page
    assert "Link stopped" in page
    assert "What you can do" in words(staff.get(HOME + "/people").text)
    assert session.scalars(select(Link.revoked_at)).one() is not None
    press(staff, f"{HOME}/people/{cy.id}/invite")
    assert session.scalar(select(func.count(Mail.id))) == 2


def test_reminders_are_paused_and_resumed(
    staff: CheckingClient, survey: Survey, session: Session, birch: Submission
) -> None:
    action = f"{HOME}/returns/{birch.id}/reminders"

    assert "Reminders are paused." in press(staff, action, pause="yes")
    assert birch.reminders_paused
    press(staff, action, pause="no")
    session.refresh(birch)
    assert not birch.reminders_paused
