"""Words that may identify a child, as marks that nobody has cleared."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Clearing, Mark, Survey
from synthesis import material


def held(session: Session, survey: Survey) -> tuple[material.Held, ...]:
    """Return what is held back in a survey's responses, in two queries."""
    verdicts = _verdicts(session, survey)
    marks = select(Mark).where(Mark.survey_id == survey.id)
    return tuple(
        material.Held(one.place, one.start, one.end, one.kind)
        for one in session.scalars(marks.order_by(Mark.place, Mark.start, Mark.end, Mark.kind))
        if verdicts.get((one.place, one.words_sha256)) != "cleared"
    )


def cleared(session: Session, survey: Survey) -> tuple[str, ...]:
    """Return the hashes of words that a person has cleared wherever they were marked."""
    verdicts = _verdicts(session, survey)
    refused = {words for (_, words), verdict in verdicts.items() if verdict != "cleared"}
    return tuple(sorted({words for _, words in verdicts} - refused))


def _verdicts(session: Session, survey: Survey) -> dict[tuple[str, str], str]:
    """Return what was decided last about words at a place."""
    made = select(Clearing).where(Clearing.survey_id == survey.id)
    found = session.scalars(made.order_by(Clearing.at, Clearing.id))
    return {(one.place, one.words_sha256): one.verdict for one in found}
