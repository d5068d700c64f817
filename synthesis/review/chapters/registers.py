"""The registers: documents that authorities share, and colleagues who may be asked."""

import datetime as dt
from collections.abc import Iterator

from synthesis.findings.quotations import MONTHS
from synthesis.material import KeyContact, SharedDocument
from synthesis.review.blocks import Block, Cell, Heading, Link, Runs, Table
from synthesis.review.manuscript import Manuscript
from synthesis.review.prose import cell, standing, words


def documents(manuscript: Manuscript, place: str) -> Iterator[Block]:
    """Yield the register of shared documents."""
    yield Heading(1, f"{place} {manuscript.chapter('documents').title}", "documents")
    yield from standing(manuscript.standing("documents"))
    yield from document_table(manuscript)


def contacts(manuscript: Manuscript, place: str) -> Iterator[Block]:
    """Yield the register of key contacts."""
    yield Heading(1, f"{place} {manuscript.chapter('contacts').title}", "contacts")
    yield from standing(manuscript.standing("contacts"))
    yield from contact_table(manuscript)


def shared(manuscript: Manuscript, theme: str = "") -> tuple[SharedDocument, ...]:
    """Return the documents that may be shared, of one theme or all, by authority."""
    offered = [one for one in manuscript.material.documents if one.may_share]
    wanted = [one for one in offered if theme in ("", one.theme)]
    return tuple(sorted(wanted, key=lambda one: (manuscript.named(one.authority), one.title)))


def published(manuscript: Manuscript, theme: str = "") -> tuple[KeyContact, ...]:
    """Return the contacts that may be published, of one theme or all, by authority."""
    offered = [one for one in manuscript.material.contacts if one.may_publish]
    wanted = [one for one in offered if theme in ("", one.theme)]
    return tuple(sorted(wanted, key=lambda one: (manuscript.named(one.authority), one.name)))


def document_table(manuscript: Manuscript, theme: str = "") -> Iterator[Table]:
    """Yield the table of shared documents, or nothing where there are none."""
    rows = tuple(_document(manuscript, one) for one in shared(manuscript, theme))
    if rows:
        yield Table(
            anchor=f"documents-{theme or 'all'}",
            caption="Shared documents",
            description="For each document: its authority, title, kind, date, owner, last check.",
            header=("Authority", "Document", "Kind", "Dated", "Owner", "Link checked"),
            rows=rows,
            widths=(2.0, 3.6, 1.8, 1.4, 1.8, 1.4),
            small=True,
        )


def contact_table(manuscript: Manuscript, theme: str = "") -> Iterator[Table]:
    """Yield the table of key contacts, or nothing where there are none."""
    people: dict[tuple[str, str, str], list[KeyContact]] = {}
    for one in published(manuscript, theme):
        people.setdefault((one.authority, one.name, one.email), []).append(one)
    rows = tuple(_contact(manuscript, entries) for entries in people.values())
    if rows:
        yield Table(
            anchor=f"contacts-{theme or 'all'}",
            caption="Key contacts",
            description="For each contact: authority, name, role, topic, e-mail and phone.",
            header=("Authority", "Name", "Role", "Ask about", "E-mail", "Phone"),
            rows=rows,
            widths=(1.6, 1.5, 1.8, 3.0, 2.8, 1.3),
            small=True,
        )


def _document(manuscript: Manuscript, one: SharedDocument) -> tuple[Cell, ...]:
    """Return a document's row."""
    title: Runs = (Link(one.title, one.url),) if one.url else words(one.title)
    return (
        cell(manuscript.named(one.authority)),
        Cell(title),
        cell(one.kind),
        cell(_month(one.dated)),
        cell(one.owner or "Not given"),
        cell(_month(one.checked) if one.checked else "Not yet"),
    )


def _contact(manuscript: Manuscript, entries: list[KeyContact]) -> tuple[Cell, ...]:
    """Return one person's row, with every strand they may be asked about."""
    one, codebook = entries[0], manuscript.inquiry.basis.codebook
    topics = sorted({entry.theme for entry in entries if entry.theme in codebook})
    email: Runs = (Link(one.email, f"mailto:{one.email}"),) if one.email else words("Not given")
    return (
        cell(manuscript.named(one.authority)),
        cell(one.name),
        cell(one.role),
        cell("; ".join(codebook[topic].name for topic in topics) or "Early help"),
        Cell(email),
        cell(one.phone or "Not given"),
    )


def _month(day: dt.date | None) -> str:
    """Write the month of a day."""
    return f"{MONTHS[day.month - 1]} {day.year}" if day else "Not dated"
