"""Words that may identify a child, as marks that nobody has cleared."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Clearing, Mark, Survey
from synthesis import material


def held(session: Session, survey: Survey) -> tuple[material.Held, ...]:
    """Return what is held back in a survey's responses, in two queries."""
    verdicts: dict[tuple[str, str], str] = {}
    made = select(Clearing).where(Clearing.survey_id == survey.id)
    for one in session.scalars(made.order_by(Clearing.at, Clearing.id)):
        verdicts[one.place, one.words_sha256] = one.verdict
    marks = select(Mark).where(Mark.survey_id == survey.id)
    return tuple(
        material.Held(one.place, one.start, one.end, one.kind)
        for one in session.scalars(marks.order_by(Mark.place, Mark.start, Mark.end, Mark.kind))
        if verdicts.get((one.place, one.words_sha256)) != "cleared"
    )
