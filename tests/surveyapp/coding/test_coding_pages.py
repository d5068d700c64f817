"""The pages of the coding room: what they show, where forms lead, and what they refuse."""

import datetime as dt

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.coding import progress
from surveyapp.models import CodedPassage, Decision, Memo, Passage, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, grow, queries
from tests.surveyapp.coding.at_work import BASE, SEEN, Coder, at, consultant, passages, verdicts
from tests.surveyapp.coding.growing import grow_passages


def test_the_overview_says_how_far_it_is(client: CheckingClient, kay: Coder, schools: str) -> None:
    kay.type(schools, "1 .")
    page = client.get(f"{BASE}/").text
    assert "1 of 7 passages finished, 6 left." in page
    assert "Finished 1 passage: accepted Data (E1); turned down Audit (E2), Gap (P2), 2" in page


def test_what_was_asked_about_sums_to_all(
    client: CheckingClient, session: Session, kay: Coder
) -> None:
    kinds = ("A1", "", "GONE")
    for one, asked in zip(passages(session), kinds, strict=False):
        one.asked = asked
    session.commit()
    stands = progress.progress(session, kay.survey, {"S01": "Needs", "A1": "Abuse", "A2": "No"})
    assert sum(part.count for part in stands.strands) == stands.count
    assert [part.code for part in stands.strands] == ["S01", "A1", "GONE", ""]
    assert "Questions about no theme" in client.get(f"{BASE}/").text


def test_nothing_to_code_yet(client: CheckingClient, session: Session, survey: Survey) -> None:
    client.sign_in(consultant(session))
    assert "Coding can begin once" in client.get(f"{BASE}/").text
    assert client.get(f"{BASE}/next").headers["Location"] == f"{BASE}/"


def test_a_passage_in_its_response(client: CheckingClient, kay: Coder, schools: str) -> None:
    page = client.get(at(schools)).text
    assert (
        '<span id="words">Schools ring us with figures, but the audit is not yet there.</span>'
        in page
    )
    assert "Our front door works well. <mark" in page
    for words in ("Birch", "Questionnaire, word for word", "Only suggested", "Likely, 0.70"):
        assert words in page


def test_a_line_is_done_and_said(
    client: CheckingClient, session: Session, kay: Coder, schools: str
) -> None:
    sent = {"command": "1 -3 +A1", "seen": SEEN}
    answer = client.post(at(schools, "?order=source"), data=sent)
    assert answer.headers["Location"] == at(schools, "?order=source")
    page = client.get(answer.headers["Location"]).text
    assert "Accepted: Data (E1). Turned down: Gap (P2). Added: Child abuse" in page
    assert "Accepted: Data" not in client.get(at(schools)).text
    assert verdicts(session, schools) == {"E1": "accept", "E2": "", "P2": "reject", "A1": "add"}


def test_finishing_leads_to_the_next_on_the_way(
    client: CheckingClient, session: Session, kay: Coder
) -> None:
    first, second, *_ = passages(session)
    answer = client.post(at(first.key, "?order=authority"), data={"command": "", "seen": "S01"})
    assert answer.headers["Location"] == at(second.key, "?order=authority")
    page = client.get(answer.headers["Location"]).text
    assert "Finished the passage before. Turned down with it: Identification of needs (S01)" in page
    assert session.scalar(select(func.count()).select_from(CodedPassage)) == 1


def test_skipping_and_going_back(client: CheckingClient, session: Session, kay: Coder) -> None:
    first, second, *_ = passages(session)
    way = "?order=authority"
    skipped = client.post(at(first.key, way), data={"command": "n", "seen": "S01"})
    assert skipped.headers["Location"] == at(second.key, way)
    back = client.post(at(second.key, way), data={"command": "p", "seen": "S01"})
    assert back.headers["Location"] == at(first.key, way)
    led = client.get(f"{BASE}/next{way}&from={first.key}")
    assert led.headers["Location"] == at(second.key, way)
    led = client.get(f"{BASE}/previous{way}&from={second.key}")
    assert led.headers["Location"] == at(first.key, way)
    assert session.scalar(select(func.count()).select_from(Decision)) == 0
    stays = client.post(at(first.key, way), data={"command": "p", "seen": "S01"})
    assert stays.headers["Location"] == at(first.key, way)


def test_a_button_beside_the_box_finishes_after_what_was_typed(
    client: CheckingClient, session: Session, kay: Coder, schools: str
) -> None:
    typed = {"command": "1 m which audit", "seen": SEEN, "then": "finish"}
    led = client.post(at(schools), data=typed).headers["Location"]
    page = client.get(led).text
    assert "Finished the passage before. Turned down with it: Audit (E2), Gap (P2). Acc" in page
    assert "Accepted: Data (E1). Memo kept." in page
    assert session.get_one(Passage, schools).coded
    client.post(led, data={"command": "", "then": "undo"})
    session.expire_all()
    assert not session.get_one(Passage, schools).coded
    client.post(at(schools), data={"command": "", "then": "finish"})
    session.expire_all()
    assert session.get_one(Passage, schools).coded


def test_the_last_one_leads_to_the_overview(
    client: CheckingClient, session: Session, kay: Coder
) -> None:
    *others, last = passages(session)
    for one in others:
        kay.type(one.key, ".")
    answer = client.post(at(last.key), data={"command": "."})
    assert answer.headers["Location"] == f"{BASE}/"
    assert "Every passage is finished" in client.get(f"{BASE}/").text


def test_a_slip_keeps_what_was_typed(
    client: CheckingClient, session: Session, kay: Coder, schools: str
) -> None:
    answer = client.post(at(schools), data={"command": "1 <b>", "seen": SEEN})
    assert answer.status_code == 422
    assert 'value="1 &lt;b&gt;"' in answer.text
    assert "is not a key" in answer.text
    assert session.scalar(select(func.count()).select_from(Decision)) == 0


def test_words_are_chosen_by_links_and_by_lists(
    client: CheckingClient, session: Session, kay: Coder, schools: str
) -> None:
    typed = client.post(at(schools), data={"command": "e-7", "seen": SEEN})
    assert typed.headers["Location"] == at(schools, "?start=27&end=56")
    listed = client.get(at(schools, "words?first=5&last=9"))
    assert listed.headers["Location"] == at(schools, "?start=27&end=56")
    assert client.get(at(schools, "words")).text.count("selected") == 2
    assert "stands after the first" in client.get(at(schools, "words?first=9&last=5")).text

    page = client.get(at(schools, "?start=27&end=56")).text
    assert '<span id="words">Schools ring us with figures,</span>' in page
    sent = {"command": "+E1", "seen": SEEN, "start": "27", "end": "56"}
    drawn = client.post(at(schools), data=sent).headers["Location"]
    assert "A stretch that a coder drew" in client.get(drawn).text
    drew = session.scalars(select(Passage).where(Passage.drawn.is_(True))).one()
    assert drew.words == "Schools ring us with figures,"


@pytest.mark.parametrize("words", ["?start=0&end=99999", "?start=9&end=3", "?start=x&end=²"])
def test_words_that_are_no_stretch_change_nothing(
    client: CheckingClient, kay: Coder, schools: str, words: str
) -> None:
    assert "You have chosen other words" not in client.get(at(schools, words)).text


def test_an_error_stands_beside_the_box_which_keeps_focus(
    client: CheckingClient, kay: Coder, schools: str
) -> None:
    page = client.post(at(schools), data={"command": "1 huh", "seen": SEEN}).text
    assert "govuk-error-summary" not in page
    assert '<p id="command-error" class="govuk-error-message" role="alert">' in page
    assert 'autofocus aria-describedby="command-error' in page
    assert "<title>Error: " in page


def test_a_passage_says_how_far_the_way_is_and_what_codes_mean(
    client: CheckingClient, session: Session, kay: Coder, schools: str
) -> None:
    kay.type(schools, "1 .")
    assert "1 of 7 passages finished." in client.get(at(schools)).text
    page = client.get(at(schools, "?authority=X06000002&order=source")).text
    assert "1 of 3 passages finished on this way." in page
    assert "Codes and what they mean" in page
    assert "Doubt about this answer" not in page
    other = passages(session)[0]
    assert f"<strong>{other.doubt:.2f}</strong>, from 0 (sure)" in client.get(at(other.key)).text


def test_undo_that_cannot_be_says_why(
    client: CheckingClient, session: Session, kay: Coder, schools: str
) -> None:
    assert client.post(f"{BASE}/undo").status_code == 409
    kay.type(schools, "1")
    lee = Coder(session, kay.survey, consultant(session, "Lee Other"), kay.at)
    lee.type(schools, "-1")
    answer = client.post(f"{BASE}/undo")
    assert answer.status_code == 409
    assert "Lee Other has decided differently on E1" in answer.text


def test_a_memo_is_kept_changed_and_removed(
    client: CheckingClient, session: Session, kay: Coder, schools: str
) -> None:
    address = f"{BASE}/memos/new?about=passage&subject={schools}"
    assert client.post(address, data={"text": " "}).status_code == 422
    kept = client.post(address, data={"text": "Which audit?"})
    assert kept.headers["Location"] == at(schools)
    assert "Which audit?" in client.get(at(schools)).text
    memo = session.scalars(select(Memo)).one()
    here = f"{BASE}/memos/{memo.id}/"
    client.post(here, data={"text": "Which audit, and when?", "seen": 1})
    late = client.post(here, data={"text": "Ask Birch.", "seen": 1})
    assert late.status_code == 409
    assert "Which audit, and when?" in late.text
    assert "Ask Birch." in late.text
    assert "Which audit, and when?" in client.get(f"{BASE}/memos/?about=passage").text
    client.post(f"{here}remove")
    assert client.get(here).status_code == 404
    assert "There are no memos" in client.get(f"{BASE}/memos/").text


@pytest.mark.parametrize(
    "subject",
    ["about=theme&subject=E1", "about=authority&subject=X06000001", "about=survey", ""],
)
def test_memos_on_other_things(client: CheckingClient, kay: Coder, subject: str) -> None:
    assert client.get(f"{BASE}/memos/new?{subject}").status_code == 200
    assert client.post(f"{BASE}/memos/new?{subject}", data={"text": "So."}).status_code == 302
    assert "So." in client.get(f"{BASE}/memos/").text


@pytest.mark.parametrize(
    "subject",
    [
        "about=theme&subject=ZZ",
        "about=authority&subject=X07",
        "about=passage&subject=no",
        "about=x",
    ],
)
def test_no_memo_on_what_is_not_there(client: CheckingClient, kay: Coder, subject: str) -> None:
    assert client.get(f"{BASE}/memos/new?{subject}").status_code == 404


@pytest.mark.parametrize("rest", ["", "words"])
def test_a_passage_that_is_not_there(client: CheckingClient, kay: Coder, rest: str) -> None:
    assert client.get(at("guessed", rest)).status_code == 404


def test_what_is_held_back_is_said(
    client: CheckingClient, session: Session, kay: Coder, schools: str
) -> None:
    session.get_one(Passage, schools).held = True
    session.commit()
    assert "It may identify a child" in client.get(at(schools)).text


@pytest.mark.queries
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/passages/",
        "/passages/?order=question",
        "/suggestions/?theme=S01",
        "/memos/",
        "passage",
    ],
)
def test_the_number_of_queries_does_not_grow(
    client: CheckingClient, session: Session, kay: Coder, schools: str, address: str
) -> None:
    here = at(schools) if address == "passage" else f"{BASE}{address}"
    few = _count(client, session, here)
    grow(session, kay.survey, 15)
    _tell_more(session, kay.survey)
    assert _count(client, session, here) == few


def _count(client: CheckingClient, session: Session, address: str) -> int:
    session.expire_all()
    with queries(session) as sent:
        assert client.get(address).status_code == 200
    return len(sent)


def _tell_more(session: Session, survey: Survey) -> None:
    grow_passages(session, survey, 60)
    session.commit()
    session.expire_all()


@pytest.mark.queries
def test_finishing_costs_the_same_among_many(
    client: CheckingClient, session: Session, kay: Coder, schools: str
) -> None:
    counts = []
    for one in (passages(session)[0].key, passages(session)[1].key):
        client.get(at(one))
        with queries(session) as sent:
            client.post(at(one), data={"command": "1 .", "seen": "S01"})
        counts.append(len(sent))
        _tell_more(session, kay.survey)
    # Behind the last one it looks for those passed over.
    assert abs(counts[0] - counts[1]) <= 1


def test_times_are_those_of_the_act(session: Session, kay: Coder, schools: str) -> None:
    kay.type(schools, "1")
    made = session.scalars(select(Decision.made_at)).one()
    assert made == NOON + dt.timedelta(seconds=1)
