"""Checking against what is stored: the words are those that were counted, and none is held back.

Every claim, quotation, row of evidence and cell must lead to words or answers that are stored now,
just as they were when the review was drawn up, and that nobody has to clear first.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from synthesis import holding
from synthesis.findings.claims import Filled
from synthesis.findings.practices import printable
from synthesis.findings.practices import told as said
from synthesis.findings.sealing import sealed, told
from synthesis.holding import Holding
from synthesis.review import plain
from synthesis.review.blocks import Heading, Table
from synthesis.review.chapters.region import SHORT
from synthesis.review.check.sources import Sources

_EXAMPLE = "practice:"
_STRAND = "strand-"


def unstored(sources: Sources) -> Iterator[str]:
    """Yield what does not lead to stored words, or leads to words that are held back."""
    yield from _moved(sources)
    yield from _held_back(sources)
    yield from _examples(sources)
    yield from _miscounted_cells(sources)
    yield from _misprinted_cells(sources)


def _moved(sources: Sources) -> Iterator[str]:
    """Yield claims and cells that were counted from other words than those that are stored."""

    def look(id: str) -> str:
        answer = sources.answers.get(id)
        return told(answer) if answer is not None else sources.words(id)

    for id, given in _counted(sources):
        seal = sealed((one, look(one)) for one in given)
        if sources.ledger.seals and sources.ledger.seals.get(id) != seal:
            yield f"{id}: the words behind it are not those that are stored now."


def _counted(sources: Sources) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield every claim and cell with the passages and answers that it was counted from."""
    for claim in sources.ledger.claims:
        yield claim.id, chain(claim.supporting, claim.contradicting)
    for cell in sources.ledger.cells:
        yield cell.id, cell.passages


def _held_back(sources: Sources) -> Iterator[str]:
    """Yield what rests on words that may identify a child, and that nobody has cleared."""
    held = holding.of(sources.material.held)
    if not held.places:
        return
    printed = chain(
        ((one.reference, (one.source,)) for one in sources.ledger.quotations),
        ((one.id, (one.source,)) for one in sources.ledger.evidence),
    )
    for id, given in chain(_counted(sources), printed):
        for one in given:
            kind = _touched(sources, one, held)
            if kind:
                yield f"{id}: rests on {one}, which may identify a child ({kind}); clear it first."


def _touched(sources: Sources, id: str, held: Holding) -> str:
    """Return the kind of what is held back in a passage; empty if nothing is."""
    stretch = sources.stretch(id)
    if stretch is None:
        return ""
    response, start, end = stretch
    spans = held.places.get(response.id, ())
    return next((one.kind for one in spans if one.start < end and start < one.end), "")


def _examples(sources: Sources) -> Iterator[str]:
    """Yield examples in the evidence that may not be published, are gone, or are held back."""
    allowed = {one.id for one in printable(sources.material)}
    held = holding.of(sources.material.held)
    for row in sources.ledger.evidence:
        id = row.source.removeprefix(_EXAMPLE)
        if id != row.source and id not in allowed:
            yield f"{row.id}: leads to the example {id}, which nobody agreed to publish."
    for one in sources.material.practices:
        printed = any(words and words in sources.text for words in said(one)[1:])
        if printed and held.keeps(one.id):
            yield f"{one.id}: the example may identify a child and is printed; clear it first."


def _miscounted_cells(sources: Sources) -> Iterator[str]:
    """Yield cells that count what is not there, is another's, or is not for publication."""
    for cell in sources.ledger.cells:
        if (cell.state == "found") != bool(cell.passages):
            yield f"{cell.id}: is said to be “{cell.state}”, and holds {len(cell.passages)}."
        if len(set(cell.passages)) != len(cell.passages):
            yield f"{cell.id}: counts a passage twice."
        for id in cell.passages:
            if sources.owner(id) != cell.authority:
                yield f"{cell.id}: counts {id}, which is not there, not theirs or not to be used."


def _misprinted_cells(sources: Sources) -> Iterator[str]:
    """Yield cells of the printed matrix that say something else than the ledger."""
    cells = {(one.authority, one.theme): one for one in sources.ledger.cells}
    headings = [one.anchor for one in sources.review.blocks if isinstance(one, Heading)]
    strands = [one.removeprefix(_STRAND) for one in headings if one.startswith(_STRAND)]
    for table in sources.review.blocks:
        if not (cells and isinstance(table, Table) and table.anchor == "matrix"):
            continue
        if len(table.rows) != len(sources.roster):
            yield f"The matrix has {len(table.rows)} rows for {len(sources.roster)} authorities."
        for authority, row in zip(sources.roster, table.rows, strict=False):
            for strand, printed in zip(strands, row[1:], strict=True):
                cell = cells[authority.code, strand]
                said = plain.spell(printed.runs).partition(" (")[0]
                if plain.spell(row[0].runs) != authority.name or said != _due(cell):
                    yield f"{cell.id}: prints “{said}”, and should print “{_due(cell)}”."


def _due(cell: Filled) -> str:
    """Return what the matrix should print in a cell, without a rating."""
    if cell.state == "found":
        return str(len(cell.passages))
    return next(short for state, short in SHORT.items() if state == cell.state)
