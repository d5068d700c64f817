"""The first page after signing in: what is a person's own, and what staff begin with."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import people
from surveyapp.models import Interview
from surveyapp.models.person import StaffRole
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, load_tiny, somebody

NOBODY_ASKED = "Nobody has asked you to complete a return"


def enter(client: CheckingClient, session: Session, role: StaffRole | None) -> str:
    """Be a person of this role, and return the words of the page."""
    client.sign_in(people.know(session, "new@tarn.example", "New Person", role))
    session.commit()
    return client.get("/account/").text


@pytest.mark.parametrize("role", ["consultant", "administrator"])
def test_staff_of_a_new_service_begin_with_a_survey(
    role: StaffRole, client: CheckingClient, session: Session
) -> None:
    page = enter(client, session, role)

    assert 'href="/staff/new" role="button"' in page
    assert 'href="/staff/"' in page
    assert NOBODY_ASKED not in page
    assert ("Staff accounts" in page) == (role == "administrator")


def test_staff_find_their_surveys(client: CheckingClient, session: Session) -> None:
    load_tiny(session)

    page = enter(client, session, "consultant")

    assert 'href="/staff/tiny-survey-2015/"' in page
    assert 'href="/staff/"' in page
    assert 'href="/staff/new"' in page


def test_an_interviewer_is_told_what_comes_first(client: CheckingClient, session: Session) -> None:
    page = enter(client, session, "interviewer")

    assert "There is no return to read yet." in page
    assert NOBODY_ASKED not in page
    assert "/staff/new" not in page


def test_only_whoever_is_not_staff_is_told_to_ask(client: CheckingClient, session: Session) -> None:
    assert NOBODY_ASKED in enter(client, session, None)


def test_an_interviewer_finds_their_interviews_and_reads_no_other_returns(
    client: CheckingClient, session: Session
) -> None:
    load_tiny(session)
    call = session.scalars(select(Interview)).one()
    client.sign_in(somebody(session, "Iris Notes"))
    session.commit()

    page = client.get("/account/").text

    assert f'href="/interviews/{call.id}/"' in page
    assert "Ann Alder</a>. Held" in page
    assert page.count("/r/") == 1
    call.cancelled_at = NOON
    session.commit()
    page = client.get("/account/").text
    assert f"/interviews/{call.id}/" not in page
    assert "/r/" not in page


def test_whoever_was_interviewed_finds_their_interview(
    client: CheckingClient, session: Session
) -> None:
    load_tiny(session)
    call = session.scalars(select(Interview)).one()
    client.sign_in(somebody(session, "Ann Alder"))
    session.commit()

    page = client.get("/account/").text

    assert f'href="/calls/{call.id}/"' in page
    assert "/interviews/" not in page
