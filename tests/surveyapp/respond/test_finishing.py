"""Sections are called finished, answers checked, and the coordinator alone hands the return in."""

import re

import pytest
from sqlalchemy.orm import Session

from surveyapp.errors import UnansweredError
from surveyapp.models import Submission
from surveyapp.respond import handing_in
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, save, somebody
from tests.surveyapp.respond.filling import address, enter, fields, fill, join, send, words


@pytest.fixture
def cy(client: CheckingClient, session: Session, birch: Submission) -> CheckingClient:
    """Birch's coordinator, signed in."""
    return enter(client, somebody(session))


def test_a_section_is_finished_with_a_use_level(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    url = address(birch, "sections/S01/finish")

    response = fill(cy, url, {"use_level": "unnamed", "finished": "yes"})

    assert response.location == address(birch)
    assert (birch.sections[0].status, birch.sections[0].use_level) == ("finished", "unnamed")
    assert "You have finished 1 of 3 sections" in words(cy.get(address(birch)).text)
    fill(cy, url, {"finished": "no"})
    assert birch.sections[0].status == "in progress"


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ({"use_level": "named"}, "finished"),
        ({"finished": "yes"}, "use_level"),
        ({"use_level": "secret", "finished": "yes"}, "use_level"),
        ({"use_level": "named", "finished": "maybe"}, "finished"),
    ],
)
def test_both_questions_about_a_section_must_be_answered(
    typed: dict[str, str], at: str, cy: CheckingClient, birch: Submission
) -> None:
    response = fill(cy, address(birch, "sections/S01/finish"), typed)

    assert response.status_code == 422
    assert f'href="#{at}"' in response.text
    assert f'id="{at}"' in response.text


def test_a_section_waits_for_what_must_be_answered(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    save(session, birch, "S01.1", {}, seen=1)
    session.commit()

    response = fill(
        cy, address(birch, "sections/S01/finish"), {"use_level": "named", "finished": "yes"}
    )

    assert response.status_code == 422
    assert "Answer S01.1." in words(response.text)
    assert "/sections/S01#question-S01-1" in response.text


def test_every_answer_is_read_through(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    save(session, birch, "Z1.1.a", {"text": "The hub"}, entry_id="e1")
    session.commit()

    page = words(cy.get(address(birch, "check")).text)

    for one in ("Don't know", "Health visitors", "The hub", "Not answered"):
        assert one in page


def test_only_the_coordinator_submits(
    client: CheckingClient, session: Session, birch: Submission
) -> None:
    enter(client, join(session, birch, "Dee Birch").person)
    url = address(birch, "submit")
    page = client.get(url).text

    assert "Only the coordinator submits the return: Cy Birch" in words(page)
    token = fields(client.get(address(birch, "sections/S01")).text)["csrf_token"]
    refused = client.post(url, data={"csrf_token": token, "declared": "yes"})

    assert refused.status_code == 403
    assert birch.submitted_at is None


def test_a_return_is_submitted_once_with_a_declaration_and_a_reference(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    url = address(birch, "submit")
    page = cy.get(url).text

    assert fill(cy, url, {}).status_code == 422
    assert birch.submitted_at is None
    assert send(cy, url, page, {"declared": "yes"}).location == address(birch, "receipt")

    assert birch.submitted_by is somebody(session)
    assert re.fullmatch(r"EH-[2-9A-Z]{4}-[2-9A-Z]{4}", birch.reference or "")
    assert birch.reference in words(cy.get(address(birch, "receipt")).text)
    again = send(cy, url, page, {"declared": "yes"})
    assert again.status_code == 409
    assert "submitted already" in words(again.text)
    assert cy.get(url).status_code == 302


def test_a_return_waits_for_what_must_be_answered(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    save(session, birch, "S01.1", {}, seen=1)
    session.commit()

    response = fill(cy, address(birch, "submit"), {"declared": "yes"})

    assert response.status_code == 422
    assert "S01.1 has not been answered" in words(response.text)
    with pytest.raises(UnansweredError):
        handing_in.hand_in(session, birch, somebody(session), NOON)


def test_there_is_no_receipt_before_the_return_is_submitted(
    cy: CheckingClient, birch: Submission
) -> None:
    assert cy.get(address(birch, "receipt")).location == address(birch)


def test_every_question_can_be_read_before_starting(cy: CheckingClient, birch: Submission) -> None:
    page = words(cy.get(address(birch, "questions")).text)

    for one in (
        "How do you know that it works? In your own words. Up to 100 words. Asked only if S01.1 is "
        "2 (Developing) or more.",
        "A rating from 0 (Not in place) to 4 (Embedded), on the scale for ratings at the top of "
        "this page. Must be answered. S01.2",
        "A number. In families. For: 2014 to 2015.",
        "Asked only if A1.1 is “Yes”.",
        "A few words. Up to 20 words. Must be answered in everything you add.",
        "A1.2",
    ):
        assert one in page
