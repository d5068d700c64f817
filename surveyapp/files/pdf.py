"""A PDF looked through for what runs by itself or carries other files."""

import re
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Final

from surveyapp.files.kinds import UnfitFileError

ACTIVE: Final = (
    "The PDF has code in it, starts programs, or carries other files. Print it to a new PDF and "
    "choose that. Add the files it carries one by one."
)
MOST_STREAMS: Final = 2_000
MOST_INFLATED: Final = 50_000_000
_ONE_STREAM: Final = 1_000_000
_HEAD: Final = 400  # how far behind its kind a stream of objects begins
_OBJECTS: Final = re.compile(rb"/ObjStm\b")
_BEGIN: Final = re.compile(rb"(?<!end)stream\r?\n")
_END: Final = b"endstream"
_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_LONG: Final = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia)(?![A-Za-z0-9])")
# Short enough to turn up in a picture by chance, so it is looked for only outside streams.
_SHORT: Final = re.compile(rb"/JS(?![A-Za-z0-9])")


def check_pdf(content: bytes) -> None:
    """Refuse a PDF that names code, a program to start or a file that it carries.

    The bytes are searched, and those of streams of objects, which every reader unpacks the same
    way. What is encrypted, or packed or written in a less usual way, is not found.
    """
    for part in (_outside_streams(content), *_object_streams(content)):
        plain = _ESCAPE.sub(_unescaped, part)
        if _LONG.search(plain) or _SHORT.search(plain):
            raise UnfitFileError(ACTIVE)


def _outside_streams(content: bytes) -> bytes:
    """Return everything but what stands in streams: pictures, fonts, pages."""
    kept, at = bytearray(), 0
    while (begin := _BEGIN.search(content, at)) is not None:
        end = content.find(_END, begin.end())
        if end < 0:
            break
        kept += content[at : begin.end()]
        at = end + len(_END)
    return bytes(kept + content[at:])


def _object_streams(content: bytes) -> Iterator[bytes]:
    """Give the objects that are packed in streams, as far as memory and time are not strained."""
    left = MOST_INFLATED
    for found in islice(_OBJECTS.finditer(content), MOST_STREAMS):
        begin = _BEGIN.search(content, found.end(), found.end() + _HEAD)
        if begin is None or left <= 0:
            continue
        packed = content[begin.end() : begin.end() + _ONE_STREAM]
        try:
            objects = zlib.decompressobj().decompress(packed, _ONE_STREAM)
        except zlib.error:
            continue
        left -= len(objects)
        yield objects


def _unescaped(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])
