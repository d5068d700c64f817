"""Builds of the review as pages know them: asked for, numbered, found, and signed off."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from surveyapp import audit
from surveyapp.built import UNDER_WAY
from surveyapp.errors import SurveyError
from surveyapp.models import Build, Person, Survey

JOB: Final = "build_review"
SHOWN: Final = 20


class NotReadyError(SurveyError):
    """A build that cannot be signed off as it is."""


def ask(session: Session, survey: Survey, person: Person, at: dt.datetime) -> Build:
    """Ask for a build; while one of this survey is under way it is that one."""
    # Of two who ask at once, the second waits here and finds the first's.
    session.scalars(select(Survey).where(Survey.id == survey.id).with_for_update()).one()
    going = session.scalars(select(Build).where(Build.survey_id == survey.id, UNDER_WAY)).first()
    if going is not None:
        return going
    last = session.scalar(select(func.max(Build.number)).where(Build.survey_id == survey.id)) or 0
    one = Build(
        survey_id=survey.id,
        number=last + 1,
        asked_by_id=person.id,
        asked_at=at,
        doing="waiting to begin",
    )
    session.add(one)
    audit.record(session, "review.build_asked_for", survey, person, number=one.number)
    return one


def lately(session: Session, survey: Survey, most: int = SHOWN) -> Sequence[Build]:
    """Return the latest builds of a survey."""
    return session.scalars(
        select(Build)
        .where(Build.survey_id == survey.id)
        .options(joinedload(Build.asked_by), joinedload(Build.signed_off_by))
        .order_by(Build.number.desc())
        .limit(most)
    ).all()


def find(session: Session, survey: Survey, build_id: uuid.UUID) -> Build | None:
    """Return one build of this survey."""
    return session.scalars(
        select(Build)
        .where(Build.survey_id == survey.id, Build.id == build_id)
        .options(joinedload(Build.asked_by), joinedload(Build.signed_off_by))
    ).one_or_none()


def before(session: Session, build: Build) -> Build | None:
    """Return the build before this one that was done and still has its files."""
    return session.scalars(
        select(Build)
        .where(
            Build.survey_id == build.survey_id,
            Build.number < build.number,
            Build.done_at.is_not(None),
            Build.forgotten_at.is_(None),
        )
        .order_by(Build.number.desc())
        .limit(1)
    ).one_or_none()


def sign_off(session: Session, build: Build, person: Person, at: dt.datetime) -> None:
    """Sign a build off: from now on it is the review."""
    session.refresh(build, with_for_update=True)
    if build.done_at is None or build.forgotten_at is not None:
        raise NotReadyError("This build has no files to sign off. Build the review again.")
    if build.signed_off_at is None:
        build.signed_off_at, build.signed_off_by_id = at, person.id
        audit.record(session, "review.signed_off", build.survey, person, number=build.number)


def take_back(session: Session, build: Build, person: Person) -> None:
    """Take a sign-off back: the review is open again."""
    if build.signed_off_at is not None:
        build.signed_off_at, build.signed_off_by_id = None, None
        audit.record(session, "review.sign_off_undone", build.survey, person, number=build.number)
