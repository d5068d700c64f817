"""Deriving as a job: asked for once, watched while it goes on, and asked for again by a sweep.

Where a survey holds something else than what its passages were derived from, they are behind; the
sweep sees that every few minutes, and pages say so meanwhile.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from surveyapp.derived import deriving, fingerprint
from surveyapp.extensions import begin_writing
from surveyapp.jobs import underway
from surveyapp.material import taught
from surveyapp.models import Build, Derivation, Survey

JOB: Final = "derive"
# A worker that has said nothing for so long is not deriving any more.
GONE_QUIET: Final = dt.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Workshop:
    """What deriving needs: the database and the time."""

    sessions: sessionmaker[Session]
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    # Looks through a survey's texts first, so that what may identify a child never shows.
    look: Callable[[uuid.UUID], object] = lambda _: None


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether what was derived is up to date; `doing` and `share` tell of work under way.

    `untaught` passages are finished of which suggestions have not learnt yet. A review learns from
    all of them, and so may find a theme where the pages do not, or not find one. `waits` says that
    work was asked for and begins once a build of the review has ended; `is_of_codebook` that what
    was derived goes by the codebook of now.
    """

    is_there: bool
    is_behind: bool
    is_under_way: bool
    has_failed: bool
    doing: str
    share: float
    derived_at: dt.datetime | None
    untaught: int = 0
    waits: bool = False
    is_of_codebook: bool = True

    def said(self, when: str = "") -> str:
        """Say how far work under way is; a page that stays as it is adds when that was."""
        if self.waits:
            return (
                "Passages and suggestions wait for the build of the review to end, and are brought "
                "up to date then."
            )
        told = self.doing or "waiting to begin"
        if self.share:
            told = " ".join(filter(None, (f"{told}, {round(self.share * 100)}%", when)))
        return f"Passages and suggestions are being brought up to date: {told}."


NOTHING_YET: Final = Standing(
    is_there=False,
    is_behind=True,
    is_under_way=False,
    has_failed=False,
    doing="",
    share=0.0,
    derived_at=None,
)


def standing(session: Session, survey: Survey, *, looks: bool = True) -> Standing:
    """Return whether a survey's passages are up to date, in four queries at most.

    Without a look at all that the survey holds, it is one query, and they are taken to be.
    """
    row = session.get(Derivation, survey.id)
    if row is None:
        return NOTHING_YET
    is_under_way = row.asked_at is not None and row.failed_at is None
    return Standing(
        is_there=row.derived_at is not None,
        is_behind=looks and row.fingerprint != fingerprint.of(session, survey),
        is_under_way=is_under_way,
        has_failed=row.failed_at is not None,
        doing=row.doing,
        # What was done the last time is no share of what is asked for now.
        share=row.share_done if row.doing else 0.0,
        derived_at=row.derived_at,
        untaught=abs(taught.finished(session, survey.id) - row.taught) if looks else 0,
        waits=is_under_way and row.started_at is None and _is_building(session, survey),
        is_of_codebook=row.codebook_id == survey.codebook_id,
    )


def _is_building(session: Session, survey: Survey) -> bool:
    """Say whether a review is being built, which a worker does to the end before anything else."""
    build = select(Build.id).where(Build.survey_id == survey.id, underway.under_way(Build))
    return session.scalar(select(build.exists())) or False


def ask(session: Session, survey: Survey, at: dt.datetime) -> None:
    """Note that a survey's passages are to be derived; whoever commits enqueues the job."""
    row = session.get(Derivation, survey.id)
    if row is None:
        row = Derivation(survey_id=survey.id)
        session.add(row)
    row.asked_at, row.failed_at = at, None
    if row.started_at is None:
        row.doing, row.share_done = "waiting to begin", 0.0
    session.flush()


def make(workshop: Workshop, survey_id: str) -> None:
    """Derive a survey's passages, unless another worker does."""
    one = uuid.UUID(survey_id)
    if not _begin(workshop, one):
        return
    try:
        workshop.look(one)
        told = deriving.derive(workshop.sessions, one, lambda *said: _tell(workshop, one, *said))
    except Exception:
        _set(workshop, one, failed_at=workshop.now(), started_at=None)
        raise
    _finish(workshop, one, told)


def sweep(workshop: Workshop) -> None:
    """Derive what is behind: the queue may have lost it, or answers have changed since."""
    with workshop.sessions() as session:
        behind = [
            survey.id
            for survey in session.scalars(select(Survey).where(Survey.opened_at.is_not(None)))
            if _needs(session, survey)
        ]
    for one in behind:
        make(workshop, str(one))


def _needs(session: Session, survey: Survey) -> bool:
    row = session.get(Derivation, survey.id)
    if row is None or row.asked_at is not None:
        return True
    return row.fingerprint != fingerprint.of(session, survey)


def _begin(workshop: Workshop, survey_id: uuid.UUID) -> bool:
    """Take the work on, unless a worker that still speaks has done so."""
    now = workshop.now()
    with workshop.sessions() as session:
        begin_writing(session)
        row = session.get(Derivation, survey_id)
        if row is None:
            row = Derivation(survey_id=survey_id)
            session.add(row)
        taken = row.started_at is not None and row.started_at > now - GONE_QUIET
        if not taken:
            row.started_at, row.asked_at, row.failed_at = now, row.asked_at or now, None
            row.doing, row.share_done = "", 0.0
        session.commit()
    return not taken


def _tell(workshop: Workshop, survey_id: uuid.UUID, doing: str, share: float) -> None:
    """Note how far the work is, each time a hundredth more is done."""
    with workshop.sessions() as session:
        row = session.get(Derivation, survey_id)
        said = row is not None and row.share_done + 0.01 > share and share > 0
    if not said:
        # Started again each time, so that a worker that speaks is not taken for gone.
        _set(workshop, survey_id, doing=doing, share_done=share, started_at=workshop.now())


def _finish(workshop: Workshop, survey_id: uuid.UUID, told: str) -> None:
    with workshop.sessions() as session:
        codebook_id = session.get_one(Survey, survey_id).codebook_id
    _set(
        workshop,
        survey_id,
        fingerprint=told,
        codebook_id=codebook_id,
        derived_at=workshop.now(),
        started_at=None,
        asked_at=None,
        doing="",
        share_done=1.0,
    )


def _set(workshop: Workshop, survey_id: uuid.UUID, **values: object) -> None:
    with workshop.sessions() as session:
        begin_writing(session)
        session.execute(
            sa.update(Derivation).where(Derivation.survey_id == survey_id).values(values)
        )
        session.commit()
