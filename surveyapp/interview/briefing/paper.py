"""The brief as a document to print: the same parts as on the page, in the same order."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from surveyapp.definitions.explanations import explain
from surveyapp.definitions.interview import Probe
from surveyapp.definitions.questionnaire import Section
from surveyapp.interview.briefing import wording
from surveyapp.interview.briefing.making import Brief
from surveyapp.interview.briefing.paper_background import background
from surveyapp.interview.briefing.paper_findings import findings
from surveyapp.interview.briefing.sheets import PromptSheet
from surveyapp.interview.briefing.written import Written
from surveyapp.pages import day
from synthesis.review.blocks import (
    Block,
    Box,
    Bullets,
    Contents,
    CrossReference,
    Heading,
    PageBreak,
    Paragraph,
    Review,
    Run,
    Text,
)

AUTHOR: Final = "The review team"


def laid_out(brief: Brief, today: dt.date) -> Review:
    """Lay a brief out, part by part, as it stands on a day."""
    submission = brief.interview.submission
    return Review(
        title=f"Brief: {submission.authority.name}",
        subject=f"{submission.authority.name}, {submission.survey.title}",
        author=AUTHOR,
        version=f"Made on {day(today)}. For the interviewer only",
        blocks=(
            *_opening(brief),
            *_start(brief),
            PageBreak(),
            Contents(depth=2, numbered=False),
            *findings(brief),
            *_guide(brief),
            *background(brief),
        ),
    )


def _opening(brief: Brief) -> Iterator[Block]:
    yield Heading(1, f"Brief: {brief.interview.submission.authority.name}", "brief")
    yield Bullets(
        tuple((Text(f"{name}: ", bold=True), Text(said)) for name, said in wording.facts(brief))
    )


def _start(brief: Brief) -> Iterator[Block]:
    yield Heading(2, "Start here", "start")
    if not brief.start:
        yield Paragraph((Text(wording.NOTHING),))
        return
    yield Paragraph((Text("What is most worth asking about, and why:"),))
    yield Bullets(
        tuple(
            (
                Text(f"{one.ask} ", bold=True),
                Text(f"{' '.join(one.why)} "),
                CrossReference(one.prompt.code, _anchor(one.prompt.code)),
            )
            for one in brief.start
        ),
        numbered=True,
    )


def _guide(brief: Brief) -> Iterator[Block]:
    yield Heading(2, "The guide, prompt by prompt", "guide")
    for lines in brief.guide.introduction.strip().split("\n\n"):
        if lines:
            yield Paragraph((Text(lines),))
    if brief.guide.consent:
        yield Heading(3, "Read out first, and record the answers", "consent")
        yield Bullets(tuple((Text(one),) for one in brief.guide.consent))
    for sheet in brief.sheets:
        yield from _prompt(brief, sheet)
    if brief.elsewhere:
        yield from _elsewhere(brief)


def _prompt(brief: Brief, sheet: PromptSheet) -> Iterator[Block]:
    minutes = f" ({sheet.minutes} min)" if sheet.minutes else ""
    code = sheet.prompt.code
    yield Heading(3, f"{code}{minutes}. {sheet.prompt.text}", _anchor(code))
    if sheet.prompt.hint:
        yield Paragraph((Text(sheet.prompt.hint, italic=True),))
    yield from _gaps(sheet.gaps)
    for section in sheet.sections:
        written = [one for one in sheet.answered if one.section_code == section.code]
        yield from _written(brief, section, written)
    yield from _probes(brief, "Ask, given their answers:", sheet.fired)
    yield from _probes(brief, "Ask if there is time:", sheet.always)


def _elsewhere(brief: Brief) -> Iterator[Block]:
    """Give the answers that no prompt is about, so that the brief leaves none out."""
    yield Heading(3, "Answers that no prompt is about", "elsewhere")
    yield from _gaps(tuple(one for one in brief.elsewhere if one.is_gap))
    for section in brief.questionnaire.sections:
        said = [one for one in brief.elsewhere if one.section_code == section.code]
        yield from _written(brief, section, [one for one in said if not one.is_gap])


def _gaps(gaps: tuple[Written, ...]) -> Iterator[Block]:
    if gaps:
        yield Paragraph((Text("Nothing to go by:", bold=True),))
        yield Bullets(
            tuple((Text(f"{one.code} {one.text} "), Text(f"({one.state})")) for one in gaps)
        )


def _written(brief: Brief, section: Section, written: list[Written]) -> Iterator[Block]:
    if written:
        use = brief.use(section.code)
        title = f"{section.code} {section.title}{f'. {use}' if use else ''}"
        fields = tuple((f"{one.code} {one.text}", tuple(_words(one))) for one in written)
        yield Box(title, "They wrote", fields)


def _words(one: Written) -> Iterator[Run]:
    for number, text in enumerate(one.words, start=1):
        if number > 1:
            yield Text("\n")
        if len(one.words) > 1:
            yield Text(f"Entry {number}: ", bold=True)
        yield Text("\n".join(line for line in text.splitlines() if line.strip()))


def _probes(brief: Brief, words: str, probes: tuple[Probe, ...]) -> Iterator[Block]:
    if probes:
        yield Paragraph((Text(words, bold=True),))
        yield Bullets(tuple(tuple(_probe(brief, probe)) for probe in probes))


def _probe(brief: Brief, probe: Probe) -> Iterator[Run]:
    yield Text(probe.text)
    if probe.when is not None:
        yield Text(f" Because {explain(probe.when, brief.questionnaire)}.", italic=True)


def _anchor(code: str) -> str:
    return f"prompt-{code}"
