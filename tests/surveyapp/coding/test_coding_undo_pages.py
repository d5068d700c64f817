"""Undo and memos on the pages of the coding room: what they reach, and what they say."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.coding import bulk
from surveyapp.coding.queue import Way
from surveyapp.models import Decision, Memo, Passage, Tag
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.coding.at_work import BASE, SEEN, Coder, at, passages, verdicts


def test_undo_leads_back_to_the_passage(
    client: CheckingClient, session: Session, kay: Coder, schools: str
) -> None:
    led = client.post(at(schools), data={"command": "1 .", "seen": SEEN}).headers["Location"]
    answer = client.post(led, data={"command": "u"})
    assert answer.headers["Location"] == at(schools)
    assert "Undone: Finished 1 passage" in client.get(at(schools)).text
    assert verdicts(session, schools) == {"E1": "", "E2": "", "P2": ""}
    assert client.post(led, data={"command": "u"}).status_code == 422


@pytest.mark.parametrize("sent", [{"start": "27", "end": "56"}, {"command": "e-7 u"}])
def test_undo_first_gives_the_passage_its_own_words_back(
    client: CheckingClient, session: Session, kay: Coder, schools: str, sent: dict[str, str]
) -> None:
    """Choosing words was the last thing done: what was finished before stays so."""
    first = passages(session)[0]
    kay.type(first.key, ".")
    answer = client.post(at(schools), data={"command": "u", "seen": SEEN} | sent)
    assert answer.headers["Location"] == at(schools)
    assert "the passage has its own again. Nothing else is undone." in client.get(at(schools)).text
    session.expire_all()
    assert session.get_one(Passage, first.key).coded


def test_undo_reaches_nothing_out_of_sight(
    client: CheckingClient, session: Session, kay: Coder, schools: str
) -> None:
    address = f"{BASE}/suggestions/?theme=S01&at_least=0.8"
    rows = bulk.look(session, kay.survey, Way(theme="S01"), 0.8).rows
    ticked = [one.key for one, _ in rows]
    client.post(address, data={"ticked": ticked, "verdict": "accept"})
    decided = session.scalars(select(Tag.passage_key).where(Tag.verdict == "accept")).all()
    for key in (schools, *decided):
        answer = client.post(at(key), data={"command": "u"})
        assert answer.status_code == 422
        assert "Accepted Identification of needs (S01) on 2 passages, 2" in answer.text
        assert f"{BASE}/#undo" in answer.text
    assert session.scalar(select(func.count()).select_from(Decision)) == 2


def test_undo_on_another_passage_names_the_act(
    client: CheckingClient, session: Session, kay: Coder, schools: str
) -> None:
    kay.type(schools, "1")
    far = next(one for one in passages(session) if one.response != "X06000002/S01.2")
    answer = client.post(at(far.key, "?order=source"), data={"command": "u"})
    assert answer.status_code == 422
    assert "Coded 1 passage: accepted Data (E1), 2" in answer.text
    assert verdicts(session, schools)["E1"] == "accept"


def test_undo_of_a_stretch_leads_to_its_sentence(
    client: CheckingClient, session: Session, kay: Coder, schools: str
) -> None:
    sent = {"command": "e-7 1", "seen": SEEN}
    drawn = client.post(at(schools), data=sent).headers["Location"]
    assert "The sentence it came from is finished" in client.get(drawn).text
    assert client.post(drawn, data={"command": "u"}).headers["Location"] == at(schools)
    assert "Undone: Drew 1 passage: added Data (E1)." in client.get(at(schools)).text


def test_undo_after_a_memo_removes_the_memo(
    client: CheckingClient, session: Session, kay: Coder, schools: str
) -> None:
    client.post(at(schools), data={"command": "1", "seen": SEEN})
    client.post(at(schools), data={"command": "m which audit", "seen": SEEN})
    client.post(at(schools), data={"command": "u"})
    page = client.get(at(schools)).text
    assert "Undone: Memo kept." in page
    assert "which audit" not in page
    assert verdicts(session, schools)["E1"] == "accept"
    client.post(at(schools), data={"command": "u"})
    assert verdicts(session, schools)["E1"] == ""


def test_undo_takes_a_line_with_a_memo_as_one(
    client: CheckingClient, session: Session, kay: Coder, schools: str
) -> None:
    client.post(at(schools), data={"command": "1 m which audit", "seen": SEEN})
    client.post(at(schools), data={"command": "u"})
    assert "Undone: Coded 1 passage: accepted Data (E1). Memo" in client.get(at(schools)).text
    assert session.scalars(select(Memo.removed_at)).one() is not None


def test_a_memo_on_another_passage_is_not_undone(
    client: CheckingClient, session: Session, kay: Coder, schools: str
) -> None:
    kay.type(schools, "m which audit")
    answer = client.post(at(passages(session)[0].key, "?order=source"), data={"command": "u"})
    assert answer.status_code == 422
    assert "You kept a memo on another one." in answer.text
    assert session.scalars(select(Memo.removed_at)).one() is None


def test_a_memo_outlives_its_passage(
    client: CheckingClient, session: Session, kay: Coder, schools: str
) -> None:
    drawn = kay.type(schools, "e-7 1")
    kay.type(drawn.key, "m which figures")
    kay.undo()
    memo = session.scalars(select(Memo)).one()
    page = client.get(f"{BASE}/memos/").text
    assert "Birch: “Schools ring us with figures,”, which is no longer drawn" in page
    assert at(drawn.key) not in page
    assert at(kay.see(schools).beside[0].key) in page
    here = f"{BASE}/memos/{memo.id}/"
    assert client.get(here).status_code == 200
    led = client.post(here, data={"text": "Which?", "seen": 1}).headers["Location"]
    assert client.get(led).status_code == 200
    memo.subject = "0123456789abcdef"
    session.commit()
    assert "A passage that is no longer there" in client.get(f"{BASE}/memos/").text
    assert client.get(here).status_code == 200


def test_a_memo_says_which_passage(client: CheckingClient, kay: Coder, schools: str) -> None:
    kay.type(schools, "m which audit")
    page = client.get(f"{BASE}/memos/").text
    assert "Birch: “Schools ring us with figures, but the audit is not yet …”" in page
