"""A project as a REFI-QDA file (.qdpx), and a codebook as one of its own (.qdc).

The same project makes the same bytes. What other programs were found to need beyond the schema is
kept to: texts as files of their own, in UTF-8 with \\n and no byte order mark; an origin; a
selection for every stretch, code and person; the exact words as the selection's name.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable
from uuid import UUID

from lxml import etree

from synthesis.exchange.project import Case, Code, Note, Project, Selection, Source

PROJECT_NAMESPACE = "urn:QDA-XML:project:1.0"
CODEBOOK_NAMESPACE = "urn:QDA-XML:codebook:1.0"
PROJECT_FILE = "project.qde"
FOLDER = "sources"
INTERNAL = "internal://"
# A file's time must be some time; this is the earliest that a ZIP archive can say.
NO_TIME = (1980, 1, 1, 0, 0, 0)
# What XML cannot hold at all.
_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Element = etree._Element


def write_project(project: Project) -> bytes:
    """Return a project as a .qdpx archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, PROJECT_FILE, _xml(_project(project)))
        for source in project.sources:
            # Half of a surrogate pair has no place in UTF-8; what stands for it is as long.
            _put(archive, f"{FOLDER}/{source.guid}.txt", source.text.encode("utf-8", "replace"))
    return stream.getvalue()


def write_codebook(codes: Iterable[Code], origin: str) -> bytes:
    """Return codes as a .qdc file."""
    root = _root(CODEBOOK_NAMESPACE, "CodeBook")
    root.set("origin", _sayable(origin))
    parent = _add(root, "Codes")
    for code in codes:
        _code(parent, code)
    return _xml(root)


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, NO_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    archive.writestr(info, content)


def _xml(root: Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _root(namespace: str, tag: str) -> Element:
    own: dict[str | None, str] = {None: namespace}
    return etree.Element(_in(namespace, tag), nsmap=own)  # type: ignore[arg-type]  # None is right


def _in(namespace: str, tag: str) -> str:
    return f"{{{namespace}}}{tag}"


def _add(parent: Element, tag: str, text: str | None = None, **attributes: str | None) -> Element:
    """Add an element of the parent's namespace; attributes that are None are left out."""
    child = etree.SubElement(parent, _in(etree.QName(parent).namespace or "", tag))
    child.text = None if text is None else _sayable(text)
    for name, value in attributes.items():
        if value is not None:
            child.set(name, _sayable(value))
    return child


def _sayable(text: str) -> str:
    return _UNSPEAKABLE.sub("\ufffd", text)


def _moment(at: dt.datetime | None) -> str | None:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def _guid(known: UUID | None) -> str | None:
    return str(known) if known else None


def _project(project: Project) -> Element:
    """Write the parts in the order that the schema fixes."""
    root = _root(PROJECT_NAMESPACE, "Project")
    root.set("name", _sayable(project.name))
    root.set("origin", _sayable(project.origin))
    if project.at:
        root.set("creationDateTime", _moment(project.at) or "")
    _users(root, project)
    if project.codes:
        parent = _add(_add(root, "CodeBook"), "Codes")
        for code in project.codes:
            _code(parent, code)
    _variables(root, project)
    _cases(root, project.cases)
    if project.sources:
        parent = _add(root, "Sources")
        for source in project.sources:
            _source(parent, source)
    _notes(root, project.notes)
    if project.description:
        _add(root, "Description", project.description)
    return root


def _users(root: Element, project: Project) -> None:
    if project.users:
        parent = _add(root, "Users")
        for user in project.users:
            _add(parent, "User", guid=str(user.guid), name=user.name)


def _code(parent: Element, code: Code) -> None:
    is_codable = "true" if code.is_codable else "false"
    element = _add(parent, "Code", guid=str(code.guid), name=code.name, isCodable=is_codable)
    if code.description:
        _add(element, "Description", code.description)
    for note in code.notes:
        _add(element, "NoteRef", targetGUID=str(note))
    for below in code.codes:
        _code(element, below)


def _variables(root: Element, project: Project) -> None:
    if project.variables:
        parent = _add(root, "Variables")
        for one in project.variables:
            _add(parent, "Variable", guid=str(one.guid), name=one.name, typeOfVariable="Text")


def _cases(root: Element, cases: Iterable[Case]) -> None:
    parent = None
    for case in cases:
        parent = _add(root, "Cases") if parent is None else parent
        element = _add(parent, "Case", guid=str(case.guid), name=case.name)
        for variable, words in case.values:
            value = _add(element, "VariableValue")
            _add(value, "VariableRef", targetGUID=str(variable))
            _add(value, "TextValue", words)
        for source in case.sources:
            _add(element, "SourceRef", targetGUID=str(source))


def _source(parent: Element, source: Source) -> None:
    element = _add(
        parent,
        "TextSource",
        guid=str(source.guid),
        name=source.name,
        plainTextPath=f"{INTERNAL}{source.guid}.txt",
        creatingUser=_guid(source.user),
        creationDateTime=_moment(source.at),
    )
    if source.description:
        _add(element, "Description", source.description)
    for selection in source.selections:
        _selection(element, selection)


def _selection(parent: Element, one: Selection) -> None:
    element = _add(
        parent,
        "PlainTextSelection",
        guid=str(one.guid),
        name=one.quote,
        startPosition=str(one.start),
        endPosition=str(one.end),
        creatingUser=_guid(one.user),
        creationDateTime=_moment(one.at),
    )
    if one.description:
        _add(element, "Description", one.description)
    if one.code:
        coding = _add(
            element,
            "Coding",
            guid=str(_of_coding(one)),
            creatingUser=_guid(one.user),
            creationDateTime=_moment(one.at),
        )
        _add(coding, "CodeRef", targetGUID=str(one.code))
    for note in one.notes:
        _add(element, "NoteRef", targetGUID=str(note))


def _of_coding(one: Selection) -> UUID:
    """Return a coding's own id: the selection's with its last bit turned."""
    return UUID(int=one.guid.int ^ 1)


def _notes(root: Element, notes: Iterable[Note]) -> None:
    parent = None
    for note in notes:
        parent = _add(root, "Notes") if parent is None else parent
        element = _add(
            parent,
            "Note",
            guid=str(note.guid),
            name=note.name,
            creatingUser=_guid(note.user),
            creationDateTime=_moment(note.at),
        )
        _add(element, "PlainTextContent", note.text)
