"""What an authority said last time stands beside the same question of this time."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Authority, Submission
from surveyapp.respond import last_round, standing
from surveyapp.respond.last_round import LastRound
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import queries, save, somebody, submission_of
from tests.surveyapp.respond.filling import address, enter, words
from tests.surveyapp.rounds import next_round

WORDS = "We count every call to the front door."


@pytest.fixture
def alder(session: Session, birch: Submission) -> Authority:
    """The authority whose return of 2015 was submitted."""
    return submission_of(session, "Alder").authority


def before(session: Session, submission: Submission) -> LastRound:
    return last_round.before(session, standing.read(session, submission))


def test_the_same_question_of_last_time_is_found(session: Session, alder: Authority) -> None:
    found = before(session, next_round(session, alder))

    (said,) = found.under("S01.2")
    assert (said.authority, said.survey_title, said.month) == (
        "Alder",
        "Tiny survey 2015",
        "July 2015",
    )
    assert said.texts == (WORDS,)
    assert said.is_asked_alike
    assert said.is_submitted
    assert len(found.under("S01.5")[0].texts) == 2


def test_withheld_words_are_shown_to_whom_they_belong(session: Session, alder: Authority) -> None:
    assert before(session, next_round(session, alder)).under("A1.1")[0].texts == ("Yes",)


def test_nothing_was_said_before_the_first_round(session: Session, birch: Submission) -> None:
    assert before(session, birch).under("S01.2") == ()


def test_a_return_that_was_never_begun_says_nothing(session: Session, birch: Submission) -> None:
    cedar = submission_of(session, "Cedar").authority

    assert before(session, next_round(session, cedar)).returns == ()


def test_a_return_that_was_never_submitted_says_so(session: Session, birch: Submission) -> None:
    (said,) = before(session, next_round(session, birch.authority)).under("S01.3")

    assert not said.is_submitted
    assert said.month == "July 2015"


def test_a_real_survey_does_not_look_into_an_example(session: Session, alder: Authority) -> None:
    now = next_round(session, alder)
    now.survey.is_example = False

    assert before(session, now).returns == ()


def test_another_wording_is_told(session: Session, alder: Authority) -> None:
    now = next_round(
        session, alder, wordings=[("How do you know that it works?", "How do you know?")]
    )

    (said,) = before(session, now).under("S01.2")

    assert not said.is_asked_alike
    assert said.question.text == "How do you know that it works?"


def test_another_kind_of_question_is_not_compared(session: Session, alder: Authority) -> None:
    now = next_round(session, alder, wordings=[('"code":"S01.2"', '"code":"S01.9"')])
    found = before(session, now)

    assert found.under("S01.9") == ()
    assert found.under("S01.2") == ()
    assert found.under("nothing") == ()


def test_a_predecessors_answers_are_shown_with_its_name(
    session: Session, birch: Submission, alder: Authority
) -> None:
    dale = Authority(
        code="X06000009",
        name="Dale",
        official_name="Dale Council",
        type="Unitary",
        valid_from=dt.date(2016, 4, 1),
    )
    session.add(dale)
    session.flush()
    alder.successor_code = birch.authority.successor_code = dale.code
    session.flush()

    found = before(session, next_round(session, dale))

    assert [one.authority for one in found.under("S01.3")] == ["Alder", "Birch"]
    assert found.under("S01.2")[0].texts == (WORDS,)
    assert found.under("A1.1") == ()  # Alder withheld it: it stays apart


@pytest.mark.queries
def test_it_takes_as_many_queries_for_many_answers(session: Session, birch: Submission) -> None:
    now = standing.read(session, next_round(session, birch.authority))
    session.expire_all()
    with queries(session) as few:
        last_round.before(session, now).under("S01.3")
    save(session, birch, "S01.4", {"number": 4})
    for number in range(5):
        save(session, birch, "Z1.1.a", {"text": str(number)}, entry_id=f"e{number}")
    now = standing.read(session, now.submission)
    session.expire_all()
    with queries(session) as many:
        assert len(last_round.before(session, now).under("Z1.1")[0].texts) == 5

    assert len(few) == len(many)


@pytest.mark.parametrize("rest", ["sections/S01", "sections/A1/A1.1"])
def test_last_times_answer_stands_on_the_form(
    rest: str, client: CheckingClient, session: Session, alder: Authority
) -> None:
    now = next_round(session, alder)
    enter(client, somebody(session))

    page = client.get(address(now, rest)).text

    assert "What Alder said in Tiny survey 2015, July 2015" in words(page)
    assert "<details open" not in page
