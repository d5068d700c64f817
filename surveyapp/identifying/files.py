"""What an uploaded file says, as plain text, so that it can be looked through.

Pictures and what is scanned say nothing here; a person has to look at those.
"""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from pypdf import PdfReader
from pypdf.errors import PyPdfError

MOST_LETTERS: Final = 2_000_000
MOST_PAGES: Final = 500
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
# Where one paragraph, cell or heading ends and the next begins.
_ENDS: Final = frozenset(
    {"p", "si", "is", "v", "h", "title", "subject", "creator", "description", "br"}
)


def text_of(media_type: str, content: bytes) -> str:
    """Return the words of a file, as far as it can be read; "" where it says nothing."""
    read = _READERS.get(media_type.partition("/")[0]) or _READERS.get(media_type, _office)
    try:
        return "".join(_within(read(content)))
    except (zipfile.BadZipFile, ParseError, DefusedXmlException, PyPdfError, ValueError, KeyError):
        return ""


def _within(pieces: Iterator[str]) -> Iterator[str]:
    left = MOST_LETTERS
    for piece in pieces:
        yield piece[:left]
        left -= len(piece)
        if left <= 0:
            return


def _plain(content: bytes) -> Iterator[str]:
    try:
        yield content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield content.decode("cp1252", "replace")


def _pdf(content: bytes) -> Iterator[str]:
    for page in PdfReader(io.BytesIO(content)).pages[:MOST_PAGES]:
        yield f"{page.extract_text()}\n"


def _office(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml") and name.startswith(_WORDED):
                with archive.open(name) as part:
                    for _, element in iterparse(part):
                        yield from _said(element.tag.rpartition("}")[2], element.text)


def _said(tag: str, text: str | None) -> Iterator[str]:
    # A formula says nothing; what it comes to stands beside it.
    if text and tag != "f":
        yield text
    if tag in _ENDS:
        yield "\n"


def _nothing(_content: bytes) -> Iterator[str]:
    yield ""


_READERS: Final[Mapping[str, Callable[[bytes], Iterator[str]]]] = {
    "image": _nothing,
    "text": _plain,
    "application/pdf": _pdf,
}
