"""The registers: documents that authorities share, and colleagues who may be asked."""

import datetime as dt
from collections.abc import Iterator
from itertools import chain

from synthesis.findings.quotations import MONTHS
from synthesis.material import KeyContact, SharedDocument
from synthesis.review.blocks import (
    Block,
    Bullets,
    Cell,
    CrossReference,
    Heading,
    Link,
    Paragraph,
    Runs,
    Table,
    Text,
)
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


def offered(manuscript: Manuscript, theme: str) -> Iterator[Block]:
    """Yield in short what is offered on one strand: documents with links, and people to ask."""
    documents, contacts = shared(manuscript, theme), published(manuscript, theme)
    if documents:
        where = CrossReference(manuscript.chapter("documents").title, "documents")
        yield Paragraph((Text("Documents to read; more on each is under "), where, Text(":")))
        yield Bullets(tuple(_short_document(manuscript, one) for one in documents))
    if contacts:
        people = "; ".join(
            dict.fromkeys(
                f"{one.name}, {one.role}, {manuscript.named(one.authority)}" for one in contacts
            )
        )
        where = CrossReference(manuscript.chapter("contacts").title, "contacts")
        lead = Text("People to ask: ", bold=True)
        yield Paragraph((lead, Text(f"{people}. How to reach them is under "), where, Text(".")))


def document_table(manuscript: Manuscript) -> Iterator[Table]:
    """Yield the table of shared documents; when links were checked is told if any was."""
    documents = shared(manuscript)
    checked = any(one.checked for one in documents)
    last = ("Link checked",) if checked else ()
    yield Table(
        anchor="documents-all",
        caption="Shared documents",
        description="For each document: its authority, title, kind, date, owner, and when its link "
        "was last checked if any was.",
        header=("Authority", "Document", "Kind", "Dated", "Owner", *last),
        rows=tuple(_document(manuscript, one)[: 6 if checked else 5] for one in documents),
        widths=(2.0, 3.8, 2.2, 2.0, 2.4, *((1.8,) if checked else ())),
        small=True,
        landscape=True,
    )


def contact_table(manuscript: Manuscript) -> Iterator[Table]:
    """Yield the table of key contacts, one row a person."""
    people: dict[tuple[str, str], list[KeyContact]] = {}
    for one in published(manuscript):
        people.setdefault((manuscript.named(one.authority), one.name.casefold()), []).append(one)
    yield Table(
        anchor="contacts-all",
        caption="Key contacts",
        description="For each contact: authority, name, role, topic, e-mail and phone.",
        header=("Authority", "Name", "Role", "Ask about", "E-mail", "Phone"),
        rows=tuple(_contact(manuscript, entries) for entries in people.values()),
        widths=(2.0, 2.3, 2.9, 3.4, 4.6, 1.9),
        small=True,
        landscape=True,
    )


def _short_document(manuscript: Manuscript, one: SharedDocument) -> Runs:
    """Return a document as a point in a list."""
    title = Link(one.title, one.url) if one.url else Text(one.title)
    kind = f"{one.kind[:1].lower()}{one.kind[1:]}, " if one.kind else ""
    return (title, Text(f" ({kind}{manuscript.named(one.authority)})"))


def _document(manuscript: Manuscript, one: SharedDocument) -> tuple[Cell, ...]:
    """Return a document's row."""
    title: Runs = (Link(one.title, one.url),) if one.url else words(one.title)
    file = words(f" (file: {one.file})") if one.file else ()
    return (
        cell(manuscript.named(one.authority)),
        Cell((*title, *file)),
        cell(one.kind),
        cell(_month(one.dated)),
        cell(one.owner or "Not given"),
        cell(_month(one.checked) if one.checked else "Not yet"),
    )


def _contact(manuscript: Manuscript, entries: list[KeyContact]) -> tuple[Cell, ...]:
    """Return one person's row, with every strand they may be asked about."""
    one, codebook = entries[0], manuscript.inquiry.basis.codebook
    topics = [theme for theme in codebook if theme.code in {entry.theme for entry in entries}]
    short = "; ".join(manuscript.inquiry.frame.notes(theme).short for theme in topics)
    addresses = dict.fromkeys(entry.email for entry in entries if entry.email)
    links: list[Runs] = [(Link(address, f"mailto:{address}"), Text("; ")) for address in addresses]
    email: Runs = tuple(chain.from_iterable(links))[:-1] or words("Not given")
    phones = "; ".join(dict.fromkeys(entry.phone for entry in entries if entry.phone))
    return (
        cell(manuscript.named(one.authority)),
        cell(one.name),
        cell(one.role),
        cell(short or "Early help"),
        Cell(email),
        cell(phones or "Not given"),
    )


def _month(day: dt.date | None) -> str:
    """Write the month of a day."""
    return f"{MONTHS[day.month - 1]} {day.year}" if day else "Not dated"
