"""The page of many suggestions: nothing is decided that it did not show; one undo is at hand."""

import re

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.coding import bulk
from surveyapp.coding.queue import Way
from surveyapp.models import AuditEvent, Decision
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.coding.at_work import BASE, Coder, verdicts

ADDRESS = f"{BASE}/suggestions/?theme=S01&at_least=0.8"


def keys(session: Session, kay: Coder) -> list[str]:
    """Return the passages of all that is listed."""
    rows = bulk.look(session, kay.survey, Way(theme="S01"), 0.8).rows
    return [one.key for one, _ in rows]


@pytest.fixture
def two(session: Session, kay: Coder, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two suggestions, each on a page of its own."""
    found = keys(session, kay)
    monkeypatch.setattr(bulk, "PAGE", 1)
    return found


def ticked(page: str) -> list[str]:
    """Return the passages that are ticked on a page."""
    return re.findall('name="ticked" type="checkbox" value="([^"]+)" checked', page)


def test_pages_lead_on_and_back(client: CheckingClient, two: list[str]) -> None:
    page = client.get(ADDRESS).text
    assert "2 open suggestions" in page
    assert "Only these are decided; the 1 on other pages stay open." in page
    assert ("Previous page" in page, "Next page" in page) == (False, True)
    page = client.get(f"{ADDRESS}&after={two[0]}").text
    assert "Suggestions 2 to 2 of 2" in page
    assert ("Previous page" in page, "Next page" in page) == (True, False)
    assert ticked(page) == [two[1]]
    assert ticked(client.get(f"{ADDRESS}&before={two[1]}").text) == [two[0]]
    assert ticked(client.get(f"{ADDRESS}&after=guessed").text) == [two[0]]


def test_only_what_is_ticked_is_decided(
    client: CheckingClient, session: Session, kay: Coder, two: list[str]
) -> None:
    first, last = two
    kay.type(last, "-P1")
    sent = {"verdict": "accept", "finishes": "1"}
    none = client.post(f"{ADDRESS}&after={first}", data=sent)
    assert (none.status_code, "Tick at least one" in none.text) == (422, True)
    assert ticked(none.text) == []
    there = client.post(f"{ADDRESS}&after={first}", data={**sent, "ticked": last})
    assert there.headers["Location"].endswith(f"&after={first}")
    page = client.get(there.headers["Location"]).text
    assert "Accepted Identification of needs (S01) on 1 passage, and finished 1 of them." in page
    assert "Undo</button>" in page
    # Nothing comes after it any more: what is left stands on the first page.
    assert ticked(page) == [first]
    assert verdicts(session, first)["S01"] == ""


def test_many_are_decided_and_undone(client: CheckingClient, session: Session, kay: Coder) -> None:
    found = keys(session, kay)
    assert client.post(ADDRESS, data={"ticked": found}).status_code == 422
    refused = client.post(ADDRESS, data={"ticked": [*found, "guessed"], "verdict": "accept"})
    assert "have been decided since" in refused.text
    sent = {"ticked": found, "verdict": "accept"}
    assert client.post(ADDRESS, data=sent).status_code == 302
    assert "Accepted Identification of needs (S01) on 2 passages." in client.get(ADDRESS).text
    client.post(f"{BASE}/undo")
    assert session.scalar(select(func.count()).select_from(Decision)) == 0
    noted = session.scalars(select(AuditEvent.action).order_by(AuditEvent.at)).all()
    assert noted[-2:] == ["coding.decided_many", "coding.undone_many"]
