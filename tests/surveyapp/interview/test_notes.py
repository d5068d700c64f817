"""Notes typed live: an answer that got lost costs nothing, and nobody overwrites anybody."""

import datetime as dt
import uuid

import pytest
from sqlalchemy.orm import Session

from surveyapp.errors import NoteConflictError
from surveyapp.interview import notes
from surveyapp.interview import services as interview
from surveyapp.interview.notes import Hand, Typed
from surveyapp.interview.services import Call, Consent
from surveyapp.models import Interview, Submission
from tests.surveyapp.building import NOON, somebody


@pytest.fixture
def call(session: Session, birch: Submission) -> Interview:
    """A call on which notes may be taken."""
    iris = somebody(session, "Iris Notes")
    made = interview.record_interview(
        session, birch, Call(iris, "Cy Birch", "Service manager", dt.date(2015, 7, 25))
    )
    interview.record_consent(session, made, Consent(notes=True, quotes=True), iris, NOON)
    return made


@pytest.fixture
def iris(call: Interview) -> Hand:
    """Whoever talks."""
    return Hand(call.interviewer, NOON)


@pytest.fixture
def cy(session: Session) -> Hand:
    """Whoever types."""
    return Hand(somebody(session), NOON + dt.timedelta(seconds=1))


def test_a_note_grows_and_its_first_words_grow_with_it(
    session: Session, call: Interview, iris: Hand
) -> None:
    new = uuid.uuid4()
    for seen, text in enumerate(("We", "We count", "We count calls.")):
        kept = notes.keep(session, call, Typed(new, text, seen), iris)

    assert (kept.note.text, kept.note.original_text) == ("We count calls.", "We count calls.")
    assert kept.note.version == 3
    assert notes.history(session, kept.note) == []


def test_words_taken_away_while_typing_are_kept(
    session: Session, call: Interview, iris: Hand
) -> None:
    new = uuid.uuid4()
    notes.keep(session, call, Typed(new, "Every family has one lead worker."), iris)
    kept = notes.keep(session, call, Typed(new, "Every family", 1), iris)

    said = [one.text for one in notes.history(session, kept.note)]
    assert said == ["Every family has one lead worker."]


def test_the_first_words_stay_when_the_call_is_over(
    session: Session, call: Interview, iris: Hand
) -> None:
    note = notes.keep(session, call, Typed(uuid.uuid4(), "thru school"), iris).note
    call.ended_at = NOON

    notes.reword(session, note, Typed(note.id, "Through school.", 1), iris)

    assert (note.text, note.original_text, note.version) == ("Through school.", "thru school", 2)
    assert [one.text for one in notes.history(session, note)] == ["thru school"]


def test_a_save_that_is_sent_again_is_the_same_save(
    session: Session, call: Interview, iris: Hand
) -> None:
    first = Typed(uuid.uuid4(), "We count", write=uuid.uuid4())
    notes.keep(session, call, first, iris)

    kept = notes.keep(session, call, first, iris)

    assert (kept.note.version, kept.twin_of, call.notes) == (1, None, [kept.note])


def test_typing_goes_on_after_an_answer_that_was_lost(
    session: Session, call: Interview, iris: Hand
) -> None:
    new, lost = uuid.uuid4(), uuid.uuid4()
    notes.keep(session, call, Typed(new, "We count", write=lost), iris)

    later = Typed(new, "We count calls.", write=uuid.uuid4(), unanswered=(lost,))
    kept = notes.keep(session, call, later, iris)

    assert (kept.note.text, kept.twin_of) == ("We count calls.", None)


def test_two_people_in_one_note_do_not_overwrite_each_other(
    session: Session, call: Interview, iris: Hand, cy: Hand
) -> None:
    new, mine = uuid.uuid4(), uuid.uuid4()
    note = notes.keep(session, call, Typed(new, "We", write=uuid.uuid4()), iris).note
    notes.keep(session, call, Typed(new, "We count.", 1, uuid.uuid4()), iris)

    twin = notes.keep(session, call, Typed(new, "We ask.", 1, mine), cy)
    later = Typed(new, "We ask twice.", 1, uuid.uuid4(), unanswered=(mine,))
    again = notes.keep(session, call, later, cy)

    assert twin.twin_of is note
    assert again.note is twin.note
    session.expire(call)
    assert {one.text for one in call.notes} == {"We count.", "We ask twice."}


def test_two_people_tidying_one_note_lose_nothing(
    session: Session, call: Interview, iris: Hand, cy: Hand
) -> None:
    note = notes.keep(session, call, Typed(uuid.uuid4(), "x"), iris).note
    notes.reword(session, note, Typed(note.id, "Mine.", 1), iris)

    with pytest.raises(NoteConflictError) as conflict:
        notes.reword(session, note, Typed(note.id, "Theirs.", 1), cy)

    assert (conflict.value.mine, conflict.value.theirs) == ("Theirs.", "Mine.")
    assert conflict.value.version == 2


def test_a_note_of_another_call_is_not_found(
    session: Session, call: Interview, birch: Submission, iris: Hand
) -> None:
    other = interview.record_interview(
        session, birch, Call(call.interviewer, "Di", "Director", dt.date(2015, 7, 26))
    )
    interview.record_consent(session, other, Consent(notes=True, quotes=False), iris.author, NOON)
    note = notes.keep(session, call, Typed(uuid.uuid4(), "Ours"), iris).note

    with pytest.raises(KeyError):
        notes.keep(session, other, Typed(note.id, "Yours", 1), iris)
