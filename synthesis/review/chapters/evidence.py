"""The chapter on evidence: data, audit and case studies by strand, and tools by name."""

from collections.abc import Iterator

from synthesis import charts
from synthesis.charts import Series
from synthesis.findings.basis import EMERGENT
from synthesis.findings.themes import EVIDENCE
from synthesis.matrix import cross
from synthesis.review.blocks import Block, Cell, Heading, Picture, Table
from synthesis.review.manuscript import Manuscript
from synthesis.review.prose import cell, number, quoted, references, standing, told

CROSSED = "How many authorities mention data, audit and case studies, by strand"


def evidence(manuscript: Manuscript, place: str) -> Iterator[Block]:
    """Yield the chapter on evidence, tools and measures."""
    yield Heading(1, f"{place} {manuscript.chapter('evidence').title}", "evidence")
    yield from standing(manuscript.standing("evidence"))
    yield Heading(2, f"{place}.1 Data, audit and case studies", "evidence-kinds")
    for kind in EVIDENCE:
        yield from told(manuscript.ledger.of("region", kind))
        yield from quoted(manuscript.ledger.quoted(f"{kind}.strengths"))
        yield from quoted(manuscript.ledger.quoted(f"{kind}.gaps"))
    yield from _crossed(manuscript)
    tools = manuscript.ledger.of("tool")
    if tools:
        yield Heading(2, f"{place}.2 Tools and measures that go by name", "tools")
        yield _tools(manuscript)
    promoted = [theme.code for theme, _ in manuscript.inquiry.promoted()]
    others = [code for code in (EMERGENT, *promoted) if manuscript.ledger.of("region", code)]
    if others:
        yield Heading(2, f"{place}.{3 if tools else 2} Outside the strands", "emergent")
    for code in others:
        yield from told(manuscript.ledger.of("region", code))
        yield from quoted(manuscript.ledger.quoted(f"{code}.says"))


def _crossed(manuscript: Manuscript) -> Iterator[Block]:
    """Yield the cross-tabulation of strands by kinds of evidence, as a table and as a chart."""
    strands, inquiry = manuscript.strands(), manuscript.inquiry
    table = cross(inquiry.matrix.corpus, [one.code for one in strands], list(EVIDENCE))
    counted: list[list[int]] = table.to_numpy().tolist()
    bases = {theme.code: len(inquiry.matrix.answering(theme.code)) for theme in strands}
    rows = tuple(
        (
            cell(theme.name),
            *map(number, found),
            number(bases[theme.code]),
        )
        for theme, found in zip(strands, counted, strict=True)
    )
    yield Table(
        anchor="evidence-table",
        caption=CROSSED,
        description="For each strand: how many authorities mention each kind of evidence in the "
        "same sentence as the strand, and the base.",
        header=("Strand", *EVIDENCE.values(), "Base"),
        rows=rows,
        widths=(5.0, 1.2, 1.2, 1.5, 1.2),
        small=True,
    )
    series = [
        Series(name, tuple(found[turn] for found in counted))
        for turn, name in enumerate(EVIDENCE.values())
    ]
    chart = charts.grid([one.name for one in strands], series, max(bases.values(), default=1))
    caption = "Where evidence is mentioned, by strand"
    yield Picture("evidence-chart", caption, f"{caption}. {chart.description}", chart.png)


def _tools(manuscript: Manuscript) -> Table:
    """Return the table of tools and measures, the most widely mentioned first."""
    return Table(
        anchor="tools-table",
        caption="Tools and measures, by how many authorities mention them",
        description="For each tool or measure: how many authorities mention it, of how many.",
        header=("Tool or measure", "Authorities", "Base", "Evidence"),
        rows=tuple(
            (
                cell(one.label),
                number(one.count),
                number(one.base),
                Cell(references(one.cited)[1:-1] if one.cited else ()),
            )
            for one in manuscript.ledger.of("tool")
        ),
        widths=(5.0, 1.4, 1.0, 2.0),
        small=True,
    )
