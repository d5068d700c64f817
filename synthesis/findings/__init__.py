"""Findings: the claims that passages and answers carry, with what stands for and against each."""

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
from synthesis.findings.quotations import choose
from synthesis.findings.themes import about_evidence, about_outcome, across_region, returned
from synthesis.findings.wording import Scale, Speech, Step
from synthesis.findings.words import about_strand

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
]


def find(inquiry: Inquiry) -> Ledger:
    """Find everything that may be claimed, and enter it in the ledger with its evidence.

    Words that turn out to be held back leave their places as quotations to others.
    """
    strands = chain.from_iterable(
        chain(
            about_answers(inquiry, theme.code),
            about_strand(inquiry, place, theme, notes),
            about_evidence(inquiry, theme.code),
            implied(inquiry, place, theme, notes),
        )
        for place, theme, notes in inquiry.strands()
    )
    outcomes = chain.from_iterable(
        chain(about_answers(inquiry, theme.code), about_outcome(inquiry, place, theme, notes))
        for place, theme, notes in inquiry.outcomes()
    )
    claims = tuple(chain(strands, outcomes, across_region(inquiry), returned(inquiry)))
    avoid: frozenset[str] = frozenset()
    while True:
        quotations = tuple(choose(inquiry, avoid))
        ledger = cite(inquiry, claims, quotations)
        held = frozenset(row.source for row in ledger.evidence if row.held)
        if held.isdisjoint(quotation.source for quotation in quotations):
            return ledger
        avoid |= held
