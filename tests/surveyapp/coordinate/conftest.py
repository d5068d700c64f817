"""A consultant signed in, at a client that checks every page."""

import pytest
from sqlalchemy.orm import Session

from surveyapp import people
from surveyapp.models import Person
from tests.surveyapp.browsing import CheckingClient


@pytest.fixture
def consultant(session: Session) -> Person:
    """Somebody who runs the survey."""
    person = people.know(session, "kay@trees.example", "Kay Runs", "consultant")
    session.commit()
    return person


@pytest.fixture
def staff(client: CheckingClient, consultant: Person) -> CheckingClient:
    """The consultant's browser, signed in with both steps."""
    client.sign_in(consultant)
    return client
