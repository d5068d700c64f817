"""The tiny region, derived, and a consultant who works on it."""

import pytest
from sqlalchemy.orm import Session

from surveyapp import people
from surveyapp.models import Person, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.deriving import derive


@pytest.fixture
def consultant(session: Session, survey: Survey) -> Person:
    """Somebody who codes and charts."""
    person = people.know(session, "kay@trees.example", "Kay Charts", "consultant")
    session.commit()
    return person


@pytest.fixture
def derived(session: Session, survey: Survey, consultant: Person) -> Survey:
    """The survey with its passages, tags and cells."""
    derive(session, survey)
    return survey


@pytest.fixture
def staff(client: CheckingClient, consultant: Person) -> CheckingClient:
    """The consultant's browser, signed in with both steps."""
    client.sign_in(consultant)
    return client
