"""The job that makes a build: watched, kept whole or not at all, and never half handed out."""

import datetime as dt
import hashlib
import json
import logging
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from surveyapp import built, files
from surveyapp.built import UNDER_WAY, VIOLATIONS
from surveyapp.jobs.underway import change
from surveyapp.material import gathering
from surveyapp.models import Build, Survey
from surveyapp.review import building, earlier, inputs, pdf, permitted
from surveyapp.review.building import TakenBackError
from surveyapp.review.inputs import Inputs
from synthesis.errors import InputError
from synthesis.pipeline import ReviewError

# A worker that has said nothing for so long is not building any more.
GONE_QUIET: Final = dt.timedelta(minutes=30)
# The queue may have lost it.
OVERLOOKED: Final = dt.timedelta(minutes=1)
# A file by this name is touched whenever the work goes on.
ALIVE: Final = "alive"
PDFS: Final = 0.88
READING: Final = "reading what authorities said"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Workshop:
    """What building needs: the database, where builds are kept, and the time."""

    sessions: sessionmaker[Session]
    folder: Path
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    has_pdf: Callable[[], bool] = lambda: bool(pdf.program())
    # Looks through a survey's texts first, so that nothing is printed that nobody looked at.
    look: Callable[[uuid.UUID], object] = lambda _: None


class _Made(NamedTuple):
    """The files of a build, what they were made from, and when that was read."""

    kept: dict[str, Any]
    given: Inputs
    began: dt.datetime


class NotWantedError(Exception):
    """A build that was given up or forgotten while it was being made."""


def make(workshop: Workshop, build_id: str) -> None:
    """Make a build, unless another worker does."""
    one = uuid.UUID(build_id)
    started = {"started_at": workshop.now(), "doing": READING}
    if not change(workshop.sessions, Build, one, Build.started_at.is_(None), **started):
        return
    try:
        _make(workshop, one)
    except NotWantedError:
        _clear(workshop, one)
    except TakenBackError as error:
        _fail(workshop, one, error.places, broken=0)
    except (ReviewError, InputError) as error:
        _fail(workshop, one, getattr(error, "violations", (str(error),)))
    except Exception:
        _fail(workshop, one, ())
        raise


def sweep(workshop: Workshop) -> None:
    """Make what the queue lost, give up what nobody makes any more, remove what is forgotten."""
    now = workshop.now()
    with workshop.sessions() as session:
        going = session.scalars(select(Build).where(UNDER_WAY)).all()
        quiet = [one.id for one in going if one.started_at and _last_heard(workshop, one) < now]
        overlooked = [
            one.id for one in going if not one.started_at and one.asked_at < now - OVERLOOKED
        ]
    for one in quiet:
        _fail(workshop, one, ())
    with workshop.sessions() as session:
        built.tidy(session, workshop.folder)
    for one in overlooked:
        make(workshop, str(one))


def _last_heard(workshop: Workshop, build: Build) -> dt.datetime:
    """Return until when a build under way is given before it is given up."""
    alive = built.place(workshop.folder, build.survey_id, build.number) / ALIVE
    heard = build.started_at or build.asked_at
    if alive.is_file():
        heard = max(heard, dt.datetime.fromtimestamp(alive.stat().st_mtime, dt.UTC))
    return heard + GONE_QUIET


def _make(workshop: Workshop, build_id: uuid.UUID) -> None:
    """Build from what is read at the start, and look once more whether it may be published.

    Where words were taken back meanwhile it starts again by itself, and only then gives up.
    """
    survey_id, number = _numbered(workshop, build_id)
    place = built.place(workshop.folder, survey_id, number)
    teller = _Teller(workshop, build_id, place)
    teller.tell(READING, 0.0)
    workshop.look(survey_id)
    made = _drawn(workshop, survey_id, number, teller)
    try:
        _recheck(workshop, survey_id, made, teller)
    except TakenBackError:
        built.remove(place)
        teller.tell("starting again, for words were taken back or held back meanwhile", 0.0)
        workshop.look(survey_id)
        made = _drawn(workshop, survey_id, number, teller)
        _recheck(workshop, survey_id, made, teller)
    # What is newer than the moment of reading is not in it, and its page says so.
    done = {"done_at": workshop.now(), "started_at": made.began, "files": made.kept}
    last = {"inputs": made.given.digest, "doing": "", "share_done": 1.0}
    if not change(workshop.sessions, Build, build_id, **done, **last):
        raise NotWantedError


def _numbered(workshop: Workshop, build_id: uuid.UUID) -> tuple[uuid.UUID, int]:
    """Return which survey a build is of, and its number."""
    with workshop.sessions() as session:
        build = session.get_one(Build, build_id)
        return build.survey_id, build.number


def _drawn(workshop: Workshop, survey_id: uuid.UUID, number: int, teller: "_Teller") -> "_Made":
    """Read what there is, draw the review of it, and write its files."""
    began = workshop.now()
    given = _read(workshop, survey_id, number)
    drawn = building.draw(given, teller.tell)
    kept: dict[str, Any] = {}
    for name, pieces in building.files(given, drawn, teller.tell):
        kept[name] = _kept(teller.place, pieces)
    return _Made(kept | _pdfs(workshop, teller.place, kept, teller), given, began)


def _recheck(workshop: Workshop, survey_id: uuid.UUID, made: "_Made", teller: "_Teller") -> None:
    teller.tell("checking against what is stored now", 0.98)
    with _one_reading(workshop) as session:
        survey = session.get_one(Survey, survey_id)
        was, now = made.given.gathered.material, gathering.said(session, survey)
        before = earlier.texts(session, survey, permitted.changed(was, now))
    building.recheck(was, now, before)


def _read(workshop: Workshop, survey_id: uuid.UUID, number: int) -> Inputs:
    with _one_reading(workshop) as session:
        return inputs.read(session, session.get_one(Survey, survey_id), number)


@contextmanager
def _one_reading(workshop: Workshop) -> Iterator[Session]:
    """Open a session in which everything that is read was so at the same moment."""
    with workshop.sessions() as session:
        bind = session.get_bind()
        if isinstance(bind, Engine) and bind.dialect.name == "postgresql":
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield session


def _pdfs(
    workshop: Workshop, place: Path, kept: Mapping[str, Any], teller: "_Teller"
) -> dict[str, Any]:
    """Make a PDF of each Word file where LibreOffice is present; without one the rest stands."""
    names = [name for name in kept if name.endswith(".docx")] if workshop.has_pdf() else []
    made: dict[str, Any] = {}
    for at, name in enumerate(names):
        teller.tell(f"making a PDF of {name}", PDFS + (0.97 - PDFS) * at / len(names))
        try:
            content = pdf.convert(files.get(place, str(kept[name]["key"])) or b"")
        except pdf.NoPdfError:
            log.warning("LibreOffice made no PDF of a build's %s.", name, exc_info=True)
            continue
        made[f"{name.removesuffix('.docx')}.pdf"] = _kept(place, (content,))
    return made


def _kept(place: Path, pieces: Iterable[bytes]) -> dict[str, Any]:
    """Keep a file, and return what the build notes of it."""
    sha, size = hashlib.sha256(), 0

    def noted() -> Iterator[bytes]:
        nonlocal size
        for piece in pieces:
            sha.update(piece)
            size += len(piece)
            yield piece

    key = files.put_together(place, noted(), largest=built.LARGEST)
    return {"key": key, "size": size, "sha256": sha.hexdigest()}


class _Teller:
    """Notes how far a build is, each time a hundredth more is done."""

    def __init__(self, workshop: Workshop, build_id: uuid.UUID, place: Path) -> None:
        self._workshop, self._build_id, self.place = workshop, build_id, place
        self._told: tuple[str, int] = ("", -1)

    def tell(self, doing: str, share: float) -> None:
        """Note what is being done; a build that is not wanted any more ends here."""
        self.place.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self.place / ALIVE).touch()
        told = (doing.partition(" response")[0], round(share * 100))
        if told != self._told:
            self._told, now = told, {"doing": doing, "share_done": share}
            if not change(self._workshop.sessions, Build, self._build_id, **now):
                raise NotWantedError


def _fail(
    workshop: Workshop, build_id: uuid.UUID, violations: Sequence[str], broken: int | None = None
) -> None:
    """Note that a build failed, and keep why, and how many rules it broke; no file stays.

    Where words were taken back none is `broken`.
    """
    place = _clear(workshop, build_id)
    kept: dict[str, Any] = {}
    if violations:
        kept[VIOLATIONS] = _kept(place, [json.dumps(violations, ensure_ascii=False).encode()])
    broken = len(violations) if broken is None else broken
    failed = {"failed_at": workshop.now(), "files": kept, "violations": broken}
    if not change(workshop.sessions, Build, build_id, **failed, doing=""):
        _clear(workshop, build_id)


def _clear(workshop: Workshop, build_id: uuid.UUID) -> Path:
    """Remove every file of a build, and return where they were."""
    place = built.place(workshop.folder, *_numbered(workshop, build_id))
    built.remove(place)
    return place
