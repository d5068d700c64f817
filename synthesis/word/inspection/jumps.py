"""Rules for fields, bookmarks and links: each is whole, shows words, and leads somewhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from synthesis.word.inspection.package import Package, place, r, value, w, words

_LEGAL_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")
_GOOD_ADDRESS: Final = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)
_JUMPS: Final = ("REF", "PAGEREF", "NOTEREF")


@dataclass(slots=True)
class Field:
    """A field met so far: its instruction, and the words it shows."""

    start: etree._Element
    instruction: str = ""
    separated: bool = False
    shown: str = ""


def fields(package: Package) -> Iterator[str]:
    """Every field is closed, shows words already, and jumps to a place that exists."""
    known = _bookmark_names(package)
    for name, root in package.stories():
        for field, fault in _field_faults(root, known):
            yield f"{place(field)} in {name}: {fault}"


def bookmarks(package: Package) -> Iterator[str]:
    """Bookmarks are closed, and have names and numbers of their own that Word accepts."""
    names: set[str] = set()
    numbers: set[str] = set()
    for _, root in package.stories():
        ends = {value(end, "id") for end in root.iter(w("bookmarkEnd"))}
        for start in root.iter(w("bookmarkStart")):
            name, number = value(start, "name"), value(start, "id")
            if not _LEGAL_NAME.fullmatch(name):
                yield f"Bookmark '{name}': Word does not accept this name."
            if name.casefold() in names:
                yield f"Bookmark '{name}': another bookmark has the same name."
            if number in numbers:
                yield f"Bookmark '{name}': another bookmark has its number, {number}."
            if number not in ends:
                yield f"Bookmark '{name}': it has no end."
            names.add(name.casefold())
            numbers.add(number)


def links(package: Package) -> Iterator[str]:
    """Every link has words, and leads to a place in the review or to a web or mail address."""
    known = _bookmark_names(package)
    for name, root in package.stories():
        addresses = {rel: one.get("Target", "") for rel, one in package.relationships(name).items()}
        for link in root.iter(w("hyperlink")):
            where = f"{place(link)} in {name}"
            anchor, rel = value(link, "anchor"), link.get(r("id"))
            if not words(link).strip():
                yield f"{where}: a link has no words."
            if anchor and anchor.casefold() not in known:
                yield f"{where}: a link jumps to '{anchor}', which does not exist."
            if rel is not None and not _GOOD_ADDRESS.fullmatch(addresses.get(rel, "")):
                yield f"{where}: a link leads to '{addresses.get(rel, '')}'."
            if not anchor and rel is None:
                yield f"{where}: a link leads nowhere."


def _bookmark_names(package: Package) -> set[str]:
    return {
        value(start, "name").casefold()
        for _, root in package.stories()
        for start in root.iter(w("bookmarkStart"))
    }


def _field_faults(root: etree._Element, known: set[str]) -> Iterator[tuple[etree._Element, str]]:
    """Read a story once, keeping the fields that are still open."""
    still_open: list[Field] = []
    for node in root.iter(w("fldChar"), w("instrText"), w("t"), w("fldSimple")):
        if node.tag == w("fldSimple"):
            simple = Field(node, value(node, "instr"), separated=True, shown=words(node))
            yield from ((node, fault) for fault in _faults(simple, known))
        elif value(node, "fldCharType") == "begin":
            still_open.append(Field(node))
        elif not still_open:
            if node.tag != w("t"):
                yield node, "a field ends or goes on that never began."
        elif value(node, "fldCharType") == "end":
            field = still_open.pop()
            yield from ((field.start, fault) for fault in _faults(field, known))
        else:
            _read(node, still_open)
    yield from ((field.start, "a field is never closed.") for field in still_open)


def _read(node: etree._Element, still_open: list[Field]) -> None:
    if node.tag == w("instrText"):
        still_open[-1].instruction += node.text or ""
    elif node.tag == w("fldChar"):
        still_open[-1].separated = True
    else:
        # The words of a field within a field are words of both.
        for field in still_open:
            field.shown += (node.text or "") if field.separated else ""


def _faults(field: Field, known: set[str]) -> Iterator[str]:
    kind, *rest = field.instruction.split() or [""]
    if not kind:
        yield "a field has no instruction."
    if not (field.separated and field.shown.strip()):
        yield f"the field '{kind}' shows no words until it is updated."
    if value(field.start, "dirty") in ("1", "true", "on"):
        yield f"the field '{kind}' makes Word ask the reader whether to update it."
    if kind in _JUMPS and (not rest or rest[0].casefold() not in known):
        yield f"the field '{kind}' refers to '{' '.join(rest[:1])}', which does not exist."
