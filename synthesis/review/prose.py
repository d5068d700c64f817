"""Prose: standing text, claims and quotations as blocks."""

from collections.abc import Iterable, Iterator
from itertools import chain

from synthesis.findings.claims import Claim, Quotation
from synthesis.review.blocks import (
    Block,
    Bullets,
    Cell,
    EvidenceReference,
    Paragraph,
    Quote,
    Run,
    Runs,
    Text,
)

BULLET = "- "


def words(text: str, *, bold: bool = False) -> Runs:
    """Return plain words as runs."""
    return (Text(text, bold=bold),)


def cell(text: str) -> Cell:
    """Return plain words as a table cell."""
    return Cell(words(text))


def number(value: int | str, shade: int = 0) -> Cell:
    """Return a number as a table cell, set to the right."""
    return Cell(words(str(value)), shade=shade, align="right")


def standing(text: str) -> Iterator[Block]:
    """Yield standing text as paragraphs and lists.

    An empty line starts a paragraph; lines that open with a dash are points.
    """
    for part in text.strip().split("\n\n"):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if lines and all(line.startswith(BULLET) for line in lines):
            yield Bullets(tuple(words(line.removeprefix(BULLET)) for line in lines))
        elif lines:
            yield Paragraph(words(" ".join(lines)))


def references(cited: Iterable[str]) -> Runs:
    """Return references in square brackets after a space."""
    runs: list[Run] = [Text(" [")]
    for id in cited:
        runs += [EvidenceReference(id), Text(", ")]
    return (*runs[:-1], Text("]")) if len(runs) > 1 else ()


def said(claim: Claim) -> Runs:
    """Return a claim with its references."""
    return (Text(claim.text), *references(claim.cited))


def told(claims: Iterable[Claim | None]) -> Iterator[Paragraph]:
    """Yield the claims there are as one paragraph, or none at all."""
    sentences = [said(claim) for claim in claims if claim is not None]
    if sentences:
        spaced = chain.from_iterable(((Text(" "),), sentence) for sentence in sentences)
        yield Paragraph(tuple(chain.from_iterable(spaced))[1:])


def listed(claims: Iterable[Claim]) -> Iterator[Bullets]:
    """Yield claims as a list, or nothing where there are none."""
    items = tuple(said(claim) for claim in claims)
    if items:
        yield Bullets(items)


def run_in(lead: str, claims: Iterable[Claim]) -> Iterator[Paragraph]:
    """Yield short claims as one paragraph that opens with a lead in bold, or nothing."""
    for paragraph in told(claims):
        yield Paragraph((Text(f"{lead}. ", bold=True), *paragraph.runs))


def labelled(label: str, claim: Claim) -> Runs:
    """Return a claim that opens with a label in bold."""
    return (Text(f"{label}. ", bold=True), *said(claim))


def counted(label: str, claim: Claim) -> Runs:
    """Return a claim as its label in bold and its bare count, where a lead says what is counted."""
    bare = Text(f"{claim.count} of {claim.base}.")
    return (Text(f"{label}: ", bold=True), bare, *references(claim.cited))


def quoted(quotations: Iterable[Quotation]) -> Iterator[Quote]:
    """Yield quotations as blocks."""
    for one in quotations:
        yield Quote(one.words, one.attribution, one.reference, one.verbatim)


def note(text: str) -> Paragraph:
    """Return a note in small print."""
    return Paragraph(words(text), style="note")
