"""A check of Alder’s, sent, with everything derived."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.built import FOLDER
from surveyapp.config import Settings
from surveyapp.models import (
    Contributor,
    MemberCheck,
    Person,
    Survey,
)
from tests.surveyapp.building import NOON
from tests.surveyapp.checking import building_checks
from tests.surveyapp.deriving import derive


@pytest.fixture
def folder(settings: Settings) -> Path:
    return settings.instance / FOLDER


@pytest.fixture
def consultant(session: Session, survey: Survey, consultant: Person) -> Person:
    for part in session.scalars(select(Contributor)):
        part.agreed_at = NOON
    survey.is_example = False
    derive(session, survey)
    return consultant


@pytest.fixture
def check(session: Session, survey: Survey, consultant: Person, folder: Path) -> MemberCheck:
    return building_checks.send(session, survey, consultant, folder)
