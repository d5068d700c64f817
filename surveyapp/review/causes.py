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
from surveyapp.review import called
from surveyapp.review.called import Names

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


@dataclass(frozen=True, slots=True)
class Asked:
    """What acts are asked for: of which survey, within which time, and what things are called."""

    session: Session
    survey: Survey
    within: Window
    names: Names


def window(was: Build, now: Build) -> Window:
    """Return the time between two builds."""
    return Window(was.started_at or was.asked_at, now.started_at or now.asked_at)


def between(
    session: Session, survey: Survey, within: Window, names: Names | None = None
) -> Sequence[Cause]:
    """Return everything that people did between two builds, in the order in which they did it."""
    known = names or called.names(session, survey)
    ways = (_decisions, _clearings, _checks, _findings, _texts, _answers, _notes, _summaries)
    found = (cause for way in ways for cause in way(Asked(session, survey, within, known)))
    return sorted(found, key=lambda one: (one.at, one.what))


def _decisions(asked: Asked) -> Iterator[Cause]:
    rows = asked.session.execute(
        select(Decision.made_at, Person.name, Decision.verdict, Decision.theme, Decision.response)
        .join(Decision.coder)
        .where(
            Decision.survey_id == asked.survey.id,
            Decision.sample_id.is_(None),
            asked.within.holds(Decision.made_at),
        )
    )
    for at, who, verdict, theme, response in rows:
        where = asked.names.place(response)
        what = f"{VERDICTS[verdict]} {asked.names.theme(theme)} in {where}"
        yield Cause(at, who, what, frozenset({response}), theme)


def _clearings(asked: Asked) -> Iterator[Cause]:
    rows = asked.session.execute(
        select(Clearing.at, Person.name, Clearing.verdict, Clearing.place)
        .join(Clearing.by)
        .where(Clearing.survey_id == asked.survey.id, asked.within.holds(Clearing.at))
    )
    for at, who, verdict, place in rows:
        yield Cause(at, who, f"{VERDICTS[verdict]} {asked.names.place(place)}", frozenset({place}))


def _checks(asked: Asked) -> Iterator[Cause]:
    rows = asked.session.execute(
        select(MemberCheck.returned_at, Person.name, CheckItem.verdict, CheckItem.response)
        .join(CheckItem.check)
        .join(MemberCheck.person)
        .join(MemberCheck.submission)
        .where(
            Submission.survey_id == asked.survey.id,
            CheckItem.verdict != "",
            asked.within.holds(MemberCheck.returned_at),
        )
    )
    for at, who, verdict, response in rows:
        if at is not None:
            what = f"{VERDICTS[verdict]} {asked.names.place(response)}"
            yield Cause(at, who, what, frozenset({response}))


def _findings(asked: Asked) -> Iterator[Cause]:
    rows = asked.session.scalars(
        select(Finding)
        .where(
            Finding.survey_id == asked.survey.id,
            or_(
                asked.within.holds(Finding.updated_at),
                asked.within.holds(Finding.removed_at),
                asked.within.holds(Finding.looked_against_at),
            ),
        )
        .options(joinedload(Finding.author), selectinload(Finding.passages))
    )
    for one in rows:
        at = max(filter(None, (one.updated_at, one.removed_at, one.looked_against_at)))
        what = "removed a finding" if one.removed_at else "wrote or changed a finding"
        responses = frozenset(row.response for row in one.passages)
        yield Cause(
            at, one.author.name, f"{what} on {asked.names.theme(one.theme)}", responses, one.theme
        )


def _texts(asked: Asked) -> Iterator[Cause]:
    rows = asked.session.execute(
        select(StandingText.at, Person.name, StandingText.place)
        .join(StandingText.author)
        .where(StandingText.survey_id == asked.survey.id, asked.within.holds(StandingText.at))
    )
    for at, who, place in rows:
        yield Cause(at, who, f"changed the standing text {asked.names.text(place)}")


def _answers(asked: Asked) -> Iterator[Cause]:
    rows = asked.session.execute(
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
        .where(Submission.survey_id == asked.survey.id, asked.within.holds(AnswerRevision.saved_at))
    )
    for at, who, *parts in rows:
        response = "/".join(part for part in parts if part)
        what = f"changed {asked.names.place(response)}"
        yield Cause(at, who, what, frozenset({response}))


def _notes(asked: Asked) -> Iterator[Cause]:
    rows = asked.session.execute(
        select(Note.updated_at, Person.name, Submission.authority_code, Note.id)
        .join(Note.interview)
        .join(Interview.submission)
        .join(Note.author)
        .where(Submission.survey_id == asked.survey.id, asked.within.holds(Note.updated_at))
    )
    for at, who, authority, note in rows:
        response = f"{authority}/interview/{note.hex[:12]}"
        what = f"wrote or changed {asked.names.place(response)}"
        yield Cause(at, who, what, frozenset({response}))


def _summaries(asked: Asked) -> Iterator[Cause]:
    rows = asked.session.execute(
        select(Summary.updated_at, Person.name, Summary.authority_code, Summary.theme)
        .join(Summary.author)
        .where(Summary.survey_id == asked.survey.id, asked.within.holds(Summary.updated_at))
    )
    for at, who, authority, theme in rows:
        where = f"{asked.names.authority(authority)} under {asked.names.theme(theme)}"
        yield Cause(at, who, f"wrote the summary of {where}")


def linked(causes: Iterable[Cause], responses: frozenset[str], theme: str) -> tuple[Cause, ...]:
    """Return the acts that a change may follow from."""
    return tuple(one for one in causes if one.touches(responses, theme))
