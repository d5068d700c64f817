"""The registers: documents that authorities share, and colleagues who may be asked."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain

from synthesis.codebook import Theme
from synthesis.findings.quotations import MONTHS
from synthesis.material import KeyContact, SharedDocument
from synthesis.review.blocks import (
    Block,
    Cell,
    CrossReference,
    Heading,
    Link,
    Paragraph,
    Run,
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
    return tuple(sorted(wanted, key=lambda one: (_place(manuscript, one), one.title)))


def published(manuscript: Manuscript, theme: str = "") -> tuple[KeyContact, ...]:
    """Return the contacts that may be published, of one theme or all, by authority."""
    offered = [one for one in manuscript.material.contacts if one.may_publish]
    wanted = [one for one in offered if theme in ("", one.theme)]
    return tuple(sorted(wanted, key=lambda one: (_place(manuscript, one), one.name)))


def _place(manuscript: Manuscript, one: SharedDocument | KeyContact) -> str:
    """Return what its authority is sorted by: its name, as on the roster."""
    return manuscript.named(one.authority).casefold()


def offered(manuscript: Manuscript, theme: Theme) -> Iterator[Block]:
    """Yield in short what is offered on one strand: a row for each authority that offers any."""
    named = manuscript.named
    documents = [(named(one.authority), one) for one in shared(manuscript, theme.code)]
    contacts = [(named(one.authority), one) for one in published(manuscript, theme.code)]
    if not documents:
        yield from _people(manuscript, contacts)
        return
    yield Table(
        anchor=f"offered-{theme.code}",
        caption=f"{theme.name}: documents to read and people to ask",
        description="For each authority: the documents it shares on the strand, and whom to ask.",
        header=("Authority", "Documents to read", "People to ask"),
        rows=tuple(
            (
                cell(name),
                _joined(_title(one) for at, one in documents if at == name),
                _joined(_person(one) for at, one in contacts if at == name),
            )
            for name in sorted({at for at, _ in (*documents, *contacts)}, key=str.casefold)
        ),
        widths=(1.7, 4.4, 3.3),
        small=True,
    )
    more: Runs = (Text("More on each document: "), _chapter(manuscript, "documents"), Text("."))
    if contacts:
        more += (Text(" How to reach people: "), _chapter(manuscript, "contacts"), Text("."))
    yield Paragraph(more, style="note")


def _people(
    manuscript: Manuscript, contacts: Iterable[tuple[str, KeyContact]]
) -> Iterator[Paragraph]:
    """Yield whom to ask as one paragraph, or nothing where there is nobody."""
    people = "; ".join(dict.fromkeys(f"{_person(one).text}, {at}" for at, one in contacts))
    if people:
        told = (Text("People to ask: ", bold=True), Text(f"{people}. How to reach them: "))
        yield Paragraph((*told, _chapter(manuscript, "contacts"), Text(".")))


def _chapter(manuscript: Manuscript, key: str) -> CrossReference:
    """Return the title of an appendix, to jump there."""
    return CrossReference(manuscript.chapter(key).title, key)


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


def _title(one: SharedDocument) -> Run:
    """Return a document as its title, a link where there is one."""
    return Link(one.title, one.url) if one.url else Text(one.title)


def _person(one: KeyContact) -> Text:
    """Return a person with what they do."""
    return Text(", ".join(filter(None, (one.name, one.role))))


def _joined(given: Iterable[Run]) -> Cell:
    """Return a cell of these, each once and apart by semicolons."""
    apart: list[Run] = []
    for one in dict.fromkeys(given):
        apart += [Text("; "), one] if apart else [one]
    return Cell(tuple(apart) or words("–"))


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
