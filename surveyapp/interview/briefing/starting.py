"""Where to start: the few things most worth asking about, each with why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from surveyapp.definitions.interview import Probe, Prompt
from surveyapp.interview.briefing.before import Former
from surveyapp.interview.briefing.doubts import Claim, Rating
from surveyapp.interview.briefing.gaps import SectionGap
from surveyapp.interview.briefing.papers import Paper
from surveyapp.interview.briefing.sheets import PromptSheet, looked_at
from surveyapp.interview.briefing.written import Written

MOST: Final = 5
# How much each is worth asking about; a probe that the answers fire says so too.
UNPROVED, MOVED, FELL, BLANK_SECTION, NO_FIGURES = 5.0, 5.0, 4.5, 4.0, 3.5
NOT_IN_PLACE, LOW, UNKNOWN, EFFECT, UNANSWERED, NO_PAPER = 3.5, 2.5, 3.0, 2.5, 2.0, 1.5
PROBED: Final = 1.0
MOST_REASONS: Final = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing worth asking about: why, in words, and how much; `ask` where no probe does."""

    codes: tuple[str, ...]
    why: str
    worth: float
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """One thing to ask, under which prompt, and why."""

    prompt: Prompt
    ask: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Noticed:
    """What the other parts of the brief have found."""

    gaps: tuple[SectionGap, ...]
    low: tuple[Rating, ...]
    claims: tuple[Claim, ...]
    papers: tuple[Paper, ...]
    last_round: tuple[Former, ...]


def start_here(sheets: Sequence[PromptSheet], noticed: Noticed) -> tuple[Start, ...]:
    """Return the things most worth asking, one a prompt, the most telling first."""
    reasons = sorted(_reasons(noticed), key=lambda one: -one.worth)
    found = [(*_weigh(sheet, reasons), sheet) for sheet in sheets]
    worth = sorted((one for one in found if one[1]), key=lambda one: -one[0])
    return tuple(_start(sheet, why) for _, why, sheet in worth[:MOST])


def _weigh(sheet: PromptSheet, reasons: Iterable[Reason]) -> tuple[float, tuple[Reason, ...]]:
    """Say how much a prompt is worth, and why: its best reason, and a little for each other."""
    codes = {one.code for one in sheet.written}
    found = _news(one for one in reasons if codes.intersection(one.codes))
    if not found:
        return 0.0, ()
    more = sum(one.worth for one in found[1:]) / 10
    probed = PROBED if _probe(sheet, found[0].codes) else 0.0
    return found[0].worth + more + probed + sheet.minutes / 10, found


def _news(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Leave out what is only about questions that a better reason names already."""
    found: list[Reason] = []
    for one in reasons:
        if not any(set(one.codes) <= set(better.codes) for better in found):
            found.append(one)
    return tuple(found)


def _start(sheet: PromptSheet, found: tuple[Reason, ...]) -> Start:
    probe = _probe(sheet, found[0].codes)
    ask = probe.text if probe else found[0].ask or sheet.prompt.text
    return Start(sheet.prompt, ask, tuple(one.why for one in found[:MOST_REASONS]))


def _probe(sheet: PromptSheet, codes: Iterable[str]) -> Probe | None:
    """Return the probe that was fired by one of these questions."""
    wanted = set(codes)
    return next((one for one in sheet.probes if wanted.intersection(looked_at(one))), None)


def _reasons(noticed: Noticed) -> Iterator[Reason]:
    for claim in noticed.claims:
        yield _of_claim(claim)
    for former in noticed.last_round:
        yield from _of_moves(former)
    for gap in noticed.gaps:
        yield from _of_gap(gap)
    for low in noticed.low:
        worth = NOT_IN_PLACE if low.written.rating == 0 else LOW
        beside = "" if low.beside else ", and nothing is written beside it"
        yield Reason(
            (low.written.code,), f"{_named(low.written)} is rated {low.words}{beside}.", worth
        )
    for paper in noticed.papers:
        yield _of_paper(paper)


def _of_claim(claim: Claim) -> Reason:
    code, asked = claim.written.code, tuple(one.code for one in claim.evidence)
    if claim.kind == "effect":
        why = f"{code} says that something works, and gives no figure."
        return Reason((code,), why, EFFECT)
    missing = "is not answered" if claim.kind == "no evidence" else "gives no figure"
    why = f"{code} is rated {claim.words}, but {_named(claim.evidence[0])} {missing}."
    return Reason((code, *asked), why, UNPROVED if claim.kind == "no evidence" else NO_FIGURES)


def _of_paper(paper: Paper) -> Reason:
    code = paper.written.code
    if not paper.title:
        return Reason((code,), f"{code} speaks of a document that we do not have.", NO_PAPER)
    why = f"“{paper.title}” came without a file or a link ({code})."
    return Reason((code,), why, NO_PAPER, f"Could you send us “{paper.title}”?")


def _of_moves(former: Former) -> Iterator[Reason]:
    for move in former.moves:
        if move.by is not None and (move.by < 0 or move.by > 1):
            why = f"“{move.text}” ({move.code}) was {move.then} last time, and is {move.now} now."
            worth = MOVED if abs(move.by) > 1 else FELL
            yield Reason((move.code,), why, worth, "What has changed since the last round?")


def _of_gap(gap: SectionGap) -> Iterator[Reason]:
    if not gap.is_begun:
        why = f"Nothing is written on “{gap.section.title}”."
        yield Reason(tuple(one.code for one in gap.unanswered), why, BLANK_SECTION)
        return
    if gap.unknown:
        codes = tuple(one.code for one in gap.unknown)
        yield Reason(codes, f"The answer to {_listed(gap.unknown)} is “don’t know”.", UNKNOWN)
    if gap.unanswered:
        codes = tuple(one.code for one in gap.unanswered)
        yield Reason(codes, f"Not answered: {_listed(gap.unanswered)}.", UNANSWERED)


def _named(one: Written) -> str:
    return f"“{one.text}” ({one.code})"


def _listed(some: Sequence[Written]) -> str:
    """Name the first of some questions in full, and count the others."""
    more = len(some) - 1
    return f"{_named(some[0])}{f' and {more} more' if more else ''}"
