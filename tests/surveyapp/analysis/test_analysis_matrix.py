"""The matrix: empty cells told apart, summaries marked, filters, and as many queries for many."""

import html
import re

import pytest
from sqlalchemy.orm import Session

from surveyapp.analysis import grid, themes
from surveyapp.analysis.grid import Asked
from surveyapp.models import Cell, Person, Submission, Summary, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, grow, queries, save, submission_of
from tests.surveyapp.charting import ALDER, BIRCH, FRONT_DOOR, ROOM, decide, hold
from tests.surveyapp.deriving import derive


def names_of_cells(text: str) -> list[str]:
    return [
        html.unescape(one) for one in re.findall(r'<td[^>]*><a[^>]* aria-label="([^"]*)"', text)
    ]


def chart(session: Session, survey: Survey, person: Person, rests_on: str) -> None:
    about = {"survey_id": survey.id, "authority_code": ALDER, "theme": "S01"}
    session.add(
        Summary(**about, text="They count.", rests_on=rests_on, author=person, updated_at=NOON)
    )
    session.commit()


def test_every_cell_has_a_name_that_says_what_is_in_it(
    staff: CheckingClient, derived: Survey
) -> None:
    shown = names_of_cells(staff.get(f"{ROOM}?kind=all").text)

    assert shown == [
        "Alder, Identification of needs: 0 of 3 passages confirmed",
        "Alder, Child abuse and neglect: not for publication",
        "Birch, Identification of needs: nothing found",
        "Birch, Child abuse and neglect: not answered",
        "Cedar, Identification of needs: not answered",
        "Cedar, Child abuse and neglect: not answered",
    ]


def test_reasons_for_empty_cells_are_told_apart_by_signs_that_are_explained(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    for code, state in ((BIRCH, "not asked"), ("X06000003", "no response")):
        session.get_one(Cell, (derived.id, code, "S01")).empty = state
    session.commit()
    page = staff.get(f"{ROOM}?kind=all").text

    assert len({state.sign for state in grid.EMPTY.values()}) == len(grid.EMPTY)
    for state in ("not asked", "no response", "not answered", "not for publication"):
        sign = grid.EMPTY[state]
        assert f'analysis-key__sign {sign.style}">{sign.sign}</span> {sign.words}' in page


def test_an_authority_that_was_not_read_yet_says_so(staff: CheckingClient, survey: Survey) -> None:
    assert "Alder, Identification of needs: not read" in names_of_cells(staff.get(ROOM).text)


def test_decisions_show_at_once_and_held_words_count_nowhere(
    staff: CheckingClient, session: Session, derived: Survey, consultant: Person
) -> None:
    decide(session, derived, FRONT_DOOR, "S01", "accept", consultant)
    assert "1 of 3 passages confirmed" in names_of_cells(staff.get(ROOM).text)[0]

    hold(session, derived, FRONT_DOOR)

    assert "0 of 2 passages confirmed" in names_of_cells(staff.get(ROOM).text)[0]


def test_a_summary_is_marked_and_one_that_is_stale_differently(
    staff: CheckingClient, session: Session, derived: Survey, consultant: Person
) -> None:
    chart(session, derived, consultant, session.get_one(Cell, (derived.id, ALDER, "S01")).rests_on)
    assert names_of_cells(staff.get(ROOM).text)[0].endswith("; summary written")

    decide(session, derived, FRONT_DOOR, "S01", "accept", consultant)

    page = staff.get(ROOM).text
    assert names_of_cells(page)[0].endswith("; summary out of date")
    assert "1 summary is out of date." in page


def test_filters_leave_out_what_was_not_asked_for(
    staff: CheckingClient, session: Session, derived: Survey, consultant: Person
) -> None:
    chart(session, derived, consultant, "another hash")

    def rows(query: str) -> list[str]:
        return re.findall(r'<a href="beside/\w+/">(\w+)</a>', staff.get(ROOM + query).text)

    assert rows("") == ["Alder", "Birch", "Cedar"]
    assert rows("?only=stale") == rows("?only=summaries") == ["Alder"]
    assert rows("?type=County") == ["Cedar"]
    assert rows("?type=County&only=stale") == []
    one = names_of_cells(staff.get(f"{ROOM}?kind=outcome&theme=A1&theme=S01").text)
    assert [name.partition(":")[0] for name in one] == [
        f"{who}, Child abuse and neglect" for who in ("Alder", "Birch", "Cedar")
    ]
    assert rows("?kind=nonsense&theme=nonsense&only=nonsense") == ["Alder", "Birch", "Cedar"]


def test_a_summary_that_was_emptied_is_none(
    session: Session, derived: Survey, consultant: Person
) -> None:
    chart(session, derived, consultant, "x")
    session.query(Summary).one().text = ""
    session.commit()
    shown = themes.of_kinds(themes.of(derived), ("strand",))

    found = grid.draw(session, derived, shown, Asked())

    assert found.marks == {}


def test_a_survey_nobody_was_asked_in_says_so(
    staff: CheckingClient, session: Session, survey: Survey
) -> None:
    session.query(Submission).update({"survey_id": another(session, survey).id})
    session.commit()

    assert "No authority has been asked yet" in staff.get(ROOM).text


def another(session: Session, survey: Survey) -> Survey:
    pinned = {
        name: getattr(survey, name)
        for name in ("questionnaire_id", "guide_id", "codebook_id", "outline_id", "region")
    }
    one = Survey(code="later", title="Later", opens_on=NOON.date(), closes_on=NOON.date(), **pinned)
    session.add(one)
    session.flush()
    return one


@pytest.mark.queries
@pytest.mark.parametrize(
    "page",
    [
        "",
        "?kind=all&only=stale",
        f"cells/{ALDER}/S01/",
        f"beside/{ALDER}/",
        "ratings/",
        "crosstab/",
        "crosstab/?rows=outcome&columns=rating-S01",
        "crosstab/?columns=source",
        "crosstab/?columns=themes-stance&counts=passages",
        "crosstab.xlsx",
        "search/?q=e",
        'search/?q="front door" OR rating:S01>=0 AND theme:S01 verdict:suggested',
    ],
)
def test_a_page_asks_as_often_for_many_authorities_as_for_three(
    page: str, staff: CheckingClient, session: Session, derived: Survey
) -> None:
    derived_id = derived.id

    def asks() -> int:
        # As a request finds it: with nothing read yet.
        session.expunge_all()
        with queries(session) as sent:
            assert staff.get(ROOM + page).status_code == 200
        return len(sent)

    few, survey = asks(), session.get_one(Survey, derived_id)
    grow(session, survey, 40)
    for number in range(40):
        one = submission_of(session, f"Elm {number}")
        save(session, one, "S01.1", {"rating": number % 5})
        save(session, one, "S01.3", {"options": ["other"], "other": "The front door."})
    derive(session, survey)

    assert asks() == few


@pytest.mark.queries
def test_the_matrix_of_a_whole_country_stays_small(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    grow(session, derived, 149)
    derive(session, derived)

    page = staff.get(f"{ROOM}?kind=all")

    cells = len(names_of_cells(page.text))
    assert cells == 152 * 2
    # A cell takes less than 160 bytes: 152 authorities by 20 themes are less than half a megabyte.
    assert (len(page.data) - 15_000) / cells < 260
