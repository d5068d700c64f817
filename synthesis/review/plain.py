"""A review as plain text: what a reader would see, without Word. Tests compare it."""

from collections.abc import Iterable, Iterator

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
    Review,
    Run,
    Table,
)

RULE = "-" * 72


def text(review: Review) -> str:
    """Return the whole review as plain text."""
    return "\n".join(line for block in review.blocks for line in lines(block)) + "\n"


def spell(runs: Iterable[Run]) -> str:
    """Return runs as the words that stand on the page."""
    return "".join(run.id if isinstance(run, EvidenceReference) else run.text for run in runs)


def lines(block: Block) -> Iterator[str]:
    """Yield one block as lines of text, with an empty line before it."""
    yield ""
    if isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Box):
        yield f"+ {block.label}: {block.title}"
        yield from (f"| {label}: {spell(runs)}" for label, runs in block.fields)
    elif isinstance(block, Bullets):
        yield from (f"  * {spell(item)}" for item in block.items)
    elif isinstance(block, Cover):
        yield from (block.title, block.subtitle)
        yield from (f"{label}: {value}" for label, value in block.details)
    else:
        yield _line(block)


def _line(block: Contents | Heading | Paragraph | Quote | Picture | PageBreak) -> str:
    """Return a block that is one line."""
    if isinstance(block, Contents):
        return f"[{block.title}]"
    if isinstance(block, Heading):
        return f"{'#' * block.level} {block.text}"
    if isinstance(block, Paragraph):
        return (
            spell(block.runs) if block.style == "body" else f"({block.style}) {spell(block.runs)}"
        )
    if isinstance(block, Quote):
        words = f"“{block.words}”" if block.verbatim else block.words
        return f"> {words} ({block.attribution}, {block.reference})"
    if isinstance(block, Picture):
        return f"[Figure: {block.caption}] {block.description}"
    return RULE


def _table(block: Table) -> Iterator[str]:
    """Yield a table as its caption and its rows, cells apart by bars."""
    yield f"[Table: {block.caption}] {block.description}"
    yield " | ".join(block.header)
    yield from (" | ".join(spell(cell.runs) for cell in row) for row in block.rows)
