"""The registers as a paper of their own: contacts, and documents with the state of their links."""

from collections.abc import Iterator

from synthesis.material import SharedDocument
from synthesis.review.blocks import Block, Cell, Heading, Link, PageBreak, Paragraph, Review, Table
from synthesis.review.chapters.registers import contact_table, published, shared
from synthesis.review.companions.drawn import Sources, day
from synthesis.review.prose import cell, words

TITLE = "Registers"
SUBTITLE = "Colleagues who may be asked, and documents that may be shared"
NO_CONTACTS = "No authority has named a contact who may be published."
NO_DOCUMENTS = "No authority has offered a document that may be shared."
HEADER = ("Authority", "Document", "Kind", "Dated", "Owner", "Link")


def registers(sources: Sources) -> Review:
    """Return both registers, with nothing in them that was not agreed to."""
    return sources.paper(TITLE, SUBTITLE, tuple(_blocks(sources)))


def link_state(sources: Sources, one: SharedDocument) -> tuple[str, str]:
    """Return when a document's link was last checked, and how it stands, in words."""
    state = sources.links.get(one.url)
    if not one.url:
        return "", f"File: {one.file}" if one.file else "No link given"
    if state is None:
        return day(one.checked) if one.checked else "Not yet", "Not checked"
    return day(state.checked_on), "Works" if state.works else f"Does not work: {state.outcome}"


def _blocks(sources: Sources) -> Iterator[Block]:
    manuscript = sources.manuscript
    yield Heading(1, "Contacts", "contacts")
    if published(manuscript):
        yield from contact_table(manuscript)
    else:
        yield Paragraph(words(NO_CONTACTS))
    yield PageBreak()
    yield Heading(1, "Documents", "documents")
    if shared(manuscript):
        yield _documents(sources)
    else:
        yield Paragraph(words(NO_DOCUMENTS))


def _documents(sources: Sources) -> Table:
    return Table(
        anchor="documents-checked",
        caption="Documents that may be shared",
        description="For each document: its authority, title, kind, date, owner, when its link was "
        "last checked, and whether it works.",
        header=HEADER,
        rows=tuple(_document(sources, one) for one in shared(sources.manuscript)),
        widths=(2.0, 4.2, 2.6, 1.9, 2.9, 2.5),
        small=True,
        landscape=True,
    )


def _document(sources: Sources, one: SharedDocument) -> tuple[Cell, ...]:
    checked, state = link_state(sources, one)
    title = (Link(one.title, one.url),) if one.url else words(one.title)
    return (
        cell(sources.manuscript.named(one.authority)),
        Cell(title),
        cell(one.kind),
        cell(day(one.dated) if one.dated else "Not dated"),
        cell(one.owner or "Not given"),
        cell(_told(checked, state)),
    )


def _told(checked: str, state: str) -> str:
    """Say how a link stands, and when it was last tried if it was."""
    return f"{state} ({checked})" if checked[:1].isdigit() else state
