"""What the home page shows: how far every return of a survey is, in a fixed number of queries."""

import datetime as dt
import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from surveyapp import built
from surveyapp.models import Authority, Interview, SectionState, Submission, Survey

SUBMITTED, IN_PROGRESS, NOT_STARTED = "Submitted", "In progress", "Not started"
STATES = (SUBMITTED, IN_PROGRESS, NOT_STARTED)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one authority is: its state, and its sections in order."""

    authority: str
    state: str
    sections: tuple[str, ...]
    answered: int
    asked: int
    last_activity: dt.datetime | None
    interviewed_on: dt.date | None

    @property
    def finished(self) -> int:
        """Return how many sections are finished."""
        return self.sections.count("finished")


@dataclass(frozen=True, slots=True)
class Picture:
    """A survey with the progress of every authority, by name, and how many interviews were held."""

    survey: Survey
    returns: tuple[Progress, ...]
    interviews: int

    @property
    def states(self) -> tuple[tuple[str, int], ...]:
        """Return how many returns are in each state, furthest first."""
        counts = Counter(progress.state for progress in self.returns)
        return tuple((state, counts[state]) for state in STATES)

    @property
    def interviewed(self) -> int:
        """Return how many authorities have been interviewed."""
        return sum(progress.interviewed_on is not None for progress in self.returns)


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """The Word review that is ready: of which survey, how big it is and when it was built."""

    survey: str
    kilobytes: int
    built_on: dt.date


def surveys(session: Session) -> Sequence[Survey]:
    """Return every survey, the latest first."""
    return session.scalars(select(Survey).order_by(Survey.opens_on.desc(), Survey.code)).all()


def get_survey(session: Session, code: str) -> Survey:
    """Return the survey with this code."""
    return session.scalars(select(Survey).where(Survey.code == code)).one()


def picture(session: Session, survey: Survey) -> Picture:
    """Return how far every authority of a survey is."""
    of_survey = Submission.survey_id == survey.id
    submissions = session.scalars(
        select(Submission)
        .join(Submission.authority)
        .where(of_survey)
        .options(joinedload(Submission.authority))
        .order_by(Authority.name)
    ).all()
    sections = _by_submission(
        session.scalars(
            select(SectionState)
            .join(SectionState.submission)
            .where(of_survey)
            .order_by(SectionState.position)
        )
    )
    held = select(Interview.submission_id, Interview.held_on).join(Interview.submission)
    # One that is still going on has not taken place yet.
    is_over = or_(Interview.ended_at.is_not(None), Interview.started_at.is_(None))
    took_place = held.where(
        of_survey, Interview.held_on.is_not(None), Interview.cancelled_at.is_(None), is_over
    )
    calls = session.execute(took_place).all()
    held_on = {row.submission_id: row.held_on for row in calls}
    return Picture(
        survey,
        tuple(_progress(one, sections[one.id], held_on.get(one.id)) for one in submissions),
        interviews=len(calls),
    )


def find_review(file: Path) -> ReviewFile | None:
    """Return the review that has been built, if one has."""
    if not file.is_file():
        return None
    stat = file.stat()
    built = dt.datetime.fromtimestamp(stat.st_mtime, tz=dt.UTC)
    return ReviewFile(
        survey=_owner(file), kilobytes=max(1, round(stat.st_size / 1000)), built_on=built.date()
    )


def signed_off(session: Session, survey: Survey) -> ReviewFile | None:
    """Return the build that was signed off as the review of a survey, if one was."""
    build = built.signed_off(session, survey)
    if build is None or build.done_at is None:
        return None
    size = int(build.files[built.CLEAN]["size"])
    return ReviewFile(survey.code, max(1, round(size / 1000)), build.done_at.date())


def read_signed_off(session: Session, survey: Survey, folder: Path) -> bytes | None:
    """Return the Word file of the build that was signed off, if one was."""
    build = built.signed_off(session, survey)
    return None if build is None else built.read(folder, build, built.CLEAN)


def was_removed(file: Path, survey: Survey) -> bool:
    """Say whether a survey's review was removed, because of words in it, and not built since."""
    note = file.with_suffix(".removed")
    return not file.is_file() and note.is_file() and note.read_text("utf-8") == survey.code


def _owner(file: Path) -> str:
    """Return the code of the survey that a review tells of, as noted beside it; "" for none."""
    note = file.with_suffix(".json")
    return str(json.loads(note.read_text("utf-8"))["survey"]) if note.is_file() else ""


def _by_submission(states: Iterable[SectionState]) -> dict[uuid.UUID, list[SectionState]]:
    found: dict[uuid.UUID, list[SectionState]] = defaultdict(list)
    for state in states:
        found[state.submission_id].append(state)
    return found


def _progress(
    submission: Submission, sections: list[SectionState], interviewed_on: dt.date | None
) -> Progress:
    return Progress(
        authority=submission.authority.name,
        state=_state(submission),
        sections=tuple(section.status for section in sections),
        answered=sum(section.answered for section in sections),
        asked=sum(section.asked for section in sections),
        last_activity=submission.last_activity_at,
        interviewed_on=interviewed_on,
    )


def _state(submission: Submission) -> str:
    if submission.submitted_at is not None:
        return SUBMITTED
    return NOT_STARTED if submission.last_activity_at is None else IN_PROGRESS
