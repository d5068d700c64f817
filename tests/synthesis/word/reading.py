"""What each block must read like, paragraph by paragraph, whatever Word makes of it."""

from collections.abc import Iterator
from functools import singledispatch

from synthesis.review.blocks import (
    Block,
    Box,
    Bullets,
    Contents,
    Cover,
    EvidenceReference,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Runs,
    Table,
)


@singledispatch
def lines(block: Block) -> Iterator[str]:
    """Give the paragraphs that a block must come out as, without the numbers of captions."""
    raise TypeError(f"no words are expected of {block}")


@lines.register
def _(block: Cover) -> Iterator[str]:
    yield from (block.title, block.subtitle)
    yield from (f"{label}\t{words}" for label, words in block.details)


@lines.register
def _(block: Contents) -> Iterator[str]:
    yield block.title


@lines.register
def _(block: Heading) -> Iterator[str]:
    yield block.text


@lines.register
def _(block: Paragraph) -> Iterator[str]:
    yield _plain(block.runs)


@lines.register
def _(block: Bullets) -> Iterator[str]:
    yield from (_plain(item) for item in block.items)


@lines.register
def _(block: Quote) -> Iterator[str]:
    yield f"“{block.words}”" if block.verbatim else block.words
    yield f"{block.attribution}, {block.reference}"


@lines.register
def _(block: Picture) -> Iterator[str]:
    yield block.caption


@lines.register
def _(block: Table) -> Iterator[str]:
    yield block.caption
    yield from block.header
    yield from (_plain(cell.runs) for row in block.rows for cell in row)


@lines.register
def _(block: Box) -> Iterator[str]:
    yield from (block.label, block.title)
    for label, runs in block.fields:
        yield from (label, _plain(runs))


@lines.register
def _(_block: PageBreak) -> Iterator[str]:
    yield from ()


def _plain(runs: Runs) -> str:
    return "".join(run.id if isinstance(run, EvidenceReference) else run.text for run in runs)
