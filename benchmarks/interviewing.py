"""How long a letter typed on a call waits until it is saved, beside a view that inserts a row.

Twenty interviewers type at once, five letters a second each, as the live screen sends them: at most
one save under way, the newest text after each answer. Both are served alike: gunicorn, four workers
of two threads, the same database and the same durability; the two take turns in short rounds.
"""

import datetime as dt
import json
import os
import statistics
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from flask import Flask

from benchmarks import saving
from benchmarks.serving import keys, postgres, served
from surveyapp import create_app, migrating
from surveyapp.config import Settings
from surveyapp.extensions import db
from surveyapp.interview import services as interviewing
from surveyapp.interview.services import Call, Consent
from surveyapp.models import Interview, Person, Submission

P99_GOAL: Final = 3.0
PEOPLE: Final = 20
ROUNDS: Final = 5
SECONDS: Final = 10
WARM_SECONDS: Final = 4
TYPISTS: Final = "benchmarks/typists.py"
LETTER, HALF, NEARLY_ALL = "letter", 0.5, 0.99


@dataclass(frozen=True, slots=True)
class Typed:
    """One round: how long a letter waited in the middle and nearly at most, and what failed."""

    middle: float
    p99: float
    letters: int
    failures: int


def run() -> bool:
    """Measure on both databases, print a line a figure, and say whether all goals are met."""
    with postgres() as url:
        return all([_compare("SQLite", ""), _compare("PostgreSQL", url)])


def _compare(kind: str, url: str) -> bool:
    with tempfile.TemporaryDirectory() as place:
        rounds = _rounds(Path(place), url)
    ours, bare = ([pair[side] for pair in rounds] for side in (0, 1))
    middles = [statistics.median(one.middle for one in side) for side in (ours, bare)]
    p99s = [statistics.median(one.p99 for one in side) for side in (ours, bare)]
    failures = sum(one.failures for one in (*ours, *bare))
    letters = [sum(one.letters for one in side) for side in (ours, bare)]
    what = f"typing on {kind}, key to saved"
    print(f"{what}, letters: {letters[0]}, bare {letters[1]} (no goal)")
    print(f"{what}, median in milliseconds: {middles[0]:.0f}, bare {middles[1]:.0f} (no goal)")
    print(f"{what}, p99 in milliseconds: {p99s[0]:.0f}, bare {p99s[1]:.0f} (no goal)")
    print(f"{what}, p99 over the bare view's: {p99s[0] / p99s[1]:.2f} (goal {P99_GOAL})")
    print(f"{what}, what failed: {failures} (goal 0)")
    return p99s[0] <= P99_GOAL * p99s[1] and not failures


def _rounds(place: Path, url: str) -> list[tuple[Typed, Typed]]:
    bare_url = url or f"sqlite:///{place / 'bare.db'}"
    saving.lay(bare_url)
    typists = fill(place, url)
    plain = [{**one, "address": "/save", "is_bare": True} for one in typists]
    settings = {"INSTANCE": str(place), "DATABASE_URL": url, "DEMO": "1"}
    with (
        served("wsgi:app", settings) as ours,
        served("benchmarks.saving:bare()", {"BARE_URL": bare_url}) as bare,
    ):
        for host, people in ((ours, typists), (bare, plain)):
            _type(host, place, people, WARM_SECONDS)
        return [
            (
                _read(_type(ours, place, typists, SECONDS)),
                _read(_type(bare, place, plain, SECONDS)),
            )
            for _ in range(ROUNDS)
        ]


def fill(place: Path, url: str) -> list[dict[str, object]]:
    """Set up twenty calls under way, each with its own interviewer, and return who types where."""
    app = create_app(Settings(instance=place, database_url=url, demo=True))
    with app.test_request_context():
        with db.engine.connect() as connection:
            migrating.upgrade(connection)
        found = [_ring(app, one, number) for number, one in enumerate(saving.set_up(PEOPLE))]
        db.session.commit()
        db.engine.dispose()
    return found


def _ring(app: Flask, submission: Submission, number: int) -> dict[str, object]:
    now = dt.datetime.now(dt.UTC)
    iris = Person(email=f"iris{number}@elm.example", name=f"Iris Elm {number}")
    iris.staff_role = "interviewer"
    db.session.add(iris)
    call = Call(iris, "Ann Elm", "Head of early help", now.date())
    held: Interview = interviewing.record_interview(db.session, submission, call)
    held.started_at = now
    consent = Consent(notes=True, quotes=True)
    interviewing.record_consent(db.session, held, consent, iris, now)
    cookie, token = keys(app, iris)
    here = f"/interviews/{held.id}"
    return {
        "number": number,
        "cookie": cookie,
        "token": token,
        "by": str(iris.id),
        "address": f"{here}/typing",
        "heard": f"{here}/heard",
        "is_bare": False,
    }


def _type(
    host: str, place: Path, people: list[dict[str, object]], seconds: int
) -> list[Mapping[str, Any]]:
    """Let them type for some seconds, in a process of its own: locust patches sockets."""
    file = place / f"{uuid.uuid4()}.json"
    file.write_text(json.dumps(people), "utf-8")
    told = ["--headless", "--users", str(PEOPLE), "--spawn-rate", str(PEOPLE), "--json"]
    # A save that is under way at the end is waited for: the slow ones count too.
    length = ["--run-time", f"{seconds}s", "--stop-timeout", "30", "--host", host]
    command = [sys.executable, "-m", "locust", "--loglevel", "ERROR", "--locustfile", TYPISTS]
    done = subprocess.run(  # noqa: S603 - our own file
        [*command, *told, *length],
        env={**os.environ, "USERS": str(file)},
        capture_output=True,
        text=True,
        check=False,
    )
    stats: list[Mapping[str, Any]] = json.loads(done.stdout)
    return stats


def _read(stats: list[Mapping[str, Any]]) -> Typed:
    letters = next(one for one in stats if one["name"] == LETTER)
    failures = sum(one["num_failures"] for one in stats)
    return Typed(
        _share(letters, HALF), _share(letters, NEARLY_ALL), letters["num_requests"], failures
    )


def _share(stats: Mapping[str, Any], share: float) -> float:
    """Return what so many of the letters waited at most."""
    left = stats["num_requests"] * share
    for milliseconds, times in sorted((float(k), v) for k, v in stats["response_times"].items()):
        left -= times
        if left <= 0:
            return milliseconds
    raise ValueError(stats)


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
