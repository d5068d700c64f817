"""What the consultant concluded: findings that are ready, and examples that were left out.

Whether a finding is ready is ruled here alone, so that the pages say just what the build does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from surveyapp.material import checked, decided, held
from surveyapp.models import Finding, FindingPassage, Response, Shortlisting, Survey
from synthesis import material
from synthesis.findings import readiness
from synthesis.findings.readiness import Standing
from synthesis.matrix import unfit

UNCONFIRMED = "no coder has confirmed the strand on it"


@dataclass(frozen=True, slots=True)
class Ground:
    """What findings are judged by: the words as they stand now, what was decided, what is held.

    `responses` need only hold those that the findings cite.
    """

    responses: Mapping[str, material.Response]
    decisions: Sequence[material.Decision]
    held: Sequence[material.Held]


class Chosen(NamedTuple):
    """Examples for the review; `of` is out of how many, 0 where nobody has shortlisted any."""

    practices: tuple[material.Practice, ...]
    of: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, and how it stands."""

    finding: Finding
    standing: Standing

    @property
    def is_ready(self) -> bool:
        """Tell whether it enters the review."""
        return self.standing.state == "ready"


def written(session: Session, survey: Survey) -> Sequence[Finding]:
    """Return the findings of a survey in their order, with their passages."""
    asked = (
        select(Finding)
        .where(Finding.survey_id == survey.id, Finding.removed_at.is_(None))
        .options(selectinload(Finding.passages))
        .order_by(Finding.theme, Finding.place, Finding.id)
    )
    return session.scalars(asked).all()


def weigh(told: material.WrittenFinding, ground: Ground, *, looked: bool) -> Standing:
    """Say how a finding stands, written down or still being written."""
    rulings = readiness.by_place(ground.decisions)
    why = {one: _wrong(one, ground) for one in (*told.speak_for, *told.speak_against)}
    for one in told.speak_for:
        if not why[one] and not readiness.is_confirmed(one, told.theme, rulings):
            why[one] = UNCONFIRMED
    return readiness.weigh(told, looked=looked, why=why)


def judge(findings: Sequence[Finding], ground: Ground) -> tuple[Judged, ...]:
    """Say of each finding how it stands."""
    return tuple(
        Judged(one, weigh(told(one), ground, looked=one.looked_against_at is not None))
        for one in findings
    )


def ground(session: Session, survey: Survey, findings: Iterable[material.WrittenFinding]) -> Ground:
    """Return what findings are judged by, for the responses that they cite."""
    wanted = {cited.response for one in findings for cited in (*one.speak_for, *one.speak_against)}
    if not wanted:
        return Ground({}, (), ())
    asked = select(Response).where(Response.survey_id == survey.id, Response.id.in_(wanted))
    responses = {row.id: _response(row) for row in session.scalars(asked)}
    texts = {id: one.text for id, one in responses.items()}
    made = decided.decisions(session, survey, list(responses))
    marks = (*held.held(session, survey), *checked.held(session, survey, texts))
    return Ground(responses, tuple(decided.standing(made, texts)), marks)


def unready(session: Session, survey: Survey) -> tuple[Judged, ...]:
    """Return the findings that would not enter a review built now, in a fixed number of queries."""
    rows = written(session, survey)
    judged = judge(rows, ground(session, survey, map(told, rows)))
    return tuple(one for one in judged if not one.is_ready)


def findings(session: Session, survey: Survey, ground: Ground) -> tuple[Judged, ...]:
    """Return every finding of a survey and how it stands; only those that are ready go on."""
    return judge(written(session, survey), ground)


def told(finding: Finding) -> material.WrittenFinding:
    """Return a finding as synthesis reads it."""
    return material.WrittenFinding(
        id=finding.id.hex,
        theme=finding.theme,
        claim=finding.claim,
        speak_for=tuple(_cited(row) for row in finding.passages if row.side == "for"),
        speak_against=tuple(_cited(row) for row in finding.passages if row.side == "against"),
    )


def chosen(practices: Sequence[material.Practice], decided: Mapping[str, bool]) -> Chosen:
    """Return the examples that go into the review.

    Once one is shortlisted, only those that are; until then, all that are not left out.
    """
    shortlisted = [one for one in practices if decided.get(one.id)]
    rest = [one for one in practices if decided.get(one.id, True)]
    if not shortlisted:
        return Chosen(tuple(rest), 0)
    return Chosen(tuple(shortlisted), len(practices))


def shortlist(session: Session, survey: Survey) -> Mapping[str, bool]:
    """Return whether each example that was decided on is shortlisted: the last entry holds."""
    asked = select(Shortlisting).where(Shortlisting.survey_id == survey.id)
    rows = session.scalars(asked.order_by(Shortlisting.at, Shortlisting.id))
    return {one.practice: one.shortlisted for one in rows}


def _response(row: Response) -> material.Response:
    return material.Response(
        id=row.id,
        text=row.text,
        authority=row.authority_code,
        source=row.source,
        question_code=row.question_code,
        use_level=cast(material.UseLevel, row.use_level),
        verbatim=row.verbatim,
    )


def _cited(row: FindingPassage) -> material.Cited:
    return material.Cited(row.response, row.start, row.end, row.words)


def _wrong(one: material.Cited, ground: Ground) -> str:
    held = [mark for mark in ground.held if mark.response == one.response]
    return unfit(one, ground.responses.get(one.response), held)
