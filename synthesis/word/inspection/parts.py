"""Rules for the file as a whole: properties, language, settings, pages, parts and styles."""

import posixpath
from collections.abc import Iterator
from typing import Final

from lxml import etree

from synthesis.word.inspection.package import CORE, SETTINGS, STYLES, Package, place, r, value, w
from synthesis.word.markup import A
from synthesis.word.palette import PAGE_LONG, PAGE_SHORT

_CORE_SPACE: Final = "{http://purl.org/dc/elements/1.1/}"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_TYPE_SPACE: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def properties(package: Package) -> Iterator[str]:
    """Look for a title, a subject, an author and the language among the file's properties."""
    core = package.parts[CORE]
    for name in ("title", "subject", "creator"):
        if not (core.findtext(f"{_CORE_SPACE}{name}") or "").strip():
            yield f"The file's properties do not say its {name}."
    if core.findtext(f"{_CORE_SPACE}language") != "en-GB":
        yield "The file's properties do not say that its language is en-GB."


def language(package: Package) -> Iterator[str]:
    """Everything is in British English, so that it is spoken and spelt right."""
    path = "/".join(w(name) for name in ("docDefaults", "rPrDefault", "rPr", "lang"))
    if value(package.parts[STYLES].find(path)) != "en-GB":
        yield "The styles do not set the language to en-GB."
    for name, root in (*package.stories(), (STYLES, package.parts[STYLES])):
        for lang in root.iter(w("lang")):
            if value(lang) not in ("", "en-GB"):
                yield f"{place(lang)} in {name}: it is marked as '{value(lang)}', not en-GB."


def settings(package: Package) -> Iterator[str]:
    """Refuse settings that would ask a reader something on opening the file."""
    root = package.parts[SETTINGS]
    update = root.find(w("updateFields"))
    if update is not None and value(update) not in ("0", "false", "off"):
        yield "The settings make Word ask every reader whether to update the fields."
    zoom = root.find(w("zoom"))
    if zoom is not None and not value(zoom, "percent"):
        yield "The settings give a zoom without its percentage, which breaks the schema."


def pages(package: Package) -> Iterator[str]:
    """Every page is A4."""
    ends = [end for _, root in package.stories() for end in root.iter(w("sectPr"))]
    if not ends:
        yield "The document does not say how large its pages are."
    for number, end in enumerate(ends, start=1):
        size = end.find(w("pgSz"))
        sides = (value(size, "w"), value(size, "h"))
        wide = value(size, "orient") == "landscape"
        if sides != ((_LONG, _SHORT) if wide else (_SHORT, _LONG)):
            yield f"Section {number}: its page of {sides[0]} by {sides[1]} twips is not A4."


def parts(package: Package) -> Iterator[str]:
    """Every part is there once, has a type, and what parts refer to exists."""
    for name in sorted(set(package.names)):
        if package.names.count(name) > 1:
            yield f"The file holds '{name}' more than once."
        if name != _CONTENT_TYPES and not _has_type(package, name):
            yield f"The file does not say what type of part '{name}' is."
    for name, root in package.stories():
        known = package.relationships(name)
        for node in root.iter(*_RELATED):
            for used in (node.get(r(kind)) for kind in ("id", "embed", "link")):
                if used is not None and used not in known:
                    yield f"{place(node)} in {name}: it uses '{used}', which leads nowhere."


def targets(package: Package) -> Iterator[str]:
    """Every relationship inside the file leads to a part that is in it."""
    for rels in (name for name in package.names if name.endswith(".rels")):
        folder = rels.split("_rels/")[0]
        for one in package.parts[rels]:
            target = one.get("Target", "")
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if one.get("TargetMode") != "External" and path not in package.names:
                yield f"'{rels}' leads to '{target}', which is not in the file."


def styles(package: Package) -> Iterator[str]:
    """Every style that is used exists."""
    known = {value(style, "styleId") for style in package.parts[STYLES].iter(w("style"))}
    for name, root in package.stories():
        for used in root.iter(w("pStyle"), w("rStyle"), w("tblStyle")):
            if value(used) not in known:
                yield f"{place(used)} in {name}: its style '{value(used)}' does not exist."


def _has_type(package: Package, name: str) -> bool:
    types = package.parts.get(_CONTENT_TYPES)
    if types is None:
        return False
    return any(_types(one, name) for one in types)


def _types(one: etree._Element, name: str) -> bool:
    if one.tag == f"{_TYPE_SPACE}Default":
        return name.lower().endswith("." + one.get("Extension", "").lower())
    return one.get("PartName") == f"/{name}"


_RELATED: Final = (w("hyperlink"), w("headerReference"), w("footerReference"), f"{{{A}}}blip")
"""What names a relationship in a text."""

_SHORT: Final = str(PAGE_SHORT)
_LONG: Final = str(PAGE_LONG)
