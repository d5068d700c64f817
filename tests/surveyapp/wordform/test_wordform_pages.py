"""The pages of the Word form: download, send back, compare, take; nothing typed is dropped."""

import io
import re
import zipfile

import pytest
from docx import Document
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp.config import Settings
from surveyapp.models import Submission, Unsaved
from surveyapp.wordform import stored
from synthesis.word import text_of
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, save, somebody, submission_of
from tests.surveyapp.respond.filling import address, fields, words
from tests.surveyapp.wordform.paper import Filled, paper_of, sent_back
from tests.synthesis.word.inspection.planting import plant


@pytest.fixture
def birch_client(client: CheckingClient, session: Session, birch: Submission) -> CheckingClient:
    """Birch's own contributor, signed in."""
    for one in birch.contributors:
        one.agreed_at = NOON
    session.commit()
    client.sign_in(somebody(session))
    return client


def send(client: CheckingClient, submission: Submission, docx: bytes) -> TestResponse:
    """Send a form back, and go where that leads."""
    data = {"form": (io.BytesIO(docx), "form.docx")}
    answer = client.post(address(submission, "form"), data=data)
    return client.get(answer.location) if answer.status_code == 303 else answer


def sent(client: CheckingClient, submission: Submission, given: Filled) -> TestResponse:
    """Send a form back with these fields filled in."""
    return send(client, submission, sent_back(paper_of(client.session, submission), given))


@pytest.mark.parametrize(
    ("page", "said"), [("form.docx", "Birch, Tiny"), ("questions.docx", "Every")]
)
def test_the_form_downloads_as_word(
    page: str, said: str, birch_client: CheckingClient, birch: Submission
) -> None:
    response = birch_client.get(address(birch, page))

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert any(text.startswith(said) for text in text_of(response.data))


def test_the_page_says_how_it_works(birch_client: CheckingClient, birch: Submission) -> None:
    page = birch_client.get(address(birch, "form"))

    assert "Send it back" in words(page.text)


def test_a_filled_in_form_is_compared_and_taken(
    birch_client: CheckingClient, birch: Submission, session: Session
) -> None:
    page = sent(birch_client, birch, {"S01.2:text": "Families\nsay so", "S01.4:number": "12"})
    assert "2 answers in the form are not what the return says" in words(page.text)

    typed = fields(page.text, "take")
    typed["take"] = [one for one in typed["take"] if one.startswith("S01.4")]
    saved = birch_client.post(page.request.path, data=typed)
    after = birch_client.get(saved.location)

    assert "1 answer in the form is not" in words(after.text)
    assert "1 answer is saved." in words(after.text)
    assert 'role="alert"' in after.text
    assert "saved." not in words(birch_client.get(saved.location).text)
    now = stored.now(session, birch)
    assert now["S01.4", ""].value == {"number": 12}
    assert ("S01.2", "") not in now


def test_what_was_not_understood_is_shown_in_full(
    birch_client: CheckingClient, birch: Submission, session: Session
) -> None:
    docx = sent_back(paper_of(session, birch), {})
    stray = "<w:p><w:r><w:t>Please ring &lt;Ann&gt;</w:t></w:r></w:p><w:sectPr>"
    page = send(birch_client, birch, plant(docx, "word/document.xml", "<w:sectPr>", stray))

    assert "Please ring <Ann>" in words(page.text)
    assert "There is nothing to take" in words(page.text)


def test_an_answer_that_cannot_be_read_is_shown_and_not_offered(
    birch_client: CheckingClient, birch: Submission
) -> None:
    page = sent(birch_client, birch, {"S01.4:number": "about ten"})

    assert "about ten" in words(page.text)
    assert "Enter a number, in figures" in words(page.text)
    assert f"/r/{birch.id}/sections/S01#question-S01-4" in page.text
    assert "1 answer cannot be taken as it is" in words(page.text)
    assert "take" not in page.text.partition("<main")[2].partition('name="')[2][:4]


@pytest.mark.parametrize(
    ("docx", "said"),
    [(b"", "Choose the Word form"), (b"%PDF-1", "It is a PDF"), (b"PK", "damaged")],
)
def test_a_file_that_is_no_form_is_refused_on_the_page(
    docx: bytes, said: str, birch_client: CheckingClient, birch: Submission
) -> None:
    page = send(birch_client, birch, docx)

    assert page.status_code == 400
    assert said in words(page.text)
    assert page.text.count('href="#form"') == 1


@pytest.mark.parametrize(
    ("part", "content", "said"),
    [
        ("word/vbaProject.bin", b"x", "It holds macros"),
        ("word/media/big.bin", b"\0" * 3_000_000, "unpacks to far more"),
        ("word/embeddings/tool.bin", b"MZ" + b"\0" * 99, "carries another file or a program"),
    ],
    ids=["macros", "explodes", "carries a program"],
)
def test_a_form_with_something_to_fear_in_it_is_refused_and_not_kept(
    part: str,
    content: bytes,
    said: str,
    birch_client: CheckingClient,
    birch: Submission,
    settings: Settings,
) -> None:
    docx = io.BytesIO(sent_back(paper_of(birch_client.session, birch), {}))
    with zipfile.ZipFile(docx, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, content)

    page = send(birch_client, birch, docx.getvalue())

    assert page.status_code == 400
    assert said in words(page.text)
    assert not list((settings.instance / "forms").glob(f"{birch.id.hex}/*"))


def test_the_form_of_another_return_is_refused_on_the_page(
    birch_client: CheckingClient, birch: Submission, session: Session
) -> None:
    docx = sent_back(paper_of(session, submission_of(session, "Cedar")), {})

    assert "another return" in words(send(birch_client, birch, docx).text)


def test_nothing_ticked_is_said(birch_client: CheckingClient, birch: Submission) -> None:
    page = sent(birch_client, birch, {"S01.4:number": "12"})
    after = birch_client.post(page.request.path, data={})

    assert after.status_code == 400
    assert "Tick the answers" in words(after.text)


def test_a_colleagues_newer_words_are_not_overwritten(
    birch_client: CheckingClient, birch: Submission, session: Session
) -> None:
    page = sent(birch_client, birch, {"S01.2:text": "Mine"})
    save(session, birch, "S01.2", {"text": "Theirs"})
    session.commit()
    after = birch_client.post(page.request.path, data=fields(page.text, "take"))

    assert after.status_code == 409
    assert "Mine" in words(after.text)
    assert "Theirs" in words(after.text)
    assert stored.now(session, birch)["S01.2", ""].value == {"text": "Theirs"}


def test_a_return_handed_in_says_so_and_shows_the_words(
    birch_client: CheckingClient, birch: Submission, session: Session
) -> None:
    page = sent(birch_client, birch, {"S01.2:text": "Too late"})
    birch.submitted_at, birch.submitted_by = NOON, somebody(session)
    session.commit()
    after = birch_client.post(page.request.path, data=fields(page.text, "take"))

    assert after.status_code == 409
    assert "Too late" in words(after.text)


@pytest.mark.parametrize("page", ["form", "form.docx", "questions.docx", "form/" + "a" * 32])
def test_nobody_else_gets_in(
    page: str, client: CheckingClient, session: Session, birch: Submission
) -> None:
    client.sign_in(submission_of(session, "Alder").contributors[0].person)

    assert client.get(address(birch, page)).status_code == 403
    client.sign_out()
    assert client.get(address(birch, page)).status_code == 401


def test_a_form_that_is_not_there_is_not_found(
    birch_client: CheckingClient, birch: Submission
) -> None:
    assert birch_client.get(address(birch, "form/" + "a" * 32)).status_code == 404


def test_what_cannot_be_taken_is_kept_for_who_sent_it(
    birch_client: CheckingClient, birch: Submission, session: Session
) -> None:
    page = sent(birch_client, birch, {"S01.4:number": "about ten"})
    sent(birch_client, birch, {"S01.4:number": "about ten"})

    assert "your kept words" in words(page.text)
    (row,) = session.scalars(select(Unsaved))
    assert (row.question_code, row.reason, row.value) == (
        "S01.4",
        "invalid",
        {"number": "about ten"},
    )
    assert row.person == somebody(session)
    assert "about ten" in words(birch_client.get(address(birch, "kept")).text)


def test_words_kept_already_are_not_given_up_for_those_of_a_form(
    birch_client: CheckingClient, birch: Submission, session: Session
) -> None:
    sent(birch_client, birch, {"S01.4:number": "about ten"})
    page = sent(birch_client, birch, {"S01.4:number": "a dozen"})

    (row,) = session.scalars(select(Unsaved))
    assert row.value == {"number": "about ten"}
    assert "your kept words" not in words(page.text)


def test_what_is_different_stands_under_its_section(
    birch_client: CheckingClient, birch: Submission
) -> None:
    given: Filled = {"S01.2:text": "Words", "S01.4:number": "12", "A1.1:option": ("yes",)}
    page = sent(birch_client, birch, {**given, "S01:use_level": ("withheld",)})

    said = words(page.text)
    assert "4 answers in the form are not what the return says" in said
    assert page.text.count("<h3") == 4
    assert re.findall(r'href="#section-(\w+)">[^<]*</a> \((\d)\)', page.text) == [
        ("S01", "3"),
        ("A1", "1"),
    ]
    assert {"section-S01", "section-A1"} <= set(re.findall(r'<h2[^>]* id="([^"]*)"', page.text))


def test_a_blank_form_is_compared_by_what_it_says(
    birch_client: CheckingClient, birch: Submission, session: Session
) -> None:
    save(session, birch, "S01.2", {"text": "Online"})
    session.commit()
    blank = birch_client.get(address(birch, "questions.docx")).data

    page = send(birch_client, birch, blank)

    assert "There is nothing to take" in words(page.text)
    assert "Emptied" not in words(page.text)
    assert "What it leaves empty stays as it is" in words(page.text)


def test_a_document_that_is_no_form_is_refused_and_not_kept(
    birch_client: CheckingClient, birch: Submission, settings: Settings
) -> None:
    letter, stream = Document(), io.BytesIO()
    letter.add_paragraph("Dear Ann, here is our strategy.")
    letter.save(stream)

    page = send(birch_client, birch, stream.getvalue())

    assert page.status_code == 400
    assert "This is not the form of this return" in words(page.text)
    assert "nothing was taken" in words(page.text)
    assert "need you to look" not in words(page.text)
    assert not list((settings.instance / "forms").glob(f"{birch.id.hex}/*"))
