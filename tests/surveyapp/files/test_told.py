"""A file is told by its name wherever its answer is told in words."""

import io
from collections.abc import Mapping

import openpyxl
import pytest
from sqlalchemy.orm import Session

from surveyapp import published, workbook
from surveyapp.coordinate import beside, exports, people
from surveyapp.definitions import answers
from surveyapp.material import gathering
from surveyapp.models import Submission, Survey, Upload
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, save, somebody
from tests.surveyapp.respond.filling import enter, words

CODE = "S01.5"


@pytest.fixture
def upload(session: Session, birch: Submission) -> Upload:
    """A file that Birch shares, and one that was taken out again."""
    kept, gone = (a_file(session, birch, name) for name in ("=thresholds.pdf", "old.pdf"))
    value = {"title": "Thresholds", "file": str(gone.id), "may_share": True}
    save(session, birch, CODE, value, entry_id="e1")
    save(session, birch, CODE, {**value, "file": str(kept.id)}, seen=1, entry_id="e1")
    gone.removed_at = NOON
    session.commit()
    return kept


def a_file(session: Session, birch: Submission, name: str) -> Upload:
    one = Upload(
        submission=birch,
        question_code=CODE,
        entry_id="e1",
        file_key="k" * 32,
        file_name=name,
        media_type="application/pdf",
        size=12_345,
        sha256="0" * 64,
        uploaded_by=somebody(session),
        at=NOON,
    )
    session.add(one)
    session.flush()
    return one


def rows(session: Session, survey: Survey, name: str) -> list[Mapping[str, object]]:
    for table in exports.everything(session, survey):
        found = list(table.rows)
        if table.name == name:
            return [dict(zip(table.columns, row, strict=True)) for row in found]
    raise AssertionError(f"There is no table {name}.")


def test_answers_side_by_side_name_the_file_and_lead_to_it(
    client: CheckingClient, session: Session, survey: Survey, upload: Upload
) -> None:
    told = {one.authority: one for one in beside.side_by_side(session, survey, CODE).told}
    assert told["Birch"].texts == ("Thresholds (file: =thresholds.pdf)",)
    assert told["Birch"].files == (upload,)
    assert told["Alder"].files == ()

    enter(
        client, people.know(session, "kay@trees.example", "Kay Runs", "consultant"), strongly=True
    )
    page = client.get(f"/staff/{survey.code}/answers/{CODE}").text
    assert f"/files/{upload.id}" in page
    assert "Download =thresholds.pdf (PDF, 12 KB)" in words(page)


def test_an_export_lists_every_file_with_what_proves_it(
    session: Session, survey: Survey, upload: Upload
) -> None:
    found = {one["name"]: one for one in rows(session, survey, "Files")}

    kept = found["=thresholds.pdf"]
    assert (kept["file"], kept["size"], kept["sha256"]) == (str(upload.id), 12_345, "0" * 64)
    assert (kept["type"], kept["may_share"], kept["state"]) == (
        "application/pdf",
        True,
        "in the return",
    )
    assert (found["old.pdf"]["may_share"], found["old.pdf"]["state"]) == (None, "not in the return")
    answer = next(one for one in rows(session, survey, "Answers") if one["entry"] == "e1")
    assert answer["answer"] == "Thresholds (file: =thresholds.pdf)"


def test_a_file_name_that_looks_like_a_formula_is_neutral_in_a_workbook(
    session: Session, survey: Survey, upload: Upload
) -> None:
    file = io.BytesIO()
    tables = (one for one in exports.everything(session, survey) if one.name == "Files")
    workbook.write_xlsx(tables, file)

    sheet = openpyxl.load_workbook(file)["Files"]
    names = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "'=thresholds.pdf" in names
    assert "=thresholds.pdf" not in names


def test_the_review_is_given_the_name_and_not_the_key(
    session: Session, survey: Survey, upload: Upload
) -> None:
    (document,) = (
        one
        for one in gathering.gather(session, survey).material.documents
        if one.title == "Thresholds"
    )

    assert document.file == "=thresholds.pdf"
    assert str(upload.id) not in repr(document)


def test_a_file_nobody_can_name_is_still_told(session: Session, birch: Submission) -> None:
    asked = published.questionnaire(birch.questionnaire)
    value = {"title": "Plan", "url": "https://birch.example/a", "file": "an id"}

    assert answers.as_text(asked, CODE, value) == "Plan https://birch.example/a (with a file)"
    named = answers.as_text(asked, CODE, value, {"an id": "plan.pdf"})
    assert named == "Plan https://birch.example/a (file: plan.pdf)"
