"""Rules for what is on the page: headings, tables and pictures that everyone can read."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from synthesis.word.inspection.package import DOCUMENT, STYLES, Package, place, value, w, words
from synthesis.word.markup import WP

_VML: Final = "{urn:schemas-microsoft-com:vml}"


def headings(package: Package) -> Iterator[str]:
    """Headings have words and go down one level at a time, from level 1."""
    levels = _heading_levels(package)
    above = 0
    for paragraph in package.parts[DOCUMENT].iter(w("p")):
        level = levels.get(value(paragraph.find(f"{w('pPr')}/{w('pStyle')}")))
        if level is None:
            continue
        if not words(paragraph).strip():
            yield f"A heading of level {level} is empty."
        if level > above + 1:
            after = f"one of level {above}" if above else "no other heading"
            yield f"{place(paragraph)}: a heading of level {level} follows {after}."
        above = level


def tables(package: Package) -> Iterator[str]:
    """Tables are told in words, have a header row, and no merged cells."""
    for table in package.parts[DOCUMENT].iter(w("tbl")):
        where = place(table)
        for name, kind in (("tblCaption", "caption"), ("tblDescription", "description")):
            if not value(table.find(f"{w('tblPr')}/{w(name)}")).strip():
                yield f"{where}: it has no {kind} for those who hear it read."
        yield from (f"{where}: {fault}" for fault in _row_faults(table))


def cells(package: Package) -> Iterator[str]:
    """Every cell ends in a paragraph: Word refuses a file where one does not."""
    for cell in package.parts[DOCUMENT].iter(w("tc")):
        if len(cell) == 0 or cell[-1].tag != w("p"):
            yield f"{place(cell)}: a cell does not end in a paragraph."


def pictures(package: Package) -> Iterator[str]:
    """Every picture is told in words, and no words hide in a text box."""
    numbers: set[str] = set()
    for name, root in package.stories():
        for told in root.iter(f"{{{WP}}}docPr"):
            number = told.get("id", "")
            if not (told.get("descr") or "").strip():
                yield f"Picture {number} in {name}: it has no description in words."
            if number in numbers:
                yield f"Picture {number} in {name}: another picture has the same number."
            numbers.add(number)
        for box in root.iter(w("txbxContent"), f"{_VML}textbox"):
            yield f"{place(box)} in {name}: it is or holds a text box, which is often not read."


def _heading_levels(package: Package) -> dict[str, int]:
    """Give the level of every style that is a heading, by the style's id."""
    named = (
        (value(style, "styleId"), value(style.find(w("name"))).lower())
        for style in package.parts[STYLES].iter(w("style"))
    )
    return {
        style: int(name.removeprefix("heading "))
        for style, name in named
        if name.startswith("heading ") and name.removeprefix("heading ").isdigit()
    }


def _row_faults(table: etree._Element) -> Iterator[str]:
    rows = table.findall(w("tr"))
    columns = len(table.findall(f"{w('tblGrid')}/{w('gridCol')}"))
    if not rows or rows[0].find(f"{w('trPr')}/{w('tblHeader')}") is None:
        yield "its first row is not marked as a header row."
    if any(len(row.findall(w("tc"))) != columns for row in rows):
        yield f"a row does not have {columns} cells, as the table has columns."
    if next(table.iter(w("gridSpan"), w("vMerge"), w("hMerge")), None) is not None:
        yield "it has merged cells."
