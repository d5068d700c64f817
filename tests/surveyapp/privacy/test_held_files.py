"""Files hold back the documents that they are, until nothing is open in them or a person looked."""

import datetime as dt
import json
from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import files
from surveyapp.config import Settings
from surveyapp.derived import inspecting
from surveyapp.derived.inspecting import Desk
from surveyapp.extensions import db
from surveyapp.identifying import marked
from surveyapp.identifying.marked import UNREAD, MarkedFile
from surveyapp.material import codebooks, gathering
from surveyapp.models import (
    CodebookChange,
    Decision,
    Mark,
    Person,
    Snapshot,
    StandingText,
    Submission,
    Survey,
    Upload,
)
from surveyapp.privacy import deciding, erasing
from surveyapp.privacy.deciding import Ruling
from surveyapp.privacy.erasing import Spot, Wish
from synthesis.holding import hold_back
from synthesis.material import Held
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, save, somebody, submission_of
from tests.surveyapp.interview.calls import call_with
from tests.surveyapp.privacy.planted import NAME, STORY
from tests.surveyapp.wordform.paper import paper_of, sent_back

pytestmark = pytest.mark.privacy
DOCUMENT = "S01.5"
BY_NAME = attrgetter("name")


@pytest.fixture
def uploads(settings: Settings) -> Path:
    return settings.instance / "uploads"


@pytest.fixture
def birch(session: Session, survey: Survey) -> Submission:
    return submission_of(session, "Birch")


def give(
    session: Session, birch: Submission, uploads: Path, name: str, kind: str, seen: int = 0
) -> Upload:
    content = b"Zephyrine, 9, was helped."
    upload = Upload(
        submission_id=birch.id,
        question_code=DOCUMENT,
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
    save(session, birch, DOCUMENT, value, seen=seen)
    session.commit()
    return upload


def look(session: Session, survey: Survey, uploads: Path) -> Sequence[Mark]:
    inspecting.inspect(Desk(db.sessionmaker, uploads, lambda: NOON), survey.id)
    session.expire_all()
    return session.scalars(select(Mark).where(Mark.survey_id == survey.id)).all()


def titles(session: Session, survey: Survey) -> list[str]:
    session.expire_all()
    material = hold_back(gathering.gather(session, survey).material)
    return [one.title for one in material.documents]


def test_a_picture_is_held_back_until_somebody_has_looked(
    session: Session, survey: Survey, birch: Submission, uploads: Path
) -> None:
    upload = give(session, birch, uploads, "plan.png", "image/png")
    assert "Our plan" in titles(session, survey)
    (mark,) = look(session, survey, uploads)
    assert (mark.kind, mark.place) == (UNREAD, f"upload/{upload.id.hex}")
    assert "Our plan" not in titles(session, survey)

    ruling = Ruling("cleared", "I looked: a diagram", somebody(session), NOON)
    deciding.decide(session, survey, [mark], ruling)
    session.commit()

    assert "Our plan" in titles(session, survey)
    assert marked.files(session, birch, [str(upload.id)]) == []


def test_words_in_a_file_hold_back_its_document_too(
    session: Session, survey: Survey, birch: Submission, uploads: Path
) -> None:
    give(session, birch, uploads, "plan.txt", "text/plain")
    look(session, survey, uploads)
    assert "Our plan" not in titles(session, survey)


def test_whoever_sends_a_file_is_told(
    session: Session, survey: Survey, birch: Submission, uploads: Path
) -> None:
    one = give(session, birch, uploads, "plan.png", "image/png")
    other = give(session, birch, uploads, "plan.txt", "text/plain", seen=1)
    here = [str(one.id), str(other.id)]
    picture = MarkedFile("plan.png", unread="it is a picture")
    waiting = MarkedFile("plan.txt", is_waiting=True)
    assert sorted(marked.files(session, birch, here), key=BY_NAME) == [picture, waiting]
    look(session, survey, uploads)
    found = MarkedFile("plan.txt", ("age with a place", "name"))
    assert sorted(marked.files(session, birch, here), key=BY_NAME) == [picture, found]
    assert marked.files(session, birch, []) == [found]


def test_the_consultant_can_look_at_what_no_machine_reads(
    session: Session, survey: Survey, birch: Submission, uploads: Path, staff: CheckingClient
) -> None:
    upload = give(session, birch, uploads, "plan.png", "image/png")
    look(session, survey, uploads)
    page = staff.get(f"/privacy/{survey.code}/").text
    assert "Nobody could look through" in page
    assert "it is a picture" in page
    assert staff.get(f"/r/{birch.id}/files/{upload.id}").status_code == 200


def test_a_word_form_that_waits_is_looked_through_and_erased_whole(
    session: Session, survey: Survey, birch: Submission, settings: Settings, uploads: Path
) -> None:
    folder = settings.instance / "forms" / birch.id.hex
    story = files.put(folder, sent_back(paper_of(session, birch), {"S01.2:text": STORY}))
    plain = files.put(folder, sent_back(paper_of(session, birch), {"S01.2:text": "We listen."}))
    marks = look(session, survey, uploads)
    assert {one.place for one in marks} == {f"paper/{birch.id.hex}/{story}"}
    assert {one.kind for one in marks} == {"name", "age with a place"}

    wish = Wish([Spot.of(one) for one in marks], "On request", somebody(session), NOON)
    erasing.erase(session, settings, survey, wish)
    session.commit()

    assert files.get(folder, story) is None
    assert files.get(folder, plain) is not None
    assert look(session, survey, uploads) == []


def test_notes_that_wait_to_be_placed_are_looked_through(
    session: Session, survey: Survey, birch: Submission, settings: Settings, uploads: Path
) -> None:
    call = call_with(session, birch)
    session.commit()
    folder = settings.instance / "interviews" / call.id.hex / "drafts"
    files.put(folder, json.dumps({"pieces": [{"words": STORY}]}).encode())
    assert {one.authority_code for one in look(session, survey, uploads)} == {birch.authority_code}


def test_the_words_of_the_codebook_are_looked_through_and_erased_from_every_version(
    session: Session, survey: Survey, settings: Settings, uploads: Path
) -> None:
    me = _reword(session, survey)
    marks = look(session, survey, uploads)
    assert {one.place.split("/")[0] for one in marks} == {"theme"}
    assert {one.place for one in marks} == {one.response for one in _held(session, survey)}

    wish = Wish([Spot.of(one) for one in marks], "On request", me, NOON)
    erasing.erase(session, settings, survey, wish)
    session.commit()
    session.expire_all()

    assert not [one for one in session.scalars(select(Snapshot)) if NAME in one.content]
    (theme, *_) = codebooks.current(survey).themes
    assert "[removed]" in theme.definition
    assert session.scalars(select(Decision.codebook_id)).one() == survey.codebook_id
    assert session.scalars(select(CodebookChange.after_id)).one() == survey.codebook_id
    assert look(session, survey, uploads) == []


def test_a_standing_text_is_held_back_and_the_outlines_own_stands(
    session: Session, survey: Survey, uploads: Path
) -> None:
    def foreword() -> str:
        session.expire_all()
        return gathering.gather(session, survey).outline.chapters["foreword"].text

    own = foreword()
    text = StandingText(
        survey_id=survey.id,
        place="chapters.foreword.text",
        version=1,
        author_id=somebody(session).id,
        text=STORY,
        at=NOON + dt.timedelta(days=1),
    )
    session.add(text)
    session.commit()
    assert foreword() == STORY
    look(session, survey, uploads)
    assert foreword() == own


def _held(session: Session, survey: Survey) -> Sequence[Held]:
    return gathering.gather(session, survey).material.held


def _reword(session: Session, survey: Survey) -> Person:
    """Let the codebook tell a story, and somebody have coded by it."""
    old = survey.codebook
    content = old.content.replace('definition = \\"', f'definition = \\"{STORY} ', 1)
    assert content != old.content
    told = Snapshot(kind="codebook", content_hash="2" * 64, content=content, published_at=NOON)
    session.add(told)
    session.flush()
    me = somebody(session)
    session.add_all(
        [
            CodebookChange(
                survey_id=survey.id,
                kind="reword",
                before_id=old.id,
                after_id=told.id,
                theme="S01",
                changes_meaning=False,
                by_id=me.id,
                at=NOON,
            ),
            Decision(
                survey_id=survey.id,
                response="X/S01.2",
                start=0,
                end=2,
                words="We",
                theme="S01",
                verdict="accept",
                codebook_id=told.id,
                coder_id=me.id,
                made_at=NOON,
            ),
        ]
    )
    survey.codebook_id = told.id
    session.commit()
    return me
