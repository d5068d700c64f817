"""Builds the review of the tiny region as another machine would, and prints the hashes.

Run by itself: python elsewhere.py FOLDER DAYS, in an environment of its own. The clock of this
process is DAYS ahead, and the survey is loaded into an empty database in FOLDER.
"""

import datetime as dt
import json
import sys
import time
from pathlib import Path

from sqlalchemy import select

from surveyapp import create_app, migrating
from surveyapp.config import Settings
from surveyapp.extensions import db
from surveyapp.models import Build, MemberCheck, Person, Submission, Survey
from surveyapp.review import builds, making
from tests.surveyapp.building import load_tiny

AHEAD = dt.timedelta(days=int(sys.argv[2]))
MOMENT, DAY = dt.datetime, dt.date
TIME, LOCAL, UTC = time.time, time.localtime, time.gmtime


class Moments(type):
    """Takes any moment for one of its own."""

    def __instancecheck__(cls, one: object) -> bool:
        """Say whether it is a moment."""
        return isinstance(one, MOMENT)


class Days(type):
    """Takes any day for one of its own."""

    def __instancecheck__(cls, one: object) -> bool:
        """Say whether it is a day."""
        return isinstance(one, DAY)


class LaterMoment(MOMENT, metaclass=Moments):
    """A clock that is ahead."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
        """Return the moment it is there."""
        return MOMENT.now(tz) + AHEAD

    @classmethod
    def utcnow(cls) -> dt.datetime:
        """Return the moment it is there, as older code asks for it."""
        return MOMENT.now(dt.UTC).replace(tzinfo=None) + AHEAD


class LaterDay(DAY, metaclass=Days):
    """A calendar that is ahead."""

    @classmethod
    def today(cls) -> dt.date:
        """Return the day it is there."""
        return (MOMENT.now(dt.UTC) + AHEAD).date()


def set_clock() -> None:
    """Let this process believe that it is later."""
    time.time = lambda: TIME() + AHEAD.total_seconds()
    time.localtime = lambda at=None: LOCAL(time.time() if at is None else at)
    time.gmtime = lambda at=None: UTC(time.time() if at is None else at)
    dt.datetime, dt.date = LaterMoment, LaterDay


def ask(survey: Survey, person: Person) -> None:
    """Show every authority its words, until a day that has passed by one of the clocks only."""
    today = dt.datetime.now(dt.UTC).date().replace(month=1, day=1)
    rows = select(Submission).where(Submission.survey_id == survey.id)
    for one in db.session.scalars(rows):
        sent = {"submission": one, "person": person, "sent_by": person}
        days = {"sent_on": today, "due_on": today.replace(month=12, day=31)}
        db.session.add(MemberCheck(**sent, **days))
    db.session.flush()


def build(folder: Path) -> dict[str, str]:
    """Load the tiny region, build its review, and return the hashes of the files."""
    app = create_app(Settings(instance=folder, secret_key="not secret"))
    with app.app_context():
        with db.engine.connect() as connection:
            migrating.upgrade(connection)
        survey = load_tiny(db.session)
        person = Person(name="Kay Runs", email="kay@trees.example", staff_role="consultant")
        db.session.add(person)
        db.session.flush()
        ask(survey, person)
        set_clock()
        one = builds.ask(db.session, survey, person, dt.datetime.now(dt.UTC)).id
        db.session.commit()
        workshop = making.Workshop(db.sessionmaker, folder / "reviews", has_pdf=lambda: False)
        making.make(workshop, str(one))
        made = db.session.get_one(Build, one, populate_existing=True)
        return {name: kept["sha256"] for name, kept in made.files.items()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(build(Path(sys.argv[1])), sort_keys=True))
