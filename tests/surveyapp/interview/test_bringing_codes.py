"""Typed notes that open with a prompt's code: it suggests the prompt, and a person decides."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.config import Settings
from surveyapp.errors import SurveyError
from surveyapp.extensions import db
from surveyapp.interview.bringing import coded, passages, reading, suggesting
from surveyapp.interview.bringing.passages import Brought, Passage
from surveyapp.models import Interview, Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.interview.brought import bring, place, said, typed
from tests.surveyapp.interview.calls import call_with
from tests.surveyapp.respond.filling import words

CODES = {"i01": "I01", "i01.a": "I01", "i02": "I02"}


@pytest.fixture
def call(session: Session, birch: Submission) -> Interview:
    """A call on which notes may be taken."""
    return call_with(session, birch, agreed=True)


@pytest.mark.parametrize(
    ("line", "prompt", "left"),
    [
        ("I01: Schools ring us first.", "I01", "Schools ring us first."),
        ("- i01) Schools", "I01", "Schools"),
        ("I01.a: Schools", "I01", "Schools"),
        ("I01:\nSchools\nring", "I01", "Schools\nring"),
        ("I01 schools", "", "I01 schools"),
        ("I01:", "", "I01:"),
        ("I09: Schools", "", "I09: Schools"),
        ("See I01: schools", "", "See I01: schools"),
    ],
)
def test_a_code_is_taken_off_the_words(line: str, prompt: str, left: str) -> None:
    brought = Brought("txt", (Passage(line),))

    assert coded.take_off(brought, CODES).passages == (Passage(left, prompt=prompt),)


def test_every_line_that_opens_with_a_code_is_a_passage() -> None:
    brought = reading.read("notes.txt", b"Hello\nI01: One\nmore\nI02: Two\n\nThree")

    assert coded.take_off(brought, CODES).passages == (
        Passage("Hello"),
        Passage("One\nmore", prompt="I01"),
        Passage("Two", prompt="I02"),
        Passage("Three"),
    )


def test_far_too_many_lines_with_codes_are_refused() -> None:
    brought = Brought("txt", (Passage("I01: x\n" * (passages.MOST_PASSAGES + 1)),))

    with pytest.raises(SurveyError, match="far more"):
        coded.take_off(brought, CODES)


def test_what_was_not_typed_as_notes_keeps_its_words() -> None:
    brought = Brought("vtt", (Passage("I01: Schools"),))

    assert coded.take_off(brought, CODES) == brought


def test_a_code_before_the_words_suggests_its_prompt(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    page = bring(iris, call, b"I01: Schools ring us first.\ni02 - One number.\nS01: By the way.")
    assert typed(page) == {
        "text-1": "Schools ring us first.",
        "where-1": "under:I01",
        "text-2": "One number.",
        "where-2": "under:I02",
        "text-3": "S01: By the way.",
        "where-3": "",
    }
    assert words(page.text).count("Its code stands before the words in the file.") == 2
    assert said(session, call) == []

    place(iris, page, where_2="leave")

    assert said(session, call) == [("I01", "Schools ring us first.", False, None)]


def test_where_nothing_is_suggested_that_is_said(
    iris: CheckingClient, call: Interview, settings: Settings
) -> None:
    begun = bring(iris, call, b"I01: By the way.\nQuite so.")
    assert "No suggestion" not in words(begun.text)

    key = begun.request.path.rpartition("/")[2]
    suggesting.make(db.sessionmaker, settings.instance, str(call.id), key)

    assert words(iris.get(begun.request.path).text).count("No suggestion") == 1
