"""The room privacy: what is held back is shown in context, and cleared, kept or erased."""

import datetime as dt
import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import people
from surveyapp.config import Settings
from surveyapp.derived import inspecting
from surveyapp.derived.inspecting import Desk
from surveyapp.extensions import db
from surveyapp.material import gathering
from surveyapp.models import Build, Clearing, Mark, Passage, Submission, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, grow, queries, somebody, submission_of
from tests.surveyapp.deriving import derive
from tests.surveyapp.privacy import planted
from tests.surveyapp.privacy.planted import NAME

pytestmark = pytest.mark.privacy
BASE = "/privacy/tiny-survey-2015"


@pytest.fixture
def alder(session: Session, survey: Survey) -> Submission:
    return submission_of(session, "Alder")


@pytest.fixture
def con(
    session: Session, survey: Survey, alder: Submission, settings: Settings, client: CheckingClient
) -> CheckingClient:
    """A consultant, signed in, with a child's story in an answer."""
    planted.tell(session, alder)
    derive(session, survey)
    inspecting.inspect(
        Desk(db.sessionmaker, settings.instance / "uploads", lambda: NOON), survey.id
    )
    session.expire_all()
    person = people.know(session, "con@trees.example", "Con Sultant", "consultant")
    session.commit()
    client.sign_in(person)
    return client


def decide(client: CheckingClient, **form: object) -> str:
    """Send the form, and return the page that it leads to."""
    answer = client.post(f"{BASE}/decide", data=form)
    return client.get(answer.location).text


def marked(page: str) -> list[str]:
    return re.findall(r'<mark class="privacy-words">(.*?)</mark>', page)


def ids(session: Session) -> list[str]:
    return [str(one) for one in session.scalars(select(Mark.id).order_by(Mark.start))]


def held(session: Session, alder: Submission) -> list[bool]:
    session.expire_all()
    rows = select(Passage).where(Passage.response == f"{alder.authority_code}/S01.2")
    return [one.held for one in session.scalars(rows.order_by(Passage.start))]


def test_words_are_shown_in_context(con: CheckingClient) -> None:
    page = con.get(f"{BASE}/").text
    assert marked(page) == [NAME, "9, at Quillmoor Primary"]
    assert "We listen first." in page
    assert "To decide (2)" in page


def test_cleared_words_count_again(
    con: CheckingClient, session: Session, survey: Survey, alder: Submission
) -> None:
    assert held(session, alder) == [False, True, False]
    form = {"mark": ids(session), "verdict": "cleared", "reason": "Nobody is called that"}
    page = decide(con, **form)
    assert "Cleared 2 marks." in page
    assert held(session, alder) == [False, False, False]
    assert gathering.gather(session, survey).material.held == ()
    assert marked(con.get(f"{BASE}/?show=cleared").text)


def test_kept_words_stay_held(con: CheckingClient, session: Session, alder: Submission) -> None:
    con.post(f"{BASE}/decide", data={"mark": ids(session)[:1], "verdict": "held"})
    assert held(session, alder) == [False, True, False]
    page = con.get(f"{BASE}/?show=held").text
    assert marked(page) == [NAME]
    assert "To decide (1)" in page


def test_all_of_a_kind_are_decided_at_once(con: CheckingClient, session: Session) -> None:
    form = {"all": "yes", "kind": "name", "verdict": "cleared", "reason": "A tool, not a child"}
    con.post(f"{BASE}/decide", data=form)
    assert session.scalars(select(Clearing.kind)).all() == ["name"]


def test_erasing_is_asked_about_once_more(
    con: CheckingClient, session: Session, settings: Settings
) -> None:
    form = {"mark": ids(session), "verdict": "erased", "reason": "A child can be told by it"}
    page = con.post(f"{BASE}/decide", data=form).text
    assert "This cannot be undone" in page
    assert planted.standing(session, settings.instance, NAME)
    page = decide(con, **form, sure="yes")
    assert "Erased 2 marks" in page
    assert planted.standing(session, settings.instance, NAME, "Quillmoor") == []
    page = con.get(f"{BASE}/?show=erased").text
    assert "A child can be told by it" in page
    assert NAME not in page


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"verdict": "cleared", "reason": "Why"}, "Choose the words that you decide about"),
        ({"reason": "Because"}, "Choose what is to become of them"),
        ({"verdict": "cleared"}, "Enter why"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    con: CheckingClient, session: Session, form: dict[str, str], said: str
) -> None:
    chosen = {} if "words" in said else {"mark": ids(session)}
    answer = con.post(f"{BASE}/decide", data={**form, **chosen})
    assert answer.status_code == 422
    assert said in answer.text
    assert form.get("reason", "") in answer.text
    assert not session.scalars(select(Clearing)).all()


def test_marks_of_nowhere_are_passed_over(con: CheckingClient) -> None:
    form = {"mark": ["nonsense", "0" * 32], "verdict": "held"}
    page = decide(con, **form)
    assert "Nothing was changed" in page


def test_everything_is_looked_through_when_asked(con: CheckingClient) -> None:
    page = con.get(con.post(f"{BASE}/look").location).text
    assert "looked through now" in page


@pytest.mark.queries
def test_as_many_queries_for_many_authorities(
    con: CheckingClient, session: Session, survey: Survey, settings: Settings
) -> None:
    with queries(session) as few:
        con.get(f"{BASE}/")
    grow(session, survey, 5)
    for number in range(5):
        planted.tell(session, submission_of(session, f"Elm {number}"), "S01.4")
    inspecting.inspect(Desk(db.sessionmaker, settings.instance / "uploads"), survey.id)
    session.expire_all()
    with queries(session) as many:
        page = con.get(f"{BASE}/").text
    assert len(marked(page)) == 12
    assert len(many) <= len(few)


def test_what_erasing_takes_away_besides_is_said_from_the_first_step(
    con: CheckingClient, session: Session, survey: Survey
) -> None:
    assert "No build or export has been made yet" in con.get(f"{BASE}/").text
    me = somebody(session)
    made = {"survey_id": survey.id, "asked_by_id": me.id, "asked_at": NOON, "done_at": NOON}
    signed = {"signed_off_at": NOON, "signed_off_by_id": me.id}
    session.add_all([Build(**made, number=1), Build(**made, **signed, number=2)])
    session.commit()
    form = {"mark": ids(session), "verdict": "erased", "reason": "A child can be told by it"}
    for page in (con.get(f"{BASE}/").text, con.post(f"{BASE}/decide", data=form).text):
        assert "removes every file made so far: 2 builds of the review." in page
        assert "Build 2, which is signed off, goes too" in page
    page = decide(con, **form, sure="yes")
    assert "Exports and builds were removed, too." in page
    assert "mark other words in it" in page
    assert "No build or export has been made yet" not in page


def test_the_review_on_the_home_page_is_told_of_before_it_goes(
    con: CheckingClient, session: Session, settings: Settings
) -> None:
    settings.review_file.write_bytes(b"a review")
    form = {"mark": ids(session), "verdict": "erased", "reason": "A child can be told by it"}
    for page in (con.get(f"{BASE}/").text, con.post(f"{BASE}/decide", data=form).text):
        assert "No build or export has been made yet" not in page
        assert "made so far: the Word review on the home page." in page
    assert "were removed, too" in decide(con, **form, sure="yes")
    assert not settings.review_file.exists()


def test_nothing_is_said_to_be_removed_where_nothing_was(
    con: CheckingClient, session: Session
) -> None:
    form = {"mark": ids(session), "verdict": "erased", "reason": "A child can be told by it"}
    page = decide(con, **form, sure="yes")
    assert "Erased 2 marks" in page
    assert "were removed, too" not in page


def test_it_never_says_nothing_while_newer_words_wait(
    con: CheckingClient, session: Session, alder: Submission
) -> None:
    decide(con, mark=ids(session), verdict="cleared", reason="Nobody is called that")
    assert "There is nothing to decide.</p>" in con.get(f"{BASE}/").text
    answer = planted.answer_of(session, alder, "S01.2")
    answer.value, answer.version = {"text": "And Zephyrine again."}, answer.version + 1
    answer.updated_at = answer.updated_at + dt.timedelta(minutes=5)
    session.commit()
    page = con.get(f"{BASE}/").text
    assert "There is nothing to decide.</p>" not in page
    assert "Newer words have not been looked through yet" in page
    assert page.count("Look through everything now") == 1


def test_a_row_begins_with_its_own_words_and_leads_to_the_text(con: CheckingClient) -> None:
    page = con.get(f"{BASE}/").text
    label = f'<mark class="privacy-words">{NAME}</mark><span class="govuk-visually-hidden">: name'
    assert label in page
    assert "Answer to S01.2" in page
    address = re.search(r'href="([^"]+place=[^"]+)">Read the whole text', page)
    assert address is not None
    assert planted.STORY in con.get(address[1].replace("&amp;", "&")).text


def test_the_history_of_an_answer_says_that_words_were_erased(
    con: CheckingClient, session: Session, alder: Submission
) -> None:
    history = f"/r/{alder.id}/questions/S01.2"
    assert "were erased by" not in con.get(history).text
    form = {"mark": ids(session), "verdict": "erased", "reason": "A child can be told by it"}
    decide(con, **form, sure="yes")
    page = con.get(history).text
    assert page.count("were erased by <strong>Con Sultant</strong> of the review team") == 1
