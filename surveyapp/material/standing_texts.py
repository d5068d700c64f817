"""Standing texts of the review: what the consultant puts in place of the outline's own."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session, joinedload

from surveyapp.models import StandingText, Survey
from synthesis.findings.basis import Notes
from synthesis.review.outline import CHAPTERS, Outline

CHAPTER: Final = "chapters"
STRAND: Final = "strands"
OUTCOME: Final = "outcomes"
STATUS: Final = "particulars.status"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the review that takes standing text: what it is called, and the outline's own."""

    place: str
    title: str
    group: str
    own: str

    @property
    def is_status(self) -> bool:
        """Say whether it is the line on the cover that says how done the review is."""
        return self.place == STATUS


def places(outline: Outline, names: Mapping[str, str]) -> tuple[Place, ...]:
    """Return every place whose text can be changed; `names` are those of themes, by code."""
    chapters = (
        Place(f"{CHAPTER}.{key}.text", chapter.title, "Chapters", chapter.text)
        for key, chapter in ((key, outline.chapters[key]) for key in CHAPTERS)
    )
    return (
        Place(STATUS, "Status, on the cover", "Cover", outline.status),
        *chapters,
        *_introductions(STRAND, "Strands", outline.strands, names),
        *_introductions(OUTCOME, "Adverse outcomes", outline.outcomes, names),
    )


def latest(
    session: Session, survey: Survey, until: dt.datetime | None = None
) -> Mapping[str, StandingText]:
    """Return the last version of each text that was ever changed, by its place.

    Or the last there was at a moment.
    """
    there_was = StandingText.at <= until if until else true()
    last = (
        select(StandingText.place, func.max(StandingText.version).label("version"))
        .where(StandingText.survey_id == survey.id, there_was)
        .group_by(StandingText.place)
        .subquery()
    )
    rows = session.scalars(
        select(StandingText)
        .join(
            last,
            (last.c.place == StandingText.place) & (last.c.version == StandingText.version),
        )
        .where(StandingText.survey_id == survey.id)
        .options(joinedload(StandingText.author))
    )
    return {row.place: row for row in rows}


def put_in(outline: Outline, texts: Mapping[str, str]) -> Outline:
    """Return the outline with these texts in place of its own; empty words leave its own."""
    wanted = {place: text for place, text in texts.items() if text.strip()}
    chapters = {
        key: replace(chapter, text=wanted.get(f"{CHAPTER}.{key}.text", chapter.text))
        for key, chapter in outline.chapters.items()
    }
    return replace(
        outline,
        status=" ".join(wanted.get(STATUS, outline.status).split()),
        chapters=chapters,
        strands=_with(outline.strands, STRAND, wanted),
        outcomes=_with(outline.outcomes, OUTCOME, wanted),
    )


def _introductions(
    kind: str, group: str, notes: Iterable[Notes], names: Mapping[str, str]
) -> Iterable[Place]:
    for one in notes:
        title = names.get(one.code, one.short or one.code)
        yield Place(f"{kind}.{one.code}.introduction", title, group, one.introduction)


def _with(notes: Iterable[Notes], kind: str, wanted: Mapping[str, str]) -> tuple[Notes, ...]:
    return tuple(
        replace(one, introduction=wanted.get(f"{kind}.{one.code}.introduction", one.introduction))
        for one in notes
    )
