"""A built review holds against what is stored, or is not handed out and says where it does not."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import built
from surveyapp.models import Answer, Build, Mark, Person, SectionState, Survey
from surveyapp.review import building, builds, inputs, making
from surveyapp.review.making import Workshop
from synthesis.review.companions.manifest import sha256
from tests.surveyapp.building import NOON

pytestmark = pytest.mark.ledger


def answer_of(session: Session, code: str) -> Answer:
    authority, _, question = code.partition("/")
    return next(
        row
        for row in session.scalars(select(Answer).where(Answer.question_code == question))
        if row.submission.authority_code == authority
    )


def test_everything_in_the_manifest_is_stored_word_for_word(
    session: Session, survey: Survey, made: Build, workshop: Workshop
) -> None:
    told = built.manifest(workshop.folder, made)
    now = inputs.read(session, survey).gathered.material
    texts = {one.id: one for one in now.responses}

    assert told["passages"]
    for passage in told["passages"].values():
        response = texts[passage["response"]]
        words = response.text[passage["start"] : passage["end"]]
        assert sha256(words) == passage["words_sha256"]
        assert response.use_level != "withheld"
        assert not any(one.response == response.id for one in now.held)
    for one in told["quotations"]:
        assert one["source"] in told["passages"]


def mean_while(change: Callable[[Session, str], None], response: str) -> Callable[..., object]:
    """Return what stands in for the last look, after something has changed in the database."""
    recheck = building.recheck

    def look(drawn: object, was: object, now: inputs.Inputs) -> None:
        del now
        session = look.session
        change(session, response)
        session.flush()
        survey = session.scalars(select(Survey)).one()
        recheck(drawn, was, inputs.read(session, survey))

    return look


def change_words(session: Session, response: str) -> None:
    row = answer_of(session, response)
    row.value = {"text": "Something else altogether."}


def withhold(session: Session, response: str) -> None:
    row = answer_of(session, response)
    section = response.partition("/")[2].partition(".")[0]
    state = session.scalars(
        select(SectionState).where(
            SectionState.submission_id == row.submission_id, SectionState.section_code == section
        )
    ).one()
    state.use_level = "withheld"


def hold(session: Session, response: str) -> None:
    row = answer_of(session, response)
    session.add(
        Mark(
            survey_id=row.submission.survey_id,
            place=response,
            start=0,
            end=5,
            kind="date of birth",
            reason="a rule",
            words_sha256="0" * 64,
            authority_code=row.submission.authority_code,
            found_at=NOON,
        )
    )


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (change_words, "the words behind it are not those that are stored now"),
        (withhold, "not for publication"),
        (hold, "may identify a child (date of birth); clear it first"),
    ],
)
def test_what_changes_while_it_is_built_makes_it_fail_with_its_place(
    session: Session,
    survey: Survey,
    consultant: Person,
    workshop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Session, str], None],
    fault: str,
) -> None:
    look = mean_while(change, _quoted(session, survey))
    look.session = session
    monkeypatch.setattr(building, "recheck", look)
    one = builds.ask(session, survey, consultant, NOON)
    session.commit()

    making.make(workshop, str(one.id))

    session.expire_all()
    assert one.failed_at is not None
    assert set(one.files) == {built.VIOLATIONS}
    said = built.violations(workshop.folder, one)
    assert len(said) == one.violations > 0
    assert any(fault in line for line in said), said


def test_anything_else_that_changed_is_told_too(
    session: Session, survey: Survey, made: Build
) -> None:
    was = inputs.read(session, survey)
    drawn = building.draw(was, lambda *_: None)
    survey.title = "Another title"
    building.recheck(drawn, was, inputs.read(session, survey))

    answer_of(session, _quoted(session, survey)).submission.authority.places = ["Elsewhere"]
    session.flush()

    with pytest.raises(building.ReviewError) as caught:
        building.recheck(drawn, was, inputs.read(session, survey))
    assert caught.value.violations == (building.CHANGED,)


def _quoted(session: Session, survey: Survey) -> str:
    """Return the id of a written answer that a claim rests on."""
    drawn = building.draw(inputs.read(session, survey), lambda *_: None)
    ids = (id for claim in drawn.ledger.claims for id in claim.supporting)
    return next(id.rpartition(":")[0] for id in ids if "/S" in id and id.startswith("X"))
