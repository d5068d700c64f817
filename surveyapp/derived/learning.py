"""Learning as a job: what coders decide improves the suggestions on what they have not finished.

It is asked for after every few finished passages, and says by how much it helps, measured on
decisions it has not learnt from.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.derived import emerging, resuggesting, working
from surveyapp.derived.working import GONE_QUIET, Workshop
from surveyapp.extensions import begin_writing
from surveyapp.material import gathering, taught
from surveyapp.models import Derivation, Learning, Survey
from synthesis import learning
from synthesis.tagger import Tagger

JOB: Final = "learn"
# Learnt from again when so many more passages, or fewer, are finished.
EVERY: Final = 10
# Below these a figure would say more about chance than about the suggestions.
FEWEST_PASSAGES: Final = 50
FEWEST_AUTHORITIES: Final = 3
SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Panel:
    """What is known of how far learning helps; `rows` are the last measures, the latest last.

    `is_telling` says whether the latest rests on enough to go by.
    """

    rows: tuple[Learning, ...]
    finished: int
    taught: int
    is_telling: bool
    verdict: str


def due(session: Session, survey: Survey) -> bool:
    """Say whether there is enough to learn that was not learnt yet, in two queries.

    Whoever finishes a passage asks, and enqueues `JOB` with the survey's id.
    """
    row = session.get(Derivation, survey.id)
    return row is not None and row.started_at is None and _has_news(session, row)


def comes_due(session: Session, survey: Survey, more: int) -> bool:
    """Say whether to ask for learning now that so many more passages are finished.

    It is asked for once for every few passages, however long it then takes.
    """
    if more < 1:
        return False
    finished = taught.finished(session, survey.id)
    return finished % EVERY < more and due(session, survey)


def _has_news(session: Session, row: Derivation) -> bool:
    if row.derived_at is None:
        return False
    return abs(taught.finished(session, row.survey_id) - row.taught) >= EVERY


def panel(session: Session, survey: Survey) -> Panel:
    """Return how far learning helps, in three queries."""
    rows = session.scalars(
        select(Learning)
        .where(Learning.survey_id == survey.id)
        .order_by(Learning.at.desc(), Learning.id)
        .limit(SHOWN)
    ).all()
    derivation = session.get(Derivation, survey.id)
    latest = rows[0] if rows else None
    return Panel(
        rows=tuple(reversed(rows)),
        finished=taught.finished(session, survey.id),
        taught=derivation.taught if derivation else 0,
        is_telling=latest is not None and _is_telling(latest),
        verdict=verdict(latest),
    )


def _is_telling(row: Learning) -> bool:
    return row.passages >= FEWEST_PASSAGES and row.authorities >= FEWEST_AUTHORITIES


def verdict(row: Learning | None) -> str:
    """Say in plain words whether learning helps."""
    if row is None or not _is_telling(row):
        return (
            "Not yet enough to tell whether your decisions make suggestions better. It takes "
            f"{FEWEST_PASSAGES} finished passages from {FEWEST_AUTHORITIES} authorities, so that "
            "one authority’s way of writing does not decide it."
        )
    figures = f"{row.without:.2f} without your decisions, {row.taught:.2f} with them"
    when = f" Measured when {row.passages:,} passages were finished."
    gap = row.taught - row.without
    between = f"the difference is {gap:+.2f}, likely between {row.low:+.2f} and {row.high:+.2f}"
    if row.low > 0:
        return f"Your decisions make suggestions better: {figures}; {between}.{when}"
    if row.high < 0:
        return (
            f"Your decisions make suggestions worse: {figures}; {between}. Look at whether the "
            f"codebook still says what you decide.{when}"
        )
    return f"No clear difference yet: {figures}; {between}.{when}"


def make(workshop: Workshop, survey_id: str) -> None:
    """Learn from what was decided, unless nothing is new or another worker is at it."""
    one = uuid.UUID(survey_id)
    if not _take(workshop, one):
        return
    with _giving_back(workshop, one):
        _learn(workshop, one)
    if _is_asked_for(workshop, one):
        # What was asked for meanwhile found a worker here, and went away.
        working.make(workshop, survey_id)


def sweep(workshop: Workshop) -> None:
    """Learn where the queue has lost that it was due."""
    with workshop.sessions() as session:
        rows = session.scalars(select(Derivation).where(Derivation.derived_at.is_not(None))).all()
        news = [row.survey_id for row in rows if _has_news(session, row)]
    for one in news:
        make(workshop, str(one))


def _take(workshop: Workshop, survey_id: uuid.UUID) -> bool:
    """Take the work on: deriving and learning are one worker's at a time."""
    now = workshop.now()
    with workshop.sessions() as session:
        begin_writing(session)
        row = session.get(Derivation, survey_id, with_for_update=True)
        taken = row is not None and (row.started_at is None or row.started_at <= now - GONE_QUIET)
        if row is None or not taken or not _has_news(session, row):
            return False
        row.started_at = now
        session.commit()
    return True


@contextmanager
def _giving_back(workshop: Workshop, survey_id: uuid.UUID) -> Iterator[None]:
    """Let others begin again, however the work ends."""
    try:
        yield
    finally:
        with workshop.sessions() as session:
            begin_writing(session)
            session.get_one(Derivation, survey_id).started_at = None
            session.commit()


def _is_asked_for(workshop: Workshop, survey_id: uuid.UUID) -> bool:
    with workshop.sessions() as session:
        row = session.get_one(Derivation, survey_id)
        return row.asked_at is not None and row.failed_at is None


def _learn(workshop: Workshop, survey_id: uuid.UUID) -> None:
    with workshop.sessions() as session:
        survey = session.get_one(Survey, survey_id)
        count = taught.finished(session, survey_id)
        coded = taught.examples(session, survey, resuggesting.finished(session, survey_id))
        codebook = gathering.read_codebook(survey)
        authorities = resuggesting.authorities(session, survey_id)
    tagger = Tagger(codebook)
    measured = learning.worth(tagger, coded)
    judging = tagger.taught(coded)
    for authority in authorities:
        resuggesting.suggest(workshop.sessions, survey_id, authority, judging, workshop.now())
    emerging.propose(workshop.sessions, survey_id)
    with workshop.sessions() as session:
        begin_writing(session)
        session.get_one(Derivation, survey_id).taught = count
        if measured is not None:
            session.add(_row(survey_id, measured, count, workshop.now()))
        session.commit()


def _row(
    survey_id: uuid.UUID, measured: learning.Worth, passages: int, at: dt.datetime
) -> Learning:
    return Learning(
        survey_id=survey_id,
        at=at,
        passages=passages,
        authorities=measured.authorities,
        without=measured.without,
        taught=measured.taught,
        low=measured.low,
        high=measured.high,
    )
