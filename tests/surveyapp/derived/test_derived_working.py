"""Deriving as a job: once at a time, again when something has changed, and never lost."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.derived import deriving, working
from surveyapp.derived.working import Workshop
from surveyapp.extensions import db
from surveyapp.models import Build, Correction, Derivation, Interview, Passage, Survey
from tests.surveyapp.building import NOON, queries, save, somebody, submission_of


@pytest.fixture
def workshop(session: Session) -> Workshop:
    return Workshop(db.sessionmaker, lambda: NOON)


def stands(session: Session, survey: Survey) -> working.Standing:
    session.expire_all()
    return working.standing(session, survey)


def test_it_is_done_once_and_says_when(
    session: Session, survey: Survey, workshop: Workshop
) -> None:
    working.ask(session, survey, NOON)
    session.commit()
    assert stands(session, survey).is_under_way

    working.make(workshop, str(survey.id))

    found = stands(session, survey)
    assert (found.is_there, found.is_behind, found.is_under_way) == (True, False, False)
    assert found.derived_at == NOON


def test_an_answer_leaves_it_behind_until_the_sweep(
    session: Session, survey: Survey, workshop: Workshop
) -> None:
    working.sweep(workshop)
    assert not stands(session, survey).is_behind
    birch = submission_of(session, "Birch")
    save(session, birch, "S01.1", {"rating": 4}, seen=1)
    save(session, birch, "S01.2", {"text": "We ask at the door."})
    session.commit()
    assert stands(session, survey).is_behind

    working.sweep(workshop)

    assert not stands(session, survey).is_behind
    assert session.scalars(select(Passage).where(Passage.words == "We ask at the door.")).one()


def use_level(session: Session, survey: Survey) -> None:
    section = submission_of(session, "Alder").sections[0]
    section.use_level, section.last_activity_at = "withheld", NOON + dt.timedelta(days=9)


def consent(session: Session, survey: Survey) -> None:
    session.scalars(select(Interview)).one().consent_quotes = False


def struck(session: Session, survey: Survey) -> None:
    session.scalars(select(Interview)).one().notes[0].struck_at = NOON


def correction(session: Session, survey: Survey) -> None:
    call = session.scalars(select(Interview)).one()
    session.add(
        Correction(
            note=call.notes[0],
            question_code="S01.2",
            kind="corrects",
            prevails="note",
            made_by=call.interviewer,
            at=NOON,
        )
    )


def cancelled(session: Session, survey: Survey) -> None:
    session.scalars(select(Interview)).one().cancelled_at = NOON


def gone(session: Session, survey: Survey) -> None:
    alder = submission_of(session, "Alder")
    alder.submitted_at = alder.submitted_by = alder.reference = None


@pytest.mark.parametrize("change", [use_level, consent, struck, correction, cancelled, gone])
def test_whatever_changes_what_may_be_used_leaves_it_behind(
    change: object, session: Session, survey: Survey, workshop: Workshop
) -> None:
    session.scalars(select(Interview)).one().consent_quotes = True
    session.commit()
    working.sweep(workshop)
    assert not stands(session, survey).is_behind

    change(session, survey)
    session.commit()

    assert stands(session, survey).is_behind


def test_two_workers_do_not_both_do_it(
    session: Session, survey: Survey, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.add(Derivation(survey_id=survey.id, asked_at=NOON, started_at=NOON))
    session.commit()
    monkeypatch.setattr(deriving, "derive", lambda *_: pytest.fail("It was done twice."))

    working.make(workshop, str(survey.id))

    assert stands(session, survey).is_under_way


def test_work_of_a_worker_that_is_gone_is_done_again(
    session: Session, survey: Survey, workshop: Workshop
) -> None:
    long_ago = NOON - dt.timedelta(hours=1)
    session.add(Derivation(survey_id=survey.id, asked_at=long_ago, started_at=long_ago))
    session.commit()

    working.sweep(workshop)

    assert not stands(session, survey).is_behind


def test_a_failure_is_said_and_can_be_tried_again(
    session: Session, survey: Survey, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(deriving, "derive", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            working.make(workshop, str(survey.id))
    found = stands(session, survey)
    assert (found.has_failed, found.is_under_way) == (True, False)

    working.make(workshop, str(survey.id))

    assert not stands(session, survey).has_failed


def test_it_waits_for_a_build_to_end(session: Session, survey: Survey, workshop: Workshop) -> None:
    working.make(workshop, str(survey.id))
    build = Build(survey_id=survey.id, number=1, asked_by=somebody(session), asked_at=NOON)
    session.add(build)
    session.commit()
    assert not stands(session, survey).waits
    working.ask(session, survey, NOON)
    session.commit()
    assert stands(session, survey).waits
    # What was done the last time is no share of what is asked for now.
    assert stands(session, survey).share == 0
    build.done_at = NOON
    session.commit()
    assert not stands(session, survey).waits


@pytest.mark.queries
def test_asking_whether_it_is_behind_takes_three_queries(session: Session, survey: Survey) -> None:
    session.add(Derivation(survey_id=survey.id))
    session.commit()
    with queries(session) as sent:
        working.standing(session, survey)

    assert len(sent) <= 4  # with the survey itself, which the commit let go
