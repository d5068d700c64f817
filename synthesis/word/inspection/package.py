"""A .docx opened for reading: its parts as XML, and where in it something stands."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from synthesis.errors import InputError
from synthesis.word.markup import R, W

DOCUMENT: Final = "word/document.xml"
STYLES: Final = "word/styles.xml"
SETTINGS: Final = "word/settings.xml"
CORE: Final = "docProps/core.xml"

_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_SNIPPET: Final = 60


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word file: every name in it, and every part that is XML."""

    names: tuple[str, ...]
    parts: Mapping[str, etree._Element]

    def stories(self) -> Iterator[tuple[str, etree._Element]]:
        """Give the parts that hold text: the document, then its headers and footers."""
        yield DOCUMENT, self.parts[DOCUMENT]
        for name, root in self.parts.items():
            if root.tag in (w("hdr"), w("ftr")):
                yield name, root

    def relationships(self, part: str) -> dict[str, etree._Element]:
        """Give a part's relationships to other parts and to addresses, by their ids."""
        folder, name = posixpath.split(part)
        rels = self.parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = [] if rels is None else rels.findall(_RELATIONSHIP)
        return {one.get("Id", ""): one for one in found}


def w(name: str) -> str:
    """Give a WordprocessingML name with its namespace."""
    return f"{{{W}}}{name}"


def r(name: str) -> str:
    """Give a relationship attribute's name with its namespace."""
    return f"{{{R}}}{name}"


def value(element: etree._Element | None, name: str = "val") -> str:
    """Give an attribute of WordprocessingML, empty where there is none."""
    return "" if element is None else str(element.get(w(name), ""))


def open_package(docx: bytes) -> Package:
    """Open a .docx, or say why it cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            contents = {name: archive.read(name) for name in archive.namelist()}
            names = tuple(archive.namelist())
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise InputError("The file", f"It is not a whole zip archive ({error}).", _AGAIN) from error
    parts = {name: _parse(name, content) for name, content in contents.items() if _is_xml(name)}
    for needed in (DOCUMENT, STYLES, SETTINGS, CORE):
        if needed not in parts:
            raise InputError("The file", f"It has no part '{needed}'.", _AGAIN)
    return Package(names, parts)


def words(element: etree._Element) -> str:
    """Give the words under an element as a reader sees them."""
    return "".join(_shown(node) for node in element.iter(w("t"), w("tab"), w("br")))


def place(node: etree._Element) -> str:
    """Say where a node stands: in which table, or in which paragraph."""
    table = _nearest(node, "tbl")
    if table is not None:
        caption = value(table.find(f"{w('tblPr')}/{w('tblCaption')}"))
        return f"Table '{caption or _snippet(table)}'"
    paragraph = _nearest(node, "p")
    return "The document" if paragraph is None else f"Paragraph '{_snippet(paragraph)}'"


def _nearest(node: etree._Element, name: str) -> etree._Element | None:
    return node if node.tag == w(name) else next(node.iterancestors(w(name)), None)


def _snippet(element: etree._Element) -> str:
    text = words(element)
    return text if len(text) <= _SNIPPET else f"{text[:_SNIPPET]}…"


def _shown(node: etree._Element) -> str:
    if node.tag == w("tab"):
        # A tab stop in a paragraph's properties has the same name as a tab in its text.
        return "" if value(node) else "\t"
    return "\n" if node.tag == w("br") else node.text or ""


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _parse(name: str, content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(name, f"It is not well-formed XML ({error.msg}).", _AGAIN) from error


_AGAIN: Final = "Write the review again."
