"""A workshop that builds where a test can look."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from surveyapp import built
from surveyapp.config import Settings
from surveyapp.extensions import db
from surveyapp.models import Build, Person, Survey
from surveyapp.review.making import Workshop
from tests.surveyapp.review.made import make


@pytest.fixture
def folder(settings: Settings) -> Path:
    """Where builds are kept."""
    return settings.instance / built.FOLDER


@pytest.fixture
def workshop(session: Session, folder: Path) -> Workshop:
    """A workshop without LibreOffice, which takes its time."""
    assert session.bind is not None
    return Workshop(db.sessionmaker, folder, has_pdf=lambda: False)


@pytest.fixture
def made(session: Session, survey: Survey, consultant: Person, workshop: Workshop) -> Build:
    """A build of the tiny region that is done."""
    return make(session, survey, consultant, workshop)
