"""What making a build of the review keeps in memory, from reading the database to its last check.

The service holds what two weeks of work leave behind. Each build is made by a worker of its own,
and what the worker had in memory at most is told over what it had once everything was loaded that
any build needs. Documents are written whole and take the same for few passages as for many; what
people said is held whole, and grows.
"""

import resource
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import select

from benchmarks import filling, tracker
from benchmarks.reviewing import commissioned
from surveyapp import built, create_app, migrating
from surveyapp.config import Settings
from surveyapp.extensions import db
from surveyapp.models import Build, Person, Survey
from surveyapp.review import builds, making
from surveyapp.review.making import Workshop
from synthesis import word
from synthesis.pipeline import draw

AUTHORITIES: Final = 152
SIZES: Final = (5_000, 50_000)
GOAL: Final = 1.0
"""Megabytes for a thousand passages more."""
MEGABYTE: Final = 1024
"""In the kilobytes that the system tells of memory in."""


def run(sizes: Sequence[int] = SIZES) -> bool:
    """Measure a few sizes, print a line a figure, and say whether the goal is met."""
    needed = {size: measure(size) for size in sizes}
    for size, megabytes in needed.items():
        print(f"build of {size:,} passages, megabytes at most: {megabytes:.0f} (no goal)")
    few, many = min(sizes), max(sizes)
    growth = (needed[many] - needed[few]) / (many - few) * 1000
    print(
        f"build, megabytes for 1,000 passages more: {growth:.2f} (goal {GOAL}); "
        f"{needed[many] / needed[few]:.2f} times the memory for {many / few:.0f} times the passages"
    )
    return growth <= GOAL


def measure(size: int) -> float:
    """Return the megabytes that a build of so many passages needs, above the loaded program."""
    with tempfile.TemporaryDirectory(prefix="building-") as place:
        _alone("fill", place, str(size))
        return float(_alone("build", place))


def _alone(*what: str) -> str:
    """Do something in a process of its own, and return the last line that it prints."""
    command = [sys.executable, "-m", "benchmarks.building", *what]
    done = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE)  # noqa: S603 - ours
    return done.stdout.splitlines()[-1] if done.stdout else ""


def _fill(place: Path, size: int) -> None:
    app = create_app(Settings(instance=place, demo=True))
    with app.test_request_context():
        with db.engine.connect() as connection:
            migrating.upgrade(connection)
        tracker.fill(AUTHORITIES)
        survey = db.session.scalars(select(Survey)).one()
        filling.fill(db.session, survey, size, place / built.FOLDER)
        db.session.commit()


def _build(place: Path) -> float:
    app = create_app(Settings(instance=place, demo=True))
    word.check(word.write(draw(commissioned(40)).review))  # loads what a build needs
    loaded = _resident()
    with app.app_context():
        workshop = Workshop(db.sessionmaker, place / built.FOLDER, has_pdf=lambda: False)
        build = _asked(workshop)
        making.make(workshop, str(build))
        with workshop.sessions() as session:
            made = session.get_one(Build, build)
            if made.done_at is None:
                raise RuntimeError(built.violations(workshop.folder, made))
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - loaded) / MEGABYTE


def _asked(workshop: Workshop) -> uuid.UUID:
    """Ask for a build, and return its id."""
    with workshop.sessions() as session:
        survey = session.scalars(select(Survey)).one()
        by = session.scalars(select(Person).where(Person.staff_role == "consultant").limit(1)).one()
        build = builds.ask(session, survey, by, workshop.now())
        session.commit()
        return build.id


def _resident() -> int:
    """Return the kilobytes that this process has in memory now."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["fill", place, size]:
            _fill(Path(place), int(size))
        case ["build", place]:
            print(_build(Path(place)))
        case sizes:
            sys.exit(0 if run([int(one) for one in sizes] or SIZES) else 1)
