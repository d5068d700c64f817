"""Kay, who codes and keeps the codebook, with her browser open."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Passage, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.coding import keeping_codebook
from tests.surveyapp.coding.at_work import Coder, coder
from tests.surveyapp.deriving import derive


@pytest.fixture
def kay(session: Session, survey: Survey, client: CheckingClient) -> Coder:
    """Kay, at the passages of a survey."""
    kay = coder(session, survey)
    client.sign_in(kay.person)
    return kay


@pytest.fixture
def schools(session: Session, kay: Coder) -> str:
    """The passage with three suggestions: E1, E2 and P2."""
    asked = select(Passage.key).where(Passage.words.like("Schools ring us%"))
    return session.scalars(asked).one()


@pytest.fixture
def desk(session: Session, survey: Survey, client: CheckingClient) -> CheckingClient:
    """Kay's browser, at a survey with two strands that nobody asks about."""
    client.sign_in(keeping_codebook.kay(session))
    keeping_codebook.add(session, survey, keeping_codebook.CALLS, keeping_codebook.DOORS)
    derive(session, survey)
    return client
