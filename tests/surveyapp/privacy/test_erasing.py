"""Erased words stand nowhere any more; what was decided around them holds, and no trace tells."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.config import Settings
from surveyapp.derived import inspecting
from surveyapp.derived.inspecting import Desk
from surveyapp.extensions import db
from surveyapp.models import (
    AuditEvent,
    Base,
    Clearing,
    Decision,
    FindingPassage,
    Mark,
    Memo,
    Passage,
    Submission,
    Survey,
    Tag,
    Upload,
)
from surveyapp.privacy import erasing
from surveyapp.privacy.columns import COLUMNS, WORDLESS
from surveyapp.privacy.erasing import Spot, Wish
from tests.surveyapp.building import NOON, somebody, submission_of
from tests.surveyapp.deriving import derive
from tests.surveyapp.privacy import planted
from tests.surveyapp.privacy.planted import NAME, SCHOOL

pytestmark = pytest.mark.privacy


@pytest.fixture
def alder(session: Session, survey: Survey) -> Submission:
    return submission_of(session, "Alder")


def erase_all(session: Session, survey: Survey, settings: Settings) -> int:
    marks = session.scalars(select(Mark).where(Mark.survey_id == survey.id)).all()
    wish = Wish([Spot.of(one) for one in marks], f"Tells of {NAME}", somebody(session), NOON)
    return erasing.erase(session, settings, survey, wish)


@pytest.fixture
def erased(session: Session, survey: Survey, alder: Submission, settings: Settings) -> int:
    uploads = settings.instance / "uploads"
    planted.tell(session, alder)
    planted.everywhere(session, survey, alder, uploads)
    derive(session, survey)
    inspecting.inspect(Desk(db.sessionmaker, uploads, lambda: NOON), survey.id)
    session.expire_all()
    assert len(planted.standing(session, settings.instance, NAME, SCHOOL)) > 12
    count = erase_all(session, survey, settings)
    session.commit()
    return count


@pytest.mark.usefixtures("erased")
def test_no_table_and_no_file_holds_erased_words(session: Session, settings: Settings) -> None:
    assert planted.standing(session, settings.instance, NAME, "Quillmoor", "14/03/2011") == []


@pytest.mark.usefixtures("erased")
def test_what_was_decided_around_them_moves_along(
    session: Session, survey: Survey, alder: Submission
) -> None:
    text = planted.answer_of(session, alder, "S01.2").value["text"]
    assert (
        text
        == "We listen first. [removed], [removed], was helped by a mentor. Every plan is reviewed."
    )
    place = f"{alder.authority_code}/S01.2"
    for model in (Decision, FindingPassage, Passage):
        rows = session.scalars(select(model).where(model.response == place)).all()
        assert rows
        assert all(text[one.start : one.end] == one.words for one in rows)
    keys = set(session.scalars(select(Passage.key)))
    assert set(session.scalars(select(Tag.passage_key))) <= keys
    assert set(session.scalars(select(Memo.subject))) <= keys


@pytest.mark.usefixtures("erased")
def test_the_trace_holds_no_words(session: Session, alder: Submission) -> None:
    rows = session.scalars(select(Clearing)).all()
    assert {one.verdict for one in rows} == {"erased"}
    assert all(NAME not in one.reason for one in rows)
    assert session.scalars(select(AuditEvent).where(AuditEvent.action == "words.erased")).one()
    assert session.scalars(select(Upload.file_name)).all() == ["[removed]"]
    assert not session.scalars(select(Mark)).all()


@pytest.mark.usefixtures("erased")
def test_derived_again_it_is_the_same(session: Session, survey: Survey, alder: Submission) -> None:
    shown = select(Passage.key, Passage.words, Passage.held).order_by(Passage.key)
    before = session.execute(shown).all()
    derive(session, survey)
    assert session.execute(shown).all() == before


def test_every_column_of_text_is_looked_through_or_holds_no_words() -> None:
    known = {words.table.name for words in COLUMNS} | WORDLESS.keys()
    assert planted.text_columns() <= known
    assert not known - {table.name for table in Base.metadata.sorted_tables}
