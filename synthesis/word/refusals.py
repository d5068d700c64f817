"""What a review must not be: referring to nothing, or holding a table with ragged rows."""

from collections.abc import Container, Iterable, Iterator

from synthesis.errors import InputError
from synthesis.review.blocks import (
    Block,
    Box,
    Bullets,
    CrossReference,
    EvidenceReference,
    Paragraph,
    Review,
    Run,
    Table,
)


def refuse_unsound(review: Review, anchors: Container[str]) -> None:
    """Say what is wrong with a review that cannot be written well."""
    for block in review.blocks:
        if isinstance(block, Table):
            _refuse_ragged(block)
    for run in _runs(review.blocks):
        _refuse_dangling(run, anchors)


def _refuse_ragged(table: Table) -> None:
    columns = len(table.header)
    if any(len(row) != columns for row in table.rows) or len(table.widths) not in (0, columns):
        raise InputError(
            f"Table '{table.caption}'",
            f"A row or the list of widths does not have {columns} columns, as its header has.",
            "Give every row and the widths as many entries as the header.",
        )


def _refuse_dangling(run: Run, anchors: Container[str]) -> None:
    if isinstance(run, EvidenceReference | CrossReference):
        target = run.id if isinstance(run, EvidenceReference) else run.anchor
        if target not in anchors:
            raise InputError(
                "Review",
                f"It refers to '{target}', which is nowhere in it.",
                "Add what it refers to, or take the reference out.",
            )


def _runs(blocks: Iterable[Block]) -> Iterator[Run]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.runs
        elif isinstance(block, Bullets):
            yield from (run for item in block.items for run in item)
        elif isinstance(block, Box):
            yield from (run for _, runs in block.fields for run in runs)
        elif isinstance(block, Table):
            yield from (run for row in block.rows for cell in row for run in cell.runs)
