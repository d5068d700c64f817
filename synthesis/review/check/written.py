"""Checking written findings: their passages stand and may be used, and their counts are true."""

from collections.abc import Iterator

from synthesis.findings import claiming
from synthesis.findings.claims import Claim
from synthesis.findings.readiness import Rulings, by_place, is_confirmed
from synthesis.findings.safeguards import may_identify_child
from synthesis.material import Cited, WrittenFinding
from synthesis.matrix import unfit
from synthesis.matrix.corpus import speaker
from synthesis.review.check.sources import Sources


def unfounded(sources: Sources) -> Iterator[str]:
    """Yield every way in which a written finding is not what its passages carry."""
    written = {one.label: one for one in sources.ledger.claims if one.kind == "written"}
    otherwise = {one.label: one for one in sources.ledger.claims if one.kind == "otherwise"}
    rulings = by_place(sources.material.decisions)
    findings = {one.id: one for one in sources.material.findings}
    for label in (written.keys() | otherwise.keys()) - findings.keys():
        yield f"Finding {label}: stands in the review, and nobody wrote it."
    for finding in findings.values():
        yield from _worded(sources, finding)
        yield from _unconfirmed(rulings, finding)
        sides = ((finding.speak_for, written), (finding.speak_against, otherwise))
        for cited, claims in sides:
            yield from _cited(sources, finding, cited)
            yield from _counted(sources, finding, cited, claims.get(finding.id))
        if not finding.speak_for:
            yield f"{_called(finding)}: no passage speaks for it."


def _called(finding: WrittenFinding) -> str:
    """Name a finding as its writer knows it."""
    return f"{finding.theme}, the finding “{finding.claim}”"


def _worded(sources: Sources, finding: WrittenFinding) -> Iterator[str]:
    """Yield what is wrong with the words of a finding themselves."""
    if claiming.fault(finding.claim):
        yield f"{_called(finding)}: types a count, or says nothing."
    held = any(one.response == f"finding/{finding.id}" for one in sources.material.held)
    if held or may_identify_child(finding.claim, sources.material.cleared):
        yield f"{_called(finding)}: may identify a child."
    if sources.people.named_in(finding.claim):
        yield f"{_called(finding)}: names a person."
    everything = (*finding.speak_for, *finding.speak_against)
    found = [sources.responses.get(one.response) for one in everything]
    unnamed = any(one is not None and one.use_level == "unnamed" for one in found)
    if unnamed and sources.names.search(finding.claim):
        yield f"{_called(finding)}: holds a name, and rests on words of authorities not named."


def _cited(sources: Sources, finding: WrittenFinding, cited: tuple[Cited, ...]) -> Iterator[str]:
    """Yield the passages that a finding may not rest on."""
    for one in cited:
        why = unfit(one, sources.responses.get(one.response), sources.material.held)
        if why:
            yield f"{_called(finding)}: rests on {_place(one)}, but {why}."


def _unconfirmed(rulings: Rulings, finding: WrittenFinding) -> Iterator[str]:
    """Yield the passages for a finding on which no coder confirmed its theme."""
    for one in finding.speak_for:
        if not is_confirmed(one, finding.theme, rulings):
            yield f"{_called(finding)}: rests on {_place(one)}, which no coder has confirmed."


def _place(one: Cited) -> str:
    """Name the place of words."""
    return f"{one.response}:{one.start}-{one.end}"


def _counted(
    sources: Sources, finding: WrittenFinding, cited: tuple[Cited, ...], claim: Claim | None
) -> Iterator[str]:
    """Yield where a finding's count is not that of the authorities whose words it cites."""
    responses = (sources.responses.get(one.response) for one in cited)
    owners = {speaker(one, sources.roster) for one in responses if one is not None} - {""}
    printed = claim.count if claim else 0
    if printed != len(owners):
        yield f"{_called(finding)}: says {printed}, but {len(owners)} authorities stand behind it."
    if claim and claim.kind == "written" and claiming.clean(finding.claim) not in claim.text:
        yield f"{_called(finding)}: is printed in other words."
