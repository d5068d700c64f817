"""What the tracker costs, over a bare page that renders the same table from memory."""

import datetime as dt
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from flask import Flask, session
from flask.testing import FlaskClient

from benchmarks.tagging import race
from surveyapp import create_app, guards, migrating, people
from surveyapp.config import Settings
from surveyapp.coordinate import services, tracker
from surveyapp.coordinate.routes.room import show, today
from surveyapp.definitions import folder
from surveyapp.definitions.register import RegisteredAuthority
from surveyapp.extensions import db
from surveyapp.models import Person, Submission, Survey

RATIO_GOAL: Final = 2.0
AUTHORITIES: Final = 152
SECTIONS: Final = 20
PAGES: Final = 5
# The survey has been open for five weeks and closes in eleven days, whenever this is run: both
# pages look at it on the same day.
NOW: Final = dt.datetime.now(dt.UTC)
OPENED: Final = NOW - dt.timedelta(days=35)
CLOSES: Final = NOW.date() + dt.timedelta(days=11)
STATUSES: Final = ("not started", "in progress", "finished")
QUESTIONNAIRE: Final = Path(__file__).parents[1] / "questionnaires" / "early_help"


def run() -> bool:
    """Measure, print a line a figure, and say whether the goal is met."""
    with tempfile.TemporaryDirectory() as place, service(Path(place)) as client:
        tracked, bare = race(lambda: get(client, "/staff/bench/"), lambda: get(client, "/bare"))
    ratio = tracked / bare
    print(
        f"tracker of {AUTHORITIES} x {SECTIONS}, milliseconds a page: {tracked / PAGES * 1000:.0f}"
    )
    print(f"tracker, over the same table rendered from memory: {ratio:.2f} (goal {RATIO_GOAL})")
    return ratio <= RATIO_GOAL


@contextmanager
def service(place: Path) -> Iterator[FlaskClient]:
    """Run the service with a survey of invented authorities and a consultant signed in."""
    app = create_app(Settings(instance=place, demo=True))
    with app.test_request_context():
        with db.engine.connect() as connection:
            migrating.upgrade(connection)
        guards.sign_in(fill(), strongly=True)
        kept = dict(session)
    add_bare(app)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie.update(kept)
    yield client
    with app.app_context():
        db.engine.dispose()


def add_bare(app: Flask) -> None:
    """Add the reference: a view that knows the table already and only renders it."""
    with app.app_context():
        survey = db.session.query(Survey).one()
        found = tracker.track(db.session, survey, today(), NOW)
        db.session.expunge(survey)

    def bare() -> str:
        return show("tracker", survey, "tracker", tracker=found, by_name=False, today=today())

    app.add_url_rule("/bare", view_func=bare)


def fill(count: int = AUTHORITIES) -> Person:
    """Set a survey up with its authorities, each somewhere else in its sections."""
    files = {
        file.name: file.read_text("utf-8") for file in QUESTIONNAIRE.iterdir() if file.is_file()
    }
    instruments = services.publish(db.session, folder.parse(files), OPENED)
    plan = services.Plan("bench", "Bench", "Nowhere", OPENED.date(), CLOSES)
    survey = services.set_up(db.session, plan, instruments)
    services.open_survey(db.session, survey, OPENED)
    for number, authority in enumerate(services.register(db.session, authorities(count))):
        advance(services.invite(db.session, survey, authority), number, OPENED)
    person = people.know(db.session, "kay@trees.example", "Kay Runs", "consultant")
    db.session.commit()
    return person


def authorities(count: int = AUTHORITIES) -> Sequence[RegisteredAuthority]:
    """Return invented authorities."""
    begins = dt.date(1998, 4, 1)
    return [
        RegisteredAuthority(f"X09{n:06}", f"Elm {n}", "", "Unitary", begins, None, "", (), (), ())
        for n in range(count)
    ]


def advance(submission: Submission, number: int, at: dt.datetime) -> None:
    """Put a return's sections in states that differ from its neighbours'; keep the first twenty."""
    for state in submission.sections[SECTIONS:]:
        db.session.delete(state)
    for state in submission.sections[:SECTIONS]:
        state.status = STATUSES[(number + state.position) % len(STATUSES)]
        # Some moved today, some last when the survey opened.
        state.last_activity_at = at + dt.timedelta(days=(number + 5 * state.position) % 35)
    submission.last_activity_at = at + dt.timedelta(days=number % 35)


def get(client: FlaskClient, address: str) -> Iterator[int]:
    """Ask for a page a few times, and yield how long each is."""
    for _ in range(PAGES):
        response = client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"A page that fails is fast: {response.status_code}.")
        yield len(response.data)


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
