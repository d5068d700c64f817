"""The codebook as an appendix: every theme, how it was used and how far coders agreed on it."""

from collections import Counter
from collections.abc import Iterator

from synthesis.codebook import Kind, Theme
from synthesis.review.blocks import Block, Cell, Heading, Table
from synthesis.review.manuscript import Manuscript
from synthesis.review.prose import cell, note, number, standing

KINDS: dict[Kind, str] = {
    "strand": "Strands",
    "outcome": "Adverse outcomes",
    "evidence": "Kinds of evidence",
    "stance": "Stance",
    "emergent": "Emerging themes",
}
HEADER = ("Theme", "Meaning", "Includes", "Leaves out")


def codebook(manuscript: Manuscript, place: str) -> Iterator[Block]:
    """Yield the codebook, a table for each kind of theme."""
    book = manuscript.inquiry.basis.codebook
    yield Heading(1, f"{place} {manuscript.chapter('codebook').title}", "codebook")
    yield from standing(manuscript.standing("codebook"))
    yield note(f"{book.title}, version {book.version}.")
    used = Counter(code for heard in manuscript.inquiry.matrix.corpus for code in heard.themes)
    for kind, title in KINDS.items():
        if book.of_kind(kind):
            yield _table(manuscript, kind, title, used)
    if not manuscript.inquiry.basis.agreement:
        yield note("No two people have coded the same texts yet, so no agreement is shown.")


def _table(manuscript: Manuscript, kind: Kind, title: str, used: Counter[str]) -> Table:
    """Return the table of one kind of theme; the agreement has a column if there is any."""
    agreed = bool(manuscript.inquiry.basis.agreement)
    rows = []
    for theme in manuscript.inquiry.basis.codebook.of_kind(kind):
        agreement = (cell(_agreement(manuscript, theme.code)),) if agreed else ()
        rows.append((*_row(theme), *agreement, number(f"{used[theme.code]:,}")))
    return Table(
        anchor=f"codebook-{kind}",
        caption=title,
        description="For each theme: its code and name, its meaning, what it includes and leaves "
        "out, coders' agreement if there is any, and how many passages carry it.",
        header=(*HEADER, *(("Agreement",) if agreed else ()), "Passages"),
        rows=tuple(rows),
        widths=(1.7, 2.9, 3.2, 2.8, *((1.2,) if agreed else ()), 1.1),
        small=True,
        landscape=True,
    )


def _row(theme: Theme) -> tuple[Cell, ...]:
    """Return what a theme means."""
    return (
        cell(f"{theme.code} {theme.name}"),
        cell(theme.definition),
        cell("; ".join(theme.include) or "–"),
        cell("; ".join(theme.exclude) or "–"),
    )


def _agreement(manuscript: Manuscript, code: str) -> str:
    """Write how far coders agreed on a theme."""
    for one in manuscript.inquiry.basis.agreement:
        if one.theme == code:
            alpha = "–" if one.alpha is None else f"{one.alpha:.2f}"
            kappa = "–" if one.kappa is None else f"{one.kappa:.2f}"
            return f"alpha {alpha}, kappa {kappa} (n {one.n})"
    return "–"
