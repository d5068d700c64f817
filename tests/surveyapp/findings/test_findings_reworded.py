"""Findings reworded and previewed, and what goes against them."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.findings.contrary import KINDS
from surveyapp.models import Finding, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.findings.confirming import (
    ALDER,
    BIRCH,
    BIRCH_AGAINST,
    decide,
)
from tests.surveyapp.findings.on_pages import BASE, CLAIM, open_all, written


def test_a_typo_is_mended_without_looking_again(
    client: CheckingClient, keys: dict[str, str]
) -> None:
    finding = looked(client, keys)
    typed = {"claim": "one front door brings families to light", "version": finding.version}
    typed |= {"shown": []}
    address = f"{BASE}/{finding.id}"

    asked = client.post(address, data=typed)
    assert asked.status_code == 422
    assert "Does it mean something else now?" in asked.text
    assert "brings families to light" in asked.text
    assert finding.claim == CLAIM

    saved = client.post(address, data={**typed, "meaning": "same"})
    assert "What was looked at for it still counts" in client.get(saved.location).text
    assert finding.looked_against_at is not None
    assert finding.claim.endswith("to light")

    typed |= {"claim": "calls are counted", "version": finding.version, "meaning": "other"}
    saved = client.post(address, data=typed)
    assert "look again for what speaks against it" in client.get(saved.location).text
    assert finding.looked_against_at is None


def test_a_finding_nobody_looked_against_is_reworded_without_a_question(
    client: CheckingClient, keys: dict[str, str]
) -> None:
    finding = written(client, **{"for": [keys[ALDER]], "shown": [keys[ALDER]]})
    typed = {"claim": "calls are counted", "version": finding.version, "shown": []}
    assert client.post(f"{BASE}/{finding.id}", data=typed).status_code == 303


def test_a_preview_without_passages_shows_the_sentence_with_its_count_open(
    client: CheckingClient, keys: dict[str, str]
) -> None:
    typed = {"claim": CLAIM, "go": "preview", "shown": []}
    page = client.post(f"{BASE}/new/S01", data=typed).text
    assert f"… authorities (… of 2 answering) say that {CLAIM}." in page
    assert "counted once you choose passages" in page
    assert "This does not say who" not in page
    page = client.post(f"{BASE}/new/S01", data={**typed, "claim": "do not know"}).text
    assert "“they do not know”" in page


def test_an_authority_that_speaks_on_both_sides_is_named(
    client: CheckingClient, keys: dict[str, str]
) -> None:
    typed = {"for": [keys[BIRCH]], "against": [keys[BIRCH_AGAINST]], "shown": list(keys.values())}
    finding = written(client, **typed)
    for address in (f"{BASE}/{finding.id}", f"{BASE}/{finding.id}/against"):
        assert "Birch speaks for the finding and against it" in client.get(address).text


@pytest.mark.parametrize(
    ("stance", "there", "absent"),
    [("P2", "3 or higher", "Cedar"), ("P1", "1 or lower", "Alder (3)")],
)
def test_ratings_go_against_what_a_finding_describes(
    client: CheckingClient,
    session: Session,
    survey: Survey,
    keys: dict[str, str],
    stance: str,
    there: str,
    absent: str,
) -> None:
    decide(session, survey, BIRCH_AGAINST, stance, "add")
    for other in {"P1", "P2"} - {stance}:
        decide(session, survey, BIRCH_AGAINST, other, "reject")
    session.commit()
    finding = written(client, **{"for": [keys[BIRCH_AGAINST]], "shown": list(keys.values())})

    page = client.get(f"{BASE}/{finding.id}/against?kind=rated").text

    assert f"ratings of {there} go against it" in page
    assert absent not in page


def looked(client: CheckingClient, keys: dict[str, str]) -> Finding:
    """Write a finding and look for what speaks against it."""
    finding = written(client, **{"for": [keys[ALDER]], "shown": [keys[ALDER]]})
    open_all(client, finding)
    typed = {"version": finding.version, "go": "looked", "confirmed": "yes"}
    client.post(f"{BASE}/{finding.id}/against", data=typed)
    assert finding.looked_against_at is not None
    return finding


@pytest.mark.parametrize("kind", KINDS)
def test_candidates_of_each_kind_are_proposed(
    client: CheckingClient, keys: dict[str, str], kind: str
) -> None:
    finding = written(client, **{"for": [keys[BIRCH_AGAINST]], "shown": list(keys.values())})
    page = client.get(f"{BASE}/{finding.id}/against?kind={kind}").text
    assert "(shown)" in page
    if kind == "rated":
        assert "Alder (3)" in page
        assert "Birch (4)" in page


def test_no_rating_goes_against_what_describes_neither_strengths_nor_gaps(
    client: CheckingClient, keys: dict[str, str]
) -> None:
    finding = written(client, **{"for": [keys[ALDER]], "shown": list(keys.values())})
    page = client.get(f"{BASE}/{finding.id}/against?kind=rated").text
    assert "Ratings are not looked at" in page
    assert "Contrary ratings" not in page
    assert "The opposite said (shown)" in page
