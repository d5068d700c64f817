"""What the consultant concluded: findings that are ready, and examples that were left out."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from surveyapp.models import Finding, FindingPassage, Shortlisting, Survey
from synthesis import material


def findings(session: Session, survey: Survey) -> tuple[material.WrittenFinding, ...]:
    """Return the findings for which somebody has looked for what speaks against them."""
    asked = (
        select(Finding)
        .where(
            Finding.survey_id == survey.id,
            Finding.removed_at.is_(None),
            Finding.looked_against_at.is_not(None),
        )
        .options(selectinload(Finding.passages))
        .order_by(Finding.theme, Finding.place, Finding.id)
    )
    return tuple(
        material.WrittenFinding(
            id=one.id.hex,
            theme=one.theme,
            claim=one.claim,
            speak_for=tuple(_cited(row) for row in one.passages if row.side == "for"),
            speak_against=tuple(_cited(row) for row in one.passages if row.side == "against"),
        )
        for one in session.scalars(asked)
    )


def left_out(session: Session, survey: Survey) -> frozenset[str]:
    """Return the ids of the examples that the shortlist leaves out: of several entries the last."""
    asked = select(Shortlisting).where(Shortlisting.survey_id == survey.id)
    last = {one.practice: one for one in session.scalars(asked.order_by(Shortlisting.at))}
    return frozenset(name for name, one in last.items() if not one.shortlisted)


def _cited(row: FindingPassage) -> material.Cited:
    return material.Cited(row.response, row.start, row.end, row.words)
