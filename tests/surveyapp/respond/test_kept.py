"""Words that are no part of a return: kept, and found again by whom they belong to."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import AuditEvent, Contributor, Submission, Unsaved
from surveyapp.respond import kept
from surveyapp.respond import services as respond
from surveyapp.respond.services import Draft
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, save, somebody
from tests.surveyapp.respond.filling import address, enter, join, send, words
from tests.surveyapp.rounds import LATER, consultant


@pytest.fixture
def dee(session: Session, birch: Submission) -> Contributor:
    """A colleague of Birch's coordinator."""
    save(session, birch, "S01.1", {"rating": 3}, seen=1)
    return join(session, birch, "Dee Birch")


@pytest.fixture
def cy(client: CheckingClient, session: Session, dee: Contributor) -> CheckingClient:
    """Birch's coordinator, signed in."""
    return enter(client, somebody(session))


def clash(cy: CheckingClient, session: Session, birch: Submission) -> str:
    """Let Dee write while Cy has the page open; return what Cy is shown on saving."""
    url = address(birch, "sections/S01")
    page = cy.get(url).text
    dee = somebody(session, "Dee Birch")
    respond.save_answer(session, birch, Draft("S01.2", {"text": "Dee's words"}), dee, NOON)
    session.commit()
    return send(cy, url, page, {"S01.2:text": "Cy's words"}).text


def unsaved(session: Session) -> list[Unsaved]:
    return list(session.scalars(select(Unsaved).order_by(Unsaved.at)))


def test_words_given_up_for_a_colleagues_are_kept(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    page = clash(cy, session, birch)

    response = send(cy, address(birch, "sections/S01/conflicts"), page, {"S01.2:keep": "theirs"})

    assert response.status_code == 303
    (row,) = unsaved(session)
    assert (row.question_code, row.reason, row.value["text"]) == ("S01.2", "conflict", "Cy's words")
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "words.gave_way")).one()
    assert event.detail == {"question": "S01.2"}
    told = words(cy.get(address(birch, "kept")).text)
    assert "Cy's words" in told
    assert "A colleague’s words stand in place of these." in told


@pytest.mark.parametrize("choice", ["mine", "merge"])
def test_words_that_stand_are_not_kept_apart(
    choice: str, cy: CheckingClient, session: Session, birch: Submission
) -> None:
    page = clash(cy, session, birch)

    send(cy, address(birch, "sections/S01/conflicts"), page, {"S01.2:keep": choice})

    assert unsaved(session) == []


def test_a_form_sent_twice_keeps_words_once(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    page = clash(cy, session, birch)
    for _ in range(2):
        send(cy, address(birch, "sections/S01/conflicts"), page, {"S01.2:keep": "theirs"})

    assert len(unsaved(session)) == 1


def test_nothing_is_kept_of_an_answer_that_says_nothing(
    session: Session, birch: Submission, dee: Contributor
) -> None:
    assert kept.give_way(session, birch, [Draft("S01.2", {"text": " "}, 1)], dee.person, NOON) == []


def test_words_that_came_too_late_are_found_again(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    url = address(birch, "sections/S01")
    page = cy.get(url).text
    respond.submit(session, birch, somebody(session), NOON)
    session.commit()

    late = send(cy, url, page, {"S01.2:text": "One more thing"})

    assert late.status_code == 409
    assert address(birch, "kept") in late.text
    told = words(cy.get(address(birch, "kept")).text)
    assert "One more thing" in told
    assert "The return had been submitted." in told
    assert "1 text of yours is kept apart" in words(cy.get(address(birch)).text)


def test_words_after_the_close_say_so(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    url = address(birch, "sections/S01")
    page = cy.get(url).text
    birch.survey.closed_at = LATER
    session.commit()
    send(cy, url, page, {"S01.2:text": "One more thing"})

    assert "The survey was not open." in words(cy.get(address(birch, "kept")).text)


def test_a_person_sees_their_own_words_only(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    dee = somebody(session, "Dee Birch")
    kept.give_way(session, birch, [Draft("S01.2", {"text": "Dee's alone"}, 1)], dee, NOON)
    session.commit()

    assert "Dee's alone" not in words(cy.get(address(birch, "kept")).text)
    assert "kept apart" not in words(cy.get(address(birch)).text)


def test_a_consultant_sees_the_words_of_everybody(
    client: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    for name in ("Dee Birch", "Cy Birch"):
        draft = Draft("S01.2", {"text": f"Words of {name}"}, 1)
        kept.give_way(session, birch, [draft], somebody(session, name), NOON)
    client.sign_in(consultant(session))
    session.commit()

    told = words(client.get(address(birch, "kept")).text)

    for one in ("Dee Birch, 25 July 2015", "Words of Dee Birch", "Words of Cy Birch"):
        assert one in told


def test_words_under_a_question_that_is_gone_are_shown_all_the_same(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    session.add(
        Unsaved(
            submission=birch,
            person=somebody(session),
            question_code="S99.9",
            value={"text": "Of old"},
            reason="invalid",
            at=NOON,
        )
    )
    session.commit()

    told = words(cy.get(address(birch, "kept")).text)

    assert "Of old" in told
    assert "A question that is not asked any more" in told
