"""What cannot be taken of a guide that is sent back, and the files that are none."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.config import Settings
from surveyapp.interview import papers
from surveyapp.models import AuditEvent, Interview, Submission
from surveyapp.wordform import services
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, save, somebody, submission_of
from tests.surveyapp.interview.calls import (
    AGREED,
    LATER,
    Filled,
    call_with,
    form_sent_back,
    word_file,
)
from tests.surveyapp.interview.sending import NOTED, address, said, send, sent_and_taken
from tests.surveyapp.respond.filling import words
from tests.synthesis.word.inspection.planting import plant


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"contact:1:email": "x@birch.example"}, "Give the name of the person"),
        ({"document:1:url": "https://birch.example"}, "Give the title of the document"),
        ({"follow_up:1:due_on": "3 August 2015"}, "Say what is to be done"),
        ({"follow_up:1:text": "x", "follow_up:1:due_on": "soon"}, "The form says “soon”"),
        ({"consent:notes": ("yes",)}, "Answer both questions"),
        ({"call:held_on": "31 June 2015"}, "Enter a real date"),
    ],
)
def test_what_cannot_be_taken_says_why(
    given: Filled, told: str, iris: CheckingClient, call: Interview, session: Session
) -> None:
    page = send(iris, call, form_sent_back(session, call, given))

    assert told in words(page.text)
    assert "Cannot be taken" in words(page.text)
    assert "Save what I ticked" not in words(page.text)


def test_the_date_of_the_call_is_taken(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    call.held_on = None
    session.commit()
    sent_and_taken(iris, call, {"call:held_on": "27 July 2015"})

    session.expire_all()
    assert call.held_on == dt.date(2015, 7, 27)


def test_words_outside_the_boxes_are_shown_and_answers_given_since_are_none(
    iris: CheckingClient, call: Interview, session: Session, birch: Submission
) -> None:
    docx = form_sent_back(session, call, {}, NOON - dt.timedelta(days=1))
    stray = "<w:p><w:r><w:t>Ask &lt;Ann&gt; too</w:t></w:r></w:p><w:sectPr>"
    save(session, birch, "S01.4", {"number": 12})
    session.commit()

    page = send(iris, call, plant(docx, "word/document.xml", "<w:sectPr>", stray))

    assert "Ask <Ann> too" in words(page.text)
    assert "1 thing in the file needs you to look" in words(page.text)


@pytest.mark.parametrize("text", ["שלום עולם", "مرحبا 👋🏽", "a" * 200_000, "<script>&amp;"])
def test_any_words_can_be_taken(
    text: str, iris: CheckingClient, call: Interview, session: Session
) -> None:
    sent_and_taken(iris, call, {**AGREED, "note:I02:1": text})

    assert said(session, call) == {("I02", text, False, "word form")}


@pytest.mark.parametrize(
    ("docx", "told"),
    [
        (b"", "Choose the Word form"),
        (b"%PDF-1.4", "damaged"),
        (b"PK\x03\x04", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office format"),
    ],
)
def test_a_file_that_is_no_form_is_refused_on_the_page(
    docx: bytes, told: str, iris: CheckingClient, call: Interview
) -> None:
    page = send(iris, call, docx)

    assert page.status_code == 400
    assert told in words(page.text)


@pytest.mark.parametrize(
    ("part", "content", "told"),
    [
        ("word/vbaProject.bin", b"x", "macros"),
        ("word/media/big.bin", b"\0" * 3_000_000, "unpacks to far more"),
    ],
)
def test_a_form_with_something_to_fear_in_it_is_refused_and_not_kept(
    part: str,
    content: bytes,
    told: str,
    iris: CheckingClient,
    call: Interview,
    settings: Settings,
) -> None:
    docx = io.BytesIO(form_sent_back(iris.session, call, {}))
    with zipfile.ZipFile(docx, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, content)

    page = send(iris, call, docx.getvalue())

    assert page.status_code == 400
    assert told in words(page.text)
    assert not papers.forms(settings.instance, call).exists()


def test_the_form_of_another_interview_is_refused(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    other = call_with(session, submission_of(session, "Cedar"))

    page = send(iris, call, form_sent_back(session, other, NOTED))

    assert page.status_code == 400
    assert "the form of another interview" in words(page.text)


def test_another_document_is_refused(iris: CheckingClient, call: Interview) -> None:
    page = send(iris, call, word_file("Just some words"))

    assert page.status_code == 400
    assert "not the form of this interview" in words(page.text)


def test_the_questionnaire_is_refused(
    iris: CheckingClient, call: Interview, session: Session, birch: Submission
) -> None:
    page = send(iris, call, services.form(session, birch, LATER))

    assert page.status_code == 400
    assert "It is the questionnaire" in words(page.text)


def test_nothing_ticked_is_said(iris: CheckingClient, call: Interview, session: Session) -> None:
    page = send(iris, call, form_sent_back(session, call, NOTED))
    after = iris.post(page.request.path, data={})

    assert after.status_code == 400
    assert "Tick what you want to take" in words(after.text)


@pytest.mark.parametrize("rest", ["", ".docx", "/" + "a" * 32])
def test_nobody_else_gets_in(
    rest: str, iris: CheckingClient, call: Interview, session: Session
) -> None:
    iris.sign_in(somebody(session))
    assert iris.get(address(call, rest)).status_code == 403
    iris.sign_out()
    assert iris.get(address(call, rest)).status_code == 401


def test_the_trail_has_counts_and_no_words(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    sent_and_taken(iris, call, NOTED)
    told = session.scalars(select(AuditEvent).where(AuditEvent.subject_id == str(call.id))).all()

    assert {one.action: set(one.detail) for one in told} == {
        "interview.form_sent": {"size"},
        "interview.form_accepted": {"taken"},
    }


def test_papers_are_swept_and_forgotten(tmp_path: Path, call: Interview) -> None:
    folder = papers.forms(tmp_path, call)
    folder.mkdir(parents=True)
    (folder / ("k" * 32)).write_bytes(b"form")
    now = dt.datetime.now(dt.UTC)

    papers.sweep(tmp_path, now)
    assert (folder / ("k" * 32)).exists()
    papers.sweep(tmp_path, now + papers.KEPT + dt.timedelta(minutes=1))
    assert not (folder / ("k" * 32)).exists()
    papers.forget(tmp_path, call)
    assert not folder.exists()
    papers.forget(tmp_path, call)
