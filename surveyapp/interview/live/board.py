"""What the live screen shows: the prompts with where each stands, the strands, the clock."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from surveyapp import published
from surveyapp.interview import briefing
from surveyapp.interview.briefing import PromptSheet
from surveyapp.models import Interview, Note, PromptState
from surveyapp.standing import now_in


@dataclass(frozen=True, slots=True)
class Line:
    """One prompt on the screen: `state` is what somebody said of it, "" where nobody has."""

    sheet: PromptSheet
    state: str
    has_notes: bool

    @property
    def code(self) -> str:
        """Return the prompt's code."""
        return self.sheet.prompt.code

    @property
    def title(self) -> str:
        """Return what the prompt is called: its own title, or the section that it is about."""
        sections = (section.title for section in self.sheet.sections)
        return self.sheet.prompt.title or next(sections, "")

    @property
    def is_unasked(self) -> bool:
        """Say whether it is still to be put."""
        return not self.state and not self.has_notes


@dataclass(frozen=True, slots=True)
class Board:
    """All that stands beside the notes."""

    lines: tuple[Line, ...]
    strands: Mapping[str, str]

    @property
    def planned(self) -> int:
        """Return the minutes that the guide sets aside for all its prompts."""
        return sum(line.sheet.minutes for line in self.lines)

    @property
    def unasked(self) -> tuple[Line, ...]:
        """Return the prompts that are still to be put."""
        return tuple(line for line in self.lines if line.is_unasked)

    @property
    def minutes_unasked(self) -> int:
        """Return the minutes that those were given."""
        return sum(line.sheet.minutes for line in self.unasked)


def lay_out(session: Session, interview: Interview, notes: Sequence[Note]) -> Board:
    """Return what the screen of an interview shows beside its notes."""
    states = prompt_states(session, interview)
    noted = {note.prompt_code for note in notes if note.counts}
    sheets = briefing.prompts(session, interview)
    lines = (
        Line(sheet, states.get(sheet.prompt.code, ""), sheet.prompt.code in noted)
        for sheet in sheets
    )
    return Board(tuple(lines), strands(interview))


def prompt_states(session: Session, interview: Interview) -> Mapping[str, str]:
    """Return what somebody said of each prompt: asked, or skipped."""
    rows = session.scalars(select(PromptState).where(PromptState.interview_id == interview.id))
    return {row.prompt_code: row.state for row in rows}


def strands(interview: Interview) -> Mapping[str, str]:
    """Return the strands that a note can be put under: their titles, by theme."""
    sections = published.asked(interview.submission).sections
    return {section.theme: section.title for section in sections if section.theme}


def latest_first(session: Session, interview: Interview) -> Sequence[Note]:
    """Return the notes of a call as the screen lists them, the latest at the top."""
    return session.scalars(
        select(Note)
        .where(Note.interview_id == interview.id, Note.struck_at.is_(None))
        .order_by(Note.second.desc().nulls_last(), Note.created_at.desc(), Note.id.desc())
        .options(selectinload(Note.author))
    ).all()


def elapsed(interview: Interview, at: dt.datetime) -> float | None:
    """Return how many seconds the call has lasted; None before it begins."""
    if interview.started_at is None:
        return None
    # In an example the call of that day still goes on, as if it were that morning.
    stands = now_in(interview.submission.survey, at)
    until = interview.ended_at or (stands if interview.started_at <= stands else at)
    return max(0.0, round((until - interview.started_at).total_seconds(), 3))
