"""Rows turned into the input of a review: each piece, its id, and what may be done with it."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.interview import services as interview
from surveyapp.material import gathering
from surveyapp.models import (
    Decision,
    Interview,
    KeyContact,
    SharedDocument,
    Submission,
    Survey,
)
from synthesis import material
from tests.surveyapp.building import NOON, grow, queries, save, somebody


def test_words_become_responses_with_ids_that_last(session: Session, survey: Survey) -> None:
    responses = gathering.gather(session, survey).material.responses

    found = {one.id: (one.text, one.question_code, one.use_level) for one in responses}
    assert found["X06000001/S01.2"] == ("We count every call to the front door.", "S01.2", "named")
    assert found["X06000001/S01.3/words"] == ("Neighbours and faith groups", "S01.3", "named")
    again = gathering.gather(session, survey).material.responses
    assert [one.id for one in again] == [one.id for one in responses]


def test_closed_answers_become_ratings_choices_and_figures(
    session: Session, survey: Survey
) -> None:
    found = gathering.gather(session, survey).material

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
    found = gathering.gather(session, survey).material

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
    found = gathering.gather(session, survey).material.responses

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

    found = gathering.gather(session, survey).material.responses

    assert [one.use_level for one in found if one.source == "interview"] == levels


def test_words_nobody_has_spoken_for_are_unnamed(session: Session, birch: Submission) -> None:
    save(session, birch, "S01.1", {"rating": 4}, seen=1)
    save(session, birch, "S01.2", {"text": "We ask families."})

    found = gathering.gather(session, birch.survey).material.responses

    assert [one.use_level for one in found if one.authority == "X06000002"] == ["unnamed"]


def test_an_answer_to_what_is_no_longer_asked_does_not_count(
    session: Session, birch: Submission
) -> None:
    save(session, birch, "S01.1", {"rating": 4}, seen=1)
    save(session, birch, "S01.2", {"text": "We ask families."})
    save(session, birch, "S01.1", {"rating": 0}, seen=2)

    found = gathering.gather(session, birch.survey).material

    assert "X06000002/S01.2" not in {one.id for one in found.responses}
    assert [one.value for one in found.ratings if one.authority == "X06000002"] == [0]


def test_a_cleared_answer_does_not_count(session: Session, birch: Submission) -> None:
    save(session, birch, "S01.1", {}, seen=1)
    save(session, birch, "S01.3", {}, seen=1)

    found = gathering.gather(session, birch.survey).material

    assert {one.authority for one in (*found.ratings, *found.choices)} == {"X06000001"}
    assert found.returns[1].questionnaire == "not returned"


def test_returns_say_how_far_each_came(session: Session, survey: Survey) -> None:
    found = gathering.gather(session, survey).material

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


def test_an_interview_that_is_under_way_is_not_held_yet(session: Session, survey: Survey) -> None:
    call = session.scalars(select(Interview)).one()
    call.started_at, call.ended_at = NOON, None
    session.flush()

    alder = gathering.gather(session, survey).material.returns[0]

    assert (alder.interviews, alder.interviewed_on, alder.under_way) == (0, None, 1)


def test_every_word_that_names_an_authority_goes_with_it(session: Session, survey: Survey) -> None:
    alder = gathering.gather(session, survey).material.authorities[0]

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

    found = gathering.gather(session, survey).material

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

    gathered = gathering.gather(session, survey)

    assert [(one.words, one.coder) for one in gathered.material.decisions] == [
        ("front door", "Iris Notes")
    ]
    assert gathered.stale == 1


def test_the_schedule_codebook_and_outline_are_those_that_were_published(
    session: Session, survey: Survey
) -> None:
    gathered = gathering.gather(session, survey)

    assert [section.code for section in gathered.schedule.questionnaire] == ["S01", "A1", "Z1"]
    assert gathered.schedule.scale[3] == (3, "Established")
    assert [theme.code for theme in gathered.codebook][:3] == ["S01", "A1", "E1"]
    assert len(gathered.codebook.examples) == 1
    assert gathered.outline.title == "A tiny review"


def test_gathering_asks_as_often_for_many_as_for_few(session: Session, survey: Survey) -> None:
    def count() -> int:
        session.expire_all()
        with queries(session) as sent:
            gathering.gather(session, survey)
        return len(sent)

    few = count()
    grow(session, survey, gathering.AT_A_TIME - 3)

    assert count() == few


def test_what_is_read_some_at_a_time_is_all_of_it(
    session: Session, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = gathering.gather(session, survey)
    monkeypatch.setattr(gathering, "AT_A_TIME", 1)
    session.expire_all()

    assert gathering.gather(session, survey) == whole
