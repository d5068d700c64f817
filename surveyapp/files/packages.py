"""Office files, which are archives: looked into without unpacking them anywhere.

Every part is read once, a little at a time, so that neither what an archive says about itself nor
what it turns out to hold can fill the memory.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from surveyapp.files import kinds
from surveyapp.files.kinds import KINDS, UnfitFileError

MOST_PARTS: Final = 5_000
MOST_UNPACKED: Final = 100_000_000
HIGHEST_RATIO: Final = 200
SMALL: Final = 1_000_000  # below this, how well something packs says nothing
MOST_DIRECTORY: Final = 1_000_000
MOST_READ: Final = 10_000_000  # of one part that has to be looked at whole
EXPLODES: Final = (
    "The file unpacks to far more than it should. Save it once more with smaller pictures or "
    "fewer sheets, or as PDF, and choose that file."
)
ODD: Final = "The file is not put together as an Office file is. Save it as PDF and choose that."
CARRIES: Final = (
    "The file carries another file or a program inside. Take it out, save the file, and choose it "
    "again. Add the other file by itself."
)
LOCKED: Final = "The file has a password. Take the password off, save it, and choose it again."
_CHUNK: Final = 65_536
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_ARCHIVES: Final = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b\x08", b"BZh")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What an old object says of itself when it wraps a file to be started, or holds macros.
_OLE_RISKS: Final = tuple(name.encode("utf-16-le") for name in ("Ole10Native", "VBA", "Macros"))
_MAIN: Final = {
    f"{kind.media_type}.main+xml": kind.media_type
    for kind in KINDS.values()
    if kind.family == "ooxml"
}
_CARRIED: Final = ("docx", "xlsx", "pptx")  # a chart carries its figures as a workbook
_PICTURES: Final = ("emz", "wmz")  # drawings that Office packs one by one


@dataclass(slots=True)
class Budget:
    """How much may still be unpacked, in this archive and those inside it."""

    left: int = MOST_UNPACKED
    parts: int = MOST_PARTS


def check_ooxml(content: bytes) -> str:
    """Return the media type of an Office file, once nothing in it is to be feared.

    "" where it is an archive of another kind.
    """
    return _ooxml(content, Budget(), depth=0)


def check_odf(content: bytes) -> str:
    """Return the media type of an OpenDocument file, once nothing in it is to be feared."""
    archive, media_type = _opened(content, Budget()), ""
    for part in archive.infolist():
        words = _read(archive, part)
        if part.filename == "mimetype":
            media_type = words.decode("ascii", "replace").strip()
        if part.filename.split("/")[0].casefold() in ("basic", "scripts"):
            raise UnfitFileError(kinds.MACROS)
        if part.filename == "META-INF/manifest.xml" and b"encryption-data" in words:
            raise UnfitFileError(LOCKED)
        _refuse_carried(words)
    return media_type


def _ooxml(content: bytes, budget: Budget, *, depth: int) -> str:
    archive, media_type = _opened(content, budget), ""
    for part in archive.infolist():
        words = _read(archive, part)
        if part.filename.casefold() == "[content_types].xml":
            media_type = _declared(words)
        _refuse_macros(part.filename.casefold())
        ending = part.filename.rpartition(".")[2].casefold()
        if ending in _CARRIED and "/embeddings/" in part.filename and depth == 0:
            if not _ooxml(words, budget, depth=1):
                raise UnfitFileError(CARRIES)
        elif ending not in _PICTURES:
            _refuse_carried(words)
    return media_type


def _opened(content: bytes, budget: Budget) -> zipfile.ZipFile:
    """Open an archive whose list of parts is as such a list should be."""
    _refuse_odd_directory(content)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, struct.error, UnicodeDecodeError) as error:
        raise UnfitFileError(kinds.DAMAGED) from error
    parts = archive.infolist()
    budget.parts -= len(parts)
    if budget.parts < 0:
        raise UnfitFileError(EXPLODES)
    if len({part.filename.casefold() for part in parts}) < len(parts):
        raise UnfitFileError(ODD)
    for part in parts:
        _refuse_part(part, budget)
    return archive


def _refuse_odd_directory(content: bytes) -> None:
    """Look at the list of parts before it is read: a list can be a bomb by itself."""
    if not content.startswith(b"PK\x03\x04"):
        raise UnfitFileError(kinds.DAMAGED)
    end = content.rfind(_END, -65_557)
    if end < 0 or len(content) < end + 22:
        raise UnfitFileError(kinds.DAMAGED)
    (directory,) = struct.unpack_from("<L", content, end + 12)
    if directory > MOST_DIRECTORY or _END_64 in content[max(0, end - 64) : end]:
        raise UnfitFileError(EXPLODES)


def _refuse_part(part: zipfile.ZipInfo, budget: Budget) -> None:
    """Refuse a part by what the list says of it: its name, its lock, its packing, its size."""
    steps = part.orig_filename.replace("\\", "/").split("/")
    if ".." in steps or not steps[0] or ":" in steps[0] or not part.orig_filename.isprintable():
        raise UnfitFileError(ODD)
    if part.flag_bits & 0x1:
        raise UnfitFileError(LOCKED)
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnfitFileError(ODD)
    budget.left -= part.file_size
    is_tight = part.file_size > HIGHEST_RATIO * max(1, part.compress_size)
    if budget.left < 0 or (is_tight and part.file_size > SMALL):
        raise UnfitFileError(EXPLODES)


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Unpack a part to nowhere, and return as much of it as has to be looked at."""
    kept, size = bytearray(), 0
    try:
        for chunk in _chunks(archive, part):
            size += len(chunk)
            if size > part.file_size:
                raise UnfitFileError(EXPLODES)
            kept += chunk[: max(0, MOST_READ - len(kept))]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        raise UnfitFileError(kinds.DAMAGED) from error
    return bytes(kept)


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _declared(words: bytes) -> str:
    """Return which kind of Office file the list of contents declares; macros are refused."""
    try:
        entries = fromstring(words)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise UnfitFileError(kinds.DAMAGED) from error
    types = [entry.get("ContentType", "") for entry in entries]
    if any("macroenabled" in one.casefold() or "vba" in one.casefold() for one in types):
        raise UnfitFileError(kinds.MACROS)
    return next((_MAIN[one] for one in types if one in _MAIN), "")


def _refuse_macros(name: str) -> None:
    steps = name.split("/")
    if steps[-1].startswith("vba") or "macrosheets" in steps or "activex" in steps:
        raise UnfitFileError(kinds.MACROS)


def _refuse_carried(words: bytes) -> None:
    """Refuse an archive within an archive, a program, and an object that wraps a file."""
    if words.startswith((*_ARCHIVES, b"MZ", b"\x7fELF")):
        raise UnfitFileError(CARRIES)
    if words.startswith(_OLE) and any(risk in words for risk in _OLE_RISKS):
        raise UnfitFileError(CARRIES)
