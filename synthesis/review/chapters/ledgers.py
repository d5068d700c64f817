"""The counts behind the statements, and the index of the evidence that references lead to."""

from collections import Counter
from collections.abc import Iterator

from synthesis.findings.claims import Claim, Evidence
from synthesis.findings.quotations import spoken
from synthesis.review.blocks import Block, Cell, Heading, Paragraph, Table
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
    yield from _corrected(manuscript)
    yield Table(
        anchor="index-table",
        caption="Evidence index",
        description="For each reference: the authority, what was asked, the source, the words.",
        header=("Ref.", "Authority", "Asked or published", "Source", "Words"),
        rows=tuple(_evidence(row) for row in manuscript.ledger.evidence),
        widths=(0.9, 1.9, 3.0, 2.2, 6.5),
        small=True,
        landscape=True,
    )


def _corrected(manuscript: Manuscript) -> Iterator[Block]:
    """Yield the sentence on written answers that an interview changed, if any."""
    made = manuscript.material.corrections
    if not made:
        return
    prevails = Counter(one.prevails for one in made)
    deepened = sum(one.kind == "deepens" for one in made)
    outcomes = (
        (prevails["note"], "the interview prevails and the written answer is no evidence"),
        (prevails["answer"], "the written answer prevails and the note is no evidence"),
        (prevails["both"], "both are evidence"),
    )
    parts = [f"in {count} {outcome}" for count, outcome in outcomes if count]
    corrected = len(made) - deepened
    yield Paragraph(
        words(
            f"Written answers corrected in interviews: {corrected}; deepened: {deepened}. "
            f"Of these, {'; '.join(parts)}."
        )
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
    interview = row.origin == "interview"
    noted = spoken(verbatim=row.verbatim, confirmed=row.confirmed) if interview else row.origin
    return (
        Cell(words(row.id), anchor=row.id),
        cell(row.authority),
        cell(row.asked),
        cell(noted[:1].upper() + noted[1:]),
        cell(row.held or exact),
    )
