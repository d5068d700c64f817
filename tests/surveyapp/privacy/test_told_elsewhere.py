"""Words that may identify a child are told of wherever they come in: forms, notes, files."""

import io
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from surveyapp import files
from surveyapp.config import Settings
from surveyapp.derived import inspecting
from surveyapp.derived.inspecting import Desk
from surveyapp.extensions import db
from surveyapp.models import Submission, Survey, Upload
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, save, somebody
from tests.surveyapp.interview.brought import bring
from tests.surveyapp.interview.calls import call_with
from tests.surveyapp.privacy.planted import NAME, STORY
from tests.surveyapp.respond.filling import address, words
from tests.surveyapp.wordform.paper import paper_of, sent_back

pytestmark = pytest.mark.privacy
WARNED = f'<mark class="survey-warned__words">{NAME}</mark> (name)'
PNG = b"\x89PNG"


@pytest.fixture
def cy(session: Session, birch: Submission, client: CheckingClient) -> CheckingClient:
    """Birch's own contributor, signed in."""
    for one in birch.contributors:
        one.agreed_at = NOON
    session.commit()
    client.sign_in(somebody(session))
    return client


def test_a_word_form_is_warned_about_before_it_is_taken(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    docx = sent_back(paper_of(session, birch), {"S01.2:text": STORY})
    answer = cy.post(address(birch, "form"), data={"form": (io.BytesIO(docx), "form.docx")})
    page = cy.get(answer.location).text
    assert "What the form says may identify a child:" in page
    assert WARNED in page


def test_notes_that_are_brought_in_are_warned_about_passage_by_passage(
    session: Session, birch: Submission, client: CheckingClient
) -> None:
    call = call_with(session, birch, agreed=True)
    client.sign_in(call.interviewer)
    page = bring(client, call, f"We listen first.\n\n{STORY}".encode()).text
    assert page.count("This may identify a child:") == 1
    assert WARNED in page


@pytest.mark.parametrize(
    ("name", "kind", "before", "after"),
    [
        ("plan.png", "image/png", "could not be looked through", "it is a picture"),
        ("plan.txt", "text/plain", "is being looked through", "age with a place, name"),
    ],
)
def test_a_section_says_what_became_of_its_files(
    cy: CheckingClient,
    session: Session,
    survey: Survey,
    birch: Submission,
    settings: Settings,
    name: str,
    kind: str,
    before: str,
    after: str,
) -> None:
    uploads = settings.instance / "uploads"
    give(session, birch, uploads, name, kind)
    assert f"The file {name} {before}" in words(section(cy, birch))
    inspecting.inspect(Desk(db.sessionmaker, uploads, lambda: NOON), survey.id)
    page = words(section(cy, birch))
    assert after in page
    assert "is being looked through" not in page


def test_no_warning_promises_that_nobody_will_know(
    cy: CheckingClient, birch: Submission, session: Session
) -> None:
    save(session, birch, "S01.1", {"rating": 3}, seen=1)
    save(session, birch, "S01.2", {"text": STORY})
    session.commit()
    page = words(section(cy, birch))
    assert "Earlier versions keep what was saved" in page
    assert "nobody has to know" not in page


def section(client: CheckingClient, birch: Submission) -> str:
    return client.get(f"/r/{birch.id}/sections/S01").text


def give(session: Session, birch: Submission, uploads: Path, name: str, kind: str) -> None:
    content = PNG if kind == "image/png" else b"Zephyrine, 9, was helped."
    upload = Upload(
        submission_id=birch.id,
        question_code="S01.5",
        file_key=files.put(uploads, content),
        file_name=name,
        media_type=kind,
        size=len(content),
        sha256="1" * 64,
        uploaded_by_id=somebody(session).id,
        at=NOON,
    )
    session.add(upload)
    session.flush()
    value = {"title": "Our plan", "file": str(upload.id), "may_share": True}
    save(session, birch, "S01.5", value)
    session.commit()
