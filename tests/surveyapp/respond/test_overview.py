"""A return seen from above: its list of sections, what is mine, what waits, who did what."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Contributor, Handover, SectionState, Submission
from surveyapp.respond import teamwork
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import queries, save, somebody
from tests.surveyapp.respond.filling import address, enter, fill, join, send, words


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


def state_of(session: Session, submission: Submission, code: str) -> SectionState:
    return session.get_one(SectionState, (submission.id, code))


def test_who_did_what_is_listed_the_latest_first(
    cy: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    save(session, birch, "S01.2", {"text": "One"})
    save(session, birch, "S01.2", {"text": "Two"}, seen=1)
    session.commit()
    fill(cy, address(birch, "sections/S01/hand-over"), {"to": str(dee.id), "note": ""})
    url = address(birch, "questions/S01.2")
    send(cy, f"{url}/comments", cy.get(url).text, {"comment": "Secret words"})

    page = cy.get(address(birch, "activity")).text

    said = words(page)
    comment, handed = said.index("You commented on S01.2"), said.index("You handed")
    assert comment < handed < said.index("You saved S01.2")
    assert "Identification of needs to Dee Birch" in said
    assert "(2 times)" in said
    assert "Secret words" not in said
    assert f'href="{url}"' in page


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "99999", "9" * 30])
def test_a_page_of_activity_that_is_not_there_is_no_error(
    number: str, cy: CheckingClient, birch: Submission
) -> None:
    assert cy.get(address(birch, f"activity?page={number}")).status_code == 200


def test_the_list_of_sections_says_what_is_mine_and_what_waits(
    cy: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    me = next(one for one in birch.contributors if one.coordinator)
    fill(cy, address(birch, "sections/A1/hand-over"), {"to": str(me.id), "note": ""})
    url = address(birch, "questions/S01.4")
    send(cy, f"{url}/comments", cy.get(url).text, {"comment": "All of them?"})

    page = cy.get(address(birch)).text

    said = words(page)
    assert "Yours: 1 section Child abuse and neglect" in said
    assert said.index("Yours: 1 section") < said.index("Identification of needs")
    assert "1 comment waits to be dealt with" in said
    assert f'href="{url}#comments"' in page
    for rest in ("form.docx", "form", "questions.docx", "questions.pdf", "colleagues", "activity"):
        assert f'href="{address(birch, rest)}"' in page


@pytest.mark.parametrize(
    ("days", "words_of_it"),
    [(3, "3 days left"), (1, "tomorrow"), (0, "today"), (-2, "The last day was")],
)
def test_the_list_says_how_long_there_is(
    days: int, words_of_it: str, cy: CheckingClient, session: Session, birch: Submission
) -> None:
    today = now().astimezone(dt.timezone(dt.timedelta())).date()
    birch.survey.is_example = False
    birch.survey.closes_on = today + dt.timedelta(days=days)
    birch.survey.opens_on = min(birch.survey.opens_on, birch.survey.closes_on)
    session.commit()

    assert words_of_it in words(cy.get(address(birch)).text)


def test_the_time_of_an_example_stands_still(cy: CheckingClient, birch: Submission) -> None:
    said = words(cy.get(address(birch)).text)

    assert "In this example it is always 31 July 2015, the last day of the survey" in said
    assert "The last day was" not in said


def test_what_is_said_about_a_section_stands_apart(
    cy: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    fill(cy, address(birch, "sections/S01/hand-over"), {"to": str(dee.id), "note": "Today, please"})
    teamwork.arrive(session, dee, "S01", now())
    session.commit()

    said = words(cy.get(address(birch)).text)

    assert "Dee Birch has this section. Cy Birch says: “Today, please” Here now: Dee Birch." in said


def test_nothing_is_left_to_do_once_a_return_is_submitted(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    me = next(one for one in birch.contributors if one.coordinator)
    fill(cy, address(birch, "sections/A1/hand-over"), {"to": str(me.id), "note": "Mine"})
    url = address(birch, "questions/S01.4")
    send(cy, f"{url}/comments", cy.get(url).text, {"comment": "All of them?"})
    left = ("comment waits", "Check and submit", "before you start", "so far", "Yours:", "You have")
    before = words(cy.get(address(birch)).text)
    birch.submitted_at, birch.submitted_by = now(), somebody(session)
    session.commit()

    page = cy.get(address(birch)).text

    assert [one for one in left if one not in before] == []
    assert [one for one in left if one in words(page)] == []
    for rest in ("receipt", "receipt.docx", "check", "questions"):
        assert f'href="{address(birch, rest)}"' in page


@pytest.mark.parametrize("how", ["submitted", "closed", "not open"])
def test_the_list_says_what_now_when_nothing_can_be_changed(
    how: str, cy: CheckingClient, session: Session, birch: Submission
) -> None:
    if how == "submitted":
        birch.submitted_at, birch.submitted_by = now(), somebody(session)
        wanted = "There is nothing more to do."
    elif how == "closed":
        birch.survey.closed_at = now()
        wanted = "What you had saved is kept"
    else:
        birch.survey.opened_at = None
        wanted = "This survey is not open yet."
    session.commit()

    said = words(cy.get(address(birch)).text)

    assert wanted in said
    assert "Hand over" not in said
    assert "Submit the return" not in said


@pytest.mark.queries
@pytest.mark.parametrize("rest", ["", "colleagues", "activity", "sections/S01/hand-over"])
def test_a_page_asks_as_often_for_a_large_team(
    rest: str, cy: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    def count() -> int:
        session.expire_all()
        with queries(session) as sent:
            assert cy.get(address(birch, rest)).status_code == 200
        return len(sent)

    few = count()
    for number in range(20):
        one = join(session, birch, f"Hal{number} Birch")
        session.add(
            Handover(
                submission_id=birch.id,
                section_code="S01",
                from_id=dee.id,
                to_id=one.id,
                at=now(),
            )
        )
        state_of(session, birch, ("S01", "A1", "Z1")[number % 3]).assigned_to_id = one.id
    session.commit()

    assert count() == few
