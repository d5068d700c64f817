"""Exports made behind the pages: asked for once, watched while they are made, kept for a week.

Which kinds there are is said by the rooms that offer them (`MAKERS`).
"""

import datetime as dt
import io
import tempfile
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Final, Protocol, cast

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, joinedload, sessionmaker

from surveyapp import audit, files
from surveyapp.extensions import begin_writing
from surveyapp.jobs import underway
from surveyapp.models import Export, Person, Survey
from surveyapp.models.exporting import ExportKind

JOB: Final = "make_export"
KEPT: Final = dt.timedelta(days=7)
# A worker that has made nothing for so long is not making it any more.
GONE_QUIET: Final = dt.timedelta(minutes=30)
# The queue may have lost it.
OVERLOOKED: Final = dt.timedelta(minutes=1)
LARGEST: Final = 500_000_000
SHOWN: Final = 20
UNDER_WAY: Final = underway.under_way(Export)
Insert = Callable[[type[Export]], postgresql.Insert | sqlite.Insert]
INSERT: Final[Mapping[str, Insert]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


Tell = Callable[[int], None]
"""Told how many steps are done."""


class Maker(Protocol):
    """Writes one kind of export, in a known number of steps."""

    @property
    def steps(self) -> int:
        """Return how many steps there are."""

    def write(self, session: Session, survey: Survey, file: IO[bytes], tell: Tell) -> None:
        """Write a survey's export into a file."""


# By kind; every room brings its own.
MAKERS: dict[ExportKind, Maker] = {}


@dataclass(frozen=True, slots=True)
class Workshop:
    """What making an export needs: the database, where files are kept, and the time."""

    sessions: sessionmaker[Session]
    folder: Path
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)


def ask(
    session: Session, survey: Survey, person: Person, kind: ExportKind, at: dt.datetime
) -> Export:
    """Ask for an export; while one is under way for this person it is that one."""
    values = {
        "id": uuid.uuid4(),
        "survey_id": survey.id,
        "kind": kind,
        "asked_by_id": person.id,
        "asked_at": at,
        "steps_done": 0,
        "steps": MAKERS[kind].steps,
    }
    insert = INSERT[session.get_bind().dialect.name]
    session.execute(insert(Export).values(values).on_conflict_do_nothing())
    found = session.scalars(
        select(Export).where(
            Export.survey_id == survey.id,
            Export.kind == kind,
            Export.asked_by_id == person.id,
            UNDER_WAY,
        )
    ).one()
    if found.id == values["id"]:
        audit.record(session, "export.asked_for", survey, person, kind=kind, export=found.id)
    return found


def lately(session: Session, survey: Survey, kinds: Sequence[ExportKind]) -> Sequence[Export]:
    """Return the latest exports of a survey, of some kinds."""
    return session.scalars(
        select(Export)
        .where(Export.survey_id == survey.id, Export.kind.in_(kinds))
        .options(joinedload(Export.asked_by))
        .order_by(Export.asked_at.desc(), Export.id)
        .limit(SHOWN)
    ).all()


def find(
    session: Session, survey: Survey, export_id: uuid.UUID, kinds: Sequence[ExportKind]
) -> Export:
    """Return one export of this survey, of the kinds that a room offers."""
    return session.scalars(
        select(Export)
        .where(Export.survey_id == survey.id, Export.id == export_id, Export.kind.in_(kinds))
        .options(joinedload(Export.asked_by))
    ).one()


def make(workshop: Workshop, export_id: str) -> None:
    """Make an export, unless another worker does."""
    one = uuid.UUID(export_id)
    change = partial(underway.change, workshop.sessions, Export, one)
    if not change(Export.started_at.is_(None), started_at=workshop.now()):
        return
    try:
        key, size = _write(workshop, one)
    except Exception:
        change(failed_at=workshop.now())
        raise
    done = {"file_key": key, "size": size, "done_at": workshop.now(), "steps_done": Export.steps}
    if not change(**done):
        files.delete(workshop.folder, key)


def sweep(workshop: Workshop) -> None:
    """Make what the queue lost, give up what nobody makes any more, forget what is old."""
    now = workshop.now()
    old = sa.or_(Export.done_at < now - KEPT, Export.failed_at < now - KEPT)
    with workshop.sessions() as session:
        begin_writing(session)
        session.execute(
            sa.update(Export)
            .where(UNDER_WAY, Export.started_at < now - GONE_QUIET)
            .values(failed_at=now)
        )
        session.execute(sa.delete(Export).where(old))
        overlooked = session.scalars(
            select(Export.id).where(
                UNDER_WAY, Export.started_at.is_(None), Export.asked_at < now - OVERLOOKED
            )
        ).all()
        session.commit()
    for key in tuple(files.keys(workshop.folder, now - KEPT)):
        files.delete(workshop.folder, key)
    for one in overlooked:
        make(workshop, str(one))


def _write(workshop: Workshop, export_id: uuid.UUID) -> tuple[str, int]:
    """Write an export as a file, and return its key and size."""
    with workshop.sessions() as session, tempfile.TemporaryFile() as file:
        one = session.get_one(Export, export_id, options=[joinedload(Export.survey)])
        maker = MAKERS[cast(ExportKind, one.kind)]

        def tell(done: int) -> None:
            steps_done = min(done, maker.steps)
            underway.change(workshop.sessions, Export, export_id, steps_done=steps_done)

        maker.write(session, one.survey, file, tell)
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        return files.put(workshop.folder, file.read(), largest=LARGEST), size
