"""A survey is set up from what was published, and authorities get one submission each."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveyapp import published
from surveyapp.coordinate import services as coordinate
from surveyapp.definitions import folder
from surveyapp.errors import AlreadyThereError
from surveyapp.example import texts
from surveyapp.models import Authority, Snapshot, Survey
from tests.surveyapp.building import NOON, TINY, submission_of

DEFINITIONS = folder.parse(texts(TINY))


def test_the_same_content_is_published_once(session: Session, survey: Survey) -> None:
    before = session.scalar(select(func.count(Snapshot.id)))

    instruments = coordinate.publish(session, DEFINITIONS, NOON)

    assert instruments.questionnaire is survey.questionnaire
    assert instruments.codebook is survey.codebook
    assert session.scalar(select(func.count(Snapshot.id))) == before == 4


def test_changed_content_is_a_new_snapshot_and_the_old_one_stays(
    session: Session, survey: Survey
) -> None:
    files = texts(TINY)
    files["questionnaire.toml"] = files["questionnaire.toml"].replace(b"one front door", b"a door")

    changed = coordinate.publish(session, folder.parse(files), NOON)

    assert changed.questionnaire is not survey.questionnaire
    assert changed.guide is survey.guide
    old, new = (
        published.questionnaire(survey.questionnaire),
        published.questionnaire(changed.questionnaire),
    )
    assert "one front door" in old.question("S01.1").text
    assert "a door" in new.question("S01.1").text


def test_what_was_published_reads_back_as_it_was(session: Session, survey: Survey) -> None:
    assert published.questionnaire(survey.questionnaire) == DEFINITIONS.questionnaire
    assert published.guide(survey.guide) == DEFINITIONS.guide
    assert set(published.files(survey.codebook)) == {"codebook.toml", "coded_examples.csv"}


def test_a_survey_code_is_used_once(session: Session, survey: Survey) -> None:
    plan = coordinate.Plan("tiny-survey-2015", "T", "R", survey.opens_on, survey.closes_on)

    with pytest.raises(AlreadyThereError, match="tiny-survey-2015"):
        coordinate.set_up(session, plan, coordinate.publish(session, DEFINITIONS, NOON))


def test_a_survey_takes_answers_between_opening_and_closing(
    session: Session, survey: Survey
) -> None:
    plan = coordinate.Plan("next", "Next", "R", survey.opens_on, survey.closes_on)
    following = coordinate.set_up(session, plan, coordinate.publish(session, DEFINITIONS, NOON))
    assert not following.is_open

    coordinate.open_survey(session, following, NOON)
    assert following.is_open

    coordinate.close_survey(session, following, NOON)
    assert not following.is_open


def test_an_authority_has_one_submission_with_every_section(
    session: Session, survey: Survey
) -> None:
    cedar = submission_of(session, "Cedar")

    assert [(one.section_code, one.asked, one.answered) for one in cedar.sections] == [
        ("S01", 4, 0),
        ("A1", 1, 0),
        ("Z1", 2, 0),
    ]
    assert {one.status for one in cedar.sections} == {"not started"}
    with pytest.raises(IntegrityError):
        coordinate.invite(session, survey, cedar.authority)


def test_registering_again_brings_up_to_date(session: Session, survey: Survey) -> None:
    alder = next(one for one in DEFINITIONS.authorities if one.name == "Alder")
    renamed = replace(alder, name="Great Alder", aliases=("Alder", "GABC"))

    coordinate.register(session, [renamed])

    stored = session.get_one(Authority, alder.code)
    assert (stored.name, stored.aliases) == ("Great Alder", ["Alder", "GABC"])
    assert session.scalar(select(func.count(Authority.code))) == 3


def test_a_successor_may_come_later_in_the_register(session: Session) -> None:
    alder, birch, _ = DEFINITIONS.authorities

    coordinate.register(session, [replace(alder, successor=birch.code), birch])

    successor = session.get_one(Authority, alder.code).successor
    assert successor is not None
    assert successor.name == "Birch"
