"""The opening: title page, contents and foreword."""

from collections.abc import Iterator

from synthesis.findings.quotations import MONTHS
from synthesis.review.blocks import Block, Contents, Cover, Heading, PageBreak
from synthesis.review.manuscript import Manuscript
from synthesis.review.prose import standing


def opening(manuscript: Manuscript) -> Iterator[Block]:
    """Yield everything before the first numbered chapter."""
    outline = manuscript.outline
    as_of = manuscript.material.as_of
    details = (
        ("Status", outline.status),
        ("Version", outline.version),
        ("Commissioned by", outline.commissioner),
        ("Prepared by", outline.author),
        ("Date", f"{as_of.day} {MONTHS[as_of.month - 1]} {as_of.year}" if as_of else ""),
    )
    yield Cover(outline.title, outline.subtitle, tuple(line for line in details if line[1]))
    yield Contents()
    yield PageBreak()
    yield Heading(1, manuscript.chapter("foreword").title, "foreword")
    yield from standing(manuscript.standing("foreword"))
