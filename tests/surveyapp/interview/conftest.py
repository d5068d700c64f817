"""A call with Birch, and its interviewer."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Interview, Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.interview.calls import call_with


@pytest.fixture
def call(session: Session, birch: Submission) -> Interview:
    """A call that nobody has been asked for consent on yet."""
    return call_with(session, birch)


@pytest.fixture
def iris(client: CheckingClient, call: Interview) -> CheckingClient:
    """The interviewer, signed in."""
    client.sign_in(call.interviewer)
    return client
