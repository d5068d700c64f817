"""A Word file from outside, opened with care: what is no form is refused in clear words."""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any, Final, cast

from lxml import etree

from synthesis.errors import InputError
from synthesis.word.markup import W

LARGEST: Final = 10_000_000
"""The most bytes a file may have."""

_LARGEST_PART: Final = 40_000_000
_LARGEST_WHOLE: Final = 80_000_000
_MOST_PARTS: Final = 2_000
_ENCRYPTED: Final = 0x1
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _OFFICE.encode()),
)
_OTHER_KINDS: Final = (
    (b"%PDF", "It is a PDF."),
    (b"{\\rtf", "It is in rich text format."),
    (b"\xd0\xcf\x11\xe0", "It is in an older Word format, or it has a password."),
)
_SAVE_AS: Final = "Open it in Word, save it as a Word document (.docx), and send that."
_AGAIN: Final = "Download the form again, copy your answers into it, and send that."


@dataclass(frozen=True, slots=True)
class Archive:
    """The parts of a Word file that hold words, and the name of the main one."""

    main: str
    parts: dict[str, etree._Element]
    names: tuple[str, ...]


def open_archive(docx: bytes) -> Archive:
    """Open a .docx that came from outside, or say why it cannot be read."""
    if len(docx) > LARGEST:
        raise _refused("It is larger than 10 MB.", "Take large pictures out of it and try again.")
    _refuse_other_kinds(docx)
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _refused("It is damaged.", _AGAIN) from error


def _refuse_other_kinds(docx: bytes) -> None:
    for start, words in _OTHER_KINDS:
        if docx.startswith(start):
            raise _refused(words, _SAVE_AS)
    if not docx.startswith(b"PK"):
        raise _refused("It is not a Word document." if docx else "It is empty.", _SAVE_AS)


def _read(archive: zipfile.ZipFile) -> Archive:
    names = tuple(archive.namelist())
    _refuse_danger(archive.infolist(), names)
    contents = {name: _inflate(archive, name) for name in names if _holds_words(name)}
    if b"macroEnabled" in contents.get("[Content_Types].xml", b""):
        raise _macros()
    main = _main(contents)
    parts = {name: _parse(content) for name, content in contents.items() if name.endswith(".xml")}
    return Archive(main, parts, names)


def _refuse_danger(entries: list[zipfile.ZipInfo], names: tuple[str, ...]) -> None:
    if any("vbaproject" in name.lower() for name in names):
        raise _macros()
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise _refused("It has a password.", "Take the password off and send it again.")
    whole = sum(entry.file_size for entry in entries)
    if len(names) > _MOST_PARTS or whole > _LARGEST_WHOLE:
        raise _explodes()
    if len(set(names)) != len(names):
        raise _refused("It holds the same part twice.", _AGAIN)


def _inflate(archive: zipfile.ZipFile, name: str) -> bytes:
    """Unpack a part, but never more than the limit: an archive may lie about its sizes."""
    with archive.open(name) as part:
        content = part.read(_LARGEST_PART + 1)
    if len(content) > _LARGEST_PART:
        raise _explodes()
    for strict, usual in _STRICT:
        content = content.replace(strict, usual)
    return content


def _holds_words(name: str) -> bool:
    """Say whether a part may hold words or say where they are; pictures stay packed."""
    folder, file = posixpath.split(name)
    if folder == "word":
        return file.endswith(".xml")
    return name in (
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/custom.xml",
        "docProps/core.xml",
    )


def _main(contents: dict[str, bytes]) -> str:
    rels = contents.get("_rels/.rels")
    if rels is None:
        raise _refused("It is not a Word document.", _SAVE_AS)
    for one in _parse(rels):
        if str(one.get("Type", "")).endswith("/officeDocument"):
            name = posixpath.normpath(one.get("Target", "").lstrip("/"))
            if name in contents:
                return name
    raise _refused("It is not a Word document.", _SAVE_AS)


def _parse(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _refused("It is damaged.", _AGAIN) from error
    # Word never writes one: it could only be there to do harm.
    if cast(Any, root.getroottree().docinfo).doctype:
        raise _refused("It holds a document type definition, which Word never writes.", _AGAIN)
    return root


def _macros() -> InputError:
    return _refused("It holds macros.", "Save it as a Word document without macros (.docx).")


def _explodes() -> InputError:
    return _refused("It unpacks to far more than a filled-in form can hold.", _AGAIN)


def _refused(fault: str, remedy: str) -> InputError:
    return InputError("The file", fault, remedy)
