"""A brief put together: every part of it, from one reading of the return."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveyapp import published
from surveyapp.definitions.interview import InterviewGuide, Prompt
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.interview.briefing import (
    before,
    doubts,
    gaps,
    papers,
    people,
    sheets,
    starting,
    written,
)
from surveyapp.interview.briefing.sheets import PromptSheet
from surveyapp.interview.briefing.starting import Noticed, Start
from surveyapp.interview.briefing.written import Return, Written
from surveyapp.models import Interview


@dataclass(frozen=True, slots=True)
class Brief:
    """What an interviewer reads before they ring, part by part."""

    interview: Interview
    guide: InterviewGuide
    questionnaire: Questionnaire
    start: tuple[Start, ...]
    noticed: Noticed
    sheets: tuple[PromptSheet, ...]
    elsewhere: tuple[Written, ...]
    colleagues: tuple[people.Colleague, ...]
    sections: tuple[people.Part, ...]
    since: people.Since | None
    # The prompt under which each section is talked about, by the section's code.
    prompts: Mapping[str, Prompt]

    @property
    def minutes(self) -> int:
        """Return how long the guide takes by its own count."""
        return sum(sheet.minutes for sheet in self.sheets)

    @property
    def is_submitted(self) -> bool:
        """Say whether the authority has handed its answers in."""
        return self.interview.submission.submitted_at is not None

    @property
    def last_saved(self) -> dt.datetime | None:
        """Return when something was last written."""
        return self.interview.submission.last_activity_at

    def prompt_of(self, code: str) -> Prompt | None:
        """Return the prompt under which a question, or a section, is talked about."""
        return self.prompts.get(self.questionnaire.section(code).code)

    def use(self, code: str) -> str:
        """Say how the words of a section may be used, "" where with the authority's name."""
        found = next(part for part in self.sections if part.section.code == code)
        return found.use if found.is_reserved else ""


def make(session: Session, interview: Interview) -> Brief:
    """Put the brief of an interview together, in a fixed number of queries."""
    told = written.read(session, interview.submission)
    guide = published.guide(interview.guide)
    noticed, found = _notice(session, told), sheets.of(guide, told)
    return Brief(
        interview=interview,
        guide=guide,
        questionnaire=told.questionnaire,
        start=starting.start_here(found, noticed),
        noticed=noticed,
        sheets=found,
        elsewhere=sheets.elsewhere(guide, told),
        colleagues=people.colleagues(session, interview, told),
        sections=people.sections(told),
        since=people.since(session, told),
        prompts=sheets.prompt_of(guide, told.questionnaire),
    )


def _notice(session: Session, told: Return) -> Noticed:
    return Noticed(
        gaps=gaps.find(told),
        low=doubts.low_ratings(told),
        claims=doubts.claims(told),
        papers=papers.missing(told),
        last_round=before.last_round(session, told),
    )
