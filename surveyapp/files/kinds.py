"""The kinds of file that are taken, what tells each by its content, and why others are not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import puremagic

from surveyapp.errors import SurveyError

UNKNOWN: Final = "application/octet-stream"
Family = Literal["pdf", "ooxml", "odf", "text", "image"]
_OOXML: Final = "application/vnd.openxmlformats-officedocument"
_ODF: Final = "application/vnd.oasis.opendocument"


class UnfitFileError(SurveyError):
    """A file that is not taken; the words say what to do instead."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken: its media type, its name, and how it is looked into."""

    media_type: str
    words: str
    family: Family


KINDS: Final[Mapping[str, Kind]] = {
    "pdf": Kind("application/pdf", "PDF", "pdf"),
    "docx": Kind(f"{_OOXML}.wordprocessingml.document", "Word document", "ooxml"),
    "xlsx": Kind(f"{_OOXML}.spreadsheetml.sheet", "Excel spreadsheet", "ooxml"),
    "pptx": Kind(f"{_OOXML}.presentationml.presentation", "PowerPoint presentation", "ooxml"),
    "odt": Kind(f"{_ODF}.text", "OpenDocument text", "odf"),
    "ods": Kind(f"{_ODF}.spreadsheet", "OpenDocument spreadsheet", "odf"),
    "odp": Kind(f"{_ODF}.presentation", "OpenDocument presentation", "odf"),
    "txt": Kind("text/plain", "plain text", "text"),
    "csv": Kind("text/csv", "CSV", "text"),
    "png": Kind("image/png", "PNG picture", "image"),
    "jpg": Kind("image/jpeg", "JPEG picture", "image"),
    "jpeg": Kind("image/jpeg", "JPEG picture", "image"),
}
ACCEPTED: Final = (
    "PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), OpenDocument (.odt, .ods, .odp), plain "
    "text, CSV, PNG or JPEG"
)
NOT_TAKEN: Final = f"The file must be {ACCEPTED}. Save it as one of these and choose it again."
OLD_OFFICE: Final = (
    "The file is in an old Office format, or has a password. Open it, take any password off, save "
    "it as .docx, .xlsx or .pptx, and choose that file."
)
MACROS: Final = (
    "The file has macros in it, or can have them. Save it without macros, as .docx, .xlsx, .pptx "
    "or PDF, and choose that file."
)
ARCHIVE: Final = (
    "The file is an archive that holds other files. Take them out and add them one by one."
)
WEB_PAGE: Final = "The file is a web page or a drawing with code. Save it as PDF and choose that."
PROGRAM: Final = f"The file is a program, and programs are not taken. The file must be {ACCEPTED}."
DAMAGED: Final = (
    "The file cannot be opened: it is damaged or not complete. Open it yourself, save it once "
    "more, and choose it again."
)
_REFUSED: Final[Mapping[str, tuple[str, ...]]] = {
    OLD_OFFICE: ("doc", "dot", "xls", "xlt", "xla", "ppt", "pps", "pot", "rtf", "wps"),
    MACROS: ("docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppsm", "ppam"),
    ARCHIVE: ("zip", "rar", "7z", "gz", "tgz", "tar", "bz2", "xz", "cab", "iso", "zipx", "jar"),
    WEB_PAGE: ("htm", "html", "xhtml", "mht", "mhtml", "svg", "svgz", "xml", "js"),
    PROGRAM: (
        *("exe", "dll", "com", "scr", "msi", "bat", "cmd", "ps1", "vbs", "vbe", "wsf", "hta"),
        *("lnk", "sh", "py", "app", "dmg", "apk", "deb", "rpm", "pif", "cpl", "reg", "url"),
    ),
}
_MAGIC: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"{\\rtf", OLD_OFFICE),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"#!", PROGRAM),
    (b"Rar!", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ\0", ARCHIVE),
    (b"MSCF", ARCHIVE),
)
_MARKUP: Final = (b"<!doctype", b"<html", b"<head", b"<body", b"<svg", b"<script", b"<?xml")


def sniff(content: bytes) -> str:
    """Say what kind of file this is by what is in it, whatever its name says."""
    try:
        return str(puremagic.from_string(content, mime=True)) or UNKNOWN
    except (puremagic.PureError, ValueError):
        return UNKNOWN


def named(extension: str) -> Kind:
    """Return the kind that a name promises; UnfitFileError where that is not taken."""
    kind = KINDS.get(extension)
    if kind is None:
        raise UnfitFileError(_reason(extension))
    return kind


def refused_as(content: bytes) -> str:
    """Say why a file like this is never taken, whatever its name says; "" where it may be."""
    for start, reason in _MAGIC:
        if content.startswith(start):
            return reason
    opening = content[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return WEB_PAGE if opening.startswith(_MARKUP) else ""


def _reason(extension: str) -> str:
    for reason, extensions in _REFUSED.items():
        if extension in extensions:
            return reason
    return NOT_TAKEN
