"""Words that no rule knows are marked by hand: held back at once, found again, erased as any."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import people
from surveyapp.config import Settings
from surveyapp.derived import inspecting
from surveyapp.derived.inspecting import Desk
from surveyapp.extensions import db
from surveyapp.identifying import by_hand
from surveyapp.material import gathering
from surveyapp.models import (
    AnswerRevision,
    AuditEvent,
    Clearing,
    Comment,
    Inspected,
    Mark,
    Passage,
    Submission,
    Survey,
)
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, grow, queries, save, somebody, submission_of
from tests.surveyapp.deriving import derive
from tests.surveyapp.privacy import planted

pytestmark = pytest.mark.privacy
BASE = "/privacy/tiny-survey-2015"
SAID = "the lad from the blue barge by the lock"
TEXT = f"We listen first. We met {SAID}, and Zephyrine. Every plan is reviewed."


@pytest.fixture
def alder(session: Session, survey: Survey) -> Submission:
    return submission_of(session, "Alder")


@pytest.fixture
def place(alder: Submission) -> str:
    return f"{alder.authority_code}/S01.2"


@pytest.fixture
def con(
    session: Session, survey: Survey, alder: Submission, settings: Settings, client: CheckingClient
) -> CheckingClient:
    """A consultant, signed in, with a child in an answer and a comment whom no rule knows."""
    planted.tell(session, alder).value = {"text": TEXT}
    comment = {"submission_id": alder.id, "question_code": "S01.2", "created_at": NOON}
    text = f"Is {SAID} well?"
    session.add(Comment(**comment, author_id=somebody(session).id, text=text))
    session.commit()
    derive(session, survey)
    look(session, survey, settings)
    person = people.know(session, "con@trees.example", "Con Sultant", "consultant")
    session.commit()
    client.sign_in(person)
    return client


def look(session: Session, survey: Survey, settings: Settings) -> None:
    desk = Desk(db.sessionmaker, settings.instance / "uploads", lambda: NOON)
    inspecting.inspect(desk, survey.id)
    session.expire_all()


def forget(session: Session) -> None:
    """Forget everything that is derived of marks, as when a survey is loaded elsewhere."""
    for model in (Mark, Inspected):
        for one in session.scalars(select(model)):
            session.delete(one)
    session.commit()


def spots(session: Session) -> list[tuple[str, str]]:
    session.expire_all()
    rows = select(Mark).where(Mark.kind == by_hand.KIND).order_by(Mark.place)
    return [(one.place, one.words_sha256) for one in session.scalars(rows)]


def held(session: Session, place: str) -> list[bool]:
    session.expire_all()
    rows = select(Passage).where(Passage.response == place).order_by(Passage.start)
    return [one.held for one in session.scalars(rows)]


def test_words_marked_from_a_passage_are_held_back_at_once(
    con: CheckingClient, session: Session, survey: Survey, place: str
) -> None:
    assert held(session, place) == [False, False, False]
    passage = session.scalars(
        select(Passage).where(Passage.response == place, Passage.words.contains(SAID))
    ).one()
    page = con.get(f"/coding/{survey.code}/passages/{passage.key}/").text
    link = re.search(r'href="([^"]+)">These words may identify a child', page)
    assert link is not None
    form = con.get(link[1].replace("&amp;", "&")).text
    assert f'<mark class="privacy-words">{passage.words}</mark>' in form
    assert f">\n{passage.words}</textarea>" in form or f">{passage.words}</textarea>" in form
    sent = {"place": place, "passage": passage.key, "words": SAID, "where": "here"}
    answer = con.post(f"{BASE}/mark", data=sent)
    assert answer.location.endswith(f"/passages/{passage.key}/")
    assert "Marked in 1 place." in con.get(answer.location).text
    assert held(session, place) == [False, True, False]
    assert [one.response for one in gathering.gather(session, survey).material.held] == [place]
    assert session.scalars(select(AuditEvent).where(AuditEvent.action == "words.marked")).one()


def test_what_was_decided_holds_no_words_and_finds_them_again(
    con: CheckingClient, session: Session, survey: Survey, settings: Settings, place: str
) -> None:
    con.post(f"{BASE}/mark", data={"place": place, "words": SAID})
    before = spots(session)
    assert SAID not in str(session.execute(select(Clearing.__table__)).all())
    forget(session)
    look(session, survey, settings)
    assert spots(session) == before == [(place, inspecting.known_by(SAID))]
    assert held(session, place) == [False, True, False]


def test_words_that_moved_are_found_and_words_that_went_are_not(
    con: CheckingClient, session: Session, survey: Survey, settings: Settings, place: str
) -> None:
    con.post(f"{BASE}/mark", data={"place": place, "words": SAID})
    answer = planted.answer_of(session, submission_of(session, "Alder"), "S01.2")
    answer.value = {"text": f"First of all: {SAID}."}
    session.commit()
    look(session, survey, settings)
    assert len(spots(session)) == 1
    answer = planted.answer_of(session, submission_of(session, "Alder"), "S01.2")
    answer.value = {"text": "First of all: nobody."}
    session.commit()
    look(session, survey, settings)
    assert spots(session) == []


def test_words_are_marked_wherever_an_authority_says_them(
    con: CheckingClient, session: Session, survey: Survey, alder: Submission, birch: Submission
) -> None:
    save(session, birch, "S01.2", {"text": TEXT})
    session.commit()
    form = {"whose": alder.authority_code, "words": f"{SAID[:12]}\r\n {SAID[13:]}"}
    answer = con.post(f"{BASE}/mark", data=form)
    page = con.get(answer.location).text
    assert "Marked in 2 places." in page
    assert "Kept held back (2)" in page
    assert {place.partition("/")[0] for place, _ in spots(session)} == {
        alder.authority_code,
        "comment",
    }


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"words": SAID}, "Choose whose words they are"),
        ({"whose": "X06000001", "words": "?"}, "Enter the words"),
        ({"whose": "X06000001", "words": SAID[:-1]}, "The words do not stand there"),
        ({"whose": "researchers", "words": SAID}, "The words do not stand there"),
        ({"whose": "X06000001", "words": SAID, "reason": "y" * 501}, "500 letters or fewer"),
    ],
)
def test_what_cannot_be_marked_is_refused_and_nothing_typed_is_lost(
    con: CheckingClient, session: Session, form: dict[str, str], said: str
) -> None:
    answer = con.post(f"{BASE}/mark", data=form)
    assert answer.status_code == 422
    assert said in answer.text
    assert form["words"] in answer.text
    assert spots(session) == []


def test_a_text_that_is_not_there_is_not_found(con: CheckingClient, place: str) -> None:
    for wrong in ("X06000001/S09.9", "comment/nonsense", "comment", "upload", "/", "a/b/c/d", "["):
        assert con.get(f"{BASE}/mark", query_string={"place": wrong}).status_code == 404
    assert con.get(f"{BASE}/mark", query_string={"place": place, "start": "x"}).status_code == 200


def test_marked_words_are_cleared_and_erased_as_any(
    con: CheckingClient, session: Session, settings: Settings, place: str
) -> None:
    con.post(f"{BASE}/mark", data={"place": place, "words": SAID})
    (mark,) = session.scalars(select(Mark).where(Mark.kind == by_hand.KIND))
    form = {"mark": str(mark.id), "reason": "It says too much"}
    con.post(f"{BASE}/decide", data={**form, "verdict": "cleared"})
    assert held(session, place) == [False, False, False]
    con.post(f"{BASE}/mark", data={"place": place, "words": SAID})
    assert held(session, place) == [False, True, False]
    page = con.post(f"{BASE}/decide", data={**form, "verdict": "erased"}).text
    assert "Other words in it may still tell" in page
    con.post(f"{BASE}/decide", data={**form, "verdict": "erased", "sure": "yes"})
    assert planted.standing(session, settings.instance, SAID) == []


def test_what_is_left_of_a_marked_sentence_stays_marked(
    con: CheckingClient, session: Session, survey: Survey, settings: Settings, place: str
) -> None:
    sentence = f"We met {SAID}, and Zephyrine."
    for words in (sentence, "Zephyrine"):
        con.post(f"{BASE}/mark", data={"place": place, "words": words})
    known = inspecting.known_by("Zephyrine")
    mark = session.scalars(select(Mark).where(Mark.words_sha256 == known)).one()
    form = {"mark": str(mark.id), "reason": "A name", "verdict": "erased", "sure": "yes"}
    con.post(f"{BASE}/decide", data=form)
    assert held(session, place) == [False, True, False]
    forget(session)
    look(session, survey, settings)
    left = sentence.replace("Zephyrine", "[removed]")
    assert spots(session) == [(place, inspecting.known_by(left))]


def rewrite(session: Session, text: str) -> None:
    """Let a writer change the answer, and the history keep what it said."""
    answer = planted.answer_of(session, submission_of(session, "Alder"), "S01.2")
    said = {"author_id": answer.author_id, "saved_at": answer.updated_at}
    earlier = {"version": answer.version + 1, "value": {"text": TEXT}}
    session.add(AnswerRevision(answer_id=answer.id, **earlier, **said))
    answer.value, answer.version = {"text": text}, answer.version + 2
    for one in session.scalars(select(Comment)):
        session.delete(one)
    session.commit()


def test_words_that_only_the_history_holds_are_found_there_and_erased(
    con: CheckingClient, session: Session, settings: Settings, alder: Submission
) -> None:
    rewrite(session, "We listen first.")
    form = {"whose": alder.authority_code, "words": SAID}
    page = con.get(con.post(f"{BASE}/mark", data=form).location).text
    assert "Marked in 1 place." in page
    assert "Earlier version of an answer or a note" in page
    assert SAID in page
    (mark,) = session.scalars(select(Mark).where(Mark.kind == by_hand.KIND))
    form = {"mark": str(mark.id), "reason": "It says too much", "verdict": "erased", "sure": "yes"}
    con.post(f"{BASE}/decide", data=form)
    assert planted.standing(session, settings.instance, SAID) == []


def test_erasing_takes_out_what_was_marked_and_not_what_stands_there_since(
    con: CheckingClient, session: Session, settings: Settings, place: str
) -> None:
    con.post(f"{BASE}/mark", data={"place": place, "words": SAID})
    (mark,) = session.scalars(select(Mark).where(Mark.kind == by_hand.KIND))
    rewrite(session, "Something else stands here, and it is long enough to be taken for it.")
    form = {"mark": str(mark.id), "reason": "It says too much", "verdict": "erased", "sure": "yes"}
    con.post(f"{BASE}/decide", data=form)
    assert planted.standing(session, settings.instance, SAID) == []
    answer = planted.answer_of(session, submission_of(session, "Alder"), "S01.2")
    assert "[removed]" not in answer.value["text"]


@pytest.mark.queries
def test_as_many_queries_to_mark_however_many_authorities_there_are(
    con: CheckingClient, session: Session, survey: Survey, place: str
) -> None:
    form = {"whose": "X06000001", "words": "nobody says this"}

    def asked() -> int:
        with queries(session) as made:
            con.get(f"{BASE}/mark", query_string={"place": place})
            con.post(f"{BASE}/mark", data=form)
        return len(made)

    few = asked()
    grow(session, survey, 5)
    assert asked() <= few


def test_words_are_marked_as_they_stand_whatever_capitals_were_typed(
    con: CheckingClient, session: Session, place: str
) -> None:
    con.post(f"{BASE}/mark", data={"place": place, "words": SAID.upper()})
    assert spots(session) == [(place, inspecting.known_by(SAID))]
