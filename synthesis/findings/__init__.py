"""Findings: the claims that passages and answers carry, with what stands for and against each."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from synthesis.findings.asked import about_answers
from synthesis.findings.basis import (
    Agreement,
    Basis,
    Frame,
    Inquiry,
    Notes,
    Term,
    open_inquiry,
)
from synthesis.findings.citing import cite
from synthesis.findings.claims import Claim, Evidence, Ledger, Quotation
from synthesis.findings.implications import implied
from synthesis.findings.names import REMOVED
from synthesis.findings.quotations import choose
from synthesis.findings.sealing import seal
from synthesis.findings.themes import about_evidence, about_outcome, across_region, returned
from synthesis.findings.wording import Scale, Speech, Step
from synthesis.findings.words import about_strand
from synthesis.findings.written import about_written

__all__ = [
    "Agreement",
    "Basis",
    "Claim",
    "Evidence",
    "Frame",
    "Inquiry",
    "Ledger",
    "Notes",
    "Quotation",
    "Scale",
    "Speech",
    "Step",
    "Term",
    "find",
    "open_inquiry",
    "seal",
]


def find(inquiry: Inquiry) -> Ledger:
    """Find everything that may be claimed, and enter it in the ledger with its evidence.

    Words that turn out to be held back, or to name a person, leave their places as quotations to
    others.
    """
    strands = chain.from_iterable(
        chain(
            about_written(inquiry, theme.code),
            about_answers(inquiry, theme.code),
            about_strand(inquiry, place, theme, notes),
            about_evidence(inquiry, theme.code),
            implied(inquiry, place, theme, notes),
        )
        for place, theme, notes in inquiry.strands()
    )
    outcomes = chain.from_iterable(
        chain(
            about_written(inquiry, theme.code),
            about_answers(inquiry, theme.code),
            about_outcome(inquiry, place, theme, notes),
        )
        for place, theme, notes in inquiry.outcomes()
    )
    claims = tuple(chain(strands, outcomes, across_region(inquiry), returned(inquiry)))
    avoid: frozenset[str] = frozenset()
    while True:
        quotations = tuple(choose(inquiry, avoid))
        ledger = _cite(inquiry, claims, quotations)
        named = (one.source for one in quotations if REMOVED in one.words)
        held = frozenset(chain(named, (row.source for row in ledger.evidence if row.held)))
        if held.isdisjoint(quotation.source for quotation in quotations):
            return ledger
        avoid |= held


def _cite(inquiry: Inquiry, claims: Sequence[Claim], quotations: Sequence[Quotation]) -> Ledger:
    """Cite for each claim only its plainest passages, where it has any."""
    plain = [replace(one, supporting=one.plainest or one.supporting) for one in claims]
    ledger = cite(inquiry, plain, quotations)
    pairs = zip(ledger.claims, claims, strict=True)
    cited = tuple(replace(claim, cited=one.cited) for one, claim in pairs)
    return replace(ledger, claims=cited)
