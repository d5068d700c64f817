"""Numbering: references count up through the printed review, so that they tell of no register."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

from synthesis.findings.claims import Ledger
from synthesis.review.blocks import (
    Block,
    Box,
    Bullets,
    Cell,
    EvidenceReference,
    Paragraph,
    Quote,
    Review,
    Run,
    Runs,
    Table,
    Text,
)

Ids = Mapping[str, str]
"""Leads from the reference that a source was given first to the one it is printed with."""


def number(review: Review, ledger: Ledger) -> tuple[Review, Ledger]:
    """Give a review's references the order in which a reader meets them."""
    met = dict.fromkeys(chain.from_iterable(map(mentions, review.blocks)))
    rest = (row.id for row in ledger.evidence if row.id not in met)
    ids = {id: f"E{turn:03d}" for turn, id in enumerate(chain(met, rest), start=1)}
    blocks = tuple(_block(block, ids) for block in review.blocks)
    return replace(review, blocks=blocks), _ledger(ledger, ids)


def mentions(block: Block) -> Iterator[str]:
    """Yield the references in a block, as a reader meets them."""
    if isinstance(block, Quote) and block.reference:
        yield block.reference
    for run in chain.from_iterable(lines(block)):
        if isinstance(run, EvidenceReference):
            yield run.id


def lines(block: Block) -> Iterator[Runs]:
    """Yield the lines of runs in a block."""
    if isinstance(block, Paragraph):
        yield block.runs
    elif isinstance(block, Bullets):
        yield from block.items
    elif isinstance(block, Box):
        yield from (runs for _, runs in block.fields)
    elif isinstance(block, Table):
        yield from (cell.runs for row in block.rows for cell in row)


def _block(block: Block, ids: Ids) -> Block:
    """Return a block with its references numbered anew."""
    if isinstance(block, Quote):
        return replace(block, reference=ids.get(block.reference, block.reference))
    if isinstance(block, Paragraph):
        return replace(block, runs=_runs(block.runs, ids))
    if isinstance(block, Bullets):
        return replace(block, items=tuple(_runs(item, ids) for item in block.items))
    if isinstance(block, Box):
        fields = tuple((label, _runs(runs, ids)) for label, runs in block.fields)
        return replace(block, fields=fields)
    return _table(block, ids) if isinstance(block, Table) else block


def _table(table: Table, ids: Ids) -> Table:
    """Return a table with its references numbered anew; the rows of the index in their order."""
    rows = [tuple(_cell(cell, ids) for cell in row) for row in table.rows]
    if any(cell.anchor in ids for row in table.rows for cell in row):
        rows.sort(key=lambda row: row[0].anchor)
    return replace(table, rows=tuple(rows))


def _cell(cell: Cell, ids: Ids) -> Cell:
    """Return a cell with its references numbered anew; an index row opens with its own."""
    if cell.anchor in ids:
        new = ids[cell.anchor]
        return replace(cell, anchor=new, runs=(Text(new),))
    return replace(cell, runs=_runs(cell.runs, ids))


def _runs(runs: Runs, ids: Ids) -> Runs:
    """Return runs with their references numbered anew."""
    return tuple(_run(run, ids) for run in runs)


def _run(run: Run, ids: Ids) -> Run:
    """Return a run numbered anew if it is a reference."""
    return replace(run, id=ids[run.id]) if isinstance(run, EvidenceReference) else run


def _ledger(ledger: Ledger, ids: Ids) -> Ledger:
    """Return the ledger with its references numbered anew."""
    claims = (replace(one, cited=tuple(ids[id] for id in one.cited)) for one in ledger.claims)
    quotations = (replace(one, reference=ids[one.reference]) for one in ledger.quotations)
    rows = (replace(row, id=ids[row.id]) for row in ledger.evidence)
    evidence = sorted(rows, key=lambda row: row.id)
    return replace(
        ledger, claims=tuple(claims), quotations=tuple(quotations), evidence=tuple(evidence)
    )
