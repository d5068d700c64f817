"""The states of the pages of the room privacy."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.derived import inspecting
from surveyapp.models import Clearing, Comment, Mark, Survey
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
CHOOSE: Final = tick("Zephyrine: name, Alder")


def _state(name: str, *steps: object, **parts: str) -> State:
    return State(f"privacy: {name}", ME, "privacy.overview", SURVEY | parts, steps)


STATES: Final = (
    _state("what is to be decided"),
    _state("one kind", show="open", kind="name"),
    _state("what is kept held back", show="held"),
    _state("what was cleared", show="cleared"),
    _state("what was erased", show="erased"),
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
)
# Addresses that answer with something else than a page.
NO_PAGES: Final[Mapping[str, str]] = {}
# What is sent to these is never shown again: they do it, and lead on to a page.
LEAD_ON: Final[Mapping[str, str]] = {"privacy.look": "a button"}


def furnish(session: Session) -> Mapping[str, str]:
    """Fill the database with what these states show, and return the ids they need, by name."""
    survey = session.scalars(select(Survey).where(Survey.code == OPEN)).one()
    me, alder = somebody(session, PEOPLE["consultant"]), submission_of(session, "Alder")
    for text in STORIES:
        comment = Comment(
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
    session.flush()
    return {}


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
