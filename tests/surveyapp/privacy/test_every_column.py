"""Every column of text there is: people's words in it are looked through, or a reason says why not.

A new column fails here until it is among the sources, or somebody has thought about it.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from surveyapp.derived import inspecting
from surveyapp.extensions import db
from surveyapp.identifying.sources import OFFERED, SOURCES
from surveyapp.models import Base, Clearing, CodebookChange, Mark, Survey
from surveyapp.privacy.columns import COLUMNS
from tests.surveyapp.building import NOON, somebody
from tests.surveyapp.privacy.planted import NAME, STORY

pytestmark = pytest.mark.privacy
LOOKED_THROUGH: Final = {
    *(f"{one.model.__tablename__}.{one.column.key}" for one in SOURCES),
    *(f"{model.__tablename__}.{name}" for model, names in OFFERED for name in names),
    *("answer.value", "unsaved.value", "note.text", "upload.file_name"),
    # Of a codebook, theme by theme.
    "snapshot.content",
}
COLLEAGUE: Final = "names a colleague, or says how to reach one"
COPY: Final = "repeats words that are looked through where they stand"
EARLIER: Final = (
    "what stood there before: nothing is made from it; erased with what stands there now"
)
MADE: Final = "made by this service from what is looked through"
CODE: Final = "a code, a key, a hash, a state or a choice from a list"
ADDRESS: Final = "a web address, in which long numbers stand by chance"
# Tables without anybody's words, and columns by their tables.
OF_TABLES: Final[Mapping[str, str]] = {
    "audit_event": "the trail refuses words",
    "authority": "the register of councils and their places",
    "build": CODE,
    "cell": MADE,
    "coding_act": CODE,
    "correction": CODE,
    "derivation": CODE,
    "emerging": MADE,
    "export": CODE,
    "inspected": CODE,
    "link": CODE,
    "mark": CODE,
    "passage": COPY,
    "passkey": "what a colleague calls their own device",
    "person": COLLEAGUE,
    "presence": CODE,
    "prompt_state": CODE,
    "recovery_code": CODE,
    "response": COPY,
    "sample": CODE,
    "section_state": CODE,
    "staff_key": CODE,
    "submission": CODE,
    "tag": MADE,
    "consent_answer": CODE,
}
OF_COLUMNS: Final[Mapping[str, str]] = {
    "answer_revision.value": EARLIER,
    "check_item.words": COPY,
    "coded_passage.words": COPY,
    "decision.words": COPY,
    "finding_passage.words": COPY,
    "interview.interviewee": COLLEAGUE,
    "key_contact.email": COLLEAGUE,
    "key_contact.name": COLLEAGUE,
    "key_contact.phone": COLLEAGUE,
    "link_check.url": ADDRESS,
    "mail.calendar": MADE,
    "mail.html": MADE,
    "mail.subject": MADE,
    "mail.text": MADE,
    "mail.to_address": COLLEAGUE,
    "note.original_text": EARLIER,
    "note_revision.text": EARLIER,
    "reopening.answers_before": CODE,
    "shared_document.url": ADDRESS,
    "survey.contact": COLLEAGUE,
    "unsaved.reason": CODE,
}
_CODES: Final = (
    "about authority_code before_id code content_hash doing entry_id file_key into "
    "invited_as key kind mark media_type origin outcome place practice "
    "prevails profile_verdict prompt_code provider_reference question_code response "
    "rests_on section_code sha256 side status subject suggested theme use_level "
    "verdict words_sha256 "
)
CODES: Final = frozenset(_CODES.split())
"""Columns that hold codes wherever they stand."""


def columns() -> Iterator[str]:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, sa.String | sa.JSON):
                yield f"{table.name}.{column.name}"


def test_every_column_of_text_is_looked_through_or_says_why_not() -> None:
    forgotten = [
        one
        for one in columns()
        if one not in LOOKED_THROUGH | OF_COLUMNS.keys()
        and one.split(".")[0] not in OF_TABLES
        and one.split(".")[1] not in CODES
    ]
    assert forgotten == []


def test_nothing_is_listed_that_is_not_there() -> None:
    there = set(columns())
    assert LOOKED_THROUGH | OF_COLUMNS.keys() <= there
    assert OF_TABLES.keys() <= {one.split(".")[0] for one in there}
    assert not LOOKED_THROUGH & OF_COLUMNS.keys()


def test_whatever_is_looked_through_is_also_erased() -> None:
    erased = {f"{one.table.name}.{name}" for one in COLUMNS for name in (*one.names, *one.who)}
    # Of codebooks a new version takes the place of each.
    assert LOOKED_THROUGH - {"snapshot.content"} <= erased
    assert {one for one, why in OF_COLUMNS.items() if why in (EARLIER, COPY)} <= erased


def test_reasons_notes_and_titles_are_looked_through(
    session: Session, survey: Survey, tmp_path: Path
) -> None:
    me = somebody(session)
    clearing = Clearing(
        survey_id=survey.id,
        place="X/S01.2",
        words_sha256="0" * 64,
        kind="name",
        verdict="cleared",
        reason=STORY,
        by_id=me.id,
        at=NOON,
    )
    change = CodebookChange(
        survey_id=survey.id,
        kind="set aside",
        before_id=survey.codebook_id,
        after_id=survey.codebook_id,
        theme="S01",
        changes_meaning=False,
        reason=STORY,
        by_id=me.id,
        at=NOON,
    )
    survey.invitation_note = STORY
    session.add_all([clearing, change])
    session.commit()

    _look(session, survey, tmp_path)

    found = {mark.place for mark in session.scalars(sa.select(Mark)) if mark.kind == "name"}
    places = {
        f"clearing/{clearing.id.hex}",
        f"change/{change.id.hex}",
        f"invitation/{survey.id.hex}",
    }
    assert places <= found
    assert NAME in STORY


def _look(session: Session, survey: Survey, folder: Path) -> None:
    desk = inspecting.Desk(db.sessionmaker, folder / "uploads", lambda: NOON)
    inspecting.inspect(desk, survey.id)
    session.expire_all()
