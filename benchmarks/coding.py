"""What coding the next passage costs among 100,000, over a bare page.

The page of the next passage is measured against the page that shows whoever is signed in their
surveys, on the same server with the same database. The whole step is shown beside it: the line is
sent, a passage is finished, the next one is shown, against a form that writes one row and leads to
the bare page, with the same durability.
"""

import datetime as dt
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Flask, redirect, url_for
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response as Answer

from benchmarks.workbench import AUTHORITIES, PASSAGES, Office, office
from surveyapp.extensions import db
from surveyapp.models import Memo, Person, Survey

RATIO_GOAL: Final = 2.0
STEPS: Final = 20
TRIES: Final = 5
CODER: Final = "kay@trees.example"
NOW: Final = dt.datetime(2015, 8, 1, 9, 0, tzinfo=dt.UTC)


@dataclass
class Desk:
    """A coder's browser, and the page it is on."""

    client: FlaskClient
    token: str
    here: str

    def step(self) -> int:
        """Accept the first suggestion, finish, and look at the next passage."""
        sent = {"command": "1 .", "seen": "S01", "csrf_token": self.token}
        self.here = _led_to(self.client.post(self.here, data=sent))
        return self.look(self.here)

    def bare_step(self) -> int:
        """Have one row written, and look at the bare page."""
        return self.look(_led_to(self.client.post("/bare", data={"csrf_token": self.token})))

    def look(self, address: str) -> int:
        """Look at a page, and return how long it is."""
        answer = self.client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"A page that fails is fast: {answer.status_code}.")
        return len(answer.data)


def run() -> bool:
    """Measure, print a line a figure, and say whether the goal is met."""
    with tempfile.TemporaryDirectory() as place, office(Path(place), AUTHORITIES, PASSAGES) as here:
        desk = _sit_down(here)
        steps = _race(
            lambda: (desk.step() for _ in range(STEPS)),
            lambda: (desk.bare_step() for _ in range(STEPS)),
        )
        pages = _race(
            lambda: (desk.look(desk.here) for _ in range(STEPS)),
            lambda: (desk.look("/account/") for _ in range(STEPS)),
        )
    ratio = pages[0] / pages[1]
    what = f"coding among {PASSAGES:,} passages"
    print(f"{what}, the next passage's page over a bare page: {ratio:.2f} (goal {RATIO_GOAL})")
    print(
        f"{what}, milliseconds of CPU to finish one and see the next: {steps[0] / STEPS * 1000:.1f}"
    )
    print(f"{what}, the same over a form that writes a row: {steps[0] / steps[1]:.2f} (no goal)")
    return ratio <= RATIO_GOAL


def _race(*works: Callable[[], Iterator[object]]) -> tuple[float, ...]:
    """Run the works by turns, and return the CPU seconds of each one's best."""
    taken = [[_seconds(work) for work in works] for _ in range(TRIES)]
    return tuple(min(column) for column in zip(*taken, strict=True))


def _seconds(work: Callable[[], Iterator[object]]) -> float:
    start = time.process_time()
    deque(work(), maxlen=0)
    return time.process_time() - start


def _led_to(answer: TestResponse) -> str:
    if answer.status_code != 302:
        raise RuntimeError(f"It does not lead on: {answer.status_code}.")
    return str(answer.headers["Location"])


def _sit_down(office: Office) -> Desk:
    client = office.clients["coder"]
    with office.app.test_request_context():
        survey = db.session.scalars(select(Survey)).one()
        coder = db.session.scalars(select(Person).where(Person.email == CODER)).one()
        told = Memo(survey_id=survey.id, author_id=coder.id)
        code = survey.code
        db.session.close()
    _add_bare(office.app, told)
    return Desk(client, office.token, _led_to(client.get(f"/coding/{code}/next")))


def _add_bare(app: Flask, told: Memo) -> None:
    """Add the reference: a form that writes a row, and leads on to a page."""

    def bare() -> Answer:
        row = {"survey_id": told.survey_id, "author_id": told.author_id}
        db.session.add(Memo(**row, about="survey", text="Bare.", at=NOW))
        db.session.commit()
        return redirect(url_for("account.mine"))

    app.add_url_rule("/bare", view_func=bare, methods=["POST"])


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
