"""Builds of the tiny region, made as the job makes them."""

from sqlalchemy.orm import Session

from surveyapp.models import Build, Person, Survey
from surveyapp.review import builds, making
from surveyapp.review.making import Workshop
from tests.surveyapp.building import NOON


def make(session: Session, survey: Survey, person: Person, workshop: Workshop) -> Build:
    """Ask for a build and make it; NOON stands for when it was asked for."""
    one = builds.ask(session, survey, person, NOON)
    session.commit()
    making.make(workshop, str(one.id))
    session.expire_all()
    return one
