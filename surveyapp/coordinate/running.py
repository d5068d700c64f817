"""Running a survey: its dates, its close, and what was unfinished then."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.coordinate import services, tracker
from surveyapp.errors import SurveyError
from surveyapp.models import AuditEvent, Authority, Submission, Survey


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a close would find, or has found: the returns by what became of them, by name."""

    submitted: tuple[Submission, ...]
    partial: tuple[Submission, ...]
    missing: tuple[Submission, ...]


class DatesError(SurveyError):
    """Dates that a survey cannot have."""


def all_surveys(session: Session) -> Sequence[Survey]:
    """Return every survey, the latest first."""
    return session.scalars(select(Survey).order_by(Survey.opens_on.desc(), Survey.code)).all()


def find(session: Session, code: str) -> Survey:
    """Return the survey with this code, with what it asks."""
    return session.scalars(
        select(Survey).where(Survey.code == code).options(joinedload(Survey.questionnaire))
    ).one()


def extend(session: Session, survey: Survey, closes_on: dt.date, at: dt.datetime) -> None:
    """Give everybody more time; a survey that had closed is opened again."""
    if closes_on <= survey.closes_on:
        raise DatesError("The new last day must be later than the one there is.")
    today = tracker.on_day(at)
    # An example's time stands still at its last day.
    if today and closes_on < today and not survey.is_example:
        raise DatesError("The new last day must be today or later.")
    survey.closes_on = closes_on
    if survey.closed_at is not None:
        services.open_survey(session, survey, survey.opened_at or at)
    session.flush()


def close(session: Session, survey: Survey, at: dt.datetime) -> Sequence[Submission]:
    """Take no more answers, and return the unfinished returns: partial from now on.

    Their answers stay as they are. What makes a return partial is that it was begun and not
    submitted when the survey closed, so an extension undoes it.
    """
    services.close_survey(session, survey, at)
    return unfinished(session, survey)


def by_name(session: Session, survey: Survey) -> Sequence[Submission]:
    """Return the returns of a survey with their authorities, in the order of their names."""
    return session.scalars(
        select(Submission)
        .join(Submission.authority)
        .where(Submission.survey_id == survey.id)
        .options(joinedload(Submission.authority))
        .order_by(Authority.name)
    ).all()


def outcome(session: Session, survey: Survey) -> Outcome:
    """Return what a close would find, or has found."""
    returns = by_name(session, survey)
    return Outcome(
        submitted=tuple(one for one in returns if one.submitted_at),
        partial=tuple(one for one in returns if not one.submitted_at and one.last_activity_at),
        missing=tuple(one for one in returns if not one.submitted_at and not one.last_activity_at),
    )


def taken_at(session: Session, survey: Survey) -> dt.datetime | None:
    """Return when the survey took the questionnaire that it asks; None where nobody noted it.

    A snapshot may be older: what says the same as an earlier survey is published once.
    """
    events = session.execute(
        select(AuditEvent.at, AuditEvent.action, AuditEvent.detail)
        .where(
            AuditEvent.subject_type == "survey",
            AuditEvent.subject_id == str(survey.id),
            AuditEvent.action.in_(("survey.set_up", "survey.published")),
        )
        .order_by(AuditEvent.at.desc())
    )
    took = (one for one in events if "questionnaire" in one.detail.get("parts", ("questionnaire",)))
    return next((one.at for one in took), None)


def unfinished(session: Session, survey: Survey) -> Sequence[Submission]:
    """Return what has been begun and not submitted."""
    return session.scalars(
        select(Submission).where(
            Submission.survey_id == survey.id,
            Submission.submitted_at.is_(None),
            Submission.last_activity_at.is_not(None),
        )
    ).all()
