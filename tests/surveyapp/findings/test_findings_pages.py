"""Findings on their pages: written, refused, printed, contradicted, moved and kept from races."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.findings import passages
from surveyapp.findings.contrary import KINDS
from surveyapp.material import gathering
from surveyapp.models import AuditEvent, Finding, Person, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import grow, queries
from tests.surveyapp.deriving import derive
from tests.surveyapp.findings.confirming import (
    ALDER,
    BIRCH,
    BIRCH_AGAINST,
    decide,
    passage,
)
from tests.surveyapp.findings.on_pages import BASE, CLAIM, open_all, written


def test_a_finding_is_written_with_its_passages(
    client: CheckingClient, keys: dict[str, str]
) -> None:
    page = client.get(f"{BASE}/new/S01").text
    assert all(words in page for words in keys)
    finding = written(client, **{"for": [keys[ALDER], keys[BIRCH]], "shown": list(keys.values())})
    assert {row.words for row in finding.passages} == {ALDER, BIRCH}
    page = client.get(f"{BASE}/{finding.id}").text
    assert f"Both authorities answering say that {CLAIM}." in page
    assert "Nobody has looked for what speaks against it." in page
    told = client.session.scalars(select(AuditEvent).order_by(AuditEvent.at.desc())).first()
    assert told is not None
    assert told.action == "finding.written"


def test_a_page_adds_to_what_other_pages_chose(
    client: CheckingClient, keys: dict[str, str]
) -> None:
    finding = written(client, **{"for": [keys[ALDER]], "shown": [keys[ALDER]]})
    typed = {"claim": CLAIM, "version": 1, "for": [keys[BIRCH]], "shown": [keys[BIRCH]]}
    client.post(f"{BASE}/{finding.id}", data=typed)
    assert {row.words for row in finding.passages} == {ALDER, BIRCH}
    typed = {"claim": CLAIM, "version": 2, "shown": [keys[BIRCH]]}
    client.post(f"{BASE}/{finding.id}", data=typed)
    assert {row.words for row in finding.passages} == {ALDER}


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("Most authorities share a front door", "they share a front door"),
        ("12 of 17 share a front door", ""),
        ("", "Enter what authorities say"),
    ],
)
def test_a_claim_with_a_count_is_refused_and_kept_on_the_page(
    client: CheckingClient, keys: dict[str, str], claim: str, said: str
) -> None:
    typed = {"claim": claim, "for": [keys[ALDER]], "shown": [keys[ALDER]]}
    response = client.post(f"{BASE}/new/S01", data=typed)
    assert response.status_code == 422
    assert claim in response.text
    assert said in response.text
    assert "There is a problem" in response.text
    assert f'value="{keys[ALDER]}" checked' in response.text
    assert client.session.scalars(select(Finding)).all() == []


def test_a_passage_speaks_on_one_side_only(client: CheckingClient, keys: dict[str, str]) -> None:
    key = keys[ALDER]
    typed = {"claim": CLAIM, "for": [key], "against": [key], "shown": [key]}
    response = client.post(f"{BASE}/new/S01", data=typed)
    assert response.status_code == 422
    assert "Choose for or against, not both" in response.text


def test_a_preview_says_how_it_is_printed_and_saves_nothing(
    client: CheckingClient, keys: dict[str, str]
) -> None:
    typed = {"claim": CLAIM, "for": [keys[ALDER]], "shown": [keys[ALDER]], "go": "preview"}
    response = client.post(f"{BASE}/new/S01", data=typed)
    assert response.status_code == 200
    assert f"One of the two authorities answering says that {CLAIM}." in response.text
    assert client.session.scalars(select(Finding)).all() == []


def test_two_who_write_at_once_see_both_sentences(
    client: CheckingClient, keys: dict[str, str]
) -> None:
    finding = written(client)
    mine = {"claim": "families wait for the front door", "version": 1, "shown": []}
    assert client.post(f"{BASE}/{finding.id}", data=mine).status_code == 303
    theirs = {"claim": "calls are counted", "version": 1, "shown": []}
    response = client.post(f"{BASE}/{finding.id}", data=theirs)
    assert response.status_code == 409
    assert "families wait for the front door" in response.text
    assert "calls are counted" in response.text
    assert 'name="version" value="2"' in response.text
    assert finding.claim == "families wait for the front door"


def test_looking_for_what_speaks_against_is_recorded(
    client: CheckingClient, keys: dict[str, str], session: Session, survey: Survey, con: Person
) -> None:
    finding = written(client, **{"for": [keys[ALDER]], "shown": [keys[ALDER]]})
    page = client.get(f"{BASE}/{finding.id}/against")
    assert BIRCH_AGAINST in page.text
    assert ALDER not in page.text.partition("candidates")[2]
    open_all(client, finding)
    typed = {"version": finding.version, "go": "looked", "against": [keys[BIRCH_AGAINST]]}
    typed["confirmed"] = "yes"
    client.post(f"{BASE}/{finding.id}/against", data={**typed, "shown": [keys[BIRCH_AGAINST]]})
    assert finding.looked_against_by_id == con.id
    assert {row.side for row in finding.passages} == {"for", "against"}
    gathered = gathering.gather(session, survey)
    assert [one.id for one in gathered.material.findings] == [finding.id.hex]
    assert [one.words for one in gathered.material.findings[0].speak_against] == [BIRCH_AGAINST]
    # A claim that means something else is another claim: somebody has to look again.
    typed = {"claim": "calls are counted", "version": finding.version, "shown": []}
    typed["meaning"] = "other"
    client.post(f"{BASE}/{finding.id}", data=typed)
    assert finding.looked_against_at is None
    assert gathering.gather(session, survey).material.findings == ()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("go", ["save", "looked", "kind-silent", "page-1"])
def test_looking_never_touches_what_speaks_for_it(
    client: CheckingClient, keys: dict[str, str], kind: str, go: str
) -> None:
    everything = list(keys.values())
    finding = written(client, **{"for": everything, "shown": everything})
    open_all(client, finding)
    page = client.get(f"{BASE}/{finding.id}/against?kind={kind}").text
    offered = re.findall(r'name="shown" value="(\w+)"', page)
    assert not set(offered) & set(everything)
    # Neither what the page says that it showed nor what is ticked there takes anything away.
    typed = {"version": finding.version, "kind": kind, "go": go, "confirmed": "yes"}
    sent = {**typed, "shown": everything, "against": [keys[ALDER]], "for": []}
    assert client.post(f"{BASE}/{finding.id}/against", data=sent).status_code == 303
    assert {(row.words, row.side) for row in finding.passages} == {(one, "for") for one in keys}


def test_what_speaks_against_it_is_ticked_and_taken_back(
    client: CheckingClient, keys: dict[str, str]
) -> None:
    finding = written(client, **{"for": [keys[ALDER]], "shown": [keys[ALDER]]})
    against = keys[BIRCH_AGAINST]
    for ticked, sides in (([against], {"for", "against"}), ([], {"for"})):
        typed = {"version": finding.version, "go": "save", "against": ticked, "shown": [against]}
        client.post(f"{BASE}/{finding.id}/against", data=typed)
        assert {row.side for row in finding.passages} == sides


def test_nobody_has_looked_who_did_not_open_every_place_and_say_so(
    client: CheckingClient, keys: dict[str, str], session: Session, survey: Survey
) -> None:
    decide(session, survey, ALDER, "P2", "add")
    session.commit()
    finding = written(client, **{"for": [keys[ALDER]], "shown": [keys[ALDER]]})
    address = f"{BASE}/{finding.id}/against"
    assert "not opened yet" in client.get(address).text
    against = keys[BIRCH_AGAINST]
    typed = {"version": finding.version, "go": "looked", "against": [against], "shown": [against]}
    typed["kind"] = "rated"
    refused = client.post(address, data=typed)
    assert "Open “Contrary ratings” and read what is there" in refused.text
    assert "Confirm that you have looked in every place" in refused.text
    assert f'value="{against}" checked' in refused.text
    open_all(client, finding)
    refused = client.post(address, data=typed)
    assert "Open “" not in refused.text
    assert "Confirm that you have looked in every place" in refused.text
    assert finding.looked_against_at is None
    assert [row.side for row in finding.passages] == ["for"]
    assert client.post(address, data={**typed, "confirmed": "yes"}).status_code == 303
    assert finding.looked_against_at is not None


def test_nobody_has_looked_who_read_only_the_first_page(
    client: CheckingClient,
    keys: dict[str, str],
    session: Session,
    survey: Survey,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(passages, "PER_PAGE", 1)
    decide(session, survey, ALDER, "P2", "add")
    session.commit()
    finding = written(client, **{"for": [keys[ALDER]], "shown": [keys[ALDER]]})
    address = f"{BASE}/{finding.id}/against"
    open_all(client, finding)
    typed = {"version": finding.version, "go": "looked", "confirmed": "yes", "kind": "silent"}
    assert max(pages(client, address, kind) for kind in KINDS) > 1
    assert "not opened yet" in client.post(address, data=typed).text
    assert finding.looked_against_at is None

    for kind in KINDS:
        for number in range(2, pages(client, address, kind) + 1):
            client.get(f"{address}?kind={kind}&page={number}")
    assert client.post(address, data=typed).status_code == 303
    assert finding.looked_against_at is not None


def pages(client: CheckingClient, address: str, kind: str) -> int:
    """Return how many pages a place has."""
    found = re.search(r"Page \d+ of (\d+)", client.get(f"{address}?kind={kind}").text)
    return int(found[1]) if found else 1


def test_for_another_sentence_every_place_is_opened_again(
    client: CheckingClient, keys: dict[str, str], session: Session, survey: Survey
) -> None:
    decide(session, survey, ALDER, "P2", "add")
    session.commit()
    finding = written(client, **{"for": [keys[ALDER]], "shown": [keys[ALDER]]})
    open_all(client, finding)
    address = f"{BASE}/{finding.id}/against"
    assert "not opened yet" not in client.get(address).text
    other = {"claim": "calls are counted", "version": finding.version, "shown": []}
    client.post(f"{BASE}/{finding.id}", data=other)
    assert "not opened yet" in client.get(address).text


def test_an_empty_finding_is_told_what_it_lacks(
    client: CheckingClient, keys: dict[str, str]
) -> None:
    page = client.get(f"{BASE}/new/S01").text
    assert "It does not say yet what authorities say." in page
    assert "types how many" not in page
    finding = written(client)
    open_all(client, finding)
    typed = {"version": finding.version, "go": "looked", "confirmed": "yes"}
    refused = client.post(f"{BASE}/{finding.id}/against", data=typed)
    assert refused.status_code == 422
    assert "Choose a passage that speaks for the finding first" in refused.text


def test_what_another_saved_meanwhile_keeps_what_is_ticked(
    client: CheckingClient, keys: dict[str, str]
) -> None:
    finding = written(client, **{"for": [keys[ALDER]], "shown": [keys[ALDER]]})
    against = keys[BIRCH_AGAINST]
    typed = {"version": 0, "go": "save", "against": [against], "shown": [against]}
    refused = client.post(f"{BASE}/{finding.id}/against", data=typed)
    assert refused.status_code == 409
    assert f'value="{against}" checked' in refused.text
    assert 'name="version" value="1"' in refused.text


def test_a_passage_stands_in_its_answer_with_its_question(
    client: CheckingClient, keys: dict[str, str]
) -> None:
    finding = written(client, **{"for": [keys[ALDER]], "shown": [keys[ALDER]]})
    for address in (f"{BASE}/{finding.id}", f"{BASE}/{finding.id}/against"):
        page = client.get(address).text
        assert "How do you know that it works?" in page
        assert f'{BIRCH} <mark class="workbench-passage">{BIRCH_AGAINST}</mark>' in page
        assert f"/coding/tiny-survey-2015/passages/{keys[BIRCH_AGAINST]}/" in page
    # One sentence that is the whole answer has nothing around it.
    only = client.get(f"{BASE}/{finding.id}?show=chosen").text
    assert "The whole answer" not in only


def test_a_passage_of_a_return_not_submitted_is_marked(
    client: CheckingClient, keys: dict[str, str]
) -> None:
    finding = written(client, **{"for": [keys[ALDER]], "shown": [keys[ALDER]]})
    assert client.get(f"{BASE}/{finding.id}").text.count("Return not submitted") == 2
    # Alder has submitted.
    assert "Return not submitted" not in client.get(f"{BASE}/{finding.id}?show=chosen").text


def test_a_finding_without_a_confirmed_passage_is_named_as_not_ready(
    client: CheckingClient, session: Session, survey: Survey, con: Person
) -> None:
    key = passage(session, survey, ALDER).key
    finding = written(client, **{"for": [key], "shown": [key]})
    finding.looked_against_at, finding.looked_against_by_id = finding.updated_at, con.id
    session.commit()
    page = client.get(f"{BASE}/").text
    assert "Evidence needed" in page
    assert "0 of 1" in page
    assert "no coder has confirmed" in client.get(f"{BASE}/{finding.id}").text.casefold()
    gathered = gathering.gather(session, survey)
    assert gathered.material.findings == ()
    assert [one.standing.state for one in gathered.unready] == ["evidence needed"]


def test_findings_move_go_and_come_back(client: CheckingClient, keys: dict[str, str]) -> None:
    one = written(client)
    other = client.session.scalars(select(Finding)).one()
    client.post(f"{BASE}/new/S01", data={"claim": "calls are counted"})
    first, second = client.session.scalars(select(Finding).order_by(Finding.place)).all()
    assert first == one == other
    client.post(f"{BASE}/{second.id}/move", data={"to": "up"})
    assert (second.place, first.place) == (0, 1)
    client.post(f"{BASE}/{second.id}/remove")
    page = client.get(f"{BASE}/").text
    assert "Bring back" in page
    client.post(f"{BASE}/{second.id}/bring-back")
    assert (first.place, second.place) == (1, 2)
    assert client.post(f"{BASE}/{second.id}/move", data={"to": "x"}).status_code == 400


def test_passages_are_filtered_by_words(client: CheckingClient, keys: dict[str, str]) -> None:
    page = client.get(f"{BASE}/new/S01?words=SCHOOLS+shared").text
    assert BIRCH in page
    assert ALDER not in page
    finding = written(client, **{"for": [keys[ALDER]], "shown": [keys[ALDER]]})
    page = client.get(f"{BASE}/{finding.id}?show=chosen").text
    assert ALDER in page
    assert BIRCH not in page


def test_no_finding_is_written_on_what_is_no_strand(client: CheckingClient, con: Person) -> None:
    assert client.get(f"{BASE}/new/P1").status_code == 404
    assert client.get(f"{BASE}/new/ZZ").status_code == 404
    assert client.get(f"{BASE}/new/A1").status_code == 200


@pytest.mark.queries
def test_pages_take_the_same_queries_however_many_authorities(
    client: CheckingClient, session: Session, survey: Survey, keys: dict[str, str]
) -> None:
    finding = written(client, **{"for": [keys[ALDER]], "shown": [keys[ALDER]]})
    addresses = [
        f"{BASE}/",
        f"{BASE}/{finding.id}",
        *(f"{BASE}/{finding.id}/against?kind={kind}" for kind in ("opposite", "silent", "rated")),
        f"{BASE}/examples",
        f"{BASE}/sharing",
    ]

    def count(address: str) -> int:
        client.get(address)
        with queries(session) as sent:
            assert client.get(address).status_code == 200
        return len(sent)

    before = [count(address) for address in addresses]
    grow(session, survey, 12)
    client.post(f"{BASE}/new/S01", data={"claim": "more", "for": [keys[BIRCH]], "shown": []})
    derive(session, survey)
    assert [count(address) for address in addresses] == before
