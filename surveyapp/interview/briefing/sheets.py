"""The guide's prompts, each with what the authority wrote on it and the probes that this fires."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveyapp import published
from surveyapp.definitions import routing
from surveyapp.definitions.conditions import comparisons
from surveyapp.definitions.interview import InterviewGuide, Probe, Prompt
from surveyapp.definitions.questionnaire import Questionnaire, Section
from surveyapp.interview.briefing import written
from surveyapp.interview.briefing.written import GAPS, Return, Written
from surveyapp.models import Interview


@dataclass(frozen=True, slots=True)
class PromptSheet:
    """One prompt: the written answers to its theme, gaps first, and the probes to offer."""

    prompt: Prompt
    sections: tuple[Section, ...]
    written: tuple[Written, ...]
    probes: tuple[Probe, ...]

    @property
    def minutes(self) -> int:
        """Return the minutes set aside, 0 where the guide sets none."""
        return self.prompt.minutes or 0

    @property
    def gaps(self) -> tuple[Written, ...]:
        """Return the questions with nothing to go by."""
        return tuple(one for one in self.written if one.is_gap)

    @property
    def answered(self) -> tuple[Written, ...]:
        """Return the questions with an answer."""
        return tuple(one for one in self.written if not one.is_gap)

    @property
    def fired(self) -> tuple[Probe, ...]:
        """Return the probes that the answers call for."""
        return tuple(one for one in self.probes if one.when is not None)

    @property
    def always(self) -> tuple[Probe, ...]:
        """Return the probes that are offered whatever was answered."""
        return tuple(one for one in self.probes if one.when is None)


def prompts(session: Session, interview: Interview) -> tuple[PromptSheet, ...]:
    """Return the guide's prompts in order, in the same few queries however long the return is."""
    return of(published.guide(interview.guide), written.read(session, interview.submission))


def of(guide: InterviewGuide, told: Return) -> tuple[PromptSheet, ...]:
    """Return the prompts of a guide beside a return."""
    return tuple(_sheet(guide, prompt, told) for prompt in guide.prompts)


def elsewhere(guide: InterviewGuide, told: Return) -> tuple[Written, ...]:
    """Return what was written on sections that no prompt is about."""
    asked = told.questionnaire
    found = {one.code for prompt in guide.prompts for one in _sections(guide, prompt, asked)}
    return tuple(one for one in told.written.values() if one.section_code not in found)


def prompt_of(guide: InterviewGuide, asked: Questionnaire) -> dict[str, Prompt]:
    """Return the prompt under which each section is talked about; one of its own comes first."""
    found: dict[str, Prompt] = {}
    for prompt in sorted(guide.prompts, key=lambda one: not one.theme):
        for section in _sections(guide, prompt, asked):
            found.setdefault(section.code, prompt)
    return found


def looked_at(probe: Probe) -> tuple[str, ...]:
    """Return the questions that decide whether a probe is offered."""
    return tuple(test.question for test in comparisons(probe.when)) if probe.when else ()


def _sheet(guide: InterviewGuide, prompt: Prompt, told: Return) -> PromptSheet:
    sections = _sections(guide, prompt, told.questionnaire)
    found = [one for section in sections for one in told.under(section)]
    order = {state: place for place, state in enumerate(GAPS)}
    return PromptSheet(
        prompt,
        sections,
        tuple(sorted(found, key=lambda one: order.get(one.state, len(order)))),
        routing.offered(prompt, told.counted),
    )


def _sections(guide: InterviewGuide, prompt: Prompt, asked: Questionnaire) -> tuple[Section, ...]:
    """Return the sections that a prompt is about: those on its theme.

    One without a theme is about what its probes look at, and about what lies in between, unless
    another prompt has that theme: seven outcomes stand together though probes look at four.
    """
    if prompt.theme:
        return tuple(one for one in asked.sections if one.theme == prompt.theme)
    themes = {one.theme for one in guide.prompts} - {""}
    codes = {code for probe in prompt.probes for code in looked_at(probe) if code in asked.by_code}
    wanted = {asked.section(code).code for code in codes}
    places = [at for at, section in enumerate(asked.sections) if section.code in wanted]
    between = asked.sections[min(places) : max(places) + 1] if places else ()
    return tuple(_unclaimed(between, themes, wanted))


def _unclaimed(
    between: tuple[Section, ...], themes: set[str], wanted: set[str]
) -> Iterator[Section]:
    for section in between:
        if section.code in wanted or section.theme not in themes:
            yield section
