"""One return as its consultant sees it: how far it is, who completes it, and what happened."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp import published
from surveyapp.coordinate import people, records, tracker, trail
from surveyapp.coordinate.people import Team
from surveyapp.coordinate.records import Letter
from surveyapp.coordinate.tracker import Line
from surveyapp.coordinate.trail import Happening, Pages
from surveyapp.models import (
    Contributor,
    Person,
    Reopening,
    SectionState,
    Submission,
    Survey,
)


@dataclass(frozen=True, slots=True)
class Look:
    """When somebody looks: the day in England, and the moment."""

    today: dt.date
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Return:
    """Everything about one return but its answers."""

    line: Line
    team: Team
    sections: Sequence[SectionState]
    titles: Mapping[str, str]
    reopenings: Sequence[Reopening]
    letters: Sequence[Letter]
    events: Sequence[Happening]
    more_events: bool

    @property
    def submission(self) -> Submission:
        """Return the return's own row."""
        return self.team.submission


def read(session: Session, survey: Survey, submission: Submission, look: Look) -> Return:
    """Return everything about one return but its answers."""
    asked = published.questionnaire(submission.questionnaire)
    lines = tracker.track(session, survey, look.today, look.at).lines
    events, more = trail.of_return(session, submission, Pages(size=trail.ON_A_RETURN))
    return Return(
        line=next(line for line in lines if line.submission_id == submission.id),
        team=people.team(session, survey, submission, look.at),
        sections=_sections(session, submission),
        titles={section.code: section.title for section in asked.sections},
        reopenings=_reopenings(session, submission),
        letters=records.of_return(session, submission, look.at),
        events=events,
        more_events=more,
    )


def _sections(session: Session, submission: Submission) -> Sequence[SectionState]:
    return session.scalars(
        select(SectionState)
        .where(SectionState.submission_id == submission.id)
        .options(
            joinedload(SectionState.assigned_to)
            .joinedload(Contributor.person)
            .load_only(Person.name)
        )
        .order_by(SectionState.position)
    ).all()


def _reopenings(session: Session, submission: Submission) -> Sequence[Reopening]:
    return session.scalars(
        select(Reopening)
        .where(Reopening.submission_id == submission.id)
        .options(joinedload(Reopening.reopened_by))
        .order_by(Reopening.at.desc(), Reopening.id)
    ).all()
