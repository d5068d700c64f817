"""The answer has changed: found by strand, kept once, undone and said again."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.coordinate import beside
from surveyapp.interview import corrections, tidying
from surveyapp.interview.corrections import Said, Written
from surveyapp.interview.notes import Hand
from surveyapp.models import Correction, Interview, Submission
from tests.surveyapp.building import NOON, save
from tests.surveyapp.interview.after_the_call import held, note


@pytest.fixture
def call(session: Session, birch: Submission) -> Interview:
    """A call that is over, with an authority that has written some answers."""
    save(session, birch, "S01.4", {"number": 7})
    save(session, birch, "Z1.1.a", {"text": "Team around the school"}, entry_id="e" * 32)
    return held(session)


@pytest.fixture
def iris(call: Interview) -> Hand:
    """Who held it."""
    return Hand(call.interviewer, NOON)


def _about(session: Session, call: Interview, key: str) -> Written:
    found = corrections.choices(session, note(session, call, "x")).find(key)
    assert found is not None
    return found


def test_answers_on_what_was_talked_about_come_first(session: Session, call: Interview) -> None:
    choices = corrections.choices(session, note(session, call, "Ten families", "I01"))

    assert "S01.4" in [one.key for one in choices.near]
    assert {one.theme for one in choices.near} == {"S01"}
    assert f"Z1.1.a@{'e' * 32}" in [one.key for one in choices.others]
    found = choices.find("S01.4")
    assert found is not None
    assert found.text == "7 families (2014 to 2015)"


def test_an_answer_that_nobody_wrote_cannot_have_changed(session: Session, call: Interview) -> None:
    assert corrections.choices(session, note(session, call, "x")).find("S01.5") is None


def test_a_strand_given_to_the_note_tells_more_than_its_prompt(
    session: Session, call: Interview
) -> None:
    one = note(session, call, "x", "I01")
    one.theme = "A1"
    assert {near.theme for near in corrections.choices(session, one).near} <= {"A1"}


def test_said_again_it_is_the_same_correction(
    session: Session, call: Interview, iris: Hand
) -> None:
    one, about = note(session, call, "Ten families"), _about(session, call, "S01.4")
    first = corrections.correct(session, one, about, Said("corrects", "note"), iris)
    corrections.undo(session, first, iris)
    again = corrections.correct(session, one, about, Said("corrects", "answer"), iris)

    assert again is first
    assert (again.prevails, again.undone_at) == ("answer", None)
    assert session.scalar(select(func.count()).select_from(Correction)) == 1


def test_what_adds_to_an_answer_leaves_both(session: Session, call: Interview, iris: Hand) -> None:
    one, about = note(session, call, "Ten families"), _about(session, call, "S01.4")
    row = corrections.correct(session, one, about, Said("deepens", "note"), iris)
    assert row.prevails == "both"


def test_it_is_listed_until_it_is_undone(session: Session, call: Interview, iris: Hand) -> None:
    one, about = note(session, call, "Ten families"), _about(session, call, "S01.4")
    row = corrections.correct(session, one, about, Said("corrects", "note"), iris)

    def listed() -> list[Correction]:
        return [one for line in tidying.sheet(session, call).lines for one in line.corrections]

    assert listed() == [row]
    corrections.undo(session, row, iris)
    session.flush()
    assert listed() == []


def test_whoever_reads_answers_side_by_side_is_told(
    session: Session, call: Interview, iris: Hand
) -> None:
    one, about = note(session, call, "Ten families"), _about(session, call, "S01.4")
    row = corrections.correct(session, one, about, Said("corrects", "note"), iris)
    survey = call.submission.survey

    def told() -> dict[str, list[object]]:
        found = beside.side_by_side(session, survey, "S01.4").told
        return {said.authority: [now.note_id for now in said.corrected] for said in found}

    assert {name: ids for name, ids in told().items() if ids} == {"Birch": [one.id]}
    tidying.strike(session, one, iris)
    session.flush()
    assert told()["Birch"] == []
    tidying.put_back(session, one, iris)
    corrections.undo(session, row, iris)
    session.flush()
    assert told()["Birch"] == []
