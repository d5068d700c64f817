"""What every page of the workbench costs at 152 authorities and 100,000 passages.

Each is asked for as often as at a tenth of that, or this fails: its queries are counted, and its
time is told over the bare page that shows whoever is signed in their surveys.
"""

import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from benchmarks import filling, rooms, tracker
from benchmarks.filling import Filled
from benchmarks.rooms import Page, Who
from benchmarks.serving import keys
from surveyapp import built, create_app, migrating
from surveyapp.config import Settings
from surveyapp.extensions import db
from surveyapp.models import Survey

AUTHORITIES: Final = 152
PASSAGES: Final = 100_000
SHARE: Final = 10
TRIES: Final = 2
BARE: Final = "/account/"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a page costs: how often it asks the database, its CPU seconds, and its bytes."""

    queries: int
    seconds: float
    size: int


@dataclass(frozen=True, slots=True)
class Office:
    """A service with a filled survey, and a browser of everybody who looks at its pages."""

    app: Flask
    clients: Mapping[Who, FlaskClient]
    pages: tuple[Page, ...]
    token: str

    def costs(self, tries: int = TRIES) -> Mapping[str, Cost]:
        """Look at every page, and return what each costs by its name."""
        with self.app.app_context():
            engine = db.engine
        sent: list[object] = []

        def note(*statement: object) -> None:
            sent.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            return {page.name: self._cost(page, sent, tries) for page in self.pages}
        finally:
            event.remove(engine, "before_cursor_execute", note)

    def bare(self) -> float:
        """Return the CPU seconds of the bare page."""
        page = Page("account.mine", "", BARE, "coder")
        return self._cost(page, [], 10).seconds

    def _cost(self, page: Page, sent: list[object], tries: int) -> Cost:
        """Look at a page until all that is read once is read; the fastest look counts."""
        client, best, size = self.clients[page.who], float("inf"), 0
        for _ in range(tries):
            sent.clear()
            start = time.process_time()
            answer = client.get(page.address)
            best = min(best, time.process_time() - start)
            if answer.status_code not in (200, 302):
                raise RuntimeError(f"A page that fails is fast: {page} is {answer.status_code}.")
            size = len(answer.data)
        return Cost(len(sent), best, size)


@contextmanager
def office(place: Path, authorities: int, passages: int) -> Iterator[Office]:
    """Open a service with a survey of so many authorities and passages."""
    app = create_app(Settings(instance=place, demo=True))
    with app.test_request_context():
        with db.engine.connect() as connection:
            migrating.upgrade(connection)
        tracker.fill(authorities)
        survey = db.session.scalars(select(Survey)).one()
        filled = filling.fill(db.session, survey, passages, place / built.FOLDER)
        clients, token = _clients(app, filled)
        pages = tuple(rooms.pages(app, filled))
        db.session.close()
    yield Office(app, clients, pages, token)
    with app.app_context():
        db.engine.dispose()


def _clients(app: Flask, filled: Filled) -> tuple[Mapping[Who, FlaskClient], str]:
    clients: dict[Who, FlaskClient] = {}
    token = ""
    people: Mapping[Who, object] = {"second": filled.second, "member": filled.member}
    for who, person in (*people.items(), ("coder", filled.coder)):
        cookie, token = keys(app, person)
        clients[who] = app.test_client()
        clients[who].set_cookie("session", cookie)
    return clients, token


def run() -> bool:
    """Measure every page, print a line each, the slowest first, and say whether none asks more."""
    small, _ = _measure(AUTHORITIES // SHARE, PASSAGES // SHARE)
    large, bare = _measure(AUTHORITIES, PASSAGES)
    what = f"workbench of {AUTHORITIES} authorities and {PASSAGES:,} passages"
    print(f"{what}, milliseconds of CPU of the bare page: {bare * 1000:.1f}")
    for name, cost in sorted(large.items(), key=lambda one: -one[1].seconds):
        told = f"{cost.seconds * 1000:.0f} ms, {cost.seconds / bare:.1f} times the bare page"
        print(f"{what}, {name}: {told}, {cost.queries} queries, {cost.size // 1024} kB")
    grown = {name: (small[name].queries, cost.queries) for name, cost in large.items()}
    grown = {name: both for name, both in grown.items() if both[0] != both[1]}
    for name, (few, many) in grown.items():
        print(f"{what}, {name}: {many} queries, and {few} at a tenth of the size (goal: as many)")
    print(f"{what}, pages that ask more often than at a tenth of that: {len(grown)} (goal 0)")
    return not grown


def _measure(authorities: int, passages: int) -> tuple[Mapping[str, Cost], float]:
    with tempfile.TemporaryDirectory() as place, office(Path(place), authorities, passages) as one:
        return one.costs(), one.bare()


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
