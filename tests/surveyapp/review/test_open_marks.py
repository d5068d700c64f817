"""A build fails, and names the place, while words that it would print may identify a child."""

import uuid
from collections.abc import Callable
from typing import Final

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import built
from surveyapp.identifying import by_hand
from surveyapp.material import gathering
from surveyapp.models import (
    Build,
    Decision,
    Finding,
    FindingPassage,
    Mark,
    Passage,
    Person,
    StandingText,
    Survey,
)
from surveyapp.review.making import Workshop
from tests.surveyapp.building import NOON, somebody
from tests.surveyapp.deriving import derive
from tests.surveyapp.review.made import make

pytestmark = [pytest.mark.ledger, pytest.mark.privacy]
Plant = Callable[[Session, Survey], str]
SAID: Final = "We thank you all."
CLAIM: Final = "one door takes every request"


def theme(_session: Session, survey: Survey) -> str:
    return f"theme/{survey.id.hex}/S01"


def finding(session: Session, survey: Survey) -> str:
    """Write a finding that is ready for the review: a coder has confirmed what it rests on."""
    derive(session, survey)
    rows = select(Passage).where(Passage.survey_id == survey.id, Passage.use_level == "named")
    passage = session.scalars(rows.order_by(Passage.place, Passage.start)).first()
    assert passage is not None
    me, where = somebody(session), {"response": passage.response, "words": passage.words}
    where |= {"start": passage.start, "end": passage.end}
    decided = {"theme": "S01", "verdict": "add", "coder_id": me.id, "made_at": NOON}
    of_survey = {"survey_id": survey.id, "codebook_id": survey.codebook_id}
    one = Finding(
        id=uuid.uuid4(),
        survey_id=survey.id,
        theme="S01",
        claim=CLAIM,
        author_id=me.id,
        updated_at=NOON,
        looked_against_at=NOON,
        passages=[FindingPassage(**where)],
    )
    session.add_all([one, Decision(**where, **decided, **of_survey)])
    return f"finding/{one.id.hex}"


def standing(session: Session, survey: Survey) -> str:
    one = StandingText(
        id=uuid.uuid4(),
        survey_id=survey.id,
        place="chapters.foreword.text",
        version=1,
        author_id=somebody(session).id,
        text=SAID,
        at=NOON,
    )
    session.add(one)
    return f"standing/{one.id.hex}"


def mark(session: Session, survey: Survey, place: str) -> None:
    session.add(
        Mark(
            survey_id=survey.id,
            place=place,
            start=0,
            end=3,
            kind=by_hand.KIND,
            reason=by_hand.REASON,
            words_sha256="0" * 64,
            authority_code="",
            found_at=NOON,
        )
    )
    session.commit()


@pytest.mark.parametrize(
    ("plant", "fault"),
    [
        (theme, "S01: the codebook's words may identify a child (marked by a person)"),
        (finding, f"S01, the finding “{CLAIM}”: may identify a child."),
    ],
)
def test_an_open_mark_makes_the_build_fail_with_its_place_named(
    session: Session,
    survey: Survey,
    consultant: Person,
    workshop: Workshop,
    plant: Plant,
    fault: str,
) -> None:
    mark(session, survey, plant(session, survey))
    one = make(session, survey, consultant, workshop)
    assert one.failed_at is not None
    assert set(one.files) == {built.VIOLATIONS}
    said = built.violations(workshop.folder, one)
    assert any(line.startswith(fault) for line in said), said


def test_a_standing_text_with_an_open_mark_gives_way_to_the_outlines_own(
    session: Session, survey: Survey, consultant: Person, workshop: Workshop
) -> None:
    own = _foreword(session, survey)
    place = standing(session, survey)
    session.commit()
    assert _foreword(session, survey) == SAID
    mark(session, survey, place)
    assert _foreword(session, survey) == own
    one: Build = make(session, survey, consultant, workshop)
    assert one.failed_at is None


def _foreword(session: Session, survey: Survey) -> str:
    return gathering.gather(session, survey).outline.chapters["foreword"].text
