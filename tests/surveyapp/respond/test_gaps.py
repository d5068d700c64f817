"""Whoever submits a return is told what it lacks, and the return says what is true of it then."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from surveyapp.definitions import use_levels
from surveyapp.material.file import File
from surveyapp.models import Contributor, Submission
from surveyapp.respond import handing_in, teamwork
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import queries, save, somebody
from tests.surveyapp.respond.filling import address, enter, fill, join, send, words

UNSAID = "Nobody has said how we may use the words"


@pytest.fixture
def dee(session: Session, birch: Submission) -> Contributor:
    """A colleague of Birch's coordinator."""
    return join(session, birch, "Dee Birch")


@pytest.fixture
def cy(client: CheckingClient, session: Session, dee: Contributor) -> CheckingClient:
    """Birch's coordinator, signed in; every question that must be answered is."""
    return enter(client, somebody(session))


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def choose(client: CheckingClient, birch: Submission, code: str, use_level: str = "") -> None:
    """Finish a section, and say how its words may be used where that is asked."""
    typed = {"finished": "yes"} | ({"use_level": use_level} if use_level else {})
    response = fill(client, address(birch, f"sections/{code}/finish"), typed)
    assert response.status_code == 303


def test_words_that_nobody_spoke_for_are_pointed_out(cy: CheckingClient, birch: Submission) -> None:
    page = cy.get(address(birch, "submit")).text

    said = words(page)
    assert UNSAID in said
    assert "without your council’s name, as if you had chosen “Without our name”" in said
    assert f'href="{address(birch, "sections/S01/finish")}"' in page
    choose(cy, birch, "S01", "named")
    assert UNSAID not in words(cy.get(address(birch, "submit")).text)


def test_what_is_said_of_such_words_is_what_the_review_does(birch: Submission) -> None:
    file = File(birch, (), (), {})

    assert birch.sections[0].use_level is None
    assert use_levels.name_of(file.use_level("S01.2")) == "Without our name"


def test_a_section_without_answers_has_no_words_to_speak_for(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    for code in ("S01.1", "S01.3"):
        save(session, birch, code, {}, seen=1)
    session.commit()

    assert UNSAID not in words(cy.get(address(birch, "submit")).text)


def test_sections_that_are_not_finished_are_linked(cy: CheckingClient, birch: Submission) -> None:
    choose(cy, birch, "S01", "named")

    page = cy.get(address(birch, "submit")).text

    assert "2 sections are not marked as finished" in words(page)
    assert f'href="{address(birch, "sections/A1")}"' in page
    assert f'href="{address(birch, "sections/S01")}"' not in page


def test_comments_that_wait_are_linked(cy: CheckingClient, birch: Submission) -> None:
    url = address(birch, "questions/S01.4")
    send(cy, f"{url}/comments", cy.get(url).text, {"comment": "All of them?"})

    page = cy.get(address(birch, "submit")).text

    assert "1 comment waits to be dealt with" in words(page)
    assert f'href="{url}#comments"' in page
    assert "All of them?" not in page


@pytest.mark.parametrize(("seconds", "is_here"), [(5, True), (600, False)])
def test_colleagues_who_are_writing_are_named(
    seconds: int,
    *,
    is_here: bool,
    cy: CheckingClient,
    session: Session,
    birch: Submission,
    dee: Contributor,
) -> None:
    me = next(one for one in birch.contributors if one.coordinator)
    teamwork.arrive(session, me, "A1", now())
    teamwork.arrive(session, dee, "S01", now() - dt.timedelta(seconds=seconds))
    session.commit()

    said = words(cy.get(address(birch, "submit")).text)

    assert ("Dee Birch: Identification of needs" in said) is is_here
    assert "Cy Birch: " not in said


def test_a_question_that_must_be_answered_is_linked_before_the_press(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    save(session, birch, "S01.1", {}, seen=1)
    session.commit()

    page = cy.get(address(birch, "submit")).text

    assert "1 question must be answered first" in words(page)
    assert f'href="{address(birch, "sections/S01")}#question-S01-1"' in page


def test_none_of_it_stands_in_the_way(cy: CheckingClient, birch: Submission) -> None:
    assert "None of it stops you" in words(cy.get(address(birch, "submit")).text)

    response = fill(cy, address(birch, "submit"), {"declared": "yes"})

    assert response.location == address(birch, "receipt")


def test_a_return_that_lacks_nothing_is_not_held_up(cy: CheckingClient, birch: Submission) -> None:
    choose(cy, birch, "S01", "named")
    choose(cy, birch, "A1", "withheld")
    choose(cy, birch, "Z1")

    assert "Before you submit" not in words(cy.get(address(birch, "submit")).text)


def test_a_copy_that_is_final_leaves_nothing_unsaid(cy: CheckingClient, birch: Submission) -> None:
    before = words(cy.get(address(birch, "check")).text)
    fill(cy, address(birch, "submit"), {"declared": "yes"})

    after = words(cy.get(address(birch, "check")).text)

    assert "If nobody does, they may be used without your council’s name" in before
    assert "Nobody said how these words may be used, so they may be used without" in after
    assert "Nobody has said" not in after


def test_the_declaration_is_true_of_words_nobody_spoke_for() -> None:
    assert "or without our council’s name where we did not say" in handing_in.DECLARATION


@pytest.mark.parametrize(
    ("ticked", "said"), [({"may_share": True}, "yes"), ({"may_share": False}, "no"), ({}, "no")]
)
def test_a_document_is_read_through_with_its_consent(
    ticked: dict[str, object],
    said: str,
    cy: CheckingClient,
    session: Session,
    birch: Submission,
) -> None:
    save(session, birch, "S01.5", {"title": "Levels of need", **ticked}, entry_id="e1")
    session.commit()

    assert f"Levels of need May be shared: {said}" in words(cy.get(address(birch, "check")).text)


@pytest.mark.parametrize(("ticked", "said"), [({"may_publish": True}, "yes"), ({}, "no")])
def test_a_person_is_read_through_with_their_consent(
    ticked: dict[str, object],
    said: str,
    cy: CheckingClient,
    session: Session,
    birch: Submission,
) -> None:
    save(session, birch, "Z1.2.a", {"name": "Gil Birch", **ticked}, entry_id="e1")
    save(session, birch, "Z1.2.b", {"options": ["s01"]}, entry_id="e1")
    session.commit()

    page = words(cy.get(address(birch, "check")).text)
    assert f"Gil Birch May be published: {said} Which strands" in page


def test_nothing_is_said_of_consent_where_there_is_nothing_to_consent_to(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    save(session, birch, "S01.5", {"missing": "don't know"}, entry_id="e1")
    save(session, birch, "S01.4", {"number": 12})
    session.commit()

    assert "May be" not in words(cy.get(address(birch, "check")).text)


@pytest.mark.queries
def test_what_is_missing_takes_as_many_queries_for_much_as_for_little(
    cy: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    def count() -> int:
        session.expire_all()
        with queries(session) as sent:
            assert cy.get(address(birch, "submit")).status_code == 200
        return len(sent)

    teamwork.arrive(session, dee, "A1", now())
    session.commit()
    few = count()
    for number in range(9):
        one = join(session, birch, f"Hal{number} Birch")
        teamwork.arrive(session, one, "S01", now())
        teamwork.comment(session, birch, "S01.4", (one.person, "Hm"), now())
    session.commit()

    assert count() == few
