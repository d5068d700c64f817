"""Interviews: consent comes first, the first words are kept, and two typists lose nothing."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from surveyapp.errors import ConsentError, NotInTheGuideError
from surveyapp.interview import services as interview
from surveyapp.interview.services import Call, Consent, Said
from surveyapp.models import Interview, KeyContact, SharedDocument, Submission
from tests.surveyapp.building import NOON, somebody


@pytest.fixture
def call(session: Session, birch: Submission) -> Interview:
    """A call that has just begun."""
    iris = somebody(session, "Iris Notes")
    return interview.record_interview(
        session, birch, Call(iris, "Cy Birch", "Service manager", dt.date(2015, 7, 25))
    )


def agree(session: Session, call: Interview, consent: Consent) -> None:
    interview.record_consent(session, call, consent, call.interviewer, NOON)


def test_nothing_is_noted_before_consent(session: Session, call: Interview) -> None:
    with pytest.raises(ConsentError):
        interview.add_note(session, call, Said("A"), call.interviewer, NOON)

    agree(session, call, Consent(notes=False, quotes=False))

    with pytest.raises(ConsentError):
        interview.add_note(session, call, Said("A"), call.interviewer, NOON)
    assert call.notes == []


def test_a_note_may_be_unprompted_but_not_under_an_unknown_prompt(
    session: Session, call: Interview
) -> None:
    agree(session, call, Consent(notes=True, quotes=True))

    interview.add_note(session, call, Said("By the way"), call.interviewer, NOON)
    with pytest.raises(NotInTheGuideError, match="I99"):
        interview.add_note(session, call, Said("x", "I99"), call.interviewer, NOON)

    assert [note.text for note in call.notes] == ["By the way"]


def test_what_is_offered_on_the_telephone_is_kept_with_the_call(
    session: Session, call: Interview
) -> None:
    interview.offer_document(session, SharedDocument(interview=call, theme="S01", title="Audit"))
    interview.name_contact(session, KeyContact(interview=call, theme="S01", name="Di Birch"))

    assert [one.title for one in call.documents] == ["Audit"]
    assert [one.may_share for one in call.documents] == [False]
    assert [one.may_publish for one in call.contacts] == [False]
