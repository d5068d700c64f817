"""A consultant who writes findings, and passages to write them from."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Person, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.findings.confirming import (
    ALDER,
    BIRCH,
    BIRCH_AGAINST,
    consultant,
    decide,
    write_birch,
)


@pytest.fixture
def con(session: Session, survey: Survey, client: CheckingClient) -> Person:
    """A consultant, signed in, with two answers derived."""
    write_birch(session, survey)
    person = consultant(session)
    session.commit()
    client.sign_in(person)
    return person


@pytest.fixture
def keys(session: Session, survey: Survey, con: Person) -> dict[str, str]:
    """The keys of three passages, on which the strand is confirmed."""
    found = {words: decide(session, survey, words) for words in (ALDER, BIRCH, BIRCH_AGAINST)}
    session.commit()
    return found
