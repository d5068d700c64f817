"""Every finding of a survey by its theme, how it stands and what it waits for."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.findings import drafting, weighing
from surveyapp.findings.passages import GIVEN
from surveyapp.material import codebooks, concluded
from surveyapp.material.concluded import Judged
from surveyapp.models import Finding, Passage, Survey, Tag
from synthesis.codebook import Theme


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: what it says, how it stands, and how many authorities say so."""

    judged: Judged
    printed: str
    speaks_for: int
    speaks_against: int

    @property
    def finding(self) -> Finding:
        """Return the finding."""
        return self.judged.finding


@dataclass(frozen=True, slots=True)
class Group:
    """The findings on one theme, and how many confirmed passages there are to write from."""

    theme: Theme
    lines: tuple[Line, ...]
    passages: int


def groups(session: Session, survey: Survey) -> tuple[Group, ...]:
    """Return every strand and outcome with its findings, in a fixed number of queries."""
    rows = concluded.written(session, survey)
    ground = concluded.ground(session, survey, map(concluded.told, rows))
    judged = concluded.judge(rows, ground)
    bases = weighing.bases(session, survey)
    owners = {id: one.authority for id, one in ground.responses.items()}
    lines: dict[str, list[Line]] = {}
    for one in judged:
        written = one.standing.written
        sentence = weighing.sentence(survey, written, owners, bases)
        counts = len(written.speak_for), len(written.speak_against)
        lines.setdefault(written.theme, []).append(Line(one, sentence, *counts))
    there = _confirmed(session, survey)
    return tuple(
        Group(theme, tuple(lines.get(theme.code, ())), there.get(theme.code, 0))
        for theme in drafting.themes(codebooks.current(survey))
    )


def removed(session: Session, survey: Survey) -> Sequence[Finding]:
    """Return the findings that were removed, the latest first."""
    asked = select(Finding).where(Finding.survey_id == survey.id, Finding.removed_at.is_not(None))
    return session.scalars(asked.order_by(Finding.removed_at.desc(), Finding.id)).all()


def _confirmed(session: Session, survey: Survey) -> dict[str, int]:
    """Return how many passages a coder confirmed under each theme."""
    asked = (
        select(Tag.theme, func.count())
        .join(Passage, Passage.key == Tag.passage_key)
        .where(
            Tag.survey_id == survey.id,
            Tag.verdict.in_(GIVEN),
            Passage.use_level != "withheld",
            Passage.held.is_(False),
        )
        .group_by(Tag.theme)
    )
    return dict(session.execute(asked).all())
