"""What the database itself holds true, on SQLite and PostgreSQL alike."""

import datetime as dt
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from surveyapp.models import (
    Answer,
    AnswerRevision,
    Authority,
    Base,
    Contributor,
    Decision,
    Finding,
    FindingPassage,
    Interview,
    Note,
    Person,
    SectionState,
    Snapshot,
    Submission,
    Summary,
    Survey,
)
from tests.surveyapp import breaking, breaking_workbench
from tests.surveyapp.breaking import Given
from tests.surveyapp.building import NOON


def authority(**changes: object) -> Authority:
    given: Mapping[str, object] = {
        "code": "X06000099",
        "name": "Dogwood",
        "official_name": "Dogwood Council",
        "type": "Unitary",
        "valid_from": dt.date(1998, 4, 1),
    }
    return Authority(**{**given, **changes})


def snapshot(**changes: object) -> Snapshot:
    given = {"kind": "codebook", "content_hash": "a" * 64, "content": "{}", "published_at": NOON}
    return Snapshot(**{**given, **changes})


def another_survey(given: Given, **changes: object) -> Survey:
    pinned = {
        name: getattr(given.survey, name)
        for name in ("questionnaire_id", "guide_id", "codebook_id", "outline_id")
    }
    dates = {"opens_on": dt.date(2016, 1, 1), "closes_on": dt.date(2016, 2, 1)}
    return Survey(**{"code": "b", "title": "B", "region": "R", **pinned, **dates, **changes})


def submission(given: Given, **changes: object) -> Submission:
    columns = {
        "survey_id": given.survey.id,
        "authority_code": given.birch.authority_code,
        "questionnaire_id": given.survey.questionnaire_id,
    }
    return Submission(**{**columns, **changes})


def section(given: Given, **changes: object) -> SectionState:
    columns = {"submission_id": given.birch.id, "section_code": "S99", "position": 99}
    return SectionState(**{**columns, **changes})


def answer(given: Given, **changes: object) -> Answer:
    columns = {
        "submission_id": given.answer.submission_id,
        "question_code": given.answer.question_code,
        "entry_id": given.answer.entry_id,
        "value": {},
        "version": 1,
        "author_id": given.cy,
        "created_at": NOON,
        "updated_at": NOON,
    }
    return Answer(**{**columns, **changes})


def note(given: Given, **changes: object) -> Note:
    columns = {
        "interview_id": given.interview.id,
        "text": "x",
        "original_text": "x",
        "author_id": given.cy,
        "created_at": NOON,
        "updated_at": NOON,
    }
    return Note(**{**columns, **changes})


def decision(given: Given, **changes: object) -> Decision:
    columns = {
        "survey_id": given.survey.id,
        "response": "X06000001/S01.2",
        "start": 0,
        "end": 2,
        "words": "We",
        "theme": "S01",
        "verdict": "accept",
        "coder_id": given.cy,
        "codebook_id": given.survey.codebook_id,
        "made_at": NOON,
    }
    return Decision(**{**columns, **changes})


def finding(given: Given, **changes: object) -> Finding:
    columns = {
        "survey_id": given.survey.id,
        "theme": "S01",
        "claim": "Most count calls.",
        "author_id": given.cy,
        "updated_at": NOON,
    }
    return Finding(**{**columns, **changes})


def summary(given: Given, **changes: object) -> Summary:
    columns = {
        "survey_id": given.survey.id,
        "authority_code": given.birch.authority_code,
        "theme": "S01",
        "text": "",
        "rests_on": "",
        "author_id": given.cy,
        "updated_at": NOON,
    }
    return Summary(**{**columns, **changes})


def passage(given: Given, **changes: object) -> FindingPassage:
    found = finding(given)
    given.session.add(found)
    given.session.flush()
    columns = {"finding_id": found.id, "response": "r", "start": 0, "end": 1, "words": "W"}
    return FindingPassage(**{**columns, **changes})


BROKEN: Mapping[str, Callable[[Given], Base]] = {
    "ck_authority_code_given": lambda _: authority(code=""),
    "ck_authority_ends_after_start": lambda _: authority(valid_to=dt.date(1998, 3, 31)),
    "ck_authority_succeeded_by_another": lambda _: authority(successor_code="X06000099"),
    "fk_authority_successor_code": lambda _: authority(successor_code="X06000098"),
    "ck_person_email_in_lower_case": lambda _: Person(email="Cy@Birch.example", name="Cy"),
    "ck_person_email_has_an_at": lambda _: Person(email="cy", name="Cy"),
    "ck_person_staff_role": lambda _: Person(email="x@y.example", name="X", staff_role="king"),
    "uq_person_email": lambda _: Person(email="cy@birch.example", name="Another Cy"),
    "ck_snapshot_kind": lambda _: snapshot(kind="poem"),
    "ck_snapshot_sha256": lambda _: snapshot(content_hash="short"),
    "uq_snapshot_content_hash": lambda given: snapshot(
        content_hash=given.survey.questionnaire.content_hash
    ),
    "ck_survey_code_given": lambda given: another_survey(given, code=""),
    "ck_survey_closes_after_it_opens": lambda given: another_survey(
        given, closes_on=dt.date(2015, 1, 1)
    ),
    "uq_survey_code": lambda given: another_survey(given, code=given.survey.code),
    "ck_submission_submitted_by_someone": lambda given: submission(given, submitted_at=NOON),
    "uq_submission_survey_id_authority_code": submission,
    "fk_submission_authority_code": lambda given: submission(given, authority_code="X0"),
    "ck_section_state_status": lambda given: section(given, status="nearly"),
    "ck_section_state_use_level": lambda given: section(given, use_level="perhaps"),
    "ck_section_state_answered_of_asked": lambda given: section(given, asked=1, answered=2),
    "uq_section_state_submission_id_position": lambda given: section(given, position=0),
    "uq_contributor_submission_id_person_id": lambda given: Contributor(
        submission_id=given.birch.id, person_id=given.cy
    ),
    "uq_contributor_one_coordinator": lambda given: Contributor(
        submission_id=given.alder.id, person_id=given.cy, coordinator=True
    ),
    "uq_answer_submission_id_question_code_entry_id": answer,
    "ck_answer_version_counts_from_one": lambda given: answer(given, entry_id="x", version=0),
    "uq_answer_revision_answer_id_version": lambda given: AnswerRevision(
        answer_id=given.answer.id, version=1, value={}, author_id=given.cy, saved_at=NOON
    ),
    "ck_interview_use_level": lambda given: Interview(
        submission_id=given.birch.id,
        guide_id=given.survey.guide_id,
        interviewer_id=given.cy,
        interviewee="A",
        interviewee_role="B",
        held_on=NOON.date(),
        use_level="perhaps",
    ),
    "ck_note_second_of_the_call": lambda given: note(given, second=-1),
    "ck_note_version_counts_from_one": lambda given: note(given, version=0),
    "ck_decision_verdict": lambda given: decision(given, verdict="maybe"),
    "ck_decision_some_words": lambda given: decision(given, start=2),
    "ck_finding_says_something": lambda given: finding(given, claim=""),
    "ck_finding_version_counts_from_one": lambda given: finding(given, version=0),
    "ck_finding_passage_side": lambda given: passage(given, side="beside"),
    "ck_finding_passage_some_words": lambda given: passage(given, end=0),
    "ck_summary_version_counts_from_one": lambda given: summary(given, version=0),
    **breaking.BROKEN,
    **breaking_workbench.BROKEN,
}
TWICE: Mapping[str, Callable[[Given], Base]] = {
    "uq_decision_survey_id_response_start_end_theme_coder_id": decision,
    "uq_summary_survey_id_authority_code_theme": summary,
    **breaking.TWICE,
    **breaking_workbench.TWICE,
}


def test_every_constraint_has_a_name() -> None:
    constraints = (one for table in Base.metadata.tables.values() for one in table.constraints)

    assert [one for one in constraints if not one.name] == []


def test_every_check_and_uniqueness_is_tried_here() -> None:
    tables = Base.metadata.tables.values()
    kinds = (sa.CheckConstraint, sa.UniqueConstraint)
    constraints = {one for table in tables for one in table.constraints if isinstance(one, kinds)}
    indexes = {one for table in tables for one in table.indexes if one.unique}

    assert {str(one.name) for one in constraints | indexes} <= {*BROKEN, *TWICE}


@pytest.mark.parametrize("constraint", BROKEN)
def test_the_database_refuses_a_row(constraint: str, session: Session, survey: Survey) -> None:
    row = BROKEN[constraint](Given(session, survey))
    session.add(row)

    with pytest.raises(IntegrityError) as refusal:
        session.flush()

    assert _names(constraint, row, str(refusal.value.orig))


@pytest.mark.parametrize("constraint", TWICE)
def test_the_database_refuses_a_second(constraint: str, session: Session, survey: Survey) -> None:
    given = Given(session, survey)
    session.add(TWICE[constraint](given))
    session.flush()
    session.add(TWICE[constraint](given))

    with pytest.raises(IntegrityError):
        session.flush()


def _names(constraint: str, row: Base, message: str) -> bool:
    """Say whether the database gave the reason; of others than checks, SQLite gives no name."""
    if constraint in message:
        return True
    if constraint.startswith("fk_"):
        return "FOREIGN KEY constraint failed" in message
    return (
        constraint.startswith("uq_") and f"UNIQUE constraint failed: {row.__tablename__}" in message
    )


def test_a_time_comes_back_in_utc(session: Session) -> None:
    in_summer = dt.datetime(2015, 7, 1, 9, 30, tzinfo=ZoneInfo("Europe/London"))
    session.add(snapshot(published_at=in_summer))
    session.flush()
    session.expire_all()

    published_at = session.scalars(sa.select(Snapshot.published_at)).one()

    assert published_at.isoformat() == "2015-07-01T08:30:00+00:00"


def test_a_time_must_say_its_zone(session: Session) -> None:
    session.add(snapshot(published_at=dt.datetime(2015, 7, 1)))  # noqa: DTZ001 - that is the point

    with pytest.raises(StatementError, match="does not say its time zone"):
        session.flush()


@pytest.mark.parametrize(("model", "column"), [(Snapshot, "content"), (AnswerRevision, "version")])
def test_what_is_published_or_past_never_changes(
    model: type[Base], column: str, session: Session, survey: Survey
) -> None:
    row = session.scalars(sa.select(model)).first()
    setattr(row, column, "0")

    with pytest.raises(ValueError, match="never changes"):
        session.flush()


def test_an_authority_stands_between_its_dates() -> None:
    old = authority(valid_to=dt.date(2020, 3, 31))

    assert old.stood_on(dt.date(2020, 3, 31))
    assert not old.stood_on(dt.date(2020, 4, 1))
    assert not old.stood_on(dt.date(1998, 3, 31))
    assert authority().stood_on(dt.date(2099, 1, 1))
