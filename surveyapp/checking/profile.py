"""An authority's profile, as it can look at it: what it returned, rated, shared and offers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.material import codebooks, gathering
from surveyapp.models import Cell, Submission, Summary
from synthesis.codebook import Theme
from synthesis.material import KeyContact, Practice, SharedDocument

# What leads the consultant to a passage says nothing to anybody else.
POINTER: Final = re.compile(r"\s*\[[0-9a-f]{8}\]")


@dataclass(frozen=True, slots=True)
class Strand:
    """What the review holds on one strand: ratings in words, passages, the consultant's summary."""

    name: str
    ratings: tuple[str, ...]
    found: int
    state: str
    summary: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One authority as the review sees it."""

    strands: tuple[Strand, ...]
    practices: tuple[Practice, ...]
    documents: tuple[SharedDocument, ...]
    contacts: tuple[KeyContact, ...]


def read(session: Session, submission: Submission) -> Profile:
    """Return a profile, in a fixed number of queries."""
    survey, code = submission.survey, submission.authority_code
    offered = gathering.offered_by(session, submission)
    schedule = gathering.read_schedule(survey)
    scale = dict(schedule.scale)
    topics = {question.code: question.theme for question in schedule.questions()}
    ratings: dict[str, list[str]] = {}
    for one in offered.ratings:
        words = scale.get(one.value, "") if one.value is not None else one.missing
        ratings.setdefault(topics.get(one.question_code, ""), []).append(str(words))
    of_authority = (Cell.survey_id == survey.id, Cell.authority_code == code)
    cells = {one.theme: one for one in session.scalars(select(Cell).where(*of_authority))}
    summaries = {
        one.theme: one.text
        for one in session.scalars(
            select(Summary).where(Summary.survey_id == survey.id, Summary.authority_code == code)
        )
    }
    themes = codebooks.current(survey).of_kind("strand")
    return Profile(
        strands=tuple(_strands(themes, ratings, cells, summaries)),
        practices=tuple(one for one in offered.practices if one.consent),
        documents=tuple(one for one in offered.documents if one.may_share),
        # One person may answer for many strands, and is named once here.
        contacts=tuple(
            {(one.name, one.role): one for one in offered.contacts if one.may_publish}.values()
        ),
    )


def _strands(
    themes: Sequence[Theme],
    ratings: Mapping[str, Sequence[str]],
    cells: Mapping[str, Cell],
    summaries: Mapping[str, str],
) -> list[Strand]:
    return [
        Strand(
            name=theme.name,
            ratings=tuple(dict.fromkeys(ratings.get(theme.code, ()))),
            found=cells[theme.code].found if theme.code in cells else 0,
            state=cells[theme.code].empty if theme.code in cells else "",
            summary=POINTER.sub("", summaries.get(theme.code, "")),
        )
        for theme in themes
    ]
