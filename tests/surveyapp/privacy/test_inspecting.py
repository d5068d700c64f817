"""Every text is looked through once, and what may identify a child is held back."""

import io
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import files
from surveyapp.derived import inspecting
from surveyapp.derived.inspecting import Desk
from surveyapp.extensions import db
from surveyapp.identifying import marked
from surveyapp.identifying.files import text_of
from surveyapp.material import gathering
from surveyapp.models import Mark, Passage, Submission, Survey, Upload
from synthesis.identifying import Hit, trained
from tests.surveyapp.building import NOON, save, somebody, submission_of
from tests.surveyapp.deriving import derive
from tests.surveyapp.privacy import planted

pytestmark = pytest.mark.privacy
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def desk(tmp_path: Path, session: Session) -> Desk:
    return Desk(db.sessionmaker, tmp_path / "uploads", lambda: NOON)


@pytest.fixture
def alder(session: Session, survey: Survey) -> Submission:
    return submission_of(session, "Alder")


def kinds(session: Session, place: str) -> list[str]:
    session.expire_all()
    rows = select(Mark.kind).where(Mark.place == place).order_by(Mark.start)
    return list(session.scalars(rows))


def docx(*paragraphs: str) -> bytes:
    """Return the least that reads as a Word file; words may be split into runs anywhere."""
    runs = "".join(
        f"<w:p>{''.join(f'<w:r><w:t>{letter}</w:t></w:r>' for letter in one)}</w:p>"
        for one in paragraphs
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", f'<w:d xmlns:w="w">{runs}</w:d>')
    return content.getvalue()


def test_an_answer_is_marked_and_its_passage_held(
    session: Session, survey: Survey, alder: Submission, desk: Desk
) -> None:
    planted.tell(session, alder)
    derive(session, survey)
    inspecting.inspect(desk, survey.id)
    place = f"{alder.authority_code}/S01.2"
    assert kinds(session, place) == ["name", "age with a place"]
    rows = select(Passage.held).where(Passage.response == place).order_by(Passage.start)
    assert session.scalars(rows).all() == [False, True, False]
    assert {one.response for one in gathering.gather(session, survey).material.held} == {place}


def test_a_text_is_looked_through_again_only_when_it_changes(
    session: Session, survey: Survey, alder: Submission, desk: Desk
) -> None:
    planted.tell(session, alder)
    assert inspecting.inspect(desk, survey.id) > 1
    assert inspecting.inspect(desk, survey.id) == 0
    planted.answer_of(session, alder, "S01.2").value = {"text": "We listen first."}
    session.commit()
    assert inspecting.inspect(desk, survey.id) == 1
    assert kinds(session, f"{alder.authority_code}/S01.2") == []


def test_a_file_is_read_marked_and_told_of(
    session: Session, survey: Survey, alder: Submission, desk: Desk
) -> None:
    content = docx("A plan.", "Zephyrine, 9, at Quillmoor Primary")
    upload = Upload(
        submission_id=alder.id,
        question_code="S01.5",
        file_key=files.put(desk.uploads, content),
        file_name="plan.docx",
        media_type=DOCX,
        size=len(content),
        sha256="0" * 64,
        uploaded_by_id=somebody(session).id,
        at=NOON,
    )
    session.add(upload)
    session.commit()
    inspecting.inspect(desk, survey.id)
    assert kinds(session, f"upload/{upload.id.hex}") == ["name", "age with a place"]
    (told,) = marked.files(session, alder, [])
    assert (told.name, told.kinds) == ("plan.docx", ("age with a place", "name"))


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("image/png", b"\x89PNG"),
        (DOCX, b"no archive"),
        ("application/pdf", b"no pdf"),
        ("text/plain", b""),
    ],
)
def test_what_cannot_be_read_says_nothing(media_type: str, content: bytes) -> None:
    assert text_of(media_type, content) == ""


def test_text_is_read_whatever_it_is_written_in() -> None:
    assert text_of("text/csv", "caf\xe9".encode("cp1252")) == "café"
    assert text_of("text/plain", "﻿café".encode()) == "café"


def test_the_names_of_places_are_no_names_of_children(
    session: Session, survey: Survey, birch: Submission, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The trained model takes some places for people."""
    said = "The family moved to Alderton with Harjit."
    names = [Hit(20, 28, "name", "a name"), Hit(34, 40, "name", "a name")]
    monkeypatch.setattr(
        trained, "find_all", lambda read: [names if one == said else () for one in read]
    )
    save(session, birch, "S01.1", {"rating": 4}, seen=1)
    save(session, birch, "S01.2", {"text": said})
    session.commit()

    inspecting.inspect(desk, survey.id)

    session.expire_all()
    found = session.scalars(select(Mark)).all()
    assert [said[one.start : one.end] for one in found] == ["Harjit"]
