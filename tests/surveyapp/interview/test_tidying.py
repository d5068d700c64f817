"""Notes after the call: in order, reworded without loss, merged, struck out and put back."""

import uuid
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.errors import NoteConflictError
from surveyapp.interview import notes, tidying
from surveyapp.interview.notes import Hand, Typed
from surveyapp.interview.tidying import Edit, NoWordsError
from surveyapp.models import AuditEvent, Interview, Note, Submission
from tests.surveyapp.building import queries
from tests.surveyapp.interview.after_the_call import LATER, held, note, taker


@pytest.fixture
def call(session: Session, birch: Submission) -> Interview:
    """A call that is over."""
    return held(session)


@pytest.fixture
def iris(call: Interview) -> Hand:
    """Whoever tidies."""
    return Hand(call.interviewer, LATER)


def _texts(session: Session, call: Interview) -> dict[str, list[str]]:
    chapters = tidying.sheet(session, call).chapters
    return {one.code: [line.note.text for line in one.lines] for one in chapters}


def test_notes_stand_in_the_order_of_the_guide_and_unprompted_ones_where_they_fell(
    session: Session, call: Interview
) -> None:
    note(session, call, "Second prompt, asked first", "I02", 10)
    note(session, call, "Fell under the second", "", 20)
    note(session, call, "First prompt", "I01", 30)
    note(session, call, "Written in later", "", None)
    note(session, call, "Before anything", "", 1)

    assert _texts(session, call) == {
        "I01": ["First prompt"],
        "I02": ["Second prompt, asked first", "Fell under the second"],
        "": ["Before anything", "Written in later"],
    }


def test_the_list_takes_as_many_queries_however_many_notes_there_are(
    session: Session, call: Interview
) -> None:
    def count() -> int:
        session.expire_all()
        session.refresh(call)
        with queries(session) as sent:
            tidying.sheet(session, call)
        return len(sent)

    note(session, call, "One", second=5)
    few = count()
    for at in range(8):
        one = note(session, call, f"More {at}", second=100 * at)
        typed = tidying.typed_over(one, f"Other {at}", one.version)
        tidying.reword(session, one, typed, Hand(call.interviewer, LATER))

    assert count() == few


def test_two_peoples_notes_of_one_moment_are_twins(session: Session, call: Interview) -> None:
    one = note(session, call, "They ring the school", second=60)
    other = note(session, call, "Families ring school", second=63, by=taker(session))
    note(session, call, "Much later", second=90, by=taker(session))
    note(session, call, "Another prompt", "I02", 61, taker(session))

    lines = tidying.sheet(session, call).lines
    assert {line.note.id: line.twin.id for line in lines if line.twin} == {
        one.id: other.id,
        other.id: one.id,
    }
    assert [line.note.id for line in lines[:2]] == [one.id, other.id]


def test_a_save_that_made_a_note_of_its_own_made_a_twin(session: Session, call: Interview) -> None:
    one = note(session, call, "They ring the school", second=60)
    typed = Typed(one.id, "Other", 99, write=uuid.uuid4(), prompt_code="I01", second=60)
    made = notes.keep(session, call, typed, Hand(taker(session), LATER)).note
    made.author = one.author

    assert tidying.twins([one, made]) == {one.id: made.id, made.id: one.id}


def test_one_persons_notes_are_no_twins_and_kept_ones_are_settled(
    session: Session, call: Interview, iris: Hand
) -> None:
    one, same = note(session, call, "One"), note(session, call, "Two")
    assert tidying.twins([one, same]) == {}

    other = note(session, call, "Three", by=taker(session))
    tidying.keep_both(session, one, other, iris)
    assert one.id not in tidying.twins([one, other])


def test_merging_rewords_one_and_strikes_the_other_and_both_stay_readable(
    session: Session, call: Interview, iris: Hand
) -> None:
    one, other = note(session, call, "School"), note(session, call, "Clinic", by=taker(session))
    words = tidying.typed_over(one, "School and clinic", one.version)

    tidying.merge(session, one, other, (words, other.version), iris)

    assert (one.text, other.struck_at, other.text) == ("School and clinic", LATER, "Clinic")
    assert [was.text for was in notes.history(session, one)] == ["School"]


def test_nothing_is_merged_when_the_other_note_has_changed(
    session: Session, call: Interview, iris: Hand
) -> None:
    one, other = note(session, call, "School"), note(session, call, "Clinic", by=taker(session))
    words = tidying.typed_over(one, "Both", one.version)
    with pytest.raises(NoteConflictError):
        tidying.merge(session, one, other, (words, other.version - 1), iris)
    assert (one.text, other.struck_at) == ("School", None)


def test_other_words_are_not_confirmed_and_another_prompt_leaves_them_so(
    session: Session, call: Interview, iris: Hand
) -> None:
    one = note(session, call, "School")
    one.confirmed_version = one.version
    session.flush()

    moved = replace(tidying.typed_over(one, one.text, one.version), prompt_code="I02")
    tidying.reword(session, one, moved, iris)
    assert (one.prompt_code, one.is_confirmed) == ("I02", True)

    quoted = replace(tidying.typed_over(one, one.text, one.version), verbatim=True)
    tidying.reword(session, one, quoted, iris)
    assert not one.is_confirmed

    one.confirmed_version = one.version
    session.flush()
    tidying.reword(session, one, tidying.typed_over(one, "Schools", one.version), iris)
    assert not one.is_confirmed


def test_to_mark_a_note_is_no_new_version(session: Session, call: Interview, iris: Hand) -> None:
    one = note(session, call, "School")
    marked = replace(
        tidying.typed_over(one, one.text, one.version), follow_up=True, mark="document"
    )
    tidying.reword(session, one, marked, iris)
    assert (one.follow_up, one.mark, one.version) == (True, "document", 1)


@pytest.mark.parametrize("text", ["", " \n ", "a" * 50_001], ids=["none", "blanks", "too many"])
def test_a_note_has_words_and_not_too_many(
    session: Session, call: Interview, iris: Hand, text: str
) -> None:
    one = note(session, call, "School")
    with pytest.raises(NoWordsError):
        tidying.reword(session, one, tidying.typed_over(one, text, one.version), iris)
    assert one.text == "School"


def test_each_note_of_a_list_is_saved_on_its_own(
    session: Session, call: Interview, iris: Hand
) -> None:
    left, right, torn, empty = (note(session, call, text) for text in ("a", "b", "c", "d"))
    other = Hand(taker(session), LATER)
    notes.reword(session, torn, tidying.typed_over(torn, "theirs", 1), other)
    notes.reword(session, left, tidying.typed_over(left, "theirs too", 1), other)

    saved = tidying.save(
        session,
        (
            Edit(left, "a", 1, tidying.digest("a")),
            Edit(right, "better", 1, tidying.digest("b")),
            Edit(torn, "mine", 1, tidying.digest("c")),
            Edit(empty, "", 1, tidying.digest("d")),
        ),
        iris,
    )

    assert saved.changed == 1
    assert [one.text for one in (left, right, torn, empty)] == [
        "theirs too",
        "better",
        "theirs",
        "d",
    ]
    assert {note_id: one.theirs for note_id, one in saved.faults.items()} == {
        torn.id: "theirs",
        empty.id: "",
    }


def test_what_is_struck_out_is_kept_and_comes_back(
    session: Session, call: Interview, iris: Hand
) -> None:
    one = note(session, call, "School")

    tidying.strike(session, one, iris)
    sheet = tidying.sheet(session, call)
    assert (sheet.lines, sheet.struck) == ((), (one,))

    tidying.put_back(session, one, iris)
    assert one.counts
    told = session.scalars(select(AuditEvent.action).order_by(AuditEvent.at)).all()
    assert told[-2:] == ["note.struck", "note.put_back"]


def test_the_trail_has_no_words(session: Session, call: Interview, iris: Hand) -> None:
    one = note(session, call, "School")
    tidying.reword(session, one, tidying.typed_over(one, "Clinic", one.version), iris)
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "note.reworded")).one()
    assert event.detail == {"note": str(one.id), "version": 2, "same_words": False}


def test_an_unknown_strand_of_a_note_stays(session: Session, call: Interview) -> None:
    one: Note = note(session, call, "School")
    one.theme = "gone"
    assert tidying.typed_over(one, "x", 1).theme == "gone"
