"""The tiny region, derived."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Person, Survey
from tests.surveyapp.deriving import derive


@pytest.fixture
def derived(session: Session, survey: Survey, consultant: Person) -> Survey:
    """The survey with its passages, tags and cells."""
    derive(session, survey)
    return survey
