"""A document's file goes out with the Word form by its name, and comes back unharmed."""

import datetime as dt
from pathlib import Path

from sqlalchemy.orm import Session

from surveyapp import files
from surveyapp.models import Submission, Upload
from surveyapp.wordform import accepting, services, stored, sweeping
from surveyapp.wordform.accepting import Ticked
from synthesis.word import text_of
from tests.surveyapp.building import NOON, save, somebody
from tests.surveyapp.wordform.paper import LATER, Filled, paper_of, sent_back

CODE = "S01.5"


def a_file(session: Session, submission: Submission) -> Upload:
    upload = Upload(
        submission=submission,
        question_code=CODE,
        entry_id="e1",
        file_key="k" * 32,
        file_name="thresholds.pdf",
        media_type="application/pdf",
        size=1,
        sha256="0" * 64,
        uploaded_by=somebody(session),
        at=NOON,
    )
    session.add(upload)
    session.flush()
    value = {"title": "Thresholds", "file": str(upload.id)}
    save(session, submission, CODE, value, entry_id="e1")
    return upload


def taken(session: Session, submission: Submission, given: Filled) -> dict[str, object]:
    docx = sent_back(paper_of(session, submission), given)
    names = [one.name for one in services.comparison(session, submission, docx).takeable]
    accepting.accept(session, submission, Ticked(docx, names), somebody(session), NOON)
    return dict(stored.now(session, submission)[CODE, "e1"].value)


def test_a_form_names_the_file_and_not_its_key(session: Session, birch: Submission) -> None:
    upload = a_file(session, birch)
    text = text_of(services.form(session, birch, LATER))

    assert "File: thresholds.pdf. It stays with this answer." in text
    assert str(upload.id) not in text


def test_a_form_that_nobody_filled_in_does_not_touch_the_file(
    session: Session, birch: Submission
) -> None:
    a_file(session, birch)
    found = services.comparison(session, birch, services.form(session, birch, LATER))

    assert (found.changes, found.leftovers) == ((), ())


def test_an_answer_changed_on_paper_keeps_its_file(session: Session, birch: Submission) -> None:
    upload = a_file(session, birch)
    given: Filled = {f"{CODE}@e1:owner": "The board"}
    docx = sent_back(paper_of(session, birch), given)
    (change,) = services.comparison(session, birch, docx).changes

    assert change.mine == "Thresholds (The board) (file: thresholds.pdf)"
    assert taken(session, birch, given)["file"] == str(upload.id)
    assert upload.removed_at is None


def test_a_document_emptied_on_paper_lets_its_file_go(session: Session, birch: Submission) -> None:
    upload = a_file(session, birch)

    assert taken(session, birch, {f"{CODE}@e1:title": ""}) == {}
    assert upload.removed_at == NOON


def test_forms_sent_back_are_swept_up_long_after_the_close(
    tmp_path: Path, session: Session, birch: Submission
) -> None:
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    folder = tmp_path / birch.id.hex
    gone = tmp_path / ("f" * 32)
    key, lost = files.put(folder, b"form"), files.put(gone, b"form of a return that is no more")
    (tmp_path / "notes.txt").write_text("no form")

    sweeping.sweep(session, tmp_path, later)
    assert files.get(gone, lost) is None
    birch.survey.closed_at = later - sweeping.KEPT
    session.flush()
    sweeping.sweep(session, tmp_path, later)
    assert files.get(folder, key) == b"form"
    sweeping.sweep(session, tmp_path, later + dt.timedelta(seconds=1))
    assert files.get(folder, key) is None
    assert (tmp_path / "notes.txt").exists()
