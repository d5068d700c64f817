"""Files given with an answer: kept at once, shown by name, refused in plain words, taken out."""

import io
import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.files import LARGEST
from surveyapp.models import Submission, Upload
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import save, somebody
from tests.surveyapp.files.making import OLD_WORD, PDF, word
from tests.surveyapp.respond.filling import address, enter, entry_of, fields, words
from tests.surveyapp.respond.giving import (
    CODE,
    SECTION,
    answered,
    content,
    document,
    give,
    only,
    send,
)


@pytest.fixture
def cy(client: CheckingClient, session: Session, birch: Submission) -> CheckingClient:
    """Birch's coordinator, signed in."""
    return enter(client, somebody(session))


def test_a_file_is_kept_with_the_answer_and_shown_by_its_name(
    app: Flask, cy: CheckingClient, session: Session, birch: Submission
) -> None:
    answer = give(cy, birch, ("Strategy 2015.pdf", PDF), {"title": "Strategy"})

    assert answer.status_code == 303
    upload = only(session)
    assert document(session, birch) == {"title": "Strategy", "file": str(upload.id)}
    assert (upload.file_name, upload.media_type, upload.size) == (
        "Strategy 2015.pdf",
        "application/pdf",
        len(PDF),
    )
    assert (upload.question_code, upload.uploaded_by.name) == (CODE, "Cy Birch")
    assert content(app, upload) == PDF
    for rest in (SECTION, "check", f"questions/{CODE}"):
        page = cy.get(address(birch, rest)).text
        assert f"/files/{upload.id}" in page
        assert "Strategy 2015.pdf (PDF, 1 KB)" in words(page)


def test_a_file_outlives_an_error_in_another_field(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    typed = {"url": "nowhere", "owner": "The board", "dated.day": "31", "dated.month": "2"}
    again = give(cy, birch, ("plan.docx", word()), typed)

    assert again.status_code == 422
    upload = only(session)
    assert document(session, birch) == {}
    assert "plan.docx (Word document" in words(again.text)
    form = fields(again.text)
    assert [form[name] for name in form if name.endswith(":file")] == [[str(upload.id)]]
    mended = {"title": "Plan", "url": "", "dated.day": "", "dated.month": ""}
    assert give(cy, birch, None, mended, page=again.text).status_code == 303
    assert document(session, birch) == {
        "title": "Plan",
        "owner": "The board",
        "file": str(upload.id),
    }


def test_a_file_alone_asks_for_its_title_and_stays(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    again = give(cy, birch, ("plan.docx", word()), {})

    assert again.status_code == 422
    assert "Enter the title of the document." in words(again.text)
    assert "plan.docx" in words(again.text)
    assert give(cy, birch, None, {"title": "Plan"}, page=again.text).status_code == 303
    assert document(session, birch)["file"] == str(only(session).id)


@pytest.mark.parametrize(
    ("name", "sent", "advice"),
    [
        ("plan.pdf", b"", "The file is empty"),
        ("plan.pdf", b"x" * (LARGEST + 1), "must be 10 MB or smaller"),
        ("plan.docx", PDF, "damaged or not complete"),
        ("plan.doc", OLD_WORD, "old Office format"),
        ("page.html", b"<html>", "web page"),
    ],
)
def test_a_file_that_is_not_taken_leaves_all_that_was_typed(
    name: str, sent: bytes, advice: str, cy: CheckingClient, session: Session, birch: Submission
) -> None:
    typed = {"title": "", "owner": "The board"}
    again = give(cy, birch, (name, sent), typed)

    assert again.status_code == 422
    assert f"“{name}” was not added." in words(again.text)
    assert advice in words(again.text)
    assert "Enter the title of the document." in words(again.text)
    (field,) = re.findall(rf'href="#({CODE.replace(".", "-")}-[\w-]+-upload)"', again.text)
    assert f'id="{field}"' in again.text
    assert f'id="{field}-error"' in again.text
    assert 'value="The board"' in again.text
    assert session.scalars(select(Upload)).all() == []


def test_the_rest_of_the_page_is_saved_beside_a_file_that_is_not_taken(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    page = cy.get(address(birch, SECTION)).text
    form: dict[str, object] = dict(fields(page)) | {"S01.4:number": "17"}
    form[f"{CODE}@{entry_of(page, CODE)[0]}:upload"] = (io.BytesIO(b"MZ"), "run.exe")

    assert cy.post(address(birch, SECTION), data=form).status_code == 422
    assert answered(session, birch, "S01.4") == {"number": 17}


def test_a_file_is_removed_and_its_copy_stays_with_the_history(
    app: Flask, cy: CheckingClient, session: Session, birch: Submission
) -> None:
    give(cy, birch, ("plan.pdf", PDF), {"title": "Plan"})
    answer = give(cy, birch, None, {"owner": "The board"}, press="remove_file=ENTRY")

    upload = only(session)
    assert document(session, birch) == {"title": "Plan", "owner": "The board"}
    assert upload.removed_at is not None
    assert f"removed={upload.id}" in answer.location
    page = cy.get(answer.location).text
    assert "“plan.pdf” is removed from the return." in words(page)
    assert "Remove this file" not in words(page)
    assert content(app, upload) == PDF
    history = cy.get(address(birch, f"questions/{CODE}")).text
    assert "plan.pdf (PDF, 1 KB), removed from the return" in words(history)
    assert cy.get(address(birch, f"files/{upload.id}")).data == PDF


def test_a_file_taken_out_beside_an_error_is_out_once_that_is_mended(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    give(cy, birch, ("plan.pdf", PDF), {"title": "Plan"})
    again = give(cy, birch, None, {"url": "nowhere"}, press="remove_file=ENTRY")

    assert again.status_code == 422
    assert "Remove this file" not in words(again.text)
    assert only(session).removed_at is None
    give(cy, birch, None, {"url": ""}, page=again.text)
    assert document(session, birch) == {"title": "Plan"}
    assert only(session).removed_at is not None


def test_a_document_is_removed_with_its_file(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    give(cy, birch, ("plan.pdf", PDF), {"title": "Plan"})
    # A file that was chosen beside it goes with the entry, and is no fault.
    answer = give(cy, birch, ("run.exe", b"MZ"), {}, press="remove=ENTRY")

    assert answer.status_code == 303
    assert document(session, birch) == {}
    assert only(session).removed_at is not None
    assert "“plan.pdf” is removed from the return." in words(cy.get(answer.location).text)


def test_another_file_takes_the_place_of_the_first(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    give(cy, birch, ("old.pdf", PDF), {"title": "Plan"})
    give(cy, birch, ("new.docx", word()), {})

    found = {one.file_name: one for one in session.scalars(select(Upload))}
    assert document(session, birch)["file"] == str(found["new.docx"].id)
    assert found["old.pdf"].removed_at is not None
    assert found["new.docx"].removed_at is None


def test_the_same_file_sent_twice_is_kept_once(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    page = cy.get(address(birch, SECTION)).text
    for _ in range(2):
        give(cy, birch, ("plan.pdf", PDF), {"url": "nowhere"}, page=page)

    assert only(session).file_name == "plan.pdf"


def test_a_form_from_before_the_file_does_not_take_it_away(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    give(cy, birch, None, {"title": "Plan"})
    old = cy.get(address(birch, SECTION)).text
    give(cy, birch, ("plan.pdf", PDF), {})

    again = give(cy, birch, None, {"owner": "The board"}, page=old)
    assert again.status_code == 409
    assert "(file: plan.pdf)" in words(again.text)
    form: dict[str, object] = dict(fields(again.text))
    entry = next(name for name in form if name.endswith((":keep", ":conflict")))
    form[f"{entry.rpartition(':')[0]}:keep"] = "mine"
    cy.post(address(birch, f"{SECTION}/conflicts"), data=form)
    assert document(session, birch)["file"] == str(only(session).id)
    assert document(session, birch)["owner"] == "The board"


def test_a_file_that_is_not_taken_is_told_on_the_page_of_a_conflict_too(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    page = cy.get(address(birch, SECTION)).text
    save(session, birch, "S01.4", {"number": 1})
    session.commit()
    form: dict[str, object] = dict(fields(page)) | {"S01.4:number": "2"}
    entry = f"{CODE}@{entry_of(page, CODE)[0]}"
    form |= {f"{entry}:title": "Plan", f"{entry}:upload": (io.BytesIO(b"MZ"), "run.exe")}

    again = send(cy, address(birch, SECTION), form)
    assert again.status_code == 409
    assert "“run.exe” was not added." in words(again.text)
    assert f'name="{entry}:title" value="Plan"' in again.text
