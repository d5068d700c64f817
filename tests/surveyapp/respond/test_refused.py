"""Words that could not be saved: kept at once, found again in their box, gone once put right."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Contributor, Submission, Unsaved
from surveyapp.respond import services as respond
from surveyapp.respond.services import Draft
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, save, somebody
from tests.surveyapp.respond.filling import address, enter, fields, fill, join, send, words

REFUSED = {"S01.4:number": "about forty"}


@pytest.fixture
def dee(session: Session, birch: Submission) -> Contributor:
    """A colleague of Birch's coordinator."""
    return join(session, birch, "Dee Birch")


@pytest.fixture
def cy(client: CheckingClient, session: Session, birch: Submission) -> CheckingClient:
    """Birch's coordinator, signed in."""
    save(session, birch, "S01.1", {"rating": 3}, seen=1)
    session.commit()
    return enter(client, somebody(session))


def unsaved(session: Session) -> list[tuple[str, str, object]]:
    session.expire_all()
    rows = session.scalars(select(Unsaved).order_by(Unsaved.question_code, Unsaved.at))
    return [(row.question_code, row.reason, dict(row.value)) for row in rows]


def clash(cy: CheckingClient, session: Session, birch: Submission) -> str:
    """Let Dee write while Cy has the page open; return what Cy is shown on saving."""
    url = address(birch, "sections/S01")
    page = cy.get(url).text
    dee = somebody(session, "Dee Birch")
    respond.save_answer(session, birch, Draft("S01.2", {"text": "Dee's words"}), dee, NOON)
    session.commit()
    return send(cy, url, page, {"S01.2:text": "Cy's words"}).text


def test_refused_words_are_kept_and_stand_in_their_box_again(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    url = address(birch, "sections/S01")
    refused = fill(cy, url, REFUSED)
    assert refused.status_code == 422
    assert "is kept until you put it right" in words(refused.text)

    again = cy.get(url).text

    assert fields(again)["S01.4:number"] == ["about forty"]
    assert "What you typed last is not saved yet." in words(again)
    assert 'href="#S01-4-number"' in again
    told = words(cy.get(address(birch, "kept")).text)
    assert "about forty" in told
    assert "They did not fit the question." in told


def test_refused_words_are_kept_once_however_often_they_are_sent(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    url = address(birch, "sections/S01")
    for typed in ("about forty", "about forty", "some fifty"):
        fill(cy, url, {"S01.4:number": typed})

    ((code, reason, value),) = unsaved(session)
    assert (code, reason, value["number"]) == ("S01.4", "invalid", "some fifty")


@pytest.mark.parametrize("typed", ["40", ""])
def test_refused_words_are_let_go_of_once_they_are_put_right(
    typed: str, cy: CheckingClient, session: Session, birch: Submission
) -> None:
    url = address(birch, "sections/S01")
    fill(cy, url, REFUSED)

    assert fill(cy, url, {"S01.4:number": typed}).status_code == 303

    assert unsaved(session) == []
    assert fields(cy.get(url).text)["S01.4:number"] == [typed]


def test_words_put_right_while_they_are_typed_are_let_go_of(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    url = address(birch, "sections/S01")
    page = fill(cy, url, REFUSED).text
    form = {name: one for name, one in fields(page).items() if name.startswith("S01.4:")}
    token = fields(page)["csrf_token"]

    cy.post(f"{url}/typing", data={**form, "csrf_token": token, "S01.4:number": ""})

    assert unsaved(session) == []


def test_words_mended_elsewhere_do_not_come_back(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    url = address(birch, "sections/S01")
    fill(cy, url, REFUSED)
    row = session.scalars(select(Unsaved)).one()
    row.at = NOON
    draft = Draft("S01.4", {"number": "41"})
    respond.save_answer(session, birch, draft, somebody(session), NOON.replace(hour=13))
    session.commit()

    assert fields(cy.get(url).text)["S01.4:number"] == ["41"]
    assert "about forty" not in words(cy.get(address(birch, "kept")).text)


def test_what_a_colleague_saves_meanwhile_is_not_written_over(
    cy: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    url = address(birch, "sections/S01")
    fill(cy, url, REFUSED)
    row = session.scalars(select(Unsaved)).one()
    row.at = NOON
    later = NOON.replace(hour=13)
    respond.save_answer(session, birch, Draft("S01.4", {"number": 10}), dee.person, later)
    session.commit()

    assert fill(cy, url, {"S01.4:number": "40"}).status_code == 409


def test_leaving_the_page_with_both_texts_loses_nothing(
    cy: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    page = clash(cy, session, birch)

    assert [(code, reason) for code, reason, _ in unsaved(session)] == [("S01.2", "conflict")]
    assert "your kept words" in words(page)
    assert "Cy's words" in words(cy.get(address(birch, "kept")).text)


@pytest.mark.parametrize("choice", ["mine", "merge"])
def test_words_that_stand_after_all_are_kept_apart_no_more(
    choice: str, cy: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    page = clash(cy, session, birch)

    send(cy, address(birch, "sections/S01/conflicts"), page, {"S01.2:keep": choice})

    assert unsaved(session) == []


def test_what_was_merged_without_choosing_stands_in_the_box_again(
    cy: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    page = clash(cy, session, birch)

    send(cy, address(birch, "sections/S01/conflicts"), page, {"S01.2:merged": "Our words"})

    assert fields(cy.get(address(birch, "sections/S01")).text)["S01.2:text"] == ["Our words"]


def test_a_form_that_arrived_is_known_to_the_browser_by_its_mark(
    cy: CheckingClient, birch: Submission
) -> None:
    url = address(birch, "sections/S01")
    assert 'data-received=""' in cy.get(url).text

    fill(cy, url, {"sent": "17.abc"})
    assert 'data-received="17.abc"' in cy.get(url).text

    fill(cy, url, {"sent": "<script>"})
    assert 'data-received="17.abc"' in cy.get(url).text
