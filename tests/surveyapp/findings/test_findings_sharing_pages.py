"""Examples ranked and shortlisted on their page, and who may be introduced to whom."""

import io

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.material import concluded, gathering, reading
from surveyapp.models import AuditEvent, Person, Shortlisting, Survey
from synthesis.material import Practice
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import save, submission_of
from tests.surveyapp.deriving import derive
from tests.surveyapp.findings.confirming import ALDER, consultant
from tests.surveyapp.findings.confirming import decide as confirm

BASE = "/findings/tiny-survey-2015"
TITLE = "Call back in a day"


@pytest.fixture
def con(session: Session, survey: Survey, client: CheckingClient) -> Person:
    """A consultant, signed in."""
    person = consultant(session)
    session.commit()
    client.sign_in(person)
    return person


def offered(session: Session, survey: Survey) -> str:
    """Return the id of the one example that was offered."""
    return gathering.offered(session, survey, reading.of_examples).practices[0].id


def decide(client: CheckingClient, practice: str, verdict: str, reason: str) -> int:
    typed = {"practice": practice, "verdict": verdict, "reason": reason}
    return client.post(f"{BASE}/examples", data=typed).status_code


def test_examples_are_ranked_by_rules_in_words(client: CheckingClient, con: Person) -> None:
    page = client.get(f"{BASE}/examples").text
    assert f"1. {TITLE}" in page
    for words in (
        "May be published without a name",
        "Local data",
        "Mentions none",
        "Rates itself 3 on the strand",
        "1 shared on the strand",
        "Strength of evidence: a comparison, then",
    ):
        assert words in page


def test_the_latest_entry_of_the_shortlist_holds(
    client: CheckingClient, session: Session, survey: Survey, con: Person
) -> None:
    practice = offered(session, survey)
    assert decide(client, practice, "leave out", "Nothing was measured") == 303
    assert gathering.gather(session, survey).material.practices == ()
    assert decide(client, practice, "shortlist", "They sent figures") == 303
    assert len(gathering.gather(session, survey).material.practices) == 1
    page = client.get(f"{BASE}/examples").text
    assert "Nothing was measured" in page
    assert page.index("They sent figures") < page.index("Nothing was measured")
    told = set(session.scalars(select(AuditEvent.action)))
    assert {"example.left_out", "example.shortlisted"} <= told


def test_once_one_example_is_shortlisted_only_those_go_into_the_review() -> None:
    some = tuple(Practice(name, "X06000001", "S01", name, "what") for name in ("a", "b", "c"))

    def ids(decided: dict[str, bool]) -> tuple[list[str], int]:
        chosen, of = concluded.chosen(some, decided)
        return [one.id for one in chosen], of

    assert ids({}) == (["a", "b", "c"], 0)
    assert ids({"a": False}) == (["b", "c"], 0)
    assert ids({"a": False, "c": True}) == (["c"], 3)


def test_the_page_says_what_the_shortlist_does(
    client: CheckingClient, session: Session, survey: Survey, con: Person
) -> None:
    practice = offered(session, survey)
    page = client.get(f"{BASE}/examples").text
    assert "Until you shortlist one, the review prints every example" in page
    assert "Goes into the review." in page
    decide(client, practice, "leave out", "Nothing was measured")
    assert "Not in the review: you left it out." in client.get(f"{BASE}/examples").text
    decide(client, practice, "shortlist", "They sent figures")
    assert "The review prints only those" in client.get(f"{BASE}/examples").text
    assert gathering.gather(session, survey).material.shortlisted_of == 1


def test_a_reason_is_asked_for(
    client: CheckingClient, session: Session, survey: Survey, con: Person
) -> None:
    practice = offered(session, survey)
    typed = {"practice": practice, "verdict": "leave out", "reason": "  "}
    response = client.post(f"{BASE}/examples", data=typed)
    assert response.status_code == 422
    assert "Enter a reason" in response.text
    long = client.post(f"{BASE}/examples", data={**typed, "reason": "x" * 501})
    assert "x" * 501 in long.text
    assert session.scalars(select(Shortlisting)).all() == []
    assert decide(client, "another/Z1.1/x", "shortlist", "Good") == 400


def _let_birch_ask(session: Session, survey: Survey, *, level: str = "named") -> None:
    birch = submission_of(session, "Birch")
    save(session, birch, "S01.1", {"rating": 0}, seen=1)
    who = {"name": "Cy Birch", "role": "Manager", "email": "cy@birch.example", "may_publish": True}
    save(session, birch, "Z1.2.a", who, entry_id="e1")
    save(session, birch, "Z1.2.b", {"options": ["s01"]}, entry_id="e1")
    for state in birch.sections:
        if state.section_code == "S01":
            state.use_level = level
    session.commit()


def test_the_strong_are_introduced_to_those_who_ask(
    client: CheckingClient, session: Session, survey: Survey, con: Person
) -> None:
    _let_birch_ask(session, survey)
    page = client.get(f"{BASE}/sharing").text
    assert "1 introduction" in page
    assert "cy@birch.example" in page
    assert "Rates itself 0" in page
    assert "Nobody can be introduced on this strand" not in page
    file = client.get(f"{BASE}/sharing.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(file.data))
    rows = list(book["Introductions"].iter_rows(values_only=True))
    assert rows[1][0] == "S01"
    assert rows[1][2] == "Birch"
    assert rows[1][5] == "Alder"


def _let_alder_have_gaps(session: Session, survey: Survey) -> None:
    derive(session, survey)
    for theme in ("S01", "P2"):
        confirm(session, survey, ALDER, theme)
    session.commit()


def test_confirmed_gaps_are_said_beside_whoever_is_strong(
    client: CheckingClient, session: Session, survey: Survey, con: Person
) -> None:
    _let_birch_ask(session, survey)
    assert "Has confirmed gaps" not in client.get(f"{BASE}/sharing").text
    _let_alder_have_gaps(session, survey)
    assert "Has confirmed gaps on this strand: 1" in client.get(f"{BASE}/sharing").text
    file = client.get(f"{BASE}/sharing.xlsx")
    rows = openpyxl.load_workbook(io.BytesIO(file.data))["Introductions"].values
    header, row = list(rows)[:2]
    assert dict(zip(header, row, strict=True))["confirmed gaps there"] == 1


@pytest.mark.privacy
def test_who_did_not_agree_is_counted_and_not_named(
    client: CheckingClient, session: Session, survey: Survey, con: Person
) -> None:
    _let_birch_ask(session, survey, level="unnamed")
    page = client.get(f"{BASE}/sharing").text
    assert "cy@birch.example" not in page
    assert "Counted, and not named" in page
    file = client.get(f"{BASE}/sharing.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(file.data))
    cells = [str(cell) for sheet in book for row in sheet.values for cell in row if cell]
    assert not [cell for cell in cells if "Birch" in cell]
