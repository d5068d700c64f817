"""Checking a finished review against its ledger and its material, before anyone reads it."""

from itertools import chain

from synthesis.findings.claims import Ledger
from synthesis.material import Material
from synthesis.review.blocks import Review
from synthesis.review.check.counts import miscounted
from synthesis.review.check.privacy import leaking
from synthesis.review.check.references import dangling
from synthesis.review.check.sources import Sources
from synthesis.review.check.stored import unstored
from synthesis.review.check.tracing import traceable
from synthesis.review.check.wording import misquoted
from synthesis.review.check.written import unfounded

__all__ = ["verify"]


def verify(review: Review, ledger: Ledger, material: Material) -> list[str]:
    """Return every way in which a review breaks its own rules; an empty list if it keeps them."""
    sources = Sources.of(review, ledger, material)
    checks = (miscounted, misquoted, leaking, traceable, dangling, unstored, unfounded)
    return list(dict.fromkeys(chain.from_iterable(check(sources) for check in checks)))
