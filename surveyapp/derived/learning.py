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

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from surveyapp.derived import emerging, resuggesting, working
from surveyapp.derived.working import GONE_QUIET, Workshop
from surveyapp.extensions import begin_writing
from surveyapp.material import decided, gathering, many, taught
from surveyapp.models import CodingAct, Derivation, Learning, Survey
from synthesis import learning
from synthesis.codebook import CodedExample
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

    `is_telling` says whether the latest rests on enough to go by, `is_stale` whether decisions
    have changed since.
    """

    rows: tuple[Learning, ...]
    finished: int
    taught: int
    is_telling: bool
    is_stale: bool
    verdict: str


def due(session: Session, survey: Survey) -> bool:
    """Say whether there is enough to learn that was not learnt yet, in two queries.

    Whoever finishes a passage asks, and enqueues `JOB` with the survey's id.
    """
    row = session.get(Derivation, survey.id)
    return row is not None and row.started_at is None and _has_news(session, row)


def comes_due(session: Session, survey: Survey, act: CodingAct | None) -> bool:
    """Say whether to ask for learning after this act.

    It is asked about after every few acts of a coder's day: a coder waits for the answer, and how
    many passages are finished takes the longer to count the more there are.
    """
    if act is None or not act.after["finished"]:
        return False
    is_many = len(act.after["finished"]) >= EVERY
    midnight = act.at.replace(hour=0, minute=0, second=0, microsecond=0)
    today = select(func.count()).where(
        CodingAct.survey_id == survey.id,
        CodingAct.coder_id == act.coder_id,
        CodingAct.at >= midnight,
    )
    return (is_many or (session.scalar(today) or 0) % EVERY == 0) and due(session, survey)


def _has_news(session: Session, row: Derivation) -> bool:
    if row.derived_at is None:
        return False
    return abs(taught.finished(session, row.survey_id) - row.taught) >= EVERY


def panel(session: Session, survey: Survey) -> Panel:
    """Return how far learning helps, in four queries."""
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
        is_stale=latest is not None and _has_changed(session, survey, latest.at),
        verdict=verdict(latest),
    )


def _has_changed(session: Session, survey: Survey, at: dt.datetime) -> bool:
    """Say whether anything was decided or undone since then."""
    since = select(CodingAct.id).where(
        CodingAct.survey_id == survey.id,
        CodingAct.sample_id.is_(None),
        or_(CodingAct.at > at, CodingAct.undone_at > at),
    )
    return session.scalar(select(since.exists())) or False


def _is_telling(row: Learning) -> bool:
    return row.passages >= FEWEST_PASSAGES and row.authorities >= FEWEST_AUTHORITIES


def verdict(row: Learning | None) -> str:
    """Say in plain words whether learning helps."""
    if row is None or not _is_telling(row):
        return (
            "Not yet enough to tell whether your decisions make suggestions better. It takes "
            f"{FEWEST_PASSAGES} passages that you opened and finished, from {FEWEST_AUTHORITIES} "
            "authorities, so that one authority’s way of writing does not decide it."
        )
    gap = row.taught - row.without
    figures = (
        "How well suggestions match what you decide, from 0 (not at all) to 1 (exactly): "
        f"{row.without:.2f} without learning from your decisions, {row.taught:.2f} with it. The "
        f"difference is {gap:+.2f}, likely between {row.low:+.2f} and {row.high:+.2f}."
    )
    if row.low > 0:
        return f"Learning from your decisions makes suggestions better. {figures}"
    if row.high < 0:
        return (
            f"Learning from your decisions makes suggestions worse. {figures} Look at whether the "
            "codebook still says what you decide."
        )
    return f"No clear difference yet. {figures}"


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
    # What is decided while it learns is not learnt from.
    at = workshop.now()
    with workshop.sessions() as session:
        survey = session.get_one(Survey, survey_id)
        count = taught.finished(session, survey_id)
        coded, opened, measured_on = _coded(session, survey)
        codebook = gathering.read_codebook(survey)
        authorities = resuggesting.authorities(session, survey_id)
    tagger = Tagger(codebook)
    measured = learning.worth(tagger, coded, opened)
    judging = tagger.taught(coded)
    for authority in authorities:
        resuggesting.suggest(workshop.sessions, survey_id, authority, judging, workshop.now())
    emerging.propose(workshop.sessions, survey_id)
    with workshop.sessions() as session:
        begin_writing(session)
        session.get_one(Derivation, survey_id).taught = count
        if measured is not None:
            session.add(_row(survey_id, measured, measured_on, at))
        session.commit()


def _coded(
    session: Session, survey: Survey
) -> tuple[tuple[CodedExample, ...], tuple[CodedExample, ...], int]:
    """Return what was decided on the words that coders have finished; and what is measured.

    That is without what they finished from a list, which agrees with the suggestions because
    nobody read more than those; and how many passages that comes to.
    """
    responses = resuggesting.finished(session, survey.id)
    texts = {one.id: one.text for one in responses}
    made = decided.decisions(session, survey, texts)
    finished = taught.stretches(session, survey, responses)
    opened = many.opened(session, survey, finished)
    standing = tuple(decided.standing(made, texts))
    return (
        taught.examples(finished, standing, responses),
        taught.examples(opened, standing, responses),
        len(opened),
    )


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
