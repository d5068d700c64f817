"""The chapter on the seven adverse outcomes: what is measured, who is involved, and how."""

from collections.abc import Iterator

from synthesis.codebook import Theme
from synthesis.findings.claims import Kind
from synthesis.findings.themes import EVIDENCE
from synthesis.review.blocks import Block, Cell, Heading, Paragraph, Table
from synthesis.review.chapters.strands import ticked, written
from synthesis.review.manuscript import Manuscript
from synthesis.review.prose import cell, number, quoted, run_in, standing, told, words

COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("Any", "coverage"),
    ("Strengths", "strengths"),
    ("Gaps", "gaps"),
    ("Plans", "plans"),
)


def outcomes(manuscript: Manuscript, place: str) -> Iterator[Block]:
    """Yield the chapter on the adverse outcomes."""
    yield Heading(1, f"{place} {manuscript.chapter('outcomes').title}", "outcomes")
    yield from standing(manuscript.standing("outcomes"))
    themes = manuscript.inquiry.basis.codebook.of_kind("outcome")
    yield _table(manuscript, themes)
    for turn, theme in enumerate(themes, start=1):
        yield Heading(2, f"{place}.{turn} {theme.name}", f"outcome-{theme.code}")
        yield from _outcome(manuscript, theme)


def _table(manuscript: Manuscript, themes: tuple[Theme, ...]) -> Table:
    """Return the table of outcomes by how many authorities mention what of them."""
    kinds = tuple(EVIDENCE.values())
    return Table(
        anchor="outcomes-table",
        caption="Adverse outcomes, by how many authorities mention them and how",
        description="For each outcome: how many authorities mention it, how many with a strength, "
        "a gap or a plan, and how many with data, audit or case studies, out of the base.",
        header=("Outcome", *(name for name, _ in COLUMNS), *kinds, "Base"),
        rows=tuple(_row(manuscript, theme) for theme in themes),
        widths=(3.0, 0.8, 1.4, 0.9, 0.9, 0.9, 0.9, 1.2, 0.9),
        small=True,
    )


def _row(manuscript: Manuscript, theme: Theme) -> tuple[Cell, ...]:
    """Return an outcome's row."""
    of = manuscript.ledger.of
    counts = [sum(one.count for one in of(kind, theme.code)) for _, kind in COLUMNS]
    evidence = {one.label: one.count for one in of("evidence", theme.code)}
    base = len(manuscript.inquiry.matrix.answering(theme.code))
    shown = (*counts, *(evidence.get(label, 0) for label in EVIDENCE.values()), base)
    return (cell(theme.name), *map(number, shown))


def _outcome(manuscript: Manuscript, theme: Theme) -> Iterator[Block]:
    """Yield the section on one outcome."""
    of, code = manuscript.ledger.of, theme.code
    yield from written(manuscript, code)
    yield from told(of("coverage", code))
    introduction = manuscript.inquiry.frame.notes(theme).introduction
    if introduction:
        yield Paragraph(words(introduction))
    yield from ticked(manuscript, code)
    leads: tuple[tuple[str, Kind], ...] = (
        ("What is measured or named", "approach"),
        ("Who is involved", "partner"),
        ("How it is known", "evidence"),
    )
    for lead, kind in leads:
        yield from run_in(lead, of(kind, code))
    sides: list[Kind] = ["strengths", "gaps"]
    sides.sort(key=lambda kind: -sum(claim.count for claim in of(kind, code)))
    for kind in sides:
        yield from told(of(kind, code))
        yield from quoted(manuscript.ledger.quoted(f"{code}.{kind}"))
    yield from told(of("plans", code))
