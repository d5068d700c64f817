"""Checking references: each leads to one row of the evidence index, and each row is led to."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from synthesis.review.blocks import EvidenceReference, Quote, Table
from synthesis.review.check.sources import Sources


def dangling(sources: Sources) -> Iterator[str]:
    """Yield references that lead nowhere, rows nobody refers to, and rows that stand twice."""
    rows = Counter(
        cell.anchor
        for block in sources.review.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        if cell.anchor
    )
    known = {row.id for row in sources.ledger.evidence}
    used = set(_used(sources))
    for id in sorted(used - set(rows)):
        yield f"{id}: is referred to, but is not in the evidence index."
    for id in sorted(known - used):
        yield f"{id}: is in the evidence index, but nothing refers to it."
    for id, times in rows.items():
        if times > 1:
            yield f"{id}: stands {times} times in the evidence index."
    for claim in sources.ledger.claims:
        if not claim.cited:
            yield f"{claim.id}: has no reference."


def _used(sources: Sources) -> Iterator[str]:
    """Yield every reference that is printed."""
    for run in chain.from_iterable(sources.runs()):
        if isinstance(run, EvidenceReference):
            yield run.id
    for block in sources.review.blocks:
        if isinstance(block, Quote) and block.reference:
            yield block.reference
