"""Readiness: which passages of a written finding count, and whether it may enter the review."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from synthesis.findings import claiming
from synthesis.material import Cited, Decision, WrittenFinding

State = Literal["draft", "evidence needed", "not looked against", "ready"]
Rulings = Mapping[tuple[str, str], Sequence[Decision]]
"""Decisions by response and theme, in the order in which they were made."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a finding stands: its state, why it is not ready, and what would enter the review.

    `left_out` says of passages that do not count, why.
    """

    state: State
    reason: str
    written: WrittenFinding
    left_out: tuple[tuple[Cited, str], ...] = ()


def by_place(decisions: Sequence[Decision]) -> Rulings:
    """Sort decisions by response and theme."""
    found: dict[tuple[str, str], list[Decision]] = {}
    for one in decisions:
        found.setdefault((one.response, one.theme), []).append(one)
    return found


def is_confirmed(one: Cited, theme: str, rulings: Rulings) -> bool:
    """Tell whether a coder confirmed a theme on just these words; the last decision holds."""
    made = reversed(rulings.get((one.response, theme), ()))
    verdict = next((decision.verdict for decision in made if _rules(decision, one)), "")
    return verdict in ("accept", "add")


def weigh(finding: WrittenFinding, *, looked: bool, why: Mapping[Cited, str]) -> Standing:
    """Return how a finding stands; `why` says of each passage why it does not count, if so.

    It needs a claim without a count, a passage for it that counts, and somebody who has looked
    for what speaks against it.
    """
    chosen = (*finding.speak_for, *finding.speak_against)
    written = WrittenFinding(
        finding.id,
        finding.theme,
        finding.claim,
        tuple(one for one in finding.speak_for if not why[one]),
        tuple(one for one in finding.speak_against if not why[one]),
    )
    left_out = tuple((one, why[one]) for one in chosen if why[one])
    state, reason = _state(finding, written, looked=looked)
    return Standing(state, reason, written, left_out)


def _state(finding: WrittenFinding, written: WrittenFinding, *, looked: bool) -> tuple[State, str]:
    match claiming.fault(finding.claim):
        case "nothing":
            return "draft", "It does not say yet what authorities say."
        case "count" | "share":
            return "draft", "The claim types how many say so."
    if not finding.speak_for:
        return "draft", "No passage is chosen that speaks for it."
    if not written.speak_for:
        return "evidence needed", "No passage that speaks for it counts."
    if not looked:
        return "not looked against", "Nobody has looked for what speaks against it."
    return "ready", ""


def _rules(decision: Decision, one: Cited) -> bool:
    """Tell whether a decision is about these words, as `synthesis.tags.decide` does."""
    if decision.verdict == "add":
        return (decision.start, decision.end) == (one.start, one.end)
    return one.start < decision.end and decision.start < one.end
