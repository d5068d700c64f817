"""Checking counts: every claim counted again from what supports it, and its words worked out."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from synthesis.findings.claims import LISTED, Claim
from synthesis.review import plain
from synthesis.review.blocks import EvidenceReference, Text
from synthesis.review.check.sources import Sources

_SHARE = re.compile(r"\(\d+ of \d+[^)]*\)")
_PERCENTAGE = re.compile(r"\d\s?(?:%|per ?cent) (?:of|answering)|\(\d+\s?(?:%|per ?cent)")
_BARE = re.compile(r"(\d+) of (\d+)\.")
_STRAY = re.compile(r"\b(?:authority|authorities|responses?|documents) \(\d+ of \d+")


def miscounted(sources: Sources) -> Iterator[str]:
    """Yield every claim whose count, base or words do not follow from the ledger."""
    for claim in sources.ledger.claims:
        yield from _unsupported(sources, claim)
        yield from _wrong_count(sources, claim)
        yield from _wrong_words(sources, claim)
    yield from _strays(sources)
    yield from _bare(sources)


def _unsupported(sources: Sources, claim: Claim) -> Iterator[str]:
    """Yield what a claim rests on that is not there or may not be used."""
    tallies = {row.source for row in sources.ledger.evidence}
    if not claim.supporting and claim.datum not in tallies:
        yield f"{claim.id}: nothing stands behind this claim."
    if claim.datum and claim.datum not in tallies:
        yield f"{claim.id}: the tally {claim.datum} is not in the evidence index."
    for id in chain(claim.supporting, claim.contradicting):
        if not sources.owner(id):
            yield f"{claim.id}: rests on {id}, which is not there or not for publication."


def _wrong_count(sources: Sources, claim: Claim) -> Iterator[str]:
    """Yield where a claim's numbers are not those of its evidence."""
    owners = {sources.owner(id) for id in claim.supporting} - {""}
    if len(owners) != claim.count:
        yield f"{claim.id}: says {claim.count}, but {len(owners)} stand behind it."
    if len(claim.answering) != claim.base:
        yield f"{claim.id}: has the base {claim.base}, but {len(claim.answering)} answered."
    if not owners <= claim.answering:
        yield f"{claim.id}: counts an authority that is not in its base."
    if not claim.answering <= {authority.code for authority in sources.roster}:
        yield f"{claim.id}: has an authority in its base that nobody knows."


def _wrong_words(sources: Sources, claim: Claim) -> Iterator[str]:
    """Yield where a claim's words do not follow the scale, or it is not printed."""
    speech = replace(sources.ledger.speech, voice=claim.voice)
    told = speech.bare if claim.kind in LISTED else speech.share
    share = told(claim.count, claim.base)
    if share.casefold() not in claim.text.casefold():
        yield f"{claim.id}: should say “{share}”."
    shares = _SHARE.findall(_counted(claim))
    if len(shares) != len(_SHARE.findall(share)):
        yield f"{claim.id}: should print its count and base once, as in “{share}”."
    if _PERCENTAGE.search(_counted(claim)):
        yield f"{claim.id}: prints a percentage."
    if claim.text not in sources.text:
        yield f"{claim.id}: is in the ledger but not in the review."


def _counted(claim: Claim) -> str:
    """Return a claim's words without the label it opens with, which is not ours."""
    opens = claim.text.casefold().startswith(claim.label.casefold())
    return claim.text[len(claim.label) :] if opens else claim.text


def _strays(sources: Sources) -> Iterator[str]:
    """Yield counts with a base that are printed and stand in no claim."""
    claimed = {claim.text for claim in sources.ledger.claims}
    for runs in sources.sentences():
        for run in runs:
            if isinstance(run, Text) and _STRAY.search(run.text) and run.text not in claimed:
                yield f"A count stands in no claim: “{run.text}”."


def _bare(sources: Sources) -> Iterator[str]:
    """Yield bare counts that no claim with the references after them makes."""
    for runs in sources.sentences():
        for place, run in enumerate(runs):
            found = _BARE.fullmatch(run.text) if isinstance(run, Text) else None
            cited = tuple(one.id for one in runs[place:] if isinstance(one, EvidenceReference))
            if found and not any(
                (claim.count, claim.base, claim.cited) == (*map(int, found.groups()), cited)
                for claim in sources.ledger.claims
            ):
                yield f"A count stands in no claim: “{plain.spell(runs)}”."
