"""The counts behind the statements, and the index of the evidence that references lead to."""

from collections.abc import Iterator

from synthesis.findings.claims import Claim, Evidence
from synthesis.review.blocks import Block, Cell, Heading, Table
from synthesis.review.manuscript import Manuscript
from synthesis.review.prose import cell, number, references, standing, words


def counts(manuscript: Manuscript, place: str) -> Iterator[Block]:
    """Yield every claim with its count and base."""
    yield Heading(1, f"{place} {manuscript.chapter('counts').title}", "counts")
    yield from standing(manuscript.standing("counts"))
    yield Table(
        anchor="counts-table",
        caption="Counts behind the statements",
        description="For each statement: theme, words, count, base, how many passages or answers "
        "are for it and against it, and references.",
        header=("Theme", "Statement", "Count", "Base", "For", "Against", "Evidence"),
        rows=tuple(_count(manuscript, claim) for claim in manuscript.ledger.claims),
        widths=(1.9, 6.6, 0.8, 0.7, 0.8, 1.0, 2.1),
        small=True,
        landscape=True,
    )


def index(manuscript: Manuscript, place: str) -> Iterator[Block]:
    """Yield the evidence index."""
    yield Heading(1, f"{place} {manuscript.chapter('index').title}", "index")
    yield from standing(manuscript.standing("index"))
    yield Table(
        anchor="index-table",
        caption="Evidence index",
        description="For each reference: the authority, what was asked, the source, the words.",
        header=("Ref.", "Authority", "Asked or published", "Source", "Words"),
        rows=tuple(_evidence(row) for row in manuscript.ledger.evidence),
        widths=(0.9, 1.9, 3.0, 1.5, 7.2),
        small=True,
        landscape=True,
    )


def _count(manuscript: Manuscript, claim: Claim) -> tuple[Cell, ...]:
    """Return a claim's row."""
    codebook, frame = manuscript.inquiry.basis.codebook, manuscript.inquiry.frame
    theme = frame.notes(codebook[claim.theme]).short if claim.theme in codebook else "Region"
    return (
        cell(theme),
        cell(claim.text),
        number(claim.count),
        number(claim.base),
        number(len(claim.supporting)),
        number(len(claim.contradicting)),
        Cell(references(claim.cited)[1:-1]),
    )


def _evidence(row: Evidence) -> tuple[Cell, ...]:
    """Return the row that a reference leads to; a paraphrase has no quotation marks."""
    exact = f"“{row.words}”" if row.verbatim else row.words
    noted = row.origin == "interview" and not row.verbatim
    origin = "Interviewer’s note" if noted else row.origin.capitalize()
    return (
        Cell(words(row.id), anchor=row.id),
        cell(row.authority),
        cell(row.asked),
        cell(origin),
        cell(row.held or exact),
    )
