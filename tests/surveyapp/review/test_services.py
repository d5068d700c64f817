"""Rows turned into the input of a review: each piece, its id, and what may be done with it."""

import datetime as dt
from collections.abc import Iterable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.interview import services as interview
from surveyapp.models import (
    Correction,
    Decision,
    Interview,
    KeyContact,
    Note,
    SharedDocument,
    Submission,
    Survey,
)
from surveyapp.review import services as review
from synthesis import material
from tests.surveyapp.building import NOON, grow, queries, save, somebody, submission_of


def test_words_become_responses_with_ids_that_last(session: Session, survey: Survey) -> None:
    responses = review.gather(session, survey).material.responses

    found = {one.id: (one.text, one.question_code, one.use_level) for one in responses}
    assert found["X06000001/S01.2"] == ("We count every call to the front door.", "S01.2", "named")
    assert found["X06000001/S01.3/words"] == ("Neighbours and faith groups", "S01.3", "named")
    again = review.gather(session, survey).material.responses
    assert [one.id for one in again] == [one.id for one in responses]


def test_closed_answers_become_ratings_choices_and_figures(
    session: Session, survey: Survey
) -> None:
    found = review.gather(session, survey).material

    assert [(one.authority, one.value, one.missing) for one in found.ratings] == [
        ("X06000001", 3, ""),
        ("X06000002", None, "don't know"),
    ]
    chosen = [(one.authority, one.question_code, one.option) for one in found.choices]
    assert ("X06000001", "S01.3", "school") in chosen
    assert ("X06000001", "S01.3", "other") in chosen
    assert ("X06000002", "S01.3", "health") in chosen
    figure = found.figures[0]
    assert (figure.value, figure.unit, figure.period) == (412.0, "families", "2014 to 2015")


def test_documents_contacts_and_practice_keep_their_consent(
    session: Session, survey: Survey
) -> None:
    found = review.gather(session, survey).material

    assert [(one.title, one.theme, one.dated, one.may_share) for one in found.documents] == [
        ("Levels of need", "S01", dt.date(2014, 9, 1), True),
        ("Request form", "S01", None, False),
    ]
    assert [(one.name, one.theme, one.may_publish) for one in found.contacts] == [
        ("Ann Alder", "S01", True),
        ("Ann Alder", "A1", True),
    ]
    (practice,) = found.practices
    assert (practice.title, practice.theme) == ("Call back in a day", "S01")
    assert (practice.strength, practice.consent, practice.use_level) == (
        "local data",
        True,
        "unnamed",
    )


def test_notes_say_whether_they_are_a_quotation(session: Session, survey: Survey) -> None:
    found = review.gather(session, survey).material.responses

    notes = [one for one in found if one.source == "interview"]
    assert [(one.question_code, one.verbatim, one.use_level) for one in notes] == [
        ("I01", False, "named"),  # as the authority chose for the strand in writing
        ("I02", True, "withheld"),  # nobody agreed to be quoted
    ]
    assert len({one.id for one in notes}) == 2


@pytest.mark.parametrize(
    ("consent", "levels"),
    [
        (interview.Consent(notes=True, quotes=True), ["named", "unnamed"]),
        (interview.Consent(notes=True, quotes=True, use_level="unnamed"), ["unnamed", "unnamed"]),
        (interview.Consent(notes=False, quotes=True, use_level="named"), ["withheld", "withheld"]),
    ],
)
def test_a_changed_mind_about_a_call_is_obeyed(
    consent: interview.Consent, levels: list[str], session: Session, survey: Survey
) -> None:
    call = session.scalars(select(Interview)).one()
    interview.record_consent(session, call, consent, call.interviewer, NOON)

    found = review.gather(session, survey).material.responses

    assert [one.use_level for one in found if one.source == "interview"] == levels


def test_words_nobody_has_spoken_for_are_unnamed(session: Session, birch: Submission) -> None:
    save(session, birch, "S01.1", {"rating": 4}, seen=1)
    save(session, birch, "S01.2", {"text": "We ask families."})

    found = review.gather(session, birch.survey).material.responses

    assert [one.use_level for one in found if one.authority == "X06000002"] == ["unnamed"]


def test_an_answer_to_what_is_no_longer_asked_does_not_count(
    session: Session, birch: Submission
) -> None:
    save(session, birch, "S01.1", {"rating": 4}, seen=1)
    save(session, birch, "S01.2", {"text": "We ask families."})
    save(session, birch, "S01.1", {"rating": 0}, seen=2)

    found = review.gather(session, birch.survey).material

    assert "X06000002/S01.2" not in {one.id for one in found.responses}
    assert [one.value for one in found.ratings if one.authority == "X06000002"] == [0]


def test_a_cleared_answer_does_not_count(session: Session, birch: Submission) -> None:
    save(session, birch, "S01.1", {}, seen=1)
    save(session, birch, "S01.3", {}, seen=1)

    found = review.gather(session, birch.survey).material

    assert {one.authority for one in (*found.ratings, *found.choices)} == {"X06000001"}
    assert found.returns[1].questionnaire == "not returned"


def test_returns_say_how_far_each_came(session: Session, survey: Survey) -> None:
    found = review.gather(session, survey).material

    assert found.returns == (
        material.Return(
            "X06000001",
            "returned",
            answered=9,
            asked=9,
            interviewed_on=dt.date(2015, 7, 22),
            signed_off_by="Ann Alder",
            signed_off_on=dt.date(2015, 7, 14),
            interviews=1,
        ),
        material.Return("X06000002", "partial", answered=2, asked=7),
        material.Return("X06000003", "not returned", answered=0, asked=7),
    )
    assert found.as_of == dt.date(2015, 7, 22)


def test_every_word_that_names_an_authority_goes_with_it(session: Session, survey: Survey) -> None:
    alder = review.gather(session, survey).material.authorities[0]

    assert alder.aliases == ("Alder Borough Council", "Alder BC")
    assert alder.places == ("Alderton",)
    assert alder.brands == ("Alder Front Door",)


def test_what_came_up_on_the_telephone_joins_the_registers(
    session: Session, survey: Survey
) -> None:
    call = session.scalars(select(Interview)).one()
    interview.offer_document(
        session, SharedDocument(interview=call, theme="A1", title="Audit", may_share=True)
    )
    interview.name_contact(session, KeyContact(interview=call, theme="A1", name="Di Alder"))

    found = review.gather(session, survey).material

    assert ("Audit", "A1", True) in [
        (one.title, one.theme, one.may_share) for one in found.documents
    ]
    assert ("Di Alder", False) in [(one.name, one.may_publish) for one in found.contacts]


def test_a_decision_stands_while_its_words_do(session: Session, survey: Survey) -> None:
    text = "We count every call to the front door."
    start = text.index("front door")
    for words in ("front door", "back door!"):
        session.add(
            Decision(
                survey=survey,
                response="X06000001/S01.2",
                start=start,
                end=start + 10,
                words=words,
                theme="S01" if words == "front door" else "A1",
                verdict="accept",
                coder=somebody(session, "Iris Notes"),
                codebook=survey.codebook,
                made_at=NOON,
            )
        )
    session.flush()

    gathered = review.gather(session, survey)

    assert [(one.words, one.coder) for one in gathered.material.decisions] == [
        ("front door", "Iris Notes")
    ]
    assert gathered.stale == 1


def test_the_schedule_codebook_and_outline_are_those_that_were_published(
    session: Session, survey: Survey
) -> None:
    gathered = review.gather(session, survey)

    assert [section.code for section in gathered.schedule.questionnaire] == ["S01", "A1", "Z1"]
    assert gathered.schedule.scale[3] == (3, "Established")
    assert [theme.code for theme in gathered.codebook][:3] == ["S01", "A1", "E1"]
    assert len(gathered.codebook.examples) == 1
    assert gathered.outline.title == "A tiny review"


def test_gathering_asks_as_often_for_many_as_for_few(session: Session, survey: Survey) -> None:
    def count() -> int:
        session.expire_all()
        with queries(session) as sent:
            review.gather(session, survey)
        return len(sent)

    few = count()
    grow(session, survey, 20)

    assert count() == few


# --- notes that are no responses, and notes that change an answer


def test_a_note_that_was_struck_or_is_empty_is_no_response(
    session: Session, survey: Survey
) -> None:
    struck, empty = session.scalars(select(Interview)).one().notes
    struck.struck_at, empty.text = NOON, " \n"
    session.flush()

    found = review.gather(session, survey).material.responses

    assert [one for one in found if one.source == "interview"] == []


def test_a_call_that_was_cancelled_or_is_to_come_is_no_interview(
    session: Session, survey: Survey
) -> None:
    call = session.scalars(select(Interview)).one()
    call.cancelled_at = NOON
    session.add(
        Interview(
            submission=submission_of(session, "Birch"),
            guide_id=call.guide_id,
            interviewer_id=call.interviewer_id,
            interviewee="Cy Birch",
            interviewee_role="Head",
            starts_at=NOON,
        )
    )
    session.flush()

    found = review.gather(session, survey).material

    assert [one for one in found.responses if one.source == "interview"] == []
    assert {one.interviews for one in found.returns} == {0}
    assert {one.interviewed_on for one in found.returns} == {None}


def test_notes_say_whether_they_are_confirmed(session: Session, survey: Survey) -> None:
    call = session.scalars(select(Interview)).one()
    call.notes[0].confirmed_version = call.notes[0].version
    call.notes[1].confirmed_version = call.notes[1].version
    call.notes[1].version += 1
    call.confirmed_at = NOON
    session.flush()

    found = review.gather(session, survey).material

    said = {one.question_code: one.confirmed for one in found.responses}
    assert (said["I01"], said["I02"], said["S01.2"]) == (True, False, None)
    assert [(one.interviews, one.confirmed) for one in found.returns] == [(1, 1), (0, 0), (0, 0)]


def test_a_note_under_a_strand_is_about_that_strand(session: Session, survey: Survey) -> None:
    call = session.scalars(select(Interview)).one()
    call.notes[0].theme = "A1"
    session.flush()

    found = review.gather(session, survey).material.responses

    assert [one.asked for one in found if one.question_code == "I01"] == ["A1"]


@pytest.fixture
def note(session: Session, survey: Survey) -> Note:
    """The note under I01, and consent to use it."""
    call = session.scalars(select(Interview)).one()
    yes = interview.Consent(notes=True, quotes=True, use_level="named")
    interview.record_consent(session, call, yes, call.interviewer, NOON)
    return next(one for one in call.notes if one.prompt_code == "I01")


def correct(session: Session, note: Note, code: str, kind: str, prevails: str) -> Correction:
    """Let a note correct or deepen an answer."""
    made = Correction(
        note=note,
        question_code=code,
        kind=kind,
        prevails=prevails,
        made_by=note.author,
        at=NOON,
    )
    session.add(made)
    session.flush()
    return made


ANSWER = "X06000001/S01.2"


def ids(pieces: Iterable[material.Overtaken]) -> set[str]:
    return {one.id for one in pieces}


@pytest.mark.parametrize(
    ("kind", "prevails", "counts"),
    [
        ("corrects", "note", {"note"}),
        ("corrects", "answer", {"answer"}),
        ("corrects", "both", {"note", "answer"}),
        ("deepens", "both", {"note", "answer"}),
        ("deepens", "note", {"note", "answer"}),
    ],
)
def test_of_an_answer_and_a_note_only_what_prevails_is_evidence(
    kind: str, prevails: str, counts: set[str], session: Session, survey: Survey, note: Note
) -> None:
    correct(session, note, "S01.2", kind, prevails)
    sides = {f"X06000001/interview/{note.id.hex[:12]}": "note", ANSWER: "answer"}

    found = review.gather(session, survey).material

    standing = ids(found.responses)
    assert {name for id, name in sides.items() if id in standing} == counts
    assert {sides[id] for id in ids(found.overtaken)} == set(sides.values()) - counts
    assert [(one.note, one.answer, one.kind) for one in found.corrections] == [(*sides, kind)]


def test_a_closed_answer_that_is_corrected_is_not_counted(
    session: Session, survey: Survey, note: Note
) -> None:
    correct(session, note, "S01.1", "corrects", "note")

    found = review.gather(session, survey).material

    assert "X06000001" not in {one.authority for one in found.ratings}
    assert ids(found.overtaken) == {"X06000001/S01.1"}


def test_an_example_is_corrected_whole(session: Session, survey: Survey, note: Note) -> None:
    (practice,) = review.gather(session, survey).material.practices
    made = correct(session, note, "Z1.1.c", "corrects", "note")
    made.entry_id = practice.id.rpartition("/")[2]
    session.flush()

    found = review.gather(session, survey).material

    assert found.practices == ()
    assert found.overtaken == (practice,)


@pytest.mark.parametrize("gone", ["undone", "struck", "emptied", "no consent", "cancelled"])
def test_with_the_note_or_the_correction_gone_the_answer_stands(
    gone: str, session: Session, survey: Survey, note: Note
) -> None:
    made = correct(session, note, "S01.2", "corrects", "note")
    call = note.interview
    if gone == "undone":
        made.undone_at = NOON
    elif gone == "struck":
        note.struck_at = NOON
    elif gone == "emptied":
        note.text = ""
    elif gone == "cancelled":
        call.cancelled_at = NOON
    else:
        no = interview.Consent(notes=False, quotes=False)
        interview.record_consent(session, call, no, call.interviewer, NOON)
    session.flush()

    found = review.gather(session, survey).material

    assert ANSWER in ids(found.responses)
    assert (found.overtaken, found.corrections) == ((), ())


def test_a_decision_on_words_that_are_overtaken_waits(
    session: Session, survey: Survey, note: Note
) -> None:
    correct(session, note, "S01.2", "corrects", "note")
    session.add(
        Decision(
            survey=survey,
            response=ANSWER,
            start=0,
            end=8,
            words="We count",
            theme="S01",
            verdict="accept",
            coder=somebody(session, "Iris Notes"),
            codebook=survey.codebook,
            made_at=NOON,
        )
    )
    session.flush()

    gathered = review.gather(session, survey)

    assert gathered.material.decisions == ()
    assert gathered.stale == 0
