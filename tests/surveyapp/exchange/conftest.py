"""A consultant signed in, whose survey has passages."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Person, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.deriving import derive


@pytest.fixture
def consultant(
    session: Session, survey: Survey, client: CheckingClient, consultant: Person
) -> Person:
    derive(session, survey)
    client.sign_in(consultant)
    return consultant
