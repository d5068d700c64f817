"""Contacts and documents guessed from words, checked by a person, and never made twice."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from surveyapp.interview import naming
from surveyapp.interview.naming import Contact, Document
from surveyapp.interview.notes import Hand
from surveyapp.models import Interview, Note, Submission
from tests.surveyapp.building import NOON
from tests.surveyapp.interview.after_the_call import held, note


@pytest.fixture
def call(session: Session, birch: Submission) -> Interview:
    """A call that is over."""
    return held(session)


@pytest.mark.parametrize(
    ("text", "guessed"),
    [
        (
            "Ask Sue Marsh, data manager, sue.marsh@birch.example or 01632 960 001.",
            ("Sue Marsh", "data manager", "sue.marsh@birch.example", "01632 960 001"),
        ),
        (
            "speak to Jean de Vries (head of the front door)",
            ("Jean de Vries", "head of the front door", "", ""),
        ),
        ("Ring the team on (01632) 960002", ("", "", "", "(01632) 960002")),
        ("Ask the data team", ("", "", "", "")),
        ("We saw 120 families in 2014 to 2015", ("", "", "", "")),
    ],
    ids=["all of it", "a title in brackets", "only a number", "nobody", "no telephone number"],
)
def test_who_is_named(
    text: str, guessed: tuple[str, ...], session: Session, call: Interview
) -> None:
    found = naming.guess_contact(note(session, call, text))
    assert (found.name, found.role, found.email, found.phone) == guessed
    assert found.theme == "S01"


@pytest.mark.parametrize(
    ("text", "guessed"),
    [
        (
            "They will send “Early help strategy” of 3 March 2015, https://birch.example/plan.pdf.",
            ("Early help strategy", "https://birch.example/plan.pdf", dt.date(2015, 3, 3)),
        ),
        ("Threshold document. Promised by Friday", ("Threshold document", "", None)),
        (
            "Step-down procedure v1.0, by end of September",
            ("Step-down procedure v1.0", "", None),
        ),
        ("Guide v2.1 on thresholds. They will send it", ("Guide v2.1 on thresholds", "", None)),
        ("Plan, by Friday", ("Plan", "", None)),
        ("Plan of 31/02/2015", ("Plan of 31/02/2015", "", None)),
        ("Plan of 28/2/2015", ("Plan of 28/2/2015", "", dt.date(2015, 2, 28))),
    ],
    ids=[
        "all of it",
        "the first sentence",
        "a version and a time",
        "a version",
        "a day of the week",
        "no such day",
        "a day in figures",
    ],
)
def test_what_is_promised(
    text: str, guessed: tuple[object, ...], session: Session, call: Interview
) -> None:
    found = naming.guess_document(note(session, call, text))
    assert (found.title, found.url, found.dated) == guessed


def _named(session: Session, one: Note, told: Contact) -> None:
    naming.keep_contact(session, one, told, None, Hand(one.interview.interviewer, NOON))


def test_pressed_twice_it_is_one_contact(session: Session, call: Interview) -> None:
    one = note(session, call, "Ask Sue Marsh")
    for role in ("Manager", "Data manager"):
        _named(session, one, Contact("Sue Marsh", role, theme="S01"))
    _named(session, one, Contact("Bo Reed", theme="S01"))

    session.refresh(call)
    assert [(row.name, row.role, row.note_id) for row in call.contacts] == [
        ("Bo Reed", "", one.id),
        ("Sue Marsh", "Data manager", one.id),
    ]


def test_a_name_can_be_put_right(session: Session, call: Interview) -> None:
    one, by = note(session, call, "Plan"), Hand(call.interviewer, NOON)
    row = naming.keep_document(session, one, Document("Plam", theme="S01"), None, by)
    same = naming.keep_document(session, one, Document("Plan", theme="S01"), row, by)
    assert same is row
    assert row.title == "Plan"
