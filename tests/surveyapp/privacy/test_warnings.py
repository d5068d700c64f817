"""Whoever types is told at once of words that may identify a child, and nothing is held up."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.identifying import boxes, warning
from surveyapp.models import Comment, Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import somebody
from tests.surveyapp.privacy.planted import NAME, STORY, answer_of

pytestmark = pytest.mark.privacy
SAID = "This may identify a child:"


@pytest.fixture
def cy(session: Session, birch: Submission, client: CheckingClient) -> CheckingClient:
    client.sign_in(somebody(session))
    return client


def words(session: Session, birch: Submission) -> str:
    session.expire_all()
    return str(answer_of(session, birch, "S01.2").value["text"])


def form(text: str, seen: int = 0) -> dict[str, object]:
    return {"S01.2:seen": seen, "S01.2:text": text, "S01.1:seen": 1, "S01.1:rating": "3"}


def test_a_saved_answer_is_shown_with_a_warning_and_then_lets_go_on(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    address = f"/r/{birch.id}/sections/S01"
    answer = cy.post(address, data=form(STORY))
    assert words(session, birch) == STORY
    assert answer.location.startswith(address)
    page = cy.get(answer.location).text
    assert SAID in page
    assert f'<mark class="survey-warned__words">{NAME}</mark> (name)' in page
    seen = answer_of(session, birch, "S01.2").version
    again = cy.post(answer.location.partition("#")[0], data=form(STORY, seen))
    assert again.location != answer.location


def test_an_autosave_carries_the_warning(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    answer = cy.post(f"/r/{birch.id}/sections/S01/typing", data=form(STORY))
    assert answer.json["state"] == "saved"
    assert {"words": NAME, "kind": "name"} in answer.json["identifying"]["S01.2"]
    assert words(session, birch) == STORY


def test_ordinary_words_warn_nobody(cy: CheckingClient, birch: Submission) -> None:
    answer = cy.post(f"/r/{birch.id}/sections/S01/typing", data=form("We ask families twice."))
    assert answer.json["identifying"]["S01.2"] == []
    assert SAID not in cy.get(f"/r/{birch.id}/sections/S01/S01.2").text


def test_a_comment_is_kept_and_warned_about(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    answer = cy.post(f"/r/{birch.id}/questions/S01.2/comments", data={"comment": STORY})
    assert session.scalars(select(Comment.text)).all() == [STORY]
    assert "This comment may identify a child:" in cy.get(answer.location).text


def test_the_rules_are_quick_enough_for_a_request() -> None:
    assert [one.kind for one in warning.of(STORY)] == ["name", "age with a place"]


MANY = " ".join(f"Ring 07700 90012{number}." for number in range(9))


def test_how_many_more_there_are_is_said_with_scripts_and_without(
    cy: CheckingClient, birch: Submission
) -> None:
    assert [one.more for one in warning.of(MANY)] == [0, 0, 0, 0, 4]
    assert boxes.look("respond.comment", [("comment", MANY)]) == warning.of(MANY)
    answer = cy.post(f"/r/{birch.id}/sections/S01/typing", data=form(MANY))
    assert answer.json["identifying"]["S01.2"][-1]["more"] == 4
    assert " and 4 more. Take it out" in cy.get(f"/r/{birch.id}/sections/S01").text
    answer = cy.post(f"/r/{birch.id}/questions/S01.2/comments", data={"comment": MANY})
    assert cy.get(answer.location).text.count(" and 4 more.") == 2
