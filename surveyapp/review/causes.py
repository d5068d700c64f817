"""What people did between two builds, and which changes of the review may follow from it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload

from surveyapp.models import (
    Answer,
    AnswerRevision,
    Build,
    CheckItem,
    Clearing,
    Decision,
    Finding,
    Interview,
    MemberCheck,
    Note,
    Person,
    StandingText,
    Submission,
    Summary,
    Survey,
)

VERDICTS: Final[Mapping[str, str]] = {
    "accept": "accepted",
    "reject": "rejected",
    "add": "added",
    "cleared": "cleared words that may have identified a child in",
    "held": "held back words that may identify a child in",
    "erased": "erased words that may identify a child in",
    "confirmed": "confirmed its words in",
    "corrected": "corrected its words in",
    "unnamed": "asked to be unnamed in",
}


@dataclass(frozen=True, slots=True)
class Cause:
    """One act: when, by whom, what in words; the responses and the theme that it touches."""

    at: dt.datetime
    who: str
    what: str
    responses: frozenset[str] = frozenset()
    theme: str = ""

    def touches(self, responses: frozenset[str], theme: str) -> bool:
        """Say whether a claim that rests on these responses may follow from it."""
        if not self.responses:
            return bool(self.theme) and self.theme == theme
        return not self.responses.isdisjoint(responses) and self.theme in ("", theme)


@dataclass(frozen=True, slots=True)
class Window:
    """The time between two builds: from when the first began to read to when the second did."""

    start: dt.datetime
    end: dt.datetime

    def holds(self, column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
        """Return the condition that something happened in it."""
        return (column > self.start) & (column <= self.end)


def window(was: Build, now: Build) -> Window:
    """Return the time between two builds."""
    return Window(was.started_at or was.asked_at, now.started_at or now.asked_at)


def between(session: Session, survey: Survey, within: Window) -> Sequence[Cause]:
    """Return everything that people did between two builds, in the order in which they did it."""
    ways = (_decisions, _clearings, _checks, _findings, _texts, _answers, _notes, _summaries)
    found = (cause for way in ways for cause in way(session, survey, within))
    return sorted(found, key=lambda one: (one.at, one.what))


def _decisions(session: Session, survey: Survey, within: Window) -> Iterator[Cause]:
    rows = session.execute(
        select(Decision.made_at, Person.name, Decision.verdict, Decision.theme, Decision.response)
        .join(Decision.coder)
        .where(
            Decision.survey_id == survey.id,
            Decision.sample_id.is_(None),
            within.holds(Decision.made_at),
        )
    )
    for at, who, verdict, theme, response in rows:
        what = f"{VERDICTS[verdict]} {theme} in {response}"
        yield Cause(at, who, what, frozenset({response}), theme)


def _clearings(session: Session, survey: Survey, within: Window) -> Iterator[Cause]:
    rows = session.execute(
        select(Clearing.at, Person.name, Clearing.verdict, Clearing.place)
        .join(Clearing.by)
        .where(Clearing.survey_id == survey.id, within.holds(Clearing.at))
    )
    for at, who, verdict, place in rows:
        yield Cause(at, who, f"{VERDICTS[verdict]} {place}", frozenset({place}))


def _checks(session: Session, survey: Survey, within: Window) -> Iterator[Cause]:
    rows = session.execute(
        select(MemberCheck.returned_at, Person.name, CheckItem.verdict, CheckItem.response)
        .join(CheckItem.check)
        .join(MemberCheck.person)
        .join(MemberCheck.submission)
        .where(
            Submission.survey_id == survey.id,
            CheckItem.verdict != "",
            within.holds(MemberCheck.returned_at),
        )
    )
    for at, who, verdict, response in rows:
        if at is not None:
            yield Cause(at, who, f"{VERDICTS[verdict]} {response}", frozenset({response}))


def _findings(session: Session, survey: Survey, within: Window) -> Iterator[Cause]:
    rows = session.scalars(
        select(Finding)
        .where(
            Finding.survey_id == survey.id,
            or_(
                within.holds(Finding.updated_at),
                within.holds(Finding.removed_at),
                within.holds(Finding.looked_against_at),
            ),
        )
        .options(joinedload(Finding.author), selectinload(Finding.passages))
    )
    for one in rows:
        at = max(filter(None, (one.updated_at, one.removed_at, one.looked_against_at)))
        what = "removed a finding" if one.removed_at else "wrote or changed a finding"
        responses = frozenset(row.response for row in one.passages)
        yield Cause(at, one.author.name, f"{what} on {one.theme}", responses, one.theme)


def _texts(session: Session, survey: Survey, within: Window) -> Iterator[Cause]:
    rows = session.execute(
        select(StandingText.at, Person.name, StandingText.place)
        .join(StandingText.author)
        .where(StandingText.survey_id == survey.id, within.holds(StandingText.at))
    )
    for at, who, place in rows:
        yield Cause(at, who, f"changed the standing text {place}")


def _answers(session: Session, survey: Survey, within: Window) -> Iterator[Cause]:
    rows = session.execute(
        select(
            AnswerRevision.saved_at,
            Person.name,
            Submission.authority_code,
            Answer.question_code,
            Answer.entry_id,
        )
        .join(AnswerRevision.answer)
        .join(AnswerRevision.author)
        .join(Answer.submission)
        .where(Submission.survey_id == survey.id, within.holds(AnswerRevision.saved_at))
    )
    for at, who, *parts in rows:
        response = "/".join(part for part in parts if part)
        yield Cause(at, who, f"answered {response}", frozenset({response}))


def _notes(session: Session, survey: Survey, within: Window) -> Iterator[Cause]:
    rows = session.execute(
        select(Note.updated_at, Person.name, Submission.authority_code, Note.id)
        .join(Note.interview)
        .join(Interview.submission)
        .join(Note.author)
        .where(Submission.survey_id == survey.id, within.holds(Note.updated_at))
    )
    for at, who, authority, note in rows:
        response = f"{authority}/interview/{note.hex[:12]}"
        yield Cause(at, who, f"noted or changed {response}", frozenset({response}))


def _summaries(session: Session, survey: Survey, within: Window) -> Iterator[Cause]:
    rows = session.execute(
        select(Summary.updated_at, Person.name, Summary.authority_code, Summary.theme)
        .join(Summary.author)
        .where(Summary.survey_id == survey.id, within.holds(Summary.updated_at))
    )
    for at, who, authority, theme in rows:
        yield Cause(at, who, f"wrote the summary of {authority} under {theme}")


def linked(causes: Iterable[Cause], responses: frozenset[str], theme: str) -> tuple[Cause, ...]:
    """Return the acts that a change may follow from."""
    return tuple(one for one in causes if one.touches(responses, theme))
