"""A second round of the tiny survey, and returns that are submitted and opened again."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from surveyapp import example
from surveyapp.coordinate import reopening
from surveyapp.coordinate import services as coordinate
from surveyapp.coordinate.reopening import Request
from surveyapp.models import Authority, Contributor, Person, Reopening, Submission
from surveyapp.people import know
from surveyapp.respond import services as respond
from tests.surveyapp.building import NOON, TINY, somebody

REASON = "The number of families cannot be right."
LATER = NOON + dt.timedelta(days=1)


def consultant(session: Session) -> Person:
    """Return somebody who runs the survey."""
    return know(session, "kay@trees.example", "Kay Runs", "consultant")


def submit(session: Session, submission: Submission, at: dt.datetime = NOON) -> None:
    """Let Birch's coordinator hand a return in."""
    respond.submit(session, submission, somebody(session), at)


def reopen(session: Session, submission: Submission, at: dt.datetime = LATER) -> Reopening:
    """Open a return again."""
    return reopening.reopen(session, submission, Request(consultant(session), REASON, at))


def next_round(
    session: Session, authority: Authority, *, wordings: Sequence[tuple[str, str]] = ()
) -> Submission:
    """Ask an authority the same questions a year later, some of them in other words."""
    folder = example.read(TINY).folder
    asked = folder.snapshots["questionnaire"]
    for was, becomes in wordings:
        assert was in asked
        asked = asked.replace(was, becomes)
    snapshots = {**folder.snapshots, "questionnaire": asked}
    instruments = coordinate.publish(session, replace(folder, snapshots=snapshots), NOON)
    opens = dt.date(2016, 6, 1)
    plan = coordinate.Plan("tiny-2016", "Tiny survey 2016", "Tiny", opens, opens, is_example=True)
    survey = coordinate.set_up(session, plan, instruments)
    coordinate.open_survey(session, survey, NOON)
    submission = coordinate.invite(session, survey, authority)
    session.add(
        Contributor(
            submission=submission, person=somebody(session), coordinator=True, agreed_at=NOON
        )
    )
    session.commit()
    return submission
