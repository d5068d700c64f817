"""The search: what a query finds in the tables, and what is counted of it."""

import re

import pytest
from sqlalchemy.orm import Session

from surveyapp.analysis import searching
from surveyapp.models import Passage, Person, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.charting import FRONT_DOOR, ROOM, decide, hold, passage
from tests.surveyapp.findings.confirming import BIRCH, BIRCH_AGAINST, write_birch

SAID = "Most families come through their school."
GROUPS = "Neighbours and faith groups"
WITHHELD = "We would do it all again."


def found(staff: CheckingClient, query: str) -> list[str]:
    page = staff.get(f"{ROOM}search/", query_string={"q": query}).text
    assert "There is a problem" not in page
    hits = re.findall(r'<p class="govuk-body analysis-words">(.*?)</p>', page, re.DOTALL)
    return [re.sub(r"</?mark>", "", one) for one in hits]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ('"FRONT DOOR"', [FRONT_DOOR]),
        ("front theme:S01", [FRONT_DOOR]),
        ("front NOT theme:s01", []),
        ("school OR door", [FRONT_DOOR, SAID]),
        ("source:interview NOT use:withheld", [SAID]),
        ("(school OR door) NOT source:interview", [FRONT_DOOR]),
        ("theme:S01", [FRONT_DOOR, GROUPS, SAID]),
        ("authority:alder question:S01.2", [FRONT_DOOR]),
        ("question:s01", [FRONT_DOOR, GROUPS]),
        ("question:S0", []),
        ("authority:Birch", []),
        ("authority:X06000001 type:unitary door", [FRONT_DOOR]),
        ("type:County", []),
        ("rating:S01>=3 door", [FRONT_DOOR]),
        ("rating:S01<3", []),
        ("rating:S01=3 door", [FRONT_DOOR]),
        ('theme:"Identification of needs"', [FRONT_DOOR, GROUPS, SAID]),
        ("verdict:suggested theme:S01 door", [FRONT_DOOR]),
        ("verdict:confirmed", []),
        ("use:withheld", [WITHHELD]),
        ("is:held OR is:finished", []),
        ("%", []),
        ("_", []),
        ("NOT source:questionnaire NOT school", [WITHHELD]),
    ],
)
def test_a_query_finds_what_it_asks_for(
    query: str, words: list[str], staff: CheckingClient, derived: Survey
) -> None:
    assert found(staff, query) == words


def test_terms_stand_anywhere_in_the_same_answer_unless_asked_otherwise(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    write_birch(session, derived)
    session.commit()

    assert found(staff, "shared AND open") == [BIRCH, BIRCH_AGAINST]
    assert found(staff, "shared NOT open") == []
    assert found(staff, "shared NOT telephone") == [BIRCH]
    assert found(staff, "shared AND call") == []
    within = staff.get(f"{ROOM}search/?q=shared+AND+open&within=passage").text
    assert "Nothing was found" in within
    assert "or look in the same answer" in within


def test_a_star_at_the_end_is_taken_and_elsewhere_explained(
    staff: CheckingClient, derived: Survey
) -> None:
    assert found(staff, "neighb*") == [GROUPS]
    for query in ("wa*ting", "*"):
        page = staff.get(f"{ROOM}search/", query_string={"q": query}).text
        assert "A star can only stand at the end of a word" in page


def test_the_example_finds_something_here(staff: CheckingClient, derived: Survey) -> None:
    page = staff.get(f"{ROOM}search/").text
    example = re.search(r"Such as: (.*?)\s*</div>", page)
    assert example is not None
    assert found(staff, example[1])


def test_a_verdict_is_about_the_theme_beside_it(
    staff: CheckingClient, session: Session, derived: Survey, consultant: Person
) -> None:
    decide(session, derived, FRONT_DOOR, "P1", "add", consultant)

    assert found(staff, "verdict:confirmed") == [FRONT_DOOR]
    assert found(staff, "theme:P1 verdict:confirmed") == [FRONT_DOOR]
    assert found(staff, "theme:S01 verdict:confirmed") == []
    assert found(staff, "(theme:S01 OR theme:P1) verdict:confirmed") == [FRONT_DOOR]
    assert found(staff, "theme:S01 NOT verdict:confirmed") == [FRONT_DOOR, GROUPS, SAID]
    assert found(staff, "theme:P1 NOT verdict:confirmed") == []


def test_rejected_tags_are_found_only_when_asked_for(
    staff: CheckingClient, session: Session, derived: Survey, consultant: Person
) -> None:
    decide(session, derived, FRONT_DOOR, "S01", "reject", consultant)

    assert found(staff, "theme:S01") == [GROUPS, SAID]
    assert found(staff, "theme:S01 verdict:rejected") == [FRONT_DOOR]


def test_held_and_withheld_words_are_shown_and_counted_nowhere(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    hold(session, derived, FRONT_DOOR)

    page = staff.get(f"{ROOM}search/?q=front OR again OR school").text

    assert "1 passage of 1 authority</h2>" in page
    assert "2 more are held back or not for publication" in page
    assert "Held back: may identify a child" in page
    assert '<strong class="govuk-tag govuk-tag--orange">Not for publication' in page
    assert found(staff, "is:held") == [FRONT_DOOR]


def test_what_was_searched_for_is_marked(staff: CheckingClient, derived: Survey) -> None:
    page = staff.get(f'{ROOM}search/?q="front door" OR CALL').text

    assert "We count every <mark>call</mark> to the <mark>front door</mark>." in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("theme:S99", "The codebook has no theme “S99”. Its codes are S01, A1"),
        ("authority:Oak", "No authority “Oak” is in this survey"),
        ("source:radio", "After “source:” write one of questionnaire, interview, document"),
        ("type:Moon", "After “type:” write one of county, unitary"),
        ("rating:S99>1", "The codebook has no theme “S99”"),
        ("a AND (b", "This bracket is not closed"),
    ],
)
def test_a_fault_is_told_and_what_was_typed_is_kept(
    query: str, words: str, staff: CheckingClient, derived: Survey
) -> None:
    page = staff.get(f"{ROOM}search/", query_string={"q": query}).text

    assert words in page
    assert "<title>Error: Search passages" in page
    assert "Here: <code>" in page


def test_fields_do_as_well_as_the_language(staff: CheckingClient, derived: Survey) -> None:
    page = staff.get(f"{ROOM}search/?phrase=front+door&theme=S01&authority=X06000001").text

    assert "1 passage of 1 authority" in page
    assert "&#34;front door&#34; AND theme:S01 AND authority:X06000001" in page


def test_an_empty_search_is_refused_and_a_first_look_is_not(
    staff: CheckingClient, derived: Survey
) -> None:
    assert "Enter what to search for" in staff.get(f"{ROOM}search/?q=").text
    assert "There is a problem" not in staff.get(f"{ROOM}search/").text


def test_pages_follow_each_other_and_miss_nothing(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    model = passage(session, FRONT_DOOR)
    shared = {
        name: getattr(model, name)
        for name in ("survey_id", "response", "authority_code", "source", "question_code", "asked")
    } | {"use_level": "named", "verbatim": True, "doubt": 0.1}
    for number in range(60):
        row = {"start": number, "end": number + 1, "place": number // 7}
        session.add(Passage(key=f"{number:016x}", words=f"Elm says {number}.", **row, **shared))
    session.commit()
    seen: list[str] = []
    address = f"{ROOM}search/?q=elm&within=passage"
    while address:
        page = staff.get(address).text
        assert "60 passages of 1 authority" in page
        seen += re.findall(r"<mark>Elm</mark> says (\d+)\.", page)
        onward = re.search(r'href="([^"]*)">More passages', page)
        address = onward[1].replace("&amp;", "&") if onward else ""

    assert sorted(map(int, seen)) == list(range(60))
    assert len(seen) > searching.AT_ONCE


def test_words_of_another_survey_are_not_found(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    assert staff.get("/analysis/nowhere/search/?q=door").status_code == 404
    assert "Back to the first" in staff.get(f"{ROOM}search/?q=door&after=unknown").text


def test_a_star_in_quotation_marks_is_said_not_to_work(
    staff: CheckingClient, derived: Survey
) -> None:
    page = staff.get(f"{ROOM}search/", query_string={"q": '"front doo*"', "within": "passage"}).text
    assert "Nothing was found." in page
    assert "A * does not work inside quotation marks" in page
    link = re.search(r'Search for <a class="govuk-link" href="([^"]*)">&#34;front doo&#34;', page)
    assert link is not None
    followed = staff.get(link[1].replace("&amp;", "&")).text
    assert "does not work inside" not in followed
    assert found(staff, '"front doo"') == [FRONT_DOOR]
    assert "within=passage" in link[1]
