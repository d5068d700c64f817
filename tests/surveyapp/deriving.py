"""A survey whose passages are derived, for tests of what is built on them."""

from sqlalchemy.orm import Session

from surveyapp.derived import deriving, fingerprint
from surveyapp.extensions import begin_writing, db
from surveyapp.models import Derivation, Survey
from tests.surveyapp.building import NOON


def derive(session: Session, survey: Survey) -> None:
    """Derive a survey's passages, tags and cells, as the job does."""
    survey_id = survey.id
    session.commit()
    told = deriving.derive(db.sessionmaker, survey_id)
    session.expire_all()
    begin_writing(session)
    row = session.get(Derivation, survey.id) or Derivation(survey_id=survey.id)
    row.fingerprint, row.derived_at, row.codebook_id = told, NOON, survey.codebook_id
    session.add(row)
    session.commit()
    assert told == fingerprint.of(session, survey)
