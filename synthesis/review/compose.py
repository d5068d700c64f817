"""Composing the review: chapters and appendices in order, those without content left out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from string import ascii_uppercase

from synthesis.findings import Basis, Inquiry, Ledger, find, open_inquiry, seal
from synthesis.review.blocks import Block, Heading, PageBreak, Review
from synthesis.review.chapters.closing import next_steps
from synthesis.review.chapters.evidence import evidence
from synthesis.review.chapters.instruments import interview, questionnaire
from synthesis.review.chapters.ledgers import counts, index
from synthesis.review.chapters.method import background, method
from synthesis.review.chapters.opening import opening
from synthesis.review.chapters.outcomes import outcomes
from synthesis.review.chapters.region import region
from synthesis.review.chapters.registers import contacts, documents, published, shared
from synthesis.review.chapters.strands import strands
from synthesis.review.chapters.summary import summary
from synthesis.review.chapters.themes import codebook
from synthesis.review.manuscript import Manuscript
from synthesis.review.numbering import number
from synthesis.review.outline import Outline

Chapter = Callable[[Manuscript, str], Iterator[Block]]

CHAPTERS: tuple[Chapter, ...] = (
    summary,
    background,
    method,
    region,
    strands,
    outcomes,
    evidence,
    next_steps,
)

WORKINGS = frozenset(("questionnaire", "interview", "codebook", "counts"))
"""The anchors of the appendices that close a review and are no part of its clean edition."""


def draw_up(basis: Basis, outline: Outline) -> tuple[Review, Ledger]:
    """Find what may be claimed, compose the review of it and number its references."""
    return set_out(open_inquiry(basis, outline.frame), outline)


def set_out(inquiry: Inquiry, outline: Outline) -> tuple[Review, Ledger]:
    """Find what may be claimed of what is laid out, compose the review and number it."""
    ledger = seal(inquiry, find(inquiry))
    return number(compose(inquiry, outline, ledger), ledger)


def clean(review: Review) -> Review:
    """Return the clean edition of a review: all of it but the workings that close it.

    References lead to the evidence index, which comes before them, so each still leads there.
    """
    starts = (
        place
        for place, block in enumerate(review.blocks)
        if isinstance(block, Heading) and block.level == 1 and block.anchor in WORKINGS
    )
    end = next(starts, None)
    # The break to the page that they would start goes with them.
    return review if end is None else replace(review, blocks=review.blocks[: end - 1])


def compose(inquiry: Inquiry, outline: Outline, ledger: Ledger) -> Review:
    """Compose the review from what was found."""
    return Review(
        title=outline.title,
        subject=outline.subtitle,
        author=outline.author,
        version=f"Version {outline.version}",
        blocks=tuple(_blocks(Manuscript(inquiry, outline, ledger))),
    )


def _blocks(manuscript: Manuscript) -> Iterator[Block]:
    """Yield every block of the review, each chapter and appendix on a new page."""
    yield from opening(manuscript)
    for place, chapter in enumerate(CHAPTERS, start=1):
        yield PageBreak()
        yield from chapter(manuscript, str(place))
    for letter, appendix in zip(ascii_uppercase, _appendices(manuscript), strict=False):
        yield PageBreak()
        yield from appendix(manuscript, f"Appendix {letter}:")


def _appendices(manuscript: Manuscript) -> Iterator[Chapter]:
    """Yield the appendices that have something in them.

    Those for every reader come first; `WORKINGS` follow, for whoever checks the review.
    """
    if shared(manuscript):
        yield documents
    if published(manuscript):
        yield contacts
    yield index
    schedule = manuscript.inquiry.basis.schedule
    if schedule.questionnaire and manuscript.material.returns:
        yield questionnaire
    if schedule.interview and manuscript.material.returns:
        yield interview
    yield codebook
    yield counts
