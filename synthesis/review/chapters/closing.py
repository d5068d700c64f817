"""The last chapter: what happens next."""

from collections.abc import Iterator

from synthesis.review.blocks import Block, Heading
from synthesis.review.manuscript import Manuscript
from synthesis.review.prose import standing


def next_steps(manuscript: Manuscript, place: str) -> Iterator[Block]:
    """Yield the next steps."""
    yield Heading(1, f"{place} {manuscript.chapter('next_steps').title}", "next-steps")
    yield from standing(manuscript.standing("next_steps"))
