"""What an uploaded file says, as plain text, so that it can be looked through.

What no machine can read of it is said, too: a person has to look at that.
"""

import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError
from pypdf.generic import DictionaryObject

MOST_LETTERS: Final = 2_000_000
MOST_PAGES: Final = 500
LARGE_PICTURE: Final = 100_000
"""As large as a page that was scanned; a smaller picture in a document is a logo or a drawing."""
PICTURE: Final = "it is a picture"
PICTURES: Final = "there are large pictures in it"
WORDLESS: Final = "there are no words in it that a machine can read, as when a page is scanned"
SCANNED: Final = "some of its pages are pictures"
LOCKED: Final = "it has a password"
LONG: Final = "it is too long to be read to the end"
BROKEN: Final = "it cannot be opened"
# Parts of an Office file with words in them.
_WORDED: Final = (
    "word/document",
    "word/comments",
    "word/footnotes",
    "word/endnotes",
    "word/header",
    "word/footer",
    "xl/sharedStrings",
    "xl/worksheets/sheet",
    "xl/comments",
    "ppt/slides/slide",
    "ppt/notesSlides/",
    "docProps/core",
    "content",
    "meta",
)
# Who made a file, and what it is called, is no sign that its pages can be read.
_ABOUT: Final = ("docProps/", "meta")
_PICTURED: Final = ("word/media/", "xl/media/", "ppt/media/", "Pictures/")
# Where one paragraph, cell or heading ends and the next begins.
_ENDS: Final = frozenset(
    {"p", "si", "is", "v", "h", "title", "subject", "creator", "description", "br"}
)
# A file that is put together wrongly fails in any of these ways, and must not stop the others.
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    DefusedXmlException,
    PyPdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a file, and why they are not all there is in it; "" where they are."""

    text: str
    unread: str = ""


@dataclass(slots=True)
class _Page:
    """What a reader notes while it reads: what it could not read, and whether there were words."""

    unread: str = ""
    has_words: bool = False
    letters: int = field(default=0)


_Pieces = Iterator[str]


def text_of(media_type: str, content: bytes) -> str:
    """Return the words of a file, as far as it can be read; "" where it says nothing."""
    return read(media_type, content).text


def read(media_type: str, content: bytes) -> Reading:
    """Return the words of a file, and what of it a person has to look at."""
    reader = _READERS.get(media_type.partition("/")[0]) or _READERS.get(media_type, _office)
    page = _Page()
    pieces: list[str] = []
    try:
        pieces.extend(_within(reader(content, page), page))
    except (FileNotDecryptedError, DependencyError):
        page.unread = LOCKED
    except _UNREADABLE:
        page.unread = BROKEN
    return Reading("".join(pieces), page.unread or ("" if page.has_words else WORDLESS))


def unread_at_once(media_type: str) -> str:
    """Return why no machine can read files of a kind; "" where it may."""
    return PICTURE if media_type.startswith("image/") else ""


def _within(pieces: _Pieces, page: _Page) -> _Pieces:
    for piece in pieces:
        yield piece[: MOST_LETTERS - page.letters]
        page.letters += len(piece)
        if page.letters > MOST_LETTERS:
            page.unread = LONG
            return


def _plain(content: bytes, page: _Page) -> _Pieces:
    page.has_words = True
    try:
        yield content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield content.decode("cp1252", "replace")


def _json(content: bytes, page: _Page) -> _Pieces:
    page.has_words = True
    yield from _strings(json.loads(content))


def _strings(value: object) -> _Pieces:
    if isinstance(value, str):
        yield f"{value}\n"
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _pdf(content: bytes, page: _Page) -> _Pieces:
    reader = PdfReader(io.BytesIO(content))
    pictured = False
    for sheet in islice(reader.pages, MOST_PAGES):
        words = sheet.extract_text()
        page.has_words = page.has_words or bool(words.strip())
        pictured = pictured or (not words.strip() and _has_picture(sheet))
        yield f"{words}\n"
    if len(reader.pages) > MOST_PAGES:
        page.unread = LONG
    elif pictured and page.has_words:
        page.unread = SCANNED


def _has_picture(sheet: PageObject) -> bool:
    """Tell whether a page shows a picture, without unpacking it."""
    empty = DictionaryObject()
    resources = sheet.get("/Resources", empty).get_object()
    drawn = resources.get("/XObject", empty).get_object()
    kinds = (one.get_object().get("/Subtype") for one in drawn.values())
    return any(kind in ("/Image", "/Form") for kind in kinds)


def _office(content: bytes, page: _Page) -> _Pieces:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.infolist():
            if part.filename.startswith(_PICTURED) and part.file_size > LARGE_PICTURE:
                page.unread = PICTURES
            if part.filename.endswith(".xml") and part.filename.startswith(_WORDED):
                is_about = part.filename.startswith(_ABOUT)
                with archive.open(part) as opened:
                    for _, element in iterparse(opened):
                        said = _said(element.tag.rpartition("}")[2], element.text)
                        page.has_words = page.has_words or (bool(said.strip()) and not is_about)
                        yield said


def _said(tag: str, text: str | None) -> str:
    # A formula says nothing; what it comes to stands beside it.
    words = text if text and tag != "f" else ""
    return f"{words}\n" if tag in _ENDS else words


def _picture(_content: bytes, page: _Page) -> _Pieces:
    page.unread = PICTURE
    yield ""


_READERS: Final[Mapping[str, Callable[[bytes, _Page], _Pieces]]] = {
    "image": _picture,
    "text": _plain,
    "application/json": _json,
    "application/pdf": _pdf,
}
