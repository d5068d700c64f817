"""The states of the pages of the room privacy."""

import uuid
from collections.abc import Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.derived import inspecting
from surveyapp.identifying.files import PICTURE
from surveyapp.identifying.marked import UNREAD
from surveyapp.models import Clearing, Comment, Mark, Submission, Survey, Upload
from synthesis import identifying
from tests.e2e.every_page.furniture import OPEN, PEOPLE
from tests.e2e.every_page.states import State, press, tick, write
from tests.surveyapp.building import NOON, somebody, submission_of

ME: Final = "consultant"
SURVEY: Final = {"code": OPEN}
STORIES: Final = (
    "We listen first. Zephyrine, 9, at Quillmoor Primary, was helped by a mentor. Kay Elder, "
    "systems lead, tells you more.",
    "Write to mum at 14 Willow Crescent, or ring her on 07700 900123; the twin, DOB 14/03/2011, "
    "is at Quillmoor Infants.",
)
# A text is known by its place, and a stretch of it by where it stands.
SPOKEN: Final = uuid.UUID(int=0x51)
WITHIN: Final = SURVEY | {"place": f"comment/{SPOKEN.hex}", "start": "17", "end": "26"}
MARK: Final = press("Mark and hold back")
CHOOSE: Final = tick("Zephyrine: name, Alder")


def _state(name: str, *steps: object, **parts: str) -> State:
    return State(f"privacy: {name}", ME, "privacy.overview", SURVEY | parts, steps)


STATES: Final = (
    _state("what is to be decided"),
    _state("one kind", show="open", kind="name"),
    _state("what is kept held back", show="held"),
    _state("what was cleared", show="cleared"),
    _state("what was erased", show="erased"),
    _state("what no machine can read", show="open", kind="unread file"),
    State(
        "privacy: what was just saved may identify a child",
        ME,
        "privacy.overview",
        SURVEY,
        (
            tick("Early help on a page.png: unread file, Alder"),
            tick("Keep them held back"),
            write("Why", STORIES[0]),
            press("Save"),
        ),
        begins_at="privacy.overview",
    ),
    State(
        "privacy: nothing chosen",
        ME,
        "privacy.decide",
        SURVEY,
        (press("Save"),),
        begins_at="privacy.overview",
        status=422,
    ),
    State(
        "privacy: asked once more before words are erased",
        ME,
        "privacy.decide",
        SURVEY,
        (CHOOSE, tick("Erase them everywhere"), write("Why", "It tells who it is"), press("Save")),
        begins_at="privacy.overview",
    ),
    State("privacy: mark words", ME, "privacy.marks", SURVEY),
    State("privacy: mark words of one text", ME, "privacy.marks", WITHIN),
    State("privacy: nothing to mark", ME, "privacy.mark", SURVEY, (MARK,), "privacy.marks", 422),
    State(
        "privacy: the words do not stand there",
        ME,
        "privacy.mark",
        WITHIN,
        (write("The words, as they stand", "Nobody says this"), MARK),
        "privacy.marks",
        422,
    ),
)
# Addresses that answer with something else than a page.
NO_PAGES: Final[Mapping[str, str]] = {}
# What is sent to these is never shown again: they do it, and lead on to a page.
LEAD_ON: Final[Mapping[str, str]] = {"privacy.look": "a button"}


def furnish(session: Session) -> Mapping[str, str]:
    """Fill the database with what these states show, and return the ids they need, by name."""
    survey = session.scalars(select(Survey).where(Survey.code == OPEN)).one()
    me, alder = somebody(session, PEOPLE["consultant"]), submission_of(session, "Alder")
    for id, text in zip((SPOKEN, uuid.uuid4()), STORIES, strict=True):
        comment = Comment(
            id=id,
            submission_id=alder.id,
            question_code="S01.2",
            author_id=me.id,
            text=text,
            created_at=NOON,
        )
        session.add(comment)
        session.flush()
        _mark(session, survey, comment, alder.authority_code)
    marks = session.scalars(select(Mark).where(Mark.survey_id == survey.id)).all()
    for verdict, mark in zip(("held", "cleared", "erased"), marks[2:], strict=False):
        session.add(
            Clearing(
                survey_id=survey.id,
                place=mark.place,
                words_sha256=mark.words_sha256,
                kind=mark.kind,
                verdict=verdict,
                reason="A tool that is named after its maker",
                by_id=me.id,
                at=NOON,
            )
        )
    _send(session, survey, alder)
    session.flush()
    return {}


def _send(session: Session, survey: Survey, alder: Submission) -> None:
    """Let somebody have sent a picture, which no machine can read."""
    upload = Upload(
        id=uuid.uuid4(),
        submission_id=alder.id,
        question_code="S01.5",
        file_key="none",
        file_name="Early help on a page.png",
        media_type="image/png",
        size=20_000,
        sha256="3" * 64,
        uploaded_by_id=somebody(session).id,
        at=NOON,
    )
    session.add(upload)
    session.add(
        Mark(
            survey_id=survey.id,
            place=f"upload/{upload.id.hex}",
            start=0,
            end=0,
            kind=UNREAD,
            reason=PICTURE,
            words_sha256=inspecting.known_by(upload.sha256),
            authority_code=alder.authority_code,
            found_at=NOON,
        )
    )


def _mark(session: Session, survey: Survey, comment: Comment, authority: str) -> None:
    for hit in identifying.find(comment.text):
        session.add(
            Mark(
                survey_id=survey.id,
                place=f"comment/{comment.id.hex}",
                start=hit.start,
                end=hit.end,
                kind=hit.kind,
                reason=hit.reason,
                words_sha256=inspecting.known_by(comment.text[hit.start : hit.end]),
                authority_code=authority,
                found_at=NOON,
            )
        )
