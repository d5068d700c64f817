"""Whoever and whatever was named only in words taken back is not named any more."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.interview import answering
from surveyapp.interview.answering import Marked
from surveyapp.interview.notes import Hand
from surveyapp.models import Interview, KeyContact, Note, SharedDocument, Submission
from tests.surveyapp.building import NOON, somebody
from tests.surveyapp.interview.recorded import FRONT_DOOR, note_of, offered_call

NAMES = (
    "Ask Ann  Marsh about it, she is the data lead. Bo Dale knows the rest. "
    "See “Our plan” at www.plan.example/a. Then look at www.map.example/b."
)


@pytest.fixture
def note(session: Session, birch: Submission) -> Note:
    """A note that names people and documents, in a record that is offered."""
    found = note_of(session, offered_call(session, birch), FRONT_DOOR[:10])
    found.text = found.original_text = NAMES
    for name in ("Ann Marsh", "bo dale"):
        session.add(_of(found, KeyContact(theme="", name=name)))
    for title, url in (("Our plan", "www.map.example/b"), ("A map", "www.map.example/b")):
        session.add(_of(found, SharedDocument(theme="", title=title, url=url)))
    session.flush()
    return found


def _of(note: Note, row: KeyContact | SharedDocument) -> KeyContact | SharedDocument:
    row.interview, row.note_id = note.interview, note.id
    return row


def take_back(session: Session, app: Flask, note: Note, words: str) -> Interview:
    """Let Cy take the sentence back that begins like this."""
    call, by = note.interview, Hand(somebody(session), NOON)
    one = next(s for s in answering.sheet(session, call).every if s.text.startswith(words))
    answering.keep(
        session, call, [Marked(note.id, note.version, one.start, one.end, "withdrawn")], by
    )
    sheet = answering.to_be_sent(session, call, answering.sheet(session, call).seen)
    answering.send(session, app.config["SETTINGS"], sheet, by, rest_is_right=True)
    session.expire_all()
    return call


def test_a_contact_goes_with_the_sentence_that_named_them(
    session: Session, app: Flask, note: Note
) -> None:
    call = take_back(session, app, note, "Ask Ann")

    assert [one.name for one in call.contacts] == ["bo dale"]
    assert len(call.documents) == 2


def test_a_document_goes_with_its_address_unless_it_is_still_named(
    session: Session, app: Flask, note: Note
) -> None:
    call = take_back(session, app, note, "Then look")

    assert [(one.title, one.url) for one in call.documents] == [("Our plan", "")]
    assert len(call.contacts) == 2


def test_whoever_is_named_in_what_is_left_stays(session: Session, app: Flask, note: Note) -> None:
    note.text = f"{NAMES} Ring ANN MARSH."
    session.flush()

    call = take_back(session, app, note, "Ask Ann")

    assert {one.name for one in call.contacts} == {"Ann Marsh", "bo dale"}
