"""What a save costs under load, over a minimal view that inserts one row and commits.

Both are served alike: gunicorn, four workers of two threads, the same database and the same
durability. Locust takes turns between them in short rounds, so that a busy machine slows both.
"""

import datetime as dt
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from flask import Flask, request
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from benchmarks import tracker
from benchmarks.serving import keys, postgres, served
from surveyapp import create_app, migrating, published
from surveyapp.config import Settings
from surveyapp.coordinate import services
from surveyapp.definitions import folder
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.extensions import begin_writing, db, prepare
from surveyapp.models import Contributor, Person, Submission

RATIO_GOAL: Final = 0.5
P99_GOAL: Final = 3.0
USERS: Final = 20
ROUNDS: Final = 5
SECONDS: Final = 6
WARM_SECONDS: Final = 3


class Base(DeclarativeBase):
    """The tables of the bare service."""


class Line(Base):
    """What the bare service keeps."""

    __tablename__ = "bench_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


@dataclass(frozen=True, slots=True)
class Measured:
    """One round of load: saves a second, and what nearly all of them took at most."""

    rate: float
    p99: float
    failures: int


def run() -> bool:
    """Measure on both databases, print a line a figure, and say whether all goals are met."""
    with postgres() as url:
        return all([_compare("SQLite", ""), _compare("PostgreSQL", url)])


def bare() -> Flask:
    """Return the reference: a view that inserts what it is sent, and commits."""
    app = Flask("bare")
    app.config["SQLALCHEMY_ENGINES"] = {"default": os.environ["BARE_URL"]}
    rows = SQLAlchemy(app)
    with app.app_context():
        prepare(rows.engine)

    @app.post("/save")
    def save() -> dict[str, object]:
        begin_writing(rows.session)
        rows.session.add(Line(text=next(v for k, v in request.form.items() if k.endswith("text"))))
        rows.session.commit()
        return {"state": "saved"}

    return app


def _compare(kind: str, url: str) -> bool:
    with tempfile.TemporaryDirectory() as place:
        rounds = _rounds(Path(place), url)
    ours, bare = ([pair[side] for pair in rounds] for side in (0, 1))
    rates = [statistics.median(one.rate for one in side) for side in (ours, bare)]
    p99s = [statistics.median(one.p99 for one in side) for side in (ours, bare)]
    failures = sum(one.failures for one in (*ours, *bare))
    ratio, slowest = rates[0] / rates[1], p99s[0] / p99s[1]
    print(f"saving on {kind}, saves a second: {rates[0]:.0f}, bare {rates[1]:.0f} (no goal)")
    print(f"saving on {kind}, throughput over the bare view's: {ratio:.2f} (goal {RATIO_GOAL})")
    print(f"saving on {kind}, p99 in milliseconds: {p99s[0]:.0f}, bare {p99s[1]:.0f} (no goal)")
    print(f"saving on {kind}, p99 over the bare view's: {slowest:.2f} (goal {P99_GOAL})")
    print(f"saving on {kind}, saves that failed: {failures} (goal 0)")
    return ratio >= RATIO_GOAL and slowest <= P99_GOAL and not failures


def _rounds(place: Path, url: str) -> list[tuple[Measured, Measured]]:
    bare_url = url or f"sqlite:///{place / 'bare.db'}"
    lay(bare_url)
    people = fill(place, url)
    settings = {"INSTANCE": str(place), "DATABASE_URL": url, "DEMO": "1"}
    with (
        served("wsgi:app", settings) as ours,
        served("benchmarks.saving:bare()", {"BARE_URL": bare_url}) as bare,
    ):
        done = []
        for number in range(ROUNDS + 1):
            # New people with empty returns: those of a round before would meet their own words.
            users = people[number * USERS : (number + 1) * USERS]
            seconds = SECONDS if number else WARM_SECONDS
            plain = [_bare_user(one) for one in users]
            done.append((_load(ours, place, users, seconds), _load(bare, place, plain, seconds)))
        return done[1:]


def lay(url: str) -> None:
    """Make the table of the bare service."""
    engine = prepare(sa.create_engine(url))
    Base.metadata.create_all(engine)
    engine.dispose()


def fill(place: Path, url: str) -> list[dict[str, object]]:
    """Set a survey up with twenty returns a round, and return who types in which of their boxes."""
    app = create_app(Settings(instance=place, database_url=url, demo=True))
    with app.test_request_context():
        with db.engine.connect() as connection:
            migrating.upgrade(connection)
        found = [_join(app, one, number) for number, one in enumerate(set_up(USERS * (ROUNDS + 1)))]
        db.session.commit()
        db.engine.dispose()
    return found


def set_up(many: int) -> list[Submission]:
    """Publish the real questionnaire and guide, open a survey and invite invented authorities."""
    files = {
        file.name: file.read_text("utf-8")
        for file in tracker.QUESTIONNAIRE.iterdir()
        if file.is_file()
    }
    now = dt.datetime(2015, 6, 16, tzinfo=dt.UTC)
    instruments = services.publish(db.session, folder.parse(files), now)
    plan = services.Plan("bench", "Bench", "Nowhere", now.date(), dt.date(2015, 7, 31))
    survey = services.set_up(db.session, plan, instruments)
    services.open_survey(db.session, survey, now)
    known = services.register(db.session, tracker.authorities()[:many])
    return [services.invite(db.session, survey, authority) for authority in known]


def _join(app: Flask, submission: Submission, number: int) -> dict[str, object]:
    person = Person(email=f"writer{number}@elm.example", name=f"Wim Elm {number}")
    db.session.add(
        Contributor(submission=submission, person=person, agreed_at=submission.survey.opened_at)
    )
    db.session.flush()
    cookie, token = keys(app, person)
    boxes = list(_boxes(published.asked(submission), submission))
    return {"cookie": cookie, "token": token, "boxes": boxes}


def _boxes(questionnaire: Questionnaire, submission: Submission) -> Iterator[tuple[str, str]]:
    """Yield every question that takes long words from the start, and where it is saved."""
    for section in questionnaire.sections:
        for question in section.questions:
            if question.type == "long" and question.show_if is None:
                yield question.code, f"/r/{submission.id}/sections/{section.code}/typing"


def _bare_user(user: Mapping[str, object]) -> dict[str, object]:
    return {**user, "boxes": [("bare", "/save")]}


def _load(host: str, place: Path, users: list[dict[str, object]], seconds: int) -> Measured:
    """Let twenty people save for some seconds, in a process of its own: locust patches sockets."""
    file = place / "users.json"
    file.write_text(json.dumps(users), "utf-8")
    people = ["--headless", "--users", str(USERS), "--spawn-rate", str(USERS), "--reset-stats"]
    told = ["--run-time", f"{seconds}s", "--host", host, "--json", "--loglevel", "ERROR"]
    command = [sys.executable, "-m", "locust", "--locustfile", "benchmarks/locustfile.py"]
    done = subprocess.run(  # noqa: S603 - our own file
        [*command, *people, *told],
        env={**os.environ, "USERS": str(file)},
        capture_output=True,
        text=True,
        check=False,
    )
    stats = json.loads(done.stdout)
    if not stats:
        raise RuntimeError(done.stderr)
    return _read(stats[0])


def _read(stats: Mapping[str, Any]) -> Measured:
    lasted = stats["last_request_timestamp"] - stats["start_time"]
    left = stats["num_requests"] * 0.99
    for milliseconds, times in sorted((float(k), v) for k, v in stats["response_times"].items()):
        left -= times
        if left <= 0:
            return Measured(stats["num_requests"] / lasted, milliseconds, stats["num_failures"])
    raise ValueError(stats)


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
