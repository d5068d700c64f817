"""How a finding stands: whether it may enter the review, and how it would be printed."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.findings import passages
from surveyapp.findings.drafting import Draft
from surveyapp.material import concluded, gathering
from surveyapp.models import Cell, Survey
from synthesis.findings import Scale, Speech
from synthesis.findings.readiness import Standing
from synthesis.findings.written import base_of, wording
from synthesis.material import WrittenFinding

_SCALES: dict[uuid.UUID, Scale] = {}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A passage that was chosen and does not count, and why."""

    authority: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """How a draft stands, how it would be printed, and which passages do not count.

    `both_sides` are the authorities that speak for it and against it.
    """

    standing: Standing
    printed: str
    left_out: tuple[LeftOut, ...]
    both_sides: tuple[str, ...] = ()

    @property
    def speaks_for(self) -> int:
        """Return how many passages count for it."""
        return len(self.standing.written.speak_for)

    @property
    def speaks_against(self) -> int:
        """Return how many passages count against it."""
        return len(self.standing.written.speak_against)


def weigh(session: Session, survey: Survey, draft: Draft) -> Weighed:
    """Say how a draft stands, and how the review would print it."""
    found = concluded.ground(session, survey, [draft.as_written()])
    standing = concluded.weigh(draft.as_written(), found, looked=draft.looked)
    owners = {id: one.authority for id, one in found.responses.items()}
    names = passages.named(session, set(owners.values()))
    left_out = tuple(
        LeftOut(names.get(owners.get(one.response, ""), "Not known"), one.words, why)
        for one, why in standing.left_out
    )
    printed = sentence(survey, standing.written, owners, bases(session, survey))
    sides = (standing.written.speak_for, standing.written.speak_against)
    for_it, against_it = ({owners[one.response] for one in side} for side in sides)
    both = sorted(names.get(code, code) for code in for_it & against_it)
    return Weighed(standing, printed, left_out, tuple(both))


def bases(session: Session, survey: Survey) -> Mapping[str, frozenset[str]]:
    """Return for each theme the authorities whose words could have held it, or do hold it.

    It is what `Matrix.answering` returns: the cells are written without any passage, so whoever
    speaks of a theme that they were not asked about there is known only by what is found.
    """
    found: dict[str, set[str]] = {}
    asked = select(Cell.theme, Cell.authority_code).where(
        Cell.survey_id == survey.id, sa.or_(Cell.worded.is_(True), Cell.found > 0)
    )
    for theme, code in session.execute(asked):
        found.setdefault(theme, set()).add(code)
    return {theme: frozenset(codes) for theme, codes in found.items()}


def sentence(
    survey: Survey,
    written: WrittenFinding,
    owners: Mapping[str, str],
    answering: Mapping[str, frozenset[str]],
) -> str:
    """Return a claim as the review prints it; `owners` leads from responses to authorities."""
    speak_for, speak_against = (
        {owners[one.response] for one in side}
        for side in (written.speak_for, written.speak_against)
    )
    base = base_of(answering.get(written.theme, frozenset()), speak_for, speak_against)
    return wording(Speech(_scale(survey)), written.claim, len(speak_for), len(base))


def _scale(survey: Survey) -> Scale:
    """Return the scale of words of a survey's outline; a snapshot never changes."""
    if survey.outline_id not in _SCALES:
        _SCALES[survey.outline_id] = gathering.read_outline(survey).scale
    return _SCALES[survey.outline_id]
